"""What a message means for the conversation: the one place where all that was found out about it is weighed.

Safety first, then what the person plainly chose, then commands, answers, topics; and where none is sure, Hearth asks
back or says that it does not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, Optional, Sequence, Tuple

from spacy.tokens import Doc

from bot.classifier import OUT_OF_SCOPE, Bands
from bot.reading import is_question, wants_a_person

MOST_CANDIDATES = 3
# What may be said by anyone at any time, a question being asked or not.
ALWAYS = ("handoff", "stop", "start_screening", "book_event", "why", "forget_me", "something_else")
# What is obeyed although the message would answer the question as well ("no more questions"), and how sure it must be.
OVER_AN_ANSWER = ("handoff", "stop", "why", "forget_me")
OVER_AN_ANSWER_SURE = 0.8
PREFERS = re.compile(r"\b(?:rather|prefer)\b")
PREFERS_SURE = 0.95  # above it, the words are a button's, such as "Talk to a person"
# A statement that chooses a time rather than asks about one: "Thursday at 1.30pm", "the second one", "after 6".
NAMES_A_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:week(?:day|end)|morning|afternoon|evening|lunch\w*|night|any time)s?\b"
    r"|\b(?:first|second|third|last)\b|\d"
)
OPEN_KINDS_SURE = 0.72  # where nearly any text is an answer (a name, a time), a topic or command must be this sure


@dataclass(frozen=True)
class Decision:
    """How to go on. `intent` is what Rasa's rules are written for; `decision` is the public word for it."""

    decision: str
    intent: str
    confidence: float
    topic: Optional[str] = None
    value: Any = None
    candidates: Tuple[Dict[str, Any], ...] = ()


def decide(doc: Doc, guesses: Sequence[Dict[str, Any]], bands: Bands, disclosure: Optional[Dict[str, Any]],
           reading: Optional[Dict[str, Any]], open_question: bool) -> Decision:
    """Weigh what the components found.

    Args:
        doc: the message.
        guesses: the classifier's labels, best first; a topic's label has a slash in it, a command's has none.
        bands: the heights at which to answer and to ask back.
        disclosure: what the disclosure detector found.
        reading: how the message answers the question being asked; None where no question is being asked.
        open_question: whether nearly any text would be an answer (a name, a time, one of several dates).
    """
    candidates = tuple({"topic": g["label"], "confidence": g["confidence"]} for g in guesses if "/" in g["label"])[:MOST_CANDIDATES]
    best = guesses[0] if guesses else {"label": OUT_OF_SCOPE, "confidence": 0.0}
    label, confidence = str(best["label"]), float(best["confidence"])
    value = reading["value"] if reading else None

    def made(decision: str, intent: str, **more: Any) -> Decision:
        return Decision(decision, intent, round(confidence, 4), candidates=candidates, **more)

    if reading and reading["exact"]:
        return made("screening_answer", "answer", value=value)
    if disclosure:
        return made("disclosure", "disclosure", value=None)
    asking = is_question(doc)
    sure = OPEN_KINDS_SURE if open_question and not asking else bands.answer
    is_topic = "/" in label
    if reading and reading["corrects"] and value is not None:
        return made("screening_answer", "answer", value=value)
    if label in ALWAYS and confidence >= sure and _obeyed(label, confidence, value, doc):
        return made("handoff" if label == "handoff" else "command", label)
    chooses = NAMES_A_TIME.search(doc.text) is not None
    if value is not None and not (is_topic and confidence >= sure and (asking or (open_question and not chooses))):
        return made("screening_answer", "answer", value=value)
    if is_topic and confidence >= sure:
        return made("answer", "ask", topic=label)
    if not is_topic and label != OUT_OF_SCOPE and confidence >= sure:
        return made("handoff" if label == "handoff" else "command", label)
    if reading is not None and wants_a_person(doc):
        return made("handoff", "handoff")
    if reading is not None and not asking:
        return made("fallback", "unclear")
    if is_topic and confidence >= bands.clarify:
        return made("clarify", "clarify")
    if label == OUT_OF_SCOPE and confidence >= bands.answer:
        return made("fallback", OUT_OF_SCOPE)
    return made("fallback", "unclear" if reading is not None else "not_understood")


def _obeyed(label: str, confidence: float, value: Any, doc: Doc) -> bool:
    """Whether a command goes before the answer that the same words would give."""
    if value is None:
        return True
    if value == "prefer_to_talk" and wants_a_person(doc) and (PREFERS.search(doc.text) or confidence < PREFERS_SURE):
        return False  # "I'd rather talk" is a choice of this question, and is kept as its answer
    return label in OVER_AN_ANSWER and confidence >= OVER_AN_ANSWER_SURE
