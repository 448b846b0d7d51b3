"""How what people type is read as an answer. The rows of answers_seen.csv have been looked at, so that they measure nothing new."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.criteria_file import load_questions
from bot.answers.question import Reading
from bot.answers.reader import AnswerReader
from bot.encoder.encoder import load_encoder
from bot.text.reading import read

ROOT = Path(__file__).resolve().parents[3]
ROWS = Path(__file__).with_name("answers_seen.csv")
RIGHT_AT_LEAST = 0.92
WRONG_AT_MOST = 0.02
SLUG = "leicestershire"
FEWEST_ROWS, FEWEST_CORRECTIONS = 200, 30


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


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(st.text(max_size=2000), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    st.randoms(use_true_random=False),
)
def test_no_reader_stumbles_over_any_text(reader: AnswerReader, text: str, chance: Random) -> None:
    doc, zeros = read(text), np.zeros(384, dtype=np.float32)
    before = [*reader.questions]
    chance.shuffle(before)
    for question, other in zip(reader.questions, before, strict=True):
        for previous in (None, other):
            found = reader.answer(question, previous, doc, zeros, SLUG)
            assert found is not None
            json.dumps(found.value)


@pytest.mark.parametrize(
    "text", ["why do you need that?", "does that matter?", "what do you mean", "i don't understand the question"]
)
def test_a_question_is_never_an_answer(reader: AnswerReader, text: str) -> None:
    questions = load_questions((ROOT / "data" / "criteria.yml").read_text(encoding="utf-8"))
    for name, question in questions.items():
        if question.kind in ("choice", "any_of", "place"):
            assert value_of(reader, text, name) is None, name


def test_what_was_learned_is_the_same_once_it_was_saved_and_loaded(reader: AnswerReader, tmp_path: Path) -> None:
    from bot.answers.component import load_learned, save_learned

    save_learned(reader.learned, tmp_path)
    again = load_learned(tmp_path)
    vector = load_encoder().encode(["we look after the house all day"])[0]
    assert again.sureness == reader.learned.sureness
    assert again.choices("availability", "we look after the house all day", vector, ()) == reader.learned.choices(
        "availability", "we look after the house all day", vector, ()
    )
