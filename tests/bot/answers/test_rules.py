"""Each question has the reader of its name, and each reader its question."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from bot.answers import readers
from bot.answers.criteria_file import load_questions
from bot.answers.rules import RULES_BY_KIND, rules_by_question

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = load_questions((ROOT / "data" / "criteria.yml").read_text(encoding="utf-8"))
READ_ELSEWHERE = {"listed"}  # what is said to the list of answers: bot/volunteered/corrections.py
# A yes, a no or a rather-talk is all that a rule can tell of these; the rest is learned from their phrases.
YES_NO_IS_ENOUGH = {
    "timing",
    "touch_when",
    "event_wait",
    "event_offer",
    "change_how",
    "give_back_sure",
    "forget_sure",
    "again_sure",
}


def has_a_rule_of_its_kind(question: str) -> bool:
    kind = QUESTIONS[question].kind
    if kind == "choice":
        return question in YES_NO_IS_ENOUGH
    return kind in RULES_BY_KIND or kind in READ_ELSEWHERE


def test_every_question_has_a_reader_of_its_name_or_is_read_as_others_of_its_kind() -> None:
    assert len(QUESTIONS) > 50
    assert {name for name in QUESTIONS if not has_a_rule_of_its_kind(name)} == set(rules_by_question())


def test_no_question_is_said_to_do_without_a_reader_that_is_none() -> None:
    assert QUESTIONS.keys() >= YES_NO_IS_ENOUGH
    assert {question.kind for question in QUESTIONS.values()} >= {*RULES_BY_KIND, *READ_ELSEWHERE}


@pytest.mark.parametrize("name", sorted(rules_by_question()))
def test_a_reader_has_one_public_function_which_has_the_name_of_its_question(name: str) -> None:
    module = importlib.import_module(f"{readers.__name__}.{name}")
    functions = [
        function
        for function, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not function.startswith("_")
    ]
    assert functions == [name]
    asked = ["question", "doc", "words"] if QUESTIONS[name].kind == "place" else ["question", "doc"]
    assert list(inspect.signature(getattr(module, name)).parameters) == asked
