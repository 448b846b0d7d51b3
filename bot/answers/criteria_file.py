"""What reading answers needs of data/criteria.yml."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import yaml

from bot.answers.learned import ASKED_AGAIN, SHARED_WEIGHT, Phrases
from bot.answers.question import LEARNED_KINDS, Choice, Question
from bot.arrays import Floats
from bot.text.normalise import phrase


def load_questions(text: str) -> dict[str, Question]:
    """The questions of the criteria file, as far as reading needs them."""
    raw_file = yaml.load(text, Loader=yaml.CSafeLoader)
    shared = _phrases(raw_file.get("asked_again", []))
    questions = {}
    for raw in raw_file["questions"]:
        choices = []
        for one in raw["choices"]:
            # A title that names something of an agency is read by bot/answers/agency_words.py.
            title = [] if "{" in str(one["title"]) else [one["title"]]
            said_as = [*title, str(one["value"]).replace("_", " "), *one.get("heard_as", [])]
            choices.append(Choice(one["value"], _phrases(said_as)))
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
    """What is learned of each question that is not read by rule alone."""
    found = {}
    for question in questions.values():
        if question.kind not in LEARNED_KINDS:
            continue
        rows: list[tuple[str, int, float]] = []
        for place, choice in enumerate(question.choices):
            rows.extend((phrase, place, 1.0) for phrase in choice.said_as)
        known = {phrase for phrase, _, _ in rows} | set(question.asked_again)
        rows.extend((phrase, ASKED_AGAIN, 1.0) for phrase in question.asked_again)
        rows.extend((phrase, ASKED_AGAIN, SHARED_WEIGHT) for phrase in question.answers_nothing if phrase not in known)
        texts, means, weights = zip(*rows, strict=True)
        found[question.id] = Phrases(tuple(texts), tuple(means), tuple(weights))
    return found


def vectors_of(phrases: dict[str, Phrases], encode: Callable[[list[str]], Floats]) -> dict[str, Floats]:
    """The sentence vectors of all phrases; many stand with several questions and are encoded once.

    Args:
        phrases: by question id.
        encode: gives one row a text.
    """
    texts = list(dict.fromkeys(text for one in phrases.values() for text in one.texts))
    rows = dict(zip(texts, encode(texts), strict=True))
    return {name: np.array([rows[text] for text in one.texts]) for name, one in phrases.items()}
