"""The reader of answers, trained once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answers.agency_words import agency_words
from bot.answers.answers_files import load_answers
from bot.answers.criteria_file import load_questions, phrases_of, vectors_of
from bot.answers.learned import learn
from bot.answers.reader import AnswerReader, read_by_rule
from bot.encoder.encoder import kept_vectors, load_encoder
from bot.text.reading import read

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def reader() -> AnswerReader:
    """A reader that has just learned from the project's own files."""
    kept_vectors().load(
        ROOT / "models" / "vectors.safetensors"
    )  # of a training before, where there was one: minutes less
    criteria = (ROOT / "data" / "criteria.yml").read_text(encoding="utf-8")
    questions = load_questions(criteria)
    phrases = phrases_of(questions, load_answers(ROOT / "data" / "answers"))
    learned = learn(phrases, vectors_of(phrases, kept_vectors().of), read_by_rule(questions, phrases))
    words = {
        file.stem: agency_words(file.read_text(encoding="utf-8"), criteria)
        for file in (ROOT / "data" / "agencies").glob("*.yml")
    }
    return AnswerReader(questions, words, learned)


@pytest.fixture(scope="session")
def value_of(reader: AnswerReader) -> Callable[[str, str], Any]:
    """The value that a text gives to a question that is being asked."""

    def read_value(text: str, question: str) -> Any:
        found = reader.answer(question, None, read(text), load_encoder().encode([text])[0], "leicestershire")
        assert found is not None
        return found.value

    return read_value
