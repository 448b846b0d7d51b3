"""What is typed to a private question stays only where it tells nothing; what a disclosure holds stays where staff need it."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.private_text import judge
from enquiry.catalogue import Catalogue
from enquiry.datafiles.source import BrokenFile
from enquiry.safeguarding.categories import KeepsWords, load_categories
from enquiry.safeguarding.private_text import (
    as_button,
    holds_details,
    load_private_words,
    may_keep,
    not_kept,
    words_of,
)
from enquiry.settings import ROOT

SLUG = "leicestershire"
FILE = ROOT / "data" / "private_text.yml"
WORDS = load_private_words(FILE)
CATEGORIES = load_categories(ROOT / "data" / "safeguarding.yml")
INTENTS = (
    "ask",
    "answer",
    "clarify",
    "unclear",
    "not_understood",
    "handoff",
    "stop",
    "start_screening",
    "book_event",
    "why",
    "forget_me",
    "something_else",
    "greet",
    "thanks",
    "goodbye",
    "help",
    "thinking",
    "out_of_scope",
)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "understanding" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRIVATE = rows("private_texts.csv")
HARMLESS = rows("private_harmless.csv")


def understood(text: str, question: str | None, intent: str, **more: Any) -> dict[str, Any]:
    """A message as the action server gets it."""
    looked_at = {"agency": SLUG, "question": question, "previous_question": more.pop("previous", None)}
    reading = {"question": question, "value": None} if question else None
    return {"text": text, "intent": {"name": intent}, "metadata": looked_at, "reading": reading, "value": None, **more}


def test_there_are_sixty_private_texts_and_twenty_harmless_ones_at_questions_that_are_there(
    catalogue: Catalogue,
) -> None:
    assert len({row["text"] for row in PRIVATE}) == 60
    assert len({row["text"] for row in HARMLESS}) == 20
    assert all(not_kept(catalogue.criteria[SLUG].questions[row["question"]]) for row in (*PRIVATE, *HARMLESS))
    assert all(row["trace"] in row["text"] for row in PRIVATE)


@pytest.mark.parametrize("row", PRIVATE, ids=lambda row: row["text"][:40])
def test_a_text_with_details_is_never_kept_however_it_was_understood(row: dict[str, str], catalogue: Catalogue) -> None:
    for intent in INTENTS:
        assert judge(understood(row["text"], row["question"], intent), catalogue, SLUG).withheld


@pytest.mark.parametrize("row", PRIVATE, ids=lambda row: row["text"][:40])
def test_whoever_tells_details_is_told_that_a_call_is_the_place(row: dict[str, str], catalogue: Catalogue) -> None:
    talks = next(
        (
            one.value
            for one in catalogue.criteria[SLUG].question(row["question"]).choices
            if one.lead(None).reason != "continue"
        ),
        None,
    )
    for intent, value in (("unclear", None), ("not_understood", None), ("answer", talks)):
        assert judge(understood(row["text"], row["question"], intent, value=value), catalogue, SLUG).tell


@pytest.mark.parametrize("row", HARMLESS, ids=lambda row: row["text"])
def test_a_text_without_details_is_kept_and_nobody_is_lectured(row: dict[str, str], catalogue: Catalogue) -> None:
    for intent in INTENTS:
        verdict = judge(understood(row["text"], row["question"], intent), catalogue, SLUG)
        assert not verdict.withheld
        assert not verdict.tell


@pytest.mark.parametrize(
    "text",
    [
        "would my assault conviction count?",
        "does having epilepsy matter",
        "how long does a ban for drink driving count",
    ],
)
def test_a_question_with_details_is_answered_and_the_person_is_told(text: str, catalogue: Catalogue) -> None:
    verdict = judge(understood(text, "offences", "ask"), catalogue, SLUG)
    assert verdict.withheld
    assert verdict.tell


@pytest.mark.parametrize(("text", "value"), [("clean as a whistle", "no"), ("good as gold", "no")])
def test_a_plain_no_in_odd_words_is_not_kept_and_nobody_is_lectured(
    text: str, value: str, catalogue: Catalogue
) -> None:
    verdict = judge(understood(text, "health", "answer", value=value), catalogue, SLUG)
    assert verdict.withheld
    assert not verdict.tell


def test_a_reason_given_with_an_adjustment_is_told_to_be_not_kept(catalogue: Catalogue) -> None:
    found = judge(
        understood("large print because of my macular degeneration", "adjustments", "answer", value=["large_print"]),
        catalogue,
        SLUG,
    )
    assert found.withheld
    assert found.tell


@pytest.mark.parametrize(
    "text",
    [
        "a b h",
        "a.b.h",
        "A-B-H",
        "n\u200bo",
        "no convictions he has a caution",
        "not a conviction but a caution",
        "no convictions except abh",
        "1 conviction",
        "2009",
        "a fine",
        "I did time",
        "my back",
        "💊",
        "нет",
        "a s s a u l t",
        "diabetes",
        "ＡＢＨ",
        "no\nABH",
        "assault" * 50,
        "",
    ],
)
def test_nothing_slips_through_in_another_shape(text: str) -> None:
    assert not may_keep(text, WORDS, at_private=True)


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "No.",
        "no!!",
        "nope  never",
        "I’d rather talk",
        "i`d rather talk",
        "(no)",
        "No, nothing…",
        "never had any cautions or convictions",
    ],
)
def test_capitals_signs_and_apostrophes_make_no_difference(text: str) -> None:
    assert may_keep(text, WORDS, at_private=True)


@given(st.text(max_size=60))
def test_whatever_is_kept_is_made_of_words_that_stand_in_the_file(text: str) -> None:
    if may_keep(text, WORDS, at_private=True):
        known = set(FILE.read_text(encoding="utf-8").partition("details:")[0].split())
        assert set(words_of(text)) <= known


@given(st.sampled_from(PRIVATE), st.integers(0, 10_000))
def test_plain_words_around_details_do_not_make_them_kept(row: dict[str, str], seed: int) -> None:
    chance = random.Random(seed)
    said = [*chance.sample(sorted(WORDS.plain), 6), row["text"]]
    chance.shuffle(said)
    assert not may_keep(" ".join(said), WORDS, at_private=True)


def test_no_word_that_tells_of_an_offence_or_an_illness_is_a_plain_one() -> None:
    assert sorted(word for word in WORDS.plain if WORDS.details.fullmatch(word)) == []


def test_a_very_long_story_of_plain_words_is_not_kept() -> None:
    assert not may_keep(" ".join(["I", "said", "so"] * 20), WORDS, at_private=True)


def test_a_long_text_is_judged_at_once() -> None:
    began = time.perf_counter()
    for text in ("no " * 650, "no any " * 280, "x" * 2000, "' " * 1000):
        may_keep(text, WORDS, at_private=True)
        holds_details(text, WORDS)
    assert time.perf_counter() - began < 0.5


def test_elsewhere_a_question_about_a_record_is_kept(catalogue: Catalogue) -> None:
    found = judge(understood("can i foster with a criminal record?", "age", "ask"), catalogue, SLUG)
    assert not found.withheld


def test_what_follows_just_after_a_private_question_is_not_kept_where_it_holds_details(catalogue: Catalogue) -> None:
    late = judge(understood("it was abh in 2009", "contact_name", "unclear", previous="offences"), catalogue, SLUG)
    assert late.withheld
    assert late.tell
    assert not judge(
        understood("Sarah", "contact_name", "answer", previous="offences", value="Sarah"), catalogue, SLUG
    ).withheld


@pytest.mark.parametrize("question", ["check_answers", "change_what"])
def test_details_typed_to_the_list_of_answers_are_not_kept(question: str, catalogue: Catalogue) -> None:
    assert judge(understood("the offence was theft in 2003", question, "answer"), catalogue, SLUG).withheld
    assert not judge(understood("my age is wrong, I'm 30", question, "answer"), catalogue, SLUG).withheld


def test_a_correction_to_a_private_question_is_private_wherever_it_is_typed(catalogue: Catalogue) -> None:
    message = understood("sorry, I meant there was an affray", "contact_time", "answer")
    message["reading"] = {"question": "offences", "value": "yes_talk"}
    assert judge(message, catalogue, SLUG).withheld


def disclosing(category: str, question: str | None) -> dict[str, Any]:
    return understood(
        "words of somebody", question, "disclosure", disclosure={"category": category, "confidence": 1.0, "by": "rules"}
    )


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_the_words_of_a_disclosure_stay_where_staff_need_them(category: str, catalogue: Catalogue) -> None:
    keeps = CATEGORIES[category].keeps_words
    for question, private in (("offences", True), ("health", True), ("age", False), (None, False)):
        found = judge(disclosing(category, question), catalogue, SLUG)
        kept = {KeepsWords.ALWAYS: True, KeepsWords.NEVER: False, KeepsWords.NOT_AT_PRIVATE_QUESTIONS: not private}[
            keeps
        ]
        assert found.withheld is not kept
        assert not found.tell  # the safety message says it


def test_the_words_stay_for_every_kind_in_which_somebody_may_be_in_danger() -> None:
    assert {name for name, one in CATEGORIES.items() if one.keeps_words is not KeepsWords.ALWAYS} == {
        "offence_details_typed",
        "enquirer_under_investigation",
        "enquirer_past_abuse",
        "distress_or_bereavement",
        "parent_needs_help",
        "looking_for_someone",
        "private_fostering_now",
    }


@pytest.mark.parametrize("name", [name for name, one in CATEGORIES.items() if one.keeps_words is not KeepsWords.ALWAYS])
def test_where_the_words_are_not_kept_the_safety_message_says_so_and_does_not_say_the_contrary(name: str) -> None:
    said = " ".join(CATEGORIES[name].says_not_kept)
    assert "not kept it" in said
    assert "message has been passed" not in said
    assert "not your words" in said


def test_the_words_of_an_answer_that_calls_for_a_safety_message_stay(catalogue: Catalogue) -> None:
    found = judge(
        understood("a little lad next door, I fear for him", "other_matter", "answer", value="child_safety"),
        catalogue,
        SLUG,
    )
    message = understood("a little lad next door, I fear for him", "other_matter", "answer", value="complaint")
    assert not found.withheld
    assert judge(message, catalogue, SLUG).withheld


def test_an_adjustment_in_odd_words_is_not_kept_and_nobody_is_lectured(catalogue: Catalogue) -> None:
    found = judge(
        understood("bigger letters would help", "adjustments", "answer", value=["large_print"]), catalogue, SLUG
    )
    assert found.withheld
    assert not found.tell


def test_a_message_that_is_nearly_empty_or_odd_is_judged_all_the_same(catalogue: Catalogue) -> None:
    assert not judge({}, catalogue, SLUG).withheld
    assert judge({"text": None, "metadata": {"question": "offences"}}, catalogue, SLUG).withheld
    assert not judge({"text": "abh", "metadata": None, "reading": None, "intent": None}, catalogue, SLUG).withheld


def test_every_button_of_a_private_question_is_kept(catalogue: Catalogue) -> None:
    for question in catalogue.criteria[SLUG].questions.values():
        if not_kept(question):
            for title in question.titles:
                assert as_button(title) in catalogue.button_texts[SLUG] or "{" in title


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain: yes\n", "has no words as `plain`"),
        ("- a\n", "exactly"),
        ("plain: [", "private_text.yml"),
        ("plain: a\ndenials: 'no'\nonly_denied: b\nbetween: c\nreasons: e\ndetails: ''\n", "details"),
        ("plain: a Don't\ndenials: 'no'\nonly_denied: b\nbetween: c\nreasons: e\ndetails: d\n", "Don't"),
        ("plain: a\ndenials: no\nonly_denied: b\nbetween: c\nreasons: e\ndetails: d\n", "denials"),
    ],
)
def test_a_broken_file_is_named_with_its_remedy(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "private_text.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile, match=told):
        load_private_words(file)
