"""What a message means for the conversation: the one place where all that was found out about it is weighed.

Safety first, then what the person plainly chose, then commands, answers, topics; and where none is sure, Hearth asks
back or says that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from bot.intents.thresholds import OFFERED, Bands
from bot.text.preferences import wants_a_person
from bot.text.questions import is_question
from bot.text.script import in_other_letters

OUT_OF_SCOPE = "out_of_scope"  # the labels of what is not about fostering begin with it: "out_of_scope:insult"
OTHER_LANGUAGE = "other_language"
GIBBERISH = "out_of_scope:gibberish"  # at a question it is an answer that was not understood: "12", "purple"
# What may be said by anyone at any time, a question being asked or not.
ALWAYS = (
    "handoff",
    "stop",
    "start_screening",
    "book_event",
    "why",
    "forget_me",
    "something_else",
    "send_link",
    "look_again",
    "change_booking",
)
# What is obeyed although the message would answer the question as well ("no more questions"), and how sure it must be.
OVER_AN_ANSWER = ("handoff", "stop", "why", "forget_me", "send_link", "look_again", "change_booking")
OVER_AN_ANSWER_SURE = 0.75
PREFERS = re.compile(r"\b(?:rather|prefer)\b")
PREFERS_SURE = 0.8  # above it, the words are a button's, such as "Talk to a person"
# At the question for a name, what only the trained part takes for a disclosure is a name.
INTRODUCES = re.compile(r"(?:it'?s|my name is|my name'?s|call me|this is|i'?m called) \w+(?: \w+)?[.!]*$")
# A statement that chooses a time rather than asks about one: "Thursday at 1.30pm", "the second one", "after 6".
NAMES_A_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tues?|weds?|thurs?|fri)\b|\b(?:next|this|following) (?:week|month)\b"
    r"|\b(?:week(?:day|end)|morning|afternoon|evening|lunch\w*|night|any time)s?\b|\bweek after\b|\bhalf past\b|\bnew year\b"
    r"|\b(?:first|second|third|last|earliest|soonest|asap|today|tomorrow|fortnight|noon|midday|christmas)\b|\d"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
)
# A statement at a question must sound this much like a topic or command to be taken for one rather than asked about again;
# where nearly any text is an answer (a name, a time) it takes as much.
STATEMENT_SURE = 0.5
# A disclosure that only the trained part hears, and not louder than this, gives way to what is surely not about fostering.
FAINT_DISCLOSURE = 0.65
FAINTEST_DISCLOSURE = 0.55  # and below this, to a statement that plainly answers the question
MOST_ANSWERS = 3  # to a message with several questions

Guesses = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Decision:
    """How to go on. `intent` is what Rasa's rules are written for; `decision` is the public word for it.

    `topics` are those of a message with several questions, `topic` first; `kind` says what is not about fostering.
    """

    decision: str
    intent: str
    confidence: float
    topic: str | None = None
    topics: tuple[str, ...] = ()
    value: Any = None
    kind: str | None = None
    candidates: tuple[dict[str, Any], ...] = ()


def decide(
    doc: Doc,
    guesses: Guesses,
    bands: Bands,
    disclosure: dict[str, Any] | None,
    reading: dict[str, Any] | None,
    open_question: bool,
    part_guesses: Sequence[Guesses] = (),
) -> Decision:
    """Weigh what the components found.

    Args:
        doc: the message.
        guesses: the classifier's labels, best first; a topic's label has a slash in it, a command's has none.
        bands: when to answer and when to ask back.
        disclosure: what the disclosure detector found.
        reading: how the message answers the question being asked; None where no question is being asked.
        open_question: whether nearly any text would be an answer (a name, a time, one of several dates).
        part_guesses: of each question, where the message asks several.
    """
    candidates = _topics(guesses)
    label, confidence = _best(guesses)
    value = reading["value"] if reading else None

    def made(decision: str, intent: str, **more: Any) -> Decision:
        return Decision(decision, intent, round(confidence, 4), **{"candidates": candidates, **more})

    if reading and reading["exact"]:
        return made("screening_answer", "answer", value=value)
    is_topic, is_foreign = "/" in label, label.startswith(OUT_OF_SCOPE)
    asking = is_question(doc)
    sure = _is_sure(guesses, bands)
    faint = disclosure["confidence"] if disclosure and disclosure["by"] == "model" else 1.0
    introduced = open_question and value is not None and INTRODUCES.match(doc.text) is not None and faint < 1.0
    answers = value is not None and not asking and faint < FAINTEST_DISCLOSURE
    gives_way = introduced or answers or (is_foreign and sure and faint < FAINT_DISCLOSURE)
    if disclosure and not gives_way:
        return made("disclosure", "disclosure", value=None)
    if in_other_letters(doc.text):
        return made("fallback", OUT_OF_SCOPE, kind=OTHER_LANGUAGE)
    if reading and not asking and (open_question or is_topic):
        sure = confidence >= STATEMENT_SURE
    if reading and reading["corrects"] and value is not None:
        return made("screening_answer", "answer", value=value)
    if label in ALWAYS and sure and _obeyed(label, confidence, value, doc):
        return made("handoff" if label == "handoff" else "command", label)
    chooses = NAMES_A_TIME.search(doc.text) is not None
    # "Can you do Tuesday evening?" is a choice, put as a question.
    elsewhere = not chooses if open_question else asking
    if value is not None and not (is_topic and sure and elsewhere):
        return made("screening_answer", "answer", value=value)
    several = _several(part_guesses, bands)
    if len(several) > 1:
        return made("answer", "ask", topic=several[0], topics=several)
    if is_topic and sure:
        return made("answer", "ask", topic=label, topics=(label,))
    if not is_topic and not is_foreign and sure:
        return made("handoff" if label == "handoff" else "command", label)
    if reading is not None and wants_a_person(doc):
        return made("handoff", "handoff")
    told_so = bands.clarify if reading is None or asking else max(bands.answer, STATEMENT_SURE)
    if is_foreign and confidence >= told_so and not (reading and label == GIBBERISH):
        return made("fallback", OUT_OF_SCOPE, kind=label.partition(":")[2])
    if reading is not None and not asking:
        return made("fallback", "unclear")
    if candidates and not is_foreign and candidates[0]["confidence"] >= bands.clarify:
        return made("clarify", "clarify")
    return made("fallback", "unclear" if reading is not None else "not_understood")


def _best(guesses: Guesses) -> tuple[str, float]:
    return (str(guesses[0]["label"]), float(guesses[0]["confidence"])) if guesses else (OUT_OF_SCOPE, 0.0)


def _topics(guesses: Guesses) -> tuple[dict[str, Any], ...]:
    return tuple({"topic": g["label"], "confidence": g["confidence"]} for g in guesses if "/" in g["label"])[:OFFERED]


def _is_sure(guesses: Guesses, bands: Bands) -> bool:
    """Whether the best guess is high enough, and far enough ahead of the second that the two can't be mixed up."""
    if not guesses or guesses[0]["confidence"] < bands.answer:
        return False
    return len(guesses) < 2 or guesses[0]["confidence"] - guesses[1]["confidence"] >= bands.lead


def _several(part_guesses: Sequence[Guesses], bands: Bands) -> tuple[str, ...]:
    """The topics of several questions, each sure of itself."""
    sure = [str(guesses[0]["label"]) for guesses in part_guesses if _is_sure(guesses, bands)]
    topics: list[str] = list(dict.fromkeys(label for label in sure if "/" in label))
    return tuple(topics[:MOST_ANSWERS])


def _obeyed(label: str, confidence: float, value: Any, doc: Doc) -> bool:
    """Whether a command goes before the answer that the same words would give."""
    if value is None:
        return True
    if value == "prefer_to_talk" and wants_a_person(doc) and (PREFERS.search(doc.text) or confidence < PREFERS_SURE):
        return False  # "I'd rather talk" is a choice of this question, and is kept as its answer
    return label in OVER_AN_ANSWER and confidence >= OVER_AN_ANSWER_SURE
