"""The screening answers as staff read them: the question in short, the answer in words, what it led to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enquiry.screening.criteria import BOOKING_QUESTIONS, CONTACT_QUESTIONS, Criteria
from enquiry.store.models import Answer, OutcomeRecord

# What is only of use while something is booked stands there; which language an interpreter speaks is of use for every talk.
UNSHOWN = frozenset((*CONTACT_QUESTIONS, *BOOKING_QUESTIONS)) - {"event_language"}


@dataclass(frozen=True)
class AnswerLine:
    """One answer. `outcomes` are those its reasons led to; `reasons` what staff should know."""

    criterion: str
    question: str
    answer: str
    outcomes: tuple[str, ...]
    reasons: tuple[str, ...]
    corrected: int
    at: datetime


def answer_lines(
    answers: Iterable[Answer], outcome: OutcomeRecord | None, criteria: Criteria
) -> tuple[AnswerLine, ...]:
    """The answers in the order of the questions.

    Args:
        outcome: the latest outcome; its reasons say what each answer led to.
        criteria: today's questions. One that is not asked any more is shown by its id.
    """
    reasons: list[Mapping[str, Any]] = list(outcome.reasons) if outcome else []
    order = {name: number for number, name in enumerate(criteria.questions)}
    shown = [answer for answer in answers if answer.criterion not in UNSHOWN]
    return tuple(
        _line(answer, [one for one in reasons if one.get("criterion") == answer.criterion], criteria)
        for answer in sorted(shown, key=lambda one: order.get(one.criterion, len(order)))
    )


def _line(answer: Answer, reasons: list[Mapping[str, Any]], criteria: Criteria) -> AnswerLine:
    question, value = _in_words(answer.criterion, answer.value, criteria)
    return AnswerLine(
        criterion=answer.criterion,
        question=question,
        answer=value,
        outcomes=tuple(dict.fromkeys(str(one.get("outcome") or "") for one in reasons)),
        reasons=tuple(str(one["for_staff"]) for one in reasons if one.get("for_staff")),
        corrected=answer.corrected,
        at=answer.answered_at,
    )


def _in_words(criterion: str, value: Any, criteria: Criteria) -> tuple[str, str]:
    values = value if isinstance(value, list) else [value]
    try:
        question = criteria.question(criterion)
    except KeyError:
        return criterion.replace("_", " "), ", ".join(str(one) for one in values)
    return question.short, ", ".join(question.title_of(one) or str(one) for one in values)
