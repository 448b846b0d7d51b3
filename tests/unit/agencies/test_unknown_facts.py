"""What is said where a fact is not known: words that read well, never a guess, and never nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies.agency import load_agencies
from enquiry.agencies.schema import FACTS
from enquiry.agencies.unknown_facts import Unknown, load_unknown, unknown_facts, with_words
from enquiry.content.topics import load_topics
from enquiry.datafiles.placeholders import ASK_FOR_HELP, ASK_THE_TEAM, fill, fill_or
from enquiry.datafiles.source import BrokenFile
from enquiry.safeguarding.categories import PhoneNumber
from enquiry.safeguarding.phone_links import number_links
from enquiry.settings import ROOT

FILE = ROOT / "data" / "wording" / "unknown.yml"
AGENCIES = load_agencies(ROOT / "data" / "agencies")
WORDS = Unknown(
    phrases={
        "both": "{agency.phone} or {agency.email}",
        "safeguarding.duty": "the team on {agency.safeguarding.worried_about_child}",
    },
    instead={
        "both": "{agency.phone}",
        "phone": "the number on {agency.council_website}",
        "teams.*.phone": "{agency.phone} (ask)",
    },
)
every_agency = pytest.mark.parametrize("slug", sorted(AGENCIES))


def facts(**known: Any) -> dict[str, Any]:
    return with_words({"council_website": "https://example.org", **known}, WORDS)


def test_a_known_fact_is_said_as_it_is() -> None:
    assert facts(phone="0116", email="a@b.org")["both"] == "0116 or a@b.org"


def test_a_phrase_with_a_fact_that_is_not_known_gives_way_to_the_words_for_that() -> None:
    assert facts(phone="0116", email=None)["both"] == "0116"
    assert facts(phone=None)["both"] == "the number on https://example.org"


def test_a_fact_that_names_an_unknown_fact_is_not_known_either() -> None:
    found = facts(phone=None, phone_hours="Ring {agency.phone} before noon.")
    assert found["phone_hours"] is None


def test_a_star_stands_for_any_one_part_of_a_name() -> None:
    found = facts(phone="0116", teams={"kinship": {"name": "them", "phone": None}, "press": None})
    assert found["teams"]["kinship"]["phone"] == found["teams"]["press"]["phone"] == "0116 (ask)"
    assert found["teams"]["press"]["name"] is None


def test_what_a_file_leaves_out_counts_as_not_known() -> None:
    assert facts()["safeguarding"] == {
        "worried_about_child": None,
        "worried_about_child_team": None,
        "duty": None,
        "out_of_hours": None,
        "lado": None,
        "childrens_rights": None,
        "childrens_rights_mobile": None,
    }


def test_facts_that_name_each_other_are_not_known_rather_than_endless() -> None:
    assert facts(phone_hours="{agency.address}", address="{agency.phone_hours}")["address"] is None


def test_what_is_filled_into_words_is_not_filled_again() -> None:
    assert facts(phone="{agency.council_website}", email="x")["both"] == "https://example.org or x"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "this file holds `phrases:` and `instead:`"),
        ("other: {}", "It holds `phrases` and `instead` only"),
        ("instead: [a]", "`instead` holds no names"),
        ("instead: {phone: x}", '"phone" is no fact of an agency. Begin it with "agency."'),
        ("instead: {agency.phone: 5}", "which is no sentence"),
        ("instead:\n  agency.phone: ''", "which is no sentence"),
        (
            "instead: {agency.fone: x}",
            '"agency.fone" is no fact of an agency and no phrase. Did you mean "agency.phone"?',
        ),
        (
            "instead: {agency.phone: 'ring {agency.email}', agency.email: 'see {agency.phone}'}",
            '"agency.phone" stands for itself',
        ),
        ("instead: {agency.teams.*.phone: '{agency.teams.kinship.phone}'}", "stands for itself"),
        ("instead: [", "can't be read as YAML"),
    ],
)
def test_a_mistake_in_the_words_is_named_with_file_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "unknown.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile) as broken:
        load_unknown(file)
    assert said in str(broken.value)
    assert re.match(rf"{file}:\d+: ", str(broken.value))


def test_without_the_file_nothing_stands_for_anything(tmp_path: Path) -> None:
    assert load_unknown(tmp_path / "unknown.yml") == Unknown()


def test_an_agency_of_which_next_to_nothing_is_known_has_words_for_every_answer_and_every_number_to_ring() -> None:
    """The hardest case: a service that has just been added."""
    raw = {"name": "N", "short_name": "S", "council": "C", "council_website": "https://example.org"}
    values = {"agency": with_words(raw, load_unknown(FILE)), "next_event": "soon"}
    for topic in load_topics(ROOT / "data" / "topics").values():
        for answered in (topic, *topic.parts):
            assert "{" not in fill(answered.answer, values), (topic.id, answered.id)
    assert fill(ASK_FOR_HELP, values).endswith("call the NSPCC helpline on 0808 800 5000.")
    assert fill(ASK_THE_TEAM, values).endswith("ask the team on the number on our web page, https://example.org.")


@every_agency
def test_no_sentence_that_stands_instead_says_a_number_of_hours_an_age_or_a_sum(slug: str) -> None:
    raw = yaml.safe_load((ROOT / "data" / "agencies" / f"{slug}.yml").read_text(encoding="utf-8"))
    own = {str(value) for value in raw["safeguarding"].values()} | {raw["phone"], "0808 800 5000"}
    for name, said in unknown_facts(raw, load_unknown(FILE)).items():
        left = said or ""
        for known in own - {None, "None"}:
            left = left.replace(known, "")
        assert not re.search(r"\d|£", re.sub(r"https://\S+", "", left)), (name, said)


@every_agency
def test_no_promise_of_hours_is_made_where_none_is_known(slug: str) -> None:
    agency = AGENCIES[slug]
    promised = agency.facts["reply_within"]
    assert promised == ("as soon as they can" if agency.reply_within_hours is None else "within 2 working hours")


@every_agency
def test_no_answer_names_another_service_or_gets_too_long_to_read(slug: str) -> None:
    agency = AGENCIES[slug]
    others = {
        "leicestershire": ("Coventry",),
        "leicester_city": ("Coventry", "First Response", "County Hall", "0116 305"),
        "coventry": ("Leicester", "Rutland", "First Response", "County Hall", "0116"),
    }[slug]
    for topic in load_topics(ROOT / "data" / "topics").values():
        for answered in (topic, *topic.parts):
            said = fill(answered.answer, {"agency": agency.facts, "next_event": "soon"})
            assert not [one for one in others if one in said], (topic.id, answered.id)
            assert len(said.split()) <= 100, (topic.id, answered.id)


def test_every_words_for_a_fact_name_one_that_there_is() -> None:
    unknown = load_unknown(FILE)
    said = {name for name in unknown.instead if not name.startswith("says.") and "*" not in name}
    assert said <= {*FACTS, *unknown.phrases, "ask_the_team", "ask_for_help"}


def test_every_name_under_says_is_in_some_answer() -> None:
    named = {
        name.removeprefix("agency.")
        for topic in load_topics(ROOT / "data" / "topics").values()
        for answered in (topic, *topic.parts)
        for name in answered.places
    }
    written = {name for name in load_unknown(FILE).instead if name.startswith("says.")}
    own = {f"says.{name}" for agency in AGENCIES.values() for name in agency.facts["says"]}
    assert written == own == {name for name in named if name.startswith("says.")}


def test_a_text_with_a_place_that_nothing_fills_gives_way_to_the_approved_one() -> None:
    values = {"agency": AGENCIES["coventry"].facts}
    assert fill_or("Our dogs: {agency.nothing}", values, ASK_THE_TEAM) == fill(ASK_THE_TEAM, values)
    assert fill_or("Ring {agency.phone}.", values, ASK_THE_TEAM) == "Ring 024 7683 2828."


NUMBERS = (
    PhoneNumber("Emergency", "999"),
    PhoneNumber("Team", "{agency.phone}"),
    PhoneNumber("LADO", "{agency.safeguarding.lado}"),
    PhoneNumber("At night", "{agency.safeguarding.out_of_hours}"),
    PhoneNumber("Nobody", "{agency.nothing}"),
)


def test_a_number_dials_words_dial_the_number_in_them_a_page_is_opened_and_nothing_is_left_out() -> None:
    def links(slug: str) -> dict[str, str]:
        return {link["title"]: link["url"] for link in number_links(NUMBERS, {"agency": AGENCIES[slug].facts})}

    assert links("leicestershire") == {
        "Emergency: 999": "tel:999",
        "Team: 0116 305 0505": "tel:01163050505",
        "LADO: 0116 305 4141": "tel:01163054141",
    }
    assert links("coventry") == {
        "Emergency: 999": "tel:999",
        "Team: 024 7683 2828": "tel:02476832828",
        "LADO: the duty team's number, 024 7678 8555 (ask to be put through)": "tel:02476788555",
        "At night: 024 7683 2222": "tel:02476832222",
    }
    city = links("leicester_city")
    page = "https://www.leicester.gov.uk/health-and-social-care/adoption-and-fostering/fostering/"
    assert city[f"Team: the number on our web page, {page}"] == page
    assert list(city.values()) == ["tel:999", page, "tel:01164541004"]
