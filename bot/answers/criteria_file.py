"""Questions and phrases of data/criteria.yml, as far as reading answers needs them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, cycle

import numpy as np
import yaml

from bot.answers.answers_files import Said
from bot.answers.learned import NO_CHOICE, SHARED_WEIGHT, Phrases
from bot.answers.question import LEARNED_KINDS, Choice, Question
from bot.arrays import Floats
from bot.text.normalise import phrase

Rows = dict[str, tuple[tuple[int, ...], float, bool]]  # by text: what it means, what it counts, whether no rule knew it
PAIRS = 8  # made of the ways to say each two choices
SHORT = 4  # words


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
            choices.append(Choice(raw_choice["value"], _phrases(said_as), bool(raw_choice.get("alone"))))
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


def phrases_of(questions: dict[str, Question], said: Said) -> dict[str, Phrases]:
    """Gather what is to be learned of each question that is not read by rule alone.

    Args:
        questions: by id.
        said: what people said before, by question.
    """
    found = {}
    for question in questions.values():
        if question.kind not in LEARNED_KINDS:
            continue
        at = {choice.value: index for index, choice in enumerate(question.choices)}
        nothing = (NO_CHOICE,)
        rows: Rows = {
            text: ((index,), 1.0, False) for index, choice in enumerate(question.choices) for text in choice.said_as
        }
        rows |= {text: (nothing, 1.0, False) for text in question.asked_again}
        for one in said.get(question.id, ()):
            rows.setdefault(one.text, (tuple(at[value] for value in one.values) or nothing, 1.0, True))
        for text in question.answers_nothing:
            rows.setdefault(text, (nothing, SHARED_WEIGHT, False))
        if question.kind == "any_of":
            rows = {**_named_together(question, rows), **rows}
        means, weights, fresh = zip(*rows.values(), strict=True)
        found[question.id] = Phrases(tuple(rows), means, weights, fresh, several=question.kind == "any_of")
    return found


def _named_together(question: Question, rows: Rows) -> Rows:
    """Put short ways to say two choices together: "babies and teenagers". People name several far more often than they were noted."""
    short: dict[int, list[str]] = {}
    for text, (means, _, _) in rows.items():
        if len(means) == 1 and len(text.split()) <= SHORT and " and " not in f" {text} ":
            short.setdefault(means[0], []).append(text)
    goes_together = [index for index, choice in enumerate(question.choices) if not choice.alone and index in short]
    made: Rows = {}
    for turn, (one, other) in enumerate(combinations(goes_together, 2)):
        for at, joint in zip(range(PAIRS), cycle((" and ", ", ")), strict=False):
            first, second = (short[index][(at * 7 + turn) % len(short[index])] for index in (one, other))
            pair = (first, second) if at % 2 else (second, first)
            made[joint.join(pair)] = ((one, other), 1.0, True)
    return made


def vectors_of(phrases: dict[str, Phrases], encode: Callable[[list[str]], Floats]) -> dict[str, Floats]:
    """Encode all phrases; many stand with several questions and are encoded once.

    Args:
        phrases: by question id.
        encode: gives one row a text.
    """
    texts = list(dict.fromkeys(text for known in phrases.values() for text in known.texts))
    rows = dict(zip(texts, encode(texts), strict=True))
    return {name: np.array([rows[text] for text in known.texts]) for name, known in phrases.items()}
