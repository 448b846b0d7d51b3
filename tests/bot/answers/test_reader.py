"""How what people type is read as an answer. The rows of answers_seen.csv have been looked at, so that they measure nothing new."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.agency_words import agency_words
from bot.answers.criteria_file import load_questions, phrases_of, vectors_of
from bot.answers.learned import learn
from bot.answers.question import Reading
from bot.answers.reader import AnswerReader, left_open
from bot.encoder.encoder import load_encoder
from bot.text.reading import read

ROOT = Path(__file__).resolve().parents[3]
ROWS = Path(__file__).with_name("answers_seen.csv")
RIGHT_AT_LEAST = 0.92
WRONG_AT_MOST = 0.02
SLUG = "leicestershire"
FEWEST_ROWS, FEWEST_CORRECTIONS = 200, 30


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    """A reader trained in memory on the project's own files."""
    criteria = (ROOT / "data" / "criteria.yml").read_text(encoding="utf-8")
    questions = load_questions(criteria)
    phrases = phrases_of(questions)
    learned = learn(phrases, vectors_of(phrases, load_encoder().encode), left_open(questions, phrases))
    words = {
        file.stem: agency_words(file.read_text(encoding="utf-8"), criteria)
        for file in (ROOT / "data" / "agencies").glob("*.yml")
    }
    return AnswerReader(questions, words, learned)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(reader: AnswerReader, text: str, question: str, previous: str | None = None) -> Reading:
    found = reader.answer(question, previous, read(text), load_encoder().encode([text])[0], SLUG)
    assert found is not None
    return found


def value_of(reader: AnswerReader, text: str, question: str) -> Any:
    return answer(reader, text, question).value


def test_there_are_enough_rows_over_every_question_and_none_stands_twice(rows: list[dict[str, str]]) -> None:
    assert sum(1 for row in rows if not row["previous_question"]) >= FEWEST_ROWS
    assert sum(1 for row in rows if row["previous_question"]) >= FEWEST_CORRECTIONS
    counts = Counter((row["text"], row["question"], row["previous_question"]) for row in rows)
    assert [row for row, count in counts.items() if count > 1] == []


def test_most_answers_are_read_right_and_hardly_any_wrong(reader: AnswerReader, rows: list[dict[str, str]]) -> None:
    vectors = load_encoder().encode([row["text"] for row in rows])
    wrong, again = [], []
    for row, vector in zip(rows, vectors, strict=True):
        expected, previous = json.loads(row["value"]), row["previous_question"] or None
        found = reader.answer(row["question"], previous, read(row["text"]), vector, SLUG)
        assert found is not None
        if found.value == expected and (found.corrects or not previous or expected is None):
            continue
        (again if found.value is None else wrong).append((row["text"], row["question"], expected, found.value))
    assert len(wrong) <= WRONG_AT_MOST * len(rows), wrong
    assert len(rows) - len(wrong) - len(again) >= RIGHT_AT_LEAST * len(rows), again + wrong


def test_every_button_is_its_own_answer(reader: AnswerReader) -> None:
    questions = load_questions((ROOT / "data" / "criteria.yml").read_text(encoding="utf-8"))
    zeros = np.zeros(384, dtype=np.float32)
    for question in questions.values():
        for choice in question.choices:
            found = reader.answer(question.id, None, read(choice.said_as[0]), zeros, SLUG)
            assert found == Reading(
                question.id, [choice.value] if question.kind == "any_of" else choice.value, exact=True, corrects=False
            )


def test_the_age_bands_are_named_alike_by_the_buttons_and_by_the_reader(reader: AnswerReader) -> None:
    assert value_of(reader, "18 to 20", "age") == value_of(reader, "19", "age") == "18_20"
    assert value_of(reader, "21 to 24", "age") == value_of(reader, "22", "age") == "21_24"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("yes", "dogs"),
        ("kind of", "smoking"),
        ("why do you need that?", "offences"),
        ("no but my son has", "offences"),
        ("nothing recent", "childrens_services"),
        ("I'm 12 and my mum is 40", "age"),
        ("is 65 too old?", "age"),
    ],
)
def test_what_could_mean_two_things_is_asked_again(reader: AnswerReader, text: str, question: str) -> None:
    assert value_of(reader, text, question) is None


@pytest.mark.parametrize(
    ("text", "question", "previous", "value"),
    [
        ("sorry, I meant two", "children", "household", 2),
        ("actually two not three", "children", "household", 2),
        ("wait, no, we do have a dog", "availability", "dogs", "yes"),
        ("actually shifts", "experience", "availability", "shifts"),
    ],
)
def test_a_correction_changes_the_answer_before(
    reader: AnswerReader, text: str, question: str, previous: str, value: Any
) -> None:
    assert answer(reader, text, question, previous) == Reading(previous, value, exact=False, corrects=True)


def test_an_ordinary_answer_that_opens_with_actually_stays_with_its_question(reader: AnswerReader) -> None:
    assert answer(reader, "actually yes, my husband vapes", "smoking", "bedroom") == Reading(
        "smoking", "yes", exact=False, corrects=False
    )


def test_how_many_come_does_not_change_which_event(reader: AnswerReader) -> None:
    assert answer(reader, "sorry, 3 of us", "event_places", "event") == Reading(
        "event_places", 3, exact=False, corrects=False
    )


def test_a_button_is_never_a_correction(reader: AnswerReader) -> None:
    assert answer(reader, "No", "smoking", "bedroom").corrects is False


def test_without_a_question_nothing_is_an_answer(reader: AnswerReader) -> None:
    doc, zeros = read("yes"), np.zeros(384, dtype=np.float32)
    assert reader.answer(None, None, doc, zeros) is None
    assert reader.answer("no_such_question", None, doc, zeros) is None
    assert reader.read("no_such_question", doc, zeros) is None


def test_names_of_another_agencys_places_do_not_decide(reader: AnswerReader) -> None:
    vector = load_encoder().encode(["melton"])[0]
    assert reader.read("area", read("melton"), vector, "another-agency") is None


WORDS = (
    "not",
    "no",
    "yes",
    "2",
    "34",
    "\u00b2",
    "\u0663",
    "half",
    "and",
    "my",
    "son",
    "0",
    "9999",
    "under",
    "to",
    "-",
    "le9",
    "@",
    ".",
    "?",
    "sorry",
    "meant",
    "one",
    "dog",
    "of us",
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=2000), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_no_reader_stumbles_over_any_text(reader: AnswerReader, text: str) -> None:
    doc, zeros = read(text), np.zeros(384, dtype=np.float32)
    for question in reader.questions:
        for previous in (None, *reader.questions):
            found = reader.answer(question, previous, doc, zeros, SLUG)
            assert found is not None
            json.dumps(found.value)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("we converted the loft last year", "bedroom", "yes"),
        ("not since 2019", "smoking", "no"),
        ("just me and the cat", "household", 1),
        ("LE3, near the Glenfield", "area", "LE3"),
        ("we're with the council in Oadby", "area", "in_area"),
        ("turning 21 in March", "age", "18_20"),
        ("my other half does", "smoking", "yes"),
        ("rather not say here", "offences", "prefer_to_talk"),
        ("semi, mortgage", "housing", "own"),
        ("my landlord's fine with it", "housing", "rent"),
        ("both of us drive", "driving", "yes"),
        ("passed my test in June", "driving", "yes"),
        ("not got round to learning", "driving", "no"),
        ("i want my granddaughter to live with us", "route", "look_after_child_i_know"),
        ("single mum, so on my own", "applying_with", "alone"),
        ("anything up to about ten", "ages", ["0-4", "5-10"]),
        ("only guinea pigs", "other_pets", "yes"),
        ("a python", "other_pets", "unusual_or_licensed"),
        ("someone who speaks gujarati please", "language", "yes_interpreter"),
        ("no, my english is fine", "language", "no"),
        ("i'll tell the visitor", "health", "later"),
        ("we got turned down", "earlier_application", "yes_not_approved"),
        ("left our agency three months ago", "carer_now", "last_12_months"),
        ("maybe one day", "adoption_interest", "thinking"),
        ("we're moving in march", "changes", "yes"),
        ("only water pistols", "firearms", "no"),
        ("i mind two after school", "home_business", "childminding"),
    ],
)
def test_answers_are_read_as_people_give_them(reader: AnswerReader, text: str, question: str, value: Any) -> None:
    assert value_of(reader, text, question) == value


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("not long term, respite more like", "care_type", "respite"),
        ("either short or long, we're easy", "care_type", "not_sure"),
        ("how do i complain?", "other_matter", "complaint"),
        ("my friend's son is living with me for six months", "other_matter", "private_fostering"),
        ("i'm 30, he's 22", "partner_age", "21_24"),
        ("he'll be 21 next month", "partner_age", "18_20"),
        ("no problem with them at all", "landlord", "agreed"),
        ("no and i'm worried they'll say no", "landlord", "worried"),
        ("they know but haven't come back to us", "landlord", "not_yet"),
        ("now rather than later", "the_rest", "now"),
        ("ask me later", "the_rest", "at_visit"),
        ("no", "personal", "prefer_to_talk"),
        ("no i'd prefer to do it here", "personal", "go_on"),
        ("siblings aged 4 and 6", "carer_child", "yes"),
        ("we're between placements", "carer_child", "no"),
        ("large print and somewhere quiet", "adjustments", ["large_print", "quiet"]),
        ("no stairs", "adjustments", ["access"]),
        ("my sister told me about it", "heard_from", "friend"),
        ("a mate shared a post on facebook", "heard_from", "social_media"),
        ("don't know", "heard_from", "skip"),
        ("can they call me?", "pass_on", "yes"),
    ],
)
def test_what_is_asked_around_the_main_questions_is_read(
    reader: AnswerReader, text: str, question: str, value: Any
) -> None:
    assert value_of(reader, text, question) == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("yes", "landlord"),  # they may know and not agree
        ("same as me", "partner_age"),
        ("early twenties", "partner_age"),  # 20 or 21 is the difference
        ("3 years older than me", "partner_age"),
        ("yes but not my number", "pass_on"),
        ("yes but i don't want to answer all of them", "personal"),
        ("short term and maybe a parent and baby", "care_type"),
        ("i'd like to host a refugee child", "other_matter"),  # who came alone is fostered, a family is hosted
        ("i don't see well", "adjustments"),  # a need, but not what would help
    ],
)
def test_around_the_main_questions_nothing_is_guessed(reader: AnswerReader, text: str, question: str) -> None:
    assert value_of(reader, text, question) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i want to complain, i'm worried about the children in that house", "child_safety"),
        ("not happy about how a child's being treated", "child_safety"),
        ("i'm 16 and want to see my file", "i_am_a_child"),
    ],
)
def test_what_sounds_like_a_childs_safety_comes_before_every_other_matter(
    reader: AnswerReader, text: str, value: str
) -> None:
    assert value_of(reader, text, "other_matter") == value


@pytest.mark.parametrize(
    "text", ["why do you need that?", "does that matter?", "what do you mean", "i don't understand the question"]
)
def test_a_question_is_never_an_answer(reader: AnswerReader, text: str) -> None:
    questions = load_questions((ROOT / "data" / "criteria.yml").read_text(encoding="utf-8"))
    for name, question in questions.items():
        if question.kind in ("choice", "any_of", "place"):
            assert value_of(reader, text, name) is None, name


def test_what_was_learned_is_the_same_once_it_was_kept(reader: AnswerReader, tmp_path: Path) -> None:
    from bot.answers.component import fetch, keep

    keep(reader.learned, tmp_path)
    again = fetch(tmp_path)
    vector = load_encoder().encode(["we look after the house all day"])[0]
    assert again.height == reader.learned.height
    assert again.place("availability", "we look after the house all day", vector) == reader.learned.place(
        "availability", "we look after the house all day", vector
    )


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("I use a wheelchair and need large print", "event_needs", ["step_free", "large_print"]),
        ("no stairs please", "event_needs", ["step_free"]),
        ("my husband wears hearing aids", "event_needs", ["hearing_loop"]),
        ("I'm deaf and use BSL", "event_needs", ["interpreter"]),
        ("my mum doesn't speak much english", "event_needs", ["interpreter"]),
        ("we don't need large print, just a ramp", "event_needs", ["step_free"]),
        ("no", "event_needs", ["none"]),
        ("no thank you", "event_needs", ["none"]),
        ("we're fine thanks", "event_needs", ["none"]),
        ("nothing special", "event_needs", ["none"]),
        ("yes", "event_needs", None),
        ("what sort of thing?", "event_needs", None),
        ("polish", "event_language", "polish"),
        ("british sign language", "event_language", "british sign language"),
        ("what do you mean?", "event_language", None),
        ("!!!", "event_language", None),
        ("it is ev 7k3m2q I think", "booking_reference", "EV-7K3M2Q"),
        ("vi-7k3m2q", "booking_reference", "VI-7K3M2Q"),
        ("I lost it", "booking_reference", None),
        ("can you do tuesday evening?", "visit_slot", "can you do tuesday evening?"),
        ("have you got anything next week after 5?", "visit_slot", "have you got anything next week after 5?"),
        ("what happens on the day?", "visit_slot", None),
        ("is there parking?", "event", None),
        ("i can't come", "change_how", "give_back"),
        ("another day would be better", "change_how", "move"),
        ("keep it", "give_back_sure", "no"),
        ("yes cancel it", "give_back_sure", "yes"),
        ("yes please put me down", "event_wait", "yes"),
        ("what other dates are there", "event_wait", None),
    ],
)
def test_what_is_asked_about_bookings_is_read(reader: AnswerReader, text: str, question: str, value: Any) -> None:
    assert value_of(reader, text, question) == value
