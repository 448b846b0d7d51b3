"""Feedback on an information event: three questions, and no name beside the answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.enums import BookingStatus
from enquiry.store.models import Feedback, Place

LONGEST_COMMENT = 500  # characters


class Useful(StrEnum):
    """How useful the event was."""

    VERY = "very"
    QUITE = "quite"
    NOT_REALLY = "not_really"


class NextStep(StrEnum):
    """What they would like to do next."""

    VISIT = "visit"
    CALL = "call"
    LATER = "later"
    NO = "no"


class NothingToSayYet(Exception):
    """The household was not at the event, or nobody has written down yet that it was."""


def feedback_of(session: Session, place: Place) -> Feedback | None:
    """What a household said of the event it was at."""
    return session.scalar(select(Feedback).where(Feedback.place_id == place.id))


def give_feedback(
    session: Session, place: Place, useful: Useful, next_step: NextStep, comment: str, now: datetime
) -> Feedback:
    """Keep what a household thought. Given again, it takes the place of the first.

    Raises:
        NothingToSayYet: it was not at the event.
        ValueError: the comment is longer than 500 characters.
    """
    if place.status != BookingStatus.ATTENDED:
        raise NothingToSayYet
    if len(comment) > LONGEST_COMMENT:
        raise ValueError(f"A comment has up to {LONGEST_COMMENT} characters.")
    feedback = feedback_of(session, place)
    if feedback is None:
        feedback = Feedback(
            agency=place.event.agency,
            event_id=place.event_id,
            place_id=place.id,
            useful=useful.value,
            next_step=next_step.value,
            comment=comment,
            at=now,
        )
        try:
            with session.begin_nested():
                session.add(feedback)
            return feedback
        except IntegrityError:
            # Sent twice at the same moment: the other one is there by now.
            if (feedback := feedback_of(session, place)) is None:
                raise
    feedback.useful, feedback.next_step, feedback.comment, feedback.at = useful.value, next_step.value, comment, now
    session.flush()
    return feedback
