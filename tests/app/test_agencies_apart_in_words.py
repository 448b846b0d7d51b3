"""Whatever is said for one service names no number, address, website or name of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.catalogue import Catalogue
from enquiry.content.out_of_scope import load_kinds
from enquiry.content.topics import Topic, load_topics
from enquiry.content.wording import PLACES, load_wording
from enquiry.datafiles.placeholders import ASK_FOR_HELP, ASK_THE_TEAM, fill_or
from enquiry.safeguarding.categories import load_categories
from enquiry.safeguarding.phone_links import number_links
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT, Settings
from enquiry.store.engine import Store
from web.app import create_app

DATA = ROOT / "data"
AGENCIES = load_agencies(DATA / "agencies")
# Said by the names of places alone, which no file gives as a service's own.
PLACE_NAMES = {
    "leicestershire": ("Leicestershire", "County Hall", "Glenfield", "leics.gov.uk", "0116 305"),
    "leicester_city": ("Leicester City", "0116 454", "leicester.gov.uk"),
    "coventry": ("Coventry", "024 7", "coventry.gov.uk"),
}
OF_A_SERVICE = (
    "name",
    "short_name",
    "council",
    "address",
    "phone",
    "email",
    "council_website",
    "payments_url",
    "privacy_notice_url",
)
NUMBER = re.compile(r"\b0[\d ]{8,}\d\b")
# For staff and for those who look after the texts: where a rule comes from.
NOT_SAID = frozenset({"basis", "sources", "owner", "examples", "only_if", "leads", "when"})
ANYTHING = dict.fromkeys(PLACES, "…") | {"next_event": "…"}

Text = tuple[str, str]  # where it stands, what it says


@cache
def said_for(slug: str) -> tuple[Text, ...]:
    """Every approved text as it reads for a service, and where it stands."""
    return tuple(_said_for(AGENCIES[slug]))


def _said_for(agency: Agency) -> Iterator[Text]:
    values: dict[str, Any] = {**ANYTHING, "agency": agency.facts}

    def filled(where: str, text: str, otherwise: str = ASK_THE_TEAM) -> Text:
        return where, fill_or(text, values, otherwise)

    for key, texts in load_wording(DATA / "wording").texts.items():
        yield from (filled(key, text) for text in (texts if isinstance(texts, list) else [texts]))
    for topic in _topics().values():
        for answered in (topic, *topic.parts):
            yield from (filled(f"topic {topic.id}, {answered.id}", text) for text in (answered.title, answered.answer))
    criteria = load_criteria(DATA / "criteria.yml").worded_for(agency.facts)
    yield from (filled(f"criteria {where}", text) for where, text in _strings(criteria))
    for category in load_categories(DATA / "safeguarding.yml").values():
        where = f"disclosure {category.id}"
        yield from (
            filled(where, text, ASK_FOR_HELP)
            for text in (*category.says, *category.says_not_kept, *category.says_alone, category.afterwards or "")
        )
        yield from ((where, f"{link['title']} {link['url']}") for link in number_links(category.numbers, values))
    for kind in load_kinds(DATA / "out_of_scope.yml").values():
        yield filled(f"out of scope {kind.id}", kind.reply)
    yield from _strings(agency.teams, "team")


@cache
def _topics() -> dict[str, Topic]:
    return load_topics(DATA / "topics")


def own_to(agency: Agency) -> set[str]:
    """What belongs to a service: its numbers, addresses, names and websites."""
    found = {str(value) for key in OF_A_SERVICE if (value := agency.facts.get(key)) and getattr(agency, key, value)}
    found |= {number for _where, text in _strings(agency.facts) for number in NUMBER.findall(text)}
    found |= {agency.facts["safeguarding"]["worried_about_child_team"], *agency.web_origins}
    return found | {*PLACE_NAMES.get(agency.slug, (agency.council,))}


def foreign_to(agency: Agency) -> set[str]:
    """What belongs to another service and stands nowhere in this one's own file."""
    own = "\n".join(text for _where, text in _strings(agency.facts))
    return {one for other in AGENCIES.values() if other.slug != agency.slug for one in own_to(other) if one not in own}


def names(text: str, one: str) -> bool:
    """Whether a text has a name or number as a whole: "Leicester City" is not in "Leicester Citywide"."""
    return re.search(rf"(?<!\w){re.escape(one)}" + (r"(?!\w)" if one[-1].isalpha() else ""), text) is not None


@pytest.mark.parametrize("slug", AGENCIES)
def test_no_text_of_a_service_names_what_belongs_to_another(slug: str) -> None:
    agency = AGENCIES[slug]
    texts, foreign = said_for(slug), foreign_to(agency)
    assert len(texts) > 500
    assert len(foreign) > 15
    found = [f"{where}: {one!r} in {text[:200]!r}" for where, text in texts for one in foreign if names(text, one)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("slug", AGENCIES)
def test_its_own_number_is_in_the_texts_where_it_has_one(slug: str) -> None:
    """Or the test above would have looked at nothing."""
    agency = AGENCIES[slug]
    whole = "\n".join(text for _where, text in said_for(slug))
    assert str(agency.facts["phone"]) in whole
    assert agency.facts["safeguarding"]["worried_about_child"] in whole
    assert agency.council in whole


def test_where_a_number_is_not_known_nobody_else_s_stands_in_its_place() -> None:
    """The website is given instead, or the NSPCC's number, which is for anywhere in the country."""
    for agency in AGENCIES.values():
        if agency.phone is None:
            assert not NUMBER.search(agency.facts["phone"])
            assert agency.council_website in agency.facts["phone"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> TestClient:
    """The pages, over a store with nothing in it: these show none of it."""
    folder: Path = tmp_path_factory.mktemp("pages")
    settings = Settings(state_dir=folder, secret="for tests alone, and long enough")
    store = Store(f"sqlite:///{folder / 'hearth.db'}")
    return TestClient(create_app(settings, store, catalogue, lambda: datetime(2026, 11, 23, tzinfo=UTC)))


@pytest.mark.parametrize("slug", AGENCIES)
@pytest.mark.parametrize("page", ["", "?embed=1", "/forget/sure", "/start-again/sure"])
def test_the_chat_s_pages_show_the_service_s_own_number_and_nobody_else_s(
    client: TestClient, slug: str, page: str
) -> None:
    agency = AGENCIES[slug]
    text = client.get(f"/chat/{slug}{page}").text
    assert not [one for one in foreign_to(agency) if names(text, one)]
    if page in ("", "?embed=1"):
        assert agency.name in text
        assert (agency.phone or agency.council_website) in text


def test_coventry_s_chat_has_coventry_s_numbers(client: TestClient) -> None:
    text = client.get("/chat/coventry").text
    assert "024 7683 2828" in text
    assert "0116" not in text
    worried = "\n".join(said for where, said in said_for("coventry") if where == "disclosure worried_about_child")
    assert "024 7678 8555" in worried
    assert "0116" not in worried


def _strings(found: Any, where: str = "") -> Iterator[Text]:
    """Every text inside something, with the way to it."""
    if isinstance(found, str):
        yield where, found
    elif isinstance(found, Mapping):
        for name, value in found.items():
            yield from _strings(value, f"{where} {name}".strip())
    elif isinstance(found, list | tuple | set | frozenset):
        for value in found:
            yield from _strings(value, where)
    elif is_dataclass(found):
        for field in fields(found):
            if field.name not in NOT_SAID:
                yield from _strings(
                    getattr(found, field.name), f"{where} {getattr(found, 'id', '')} {field.name}".strip()
                )
