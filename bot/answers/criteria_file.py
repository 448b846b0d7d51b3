"""Questions and phrases of data/criteria.yml, as far as reading answers needs them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import yaml

from bot.answers.learned import NO_CHOICE, SHARED_WEIGHT, Phrases
from bot.answers.question import LEARNED_KINDS, Choice, Question
from bot.arrays import Floats
from bot.text.normalise import phrase


def load_questions(text: str) -> dict[str, Question]:
    """Load the questions of the criteria file."""
    raw_file = yaml.load(text, Loader=yaml.CSafeLoader)
    shared = _phrases(raw_file.get("asked_again", []))
    questions = {}
    for raw in raw_file["questions"]:
        choices = []
        for raw_choice in raw["choices"]:
            # A title that names something of an agency is read by bot/answers/agency_words.py.
            title = [] if "{" in str(raw_choice["title"]) else [raw_choice["title"]]
            said_as = [*title, str(raw_choice["value"]).replace("_", " "), *raw_choice.get("heard_as", [])]
            choices.append(Choice(raw_choice["value"], _phrases(said_as)))
        questions[raw["id"]] = Question(
            raw["id"],
            raw["kind"],
            tuple(choices),
            raw.get("least", 0),
            raw.get("most", 0),
            _phrases(raw.get("asked_again", [])),
            shared,
        )
    return questions


def _phrases(said_as: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase(str(text)) for text in said_as))


def phrases_of(questions: dict[str, Question]) -> dict[str, Phrases]:
    """Gather what is to be learned of each question that is not read by rule alone."""
    found = {}
    for question in questions.values():
        if question.kind not in LEARNED_KINDS:
            continue
        rows: list[tuple[str, int, float]] = []
        for index, choice in enumerate(question.choices):
            rows.extend((text, index, 1.0) for text in choice.said_as)
        known = {text for text, _, _ in rows} | set(question.asked_again)
        rows.extend((text, NO_CHOICE, 1.0) for text in question.asked_again)
        rows.extend((text, NO_CHOICE, SHARED_WEIGHT) for text in question.answers_nothing if text not in known)
        texts, means, weights = zip(*rows, strict=True)
        found[question.id] = Phrases(tuple(texts), tuple(means), tuple(weights))
    return found


def vectors_of(phrases: dict[str, Phrases], encode: Callable[[list[str]], Floats]) -> dict[str, Floats]:
    """Encode all phrases; many stand with several questions and are encoded once.

    Args:
        phrases: by question id.
        encode: gives one row a text.
    """
    texts = list(dict.fromkeys(text for known in phrases.values() for text in known.texts))
    rows = dict(zip(texts, encode(texts), strict=True))
    return {name: np.array([rows[text] for text in known.texts]) for name, known in phrases.items()}
