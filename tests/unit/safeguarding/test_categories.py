"""data/safeguarding.yml and its loader: what is said, who is told, and what is never shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies.agency import load_agencies
from enquiry.datafiles.placeholders import fill, placeholders
from enquiry.datafiles.source import BrokenFile
from enquiry.enums import Role
from enquiry.safeguarding.categories import CATEGORY_IDS, Urgency, load_categories
from enquiry.safeguarding.phone_links import number_links

ROOT = Path(__file__).parents[3]
FILE = ROOT / "data" / "safeguarding.yml"
CATEGORIES = load_categories(FILE)
RAW: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
AGENCIES = load_agencies(ROOT / "data" / "agencies")
every_category = pytest.mark.parametrize("category", CATEGORIES.values(), ids=lambda category: category.id)
every_agency = pytest.mark.parametrize("slug", sorted(AGENCIES))


def changed(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(raw)
    path = tmp_path / "safeguarding.yml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return path


def test_all_categories_are_there_most_urgent_first() -> None:
    assert set(CATEGORIES) == CATEGORY_IDS
    assert [category.rank for category in CATEGORIES.values()] == list(range(1, 19))


@every_agency
@every_category
def test_every_message_gives_a_number_to_ring_or_says_where_it_stands(category: Any, slug: str) -> None:
    links = number_links(category.numbers, {"agency": AGENCIES[slug].facts})
    assert links
    for link in links:
        assert re.fullmatch(r"tel:\d{3,14}", link["url"]) or link["url"] == AGENCIES[slug].council_website


@every_agency
@every_category
def test_every_number_in_the_text_can_be_dialled_and_every_place_can_be_filled(category: Any, slug: str) -> None:
    facts = AGENCIES[slug].facts
    dialled = {link["url"] for link in number_links(category.numbers, {"agency": facts})}
    for text in category.says:
        assert all(name.startswith("agency.") for name in placeholders(text))
        filled = fill(text, {"agency": facts})
        for number in re.findall(r"\b(?:0[\d ]{9,13}\d|999|101|116 123)\b", filled):
            assert "tel:" + number.replace(" ", "") in dialled


@every_category
def test_the_safety_message_stands_before_the_closing_and_asks_nothing(category: Any) -> None:
    closing = RAW["closing"][RAW["categories"][category.id]["closing"]]
    assert len(category.says) > len(closing)
    assert not any("?" in text for text in category.says)


@every_category
def test_nobody_is_promised_secrecy_and_every_alert_tells_that_staff_see_it(category: Any) -> None:
    text = " ".join(category.says).lower()
    if category.urgency is not Urgency.ROUTINE:
        assert "passed to our staff" in text
    for sentence in re.split(r"(?<=[.!])\s", text):
        if "secret" in sentence or "confidential" in sentence:
            assert "can't promise" in sentence


@every_category
def test_nothing_unchecked_is_shown(category: Any) -> None:
    shown = " ".join([*category.says, *(f"{number.label} {number.number}" for number in category.numbers)]).lower()
    for unchecked in ("napac", "0300 123 7015", "305 7597", "305 5641"):
        assert unchecked not in shown


@every_category
def test_words_are_plain_and_never_rejecting(category: Any) -> None:
    text = " ".join(category.says).lower()
    assert "rejected" not in text
    assert "failed" not in text
    assert max(len(sentence.split()) for sentence in re.split(r"[.!:]\s", text)) <= 30


@pytest.mark.parametrize("name", ["allegation_carer_or_worker", "enquirer_may_harm"])
def test_only_safeguarding_and_the_manager_read_it(name: str) -> None:
    assert CATEGORIES[name].alert == {Role.SAFEGUARDING, Role.MANAGER}


def test_visitors_are_told_of_no_disclosure() -> None:
    assert not any(Role.VISITOR in category.alert for category in CATEGORIES.values())


@pytest.mark.parametrize("name", ["user_is_child", "child_in_care_unhappy"])
def test_nothing_is_collected_from_a_child(name: str) -> None:
    assert CATEGORIES[name].stops_collecting
    assert CATEGORIES[name].stops_enquiry
    assert any(number.number == "0800 1111" for number in CATEGORIES[name].numbers)


def test_messages_pause_for_domestic_abuse_alone() -> None:
    assert [category.id for category in CATEGORIES.values() if category.pauses_messages] == ["domestic_abuse"]


def test_only_grief_leaves_the_enquiry_going() -> None:
    assert [category.id for category in CATEGORIES.values() if not category.stops_enquiry] == [
        "distress_or_bereavement"
    ]


def test_danger_now_begins_with_999() -> None:
    assert "999" in CATEGORIES["child_immediate_danger"].says[0]
    assert CATEGORIES["child_immediate_danger"].numbers[0].number == "999"


@every_category
def test_a_rank_never_puts_a_less_urgent_level_first(category: Any) -> None:
    levels = list(Urgency)
    assert all(
        levels.index(other.urgency) >= levels.index(category.urgency)
        for other in CATEGORIES.values()
        if other.rank > category.rank
    )


@every_category
def test_every_category_has_twenty_examples_and_none_is_a_near_miss(category: Any) -> None:
    examples = RAW["categories"][category.id]["examples"].splitlines()
    near_misses = {line.lower() for line in RAW["near_misses"].splitlines()}
    assert len(set(examples)) >= 20
    assert not near_misses.intersection(example.lower() for example in examples)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda raw: raw["categories"]["domestic_abuse"].update(says=[]), "domestic_abuse: `says`"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(numbers=[]), "domestic_abuse: `numbers`"),
        (
            lambda raw: raw["categories"]["domestic_abuse"].update(numbers=[{"label": "Emergency", "number": 999}]),
            "quotation marks",
        ),
        (lambda raw: raw["categories"]["domestic_abuse"].update(colour="red"), "colour"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(urgency="soon"), "soon"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(alert=["caretaker"]), "caretaker"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(alert=[]), "`alert`"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(pauses_messages="yes please"), "true or false"),
        (lambda raw: raw["categories"]["domestic_abuse"].update(rank=1), "ranks"),
        (lambda raw: raw["categories"].pop("domestic_abuse"), "domestic_abuse"),
        (lambda raw: raw["categories"].update(other={}), "other"),
        (lambda raw: raw.update(extra=1), 'has the unknown key "extra"'),
    ],
)
def test_a_broken_file_is_named_with_its_remedy(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    with pytest.raises(BrokenFile, match=re.escape(told)) as broken:
        load_categories(changed(tmp_path, change))
    assert "safeguarding.yml" in str(broken.value)
