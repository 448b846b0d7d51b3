"""What is said to the list of answers: that it is right, that it is not, which of it, and what instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.answers.languages import language_named
from bot.text.normalise import normalise
from bot.text.reading import read
from bot.volunteered.component import FactFinder
from bot.volunteered.corrections import CHANGE, CHECK

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def finder() -> FactFinder:
    return FactFinder(ROOT / "data" / "criteria.yml", ROOT / "data" / "agencies")


def heard(finder: FactFinder, text: str, asked: str = CHECK) -> tuple[str, Any]:
    reading, _ = finder.reply_to_list(normalise(text), asked, "leicestershire")
    return reading["question"], reading["value"]


@pytest.mark.parametrize("text", ["yes thats all right", "yep", "yes that's fine", "yes the age is right", "ok"])
def test_it_is_right(finder: FactFinder, text: str) -> None:
    assert heard(finder, text) == (CHECK, "yes")


@pytest.mark.parametrize(
    "text", ["nope", "no, that's wrong", "it's not quite right", "I'd like to change something", "there's a mistake"]
)
def test_it_is_not_right(finder: FactFinder, text: str) -> None:
    assert heard(finder, text) == (CHECK, "no")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("the bedroom one is wrong", "bedroom"),
        ("yes but the age group is wrong", "age"),
        ("change the dog one", "dogs"),
        ("time with children is wrong", "experience"),
        ("my hours have changed", "availability"),
        ("the kids", "children"),
        ("right to work is wrong", "right_to_live_work"),
    ],
)
def test_one_of_it_is_named(finder: FactFinder, text: str, question: str) -> None:
    assert heard(finder, text) == (CHANGE, question)


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("actually two adults not three", "household", 2),
        ("no we do smoke", "smoking", "yes"),
        ("I'm 24 not 34", "age", "21_24"),
        ("change my age group to 24", "age", "21_24"),
        ("we don't have a dog", "dogs", "no"),
        ("we've got 2 dogs now", "dogs", "yes"),
        ("my number is 07700 900457", "contact", "07700900457"),
        ("actually i work nights", "availability", "shifts"),
        ("we live in Blaby not Charnwood", "area", "in_area"),
        ("we haven't got a spare bedroom", "bedroom", "no"),
        ("my kids are 5 and 12", "children", ["5-10", "11-15"]),
        ("just me", "household", 1),
    ],
)
def test_an_answer_is_put_right_in_a_few_words(finder: FactFinder, text: str, question: str, value: Any) -> None:
    assert heard(finder, text) == (question, value)


@pytest.mark.parametrize(
    "text", ["what do you do with this?", "is the bedroom ok?", "hmm", "do we need to have dogs?", "thanks"]
)
def test_what_says_neither_is_asked_again(finder: FactFinder, text: str) -> None:
    assert heard(finder, text) == (CHECK, None)


def test_no_where_it_was_asked_which_means_none(finder: FactFinder) -> None:
    assert heard(finder, "no", CHANGE) == (CHANGE, "none")
    assert heard(finder, "not sure", CHANGE) == (CHANGE, None)


@pytest.mark.parametrize(
    ("asked", "text", "right"),
    [
        ("availability", "change my postcode to LE8 4AA", [("area", "LE8 4AA")]),
        ("bedroom", "and it's three adults, forgot my lad's 18 now", [("household", 3)]),
        ("bedroom", "sorry, should have said we have two dogs and one is a lurcher", [("dogs", "yes")]),
        ("driving", "change my age to 24", [("age", "21_24")]),
        ("bedroom", "sorry we have no spare room", []),  # an answer to the question itself
        ("route", "I want to change from my agency to you", []),
        ("changes", "we're moving house and I'm changing jobs from days to nights", []),
    ],
)
def test_what_plainly_takes_another_answer_back_puts_that_right_at_any_question(
    finder: FactFinder, asked: str, text: str, right: list[tuple[str, Any]]
) -> None:
    fact = finder.put_right(read(normalise(text)), asked, "leicestershire")
    assert ([(fact.question, fact.value)] if fact else []) == right


@pytest.mark.parametrize(
    ("text", "language"),
    [("yes please, Polish", "Polish"), ("BSL please", "BSL"), ("yes please", None), ("polish or russian", None)],
)
def test_the_language_somebody_names_is_heard(text: str, language: str | None) -> None:
    assert language_named(normalise(text)) == language
