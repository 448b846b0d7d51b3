"""Names of places and buttons mean what each agency's own file says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.answers.agency_words import agency_words
from bot.answers.answers_files import load_answers
from bot.answers.criteria_file import load_questions, phrases_of, vectors_of
from bot.answers.learned import learn
from bot.answers.question import Reading
from bot.answers.reader import AnswerReader, read_by_rule
from bot.encoder.encoder import load_encoder
from bot.text.reading import read

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def reader() -> AnswerReader:
    criteria = (DATA / "criteria.yml").read_text(encoding="utf-8")
    questions = {"area": load_questions(criteria)["area"]}
    phrases = phrases_of(questions, load_answers(DATA / "answers"))
    learned = learn(phrases, vectors_of(phrases, load_encoder().encode), read_by_rule(questions, phrases))
    words = {
        file.stem: agency_words(file.read_text(encoding="utf-8"), criteria)
        for file in (DATA / "agencies").glob("*.yml")
    }
    return AnswerReader(questions, words, learned)


BUTTONS = {
    "leicestershire": ("A Leicestershire district", "Leicester city or Rutland"),
    "leicester_city": ("Leicester, Leicestershire or Rutland", "A county that borders them"),
    "coventry": ("Coventry", "Warwickshire or Solihull"),
}


@pytest.mark.parametrize("agency", sorted(BUTTONS))
def test_the_buttons_of_each_service_are_its_own_answers_to_the_letter(reader: AnswerReader, agency: str) -> None:
    here, next_door = BUTTONS[agency]
    zeros = np.zeros(384, dtype=np.float32)
    for title, value in ((here, "in_area"), (next_door, "border"), ("Somewhere else", "elsewhere")):
        assert reader.answer("area", None, read(title), zeros, agency) == Reading(
            "area", value, exact=True, corrects=False
        )


@pytest.mark.parametrize(
    ("text", "leicestershire", "leicester_city", "coventry"),
    [
        ("Coventry", "elsewhere", "elsewhere", "in_area"),
        ("we're in coventry", "elsewhere", "elsewhere", "in_area"),
        ("leicester city council", "border", "in_area", "elsewhere"),
        ("leicestershire county council", "in_area", "in_area", "elsewhere"),
        ("rutland", "border", "in_area", "elsewhere"),
        ("we pay Warwickshire", "elsewhere", "border", "border"),
        ("nuneaton", "elsewhere", "border", "border"),
        ("i live in the city", "border", "in_area", "in_area"),
        ("London", "elsewhere", "elsewhere", "elsewhere"),
        ("right on the boundary", "border", "border", "border"),
        ("no idea sorry", "not_sure", "not_sure", "not_sure"),
        ("LE9 5AB", "LE9 5AB", "LE9 5AB", "LE9 5AB"),
    ],
)
def test_a_place_means_what_the_file_of_each_service_says(
    reader: AnswerReader, text: str, leicestershire: str, leicester_city: str, coventry: str | None
) -> None:
    vector = load_encoder().encode([text])[0]
    found = {slug: reader.read("area", read(text), vector, slug) for slug in BUTTONS}
    assert found == {"leicestershire": leicestershire, "leicester_city": leicester_city, "coventry": coventry}


def test_the_words_of_an_agency_leave_out_what_it_does_not_know() -> None:
    criteria = (
        "questions: [{id: area, choices: [{value: a, title: '{agency.area.here}'}, {value: b, title: '{agency.area.nothing}'}, "
        "{value: c, title: Plain}]}]"
    )
    words = agency_words("area: {here: 'Here, or near.', in_area: [Here], border: [Here, There]}", criteria)
    assert words.titles == {"area": {"here, or near": "a"}}
    assert words.names == {"here": "in_area", "there": "border"}
    assert words.heard == {}
