"""The stages of an enquiry and the steps between them. Every step is dated, with who took it and why.

Two stages are a person's to give: nobody is "going on to assessment" or "not yet" unless the latest decision of a named
member of staff says so. Decisions are written by enquiry/journey/decisions.py alone, which the assistant never calls.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from enquiry.enums import Decision, Stage
from enquiry.store.models import Enquiry, StageChange

_LEAVING = frozenset({Stage.NOT_YET, Stage.WITHDRAWN, Stage.REDIRECTED, Stage.CLOSED})
_BOOKING = frozenset({Stage.EVENT_BOOKED, Stage.VISIT_BOOKED})
_BEFORE_BOOKING = frozenset({Stage.NEW, Stage.SCREENING, Stage.SCREENED})

# Nobody has to go to an event or to be screened first: both are offers. A booking given back leads to where the person was.
STEPS: dict[Stage, frozenset[Stage]] = {
    Stage.NEW: frozenset({Stage.SCREENING, Stage.SCREENED}) | _BOOKING | _LEAVING,
    Stage.SCREENING: frozenset({Stage.SCREENED}) | _BOOKING | _LEAVING,
    Stage.SCREENED: frozenset({Stage.SCREENING}) | _BOOKING | _LEAVING,
    Stage.EVENT_BOOKED: frozenset({Stage.EVENT_ATTENDED, Stage.VISIT_BOOKED}) | _BEFORE_BOOKING | _LEAVING,
    Stage.EVENT_ATTENDED: _BOOKING | _LEAVING,
    Stage.VISIT_BOOKED: frozenset({Stage.VISITED, Stage.EVENT_BOOKED, Stage.EVENT_ATTENDED})
    | _BEFORE_BOOKING
    | _LEAVING,
    Stage.VISITED: frozenset({Stage.PROGRESSING, Stage.VISIT_BOOKED}) | _LEAVING,
    Stage.PROGRESSING: _LEAVING,
    # People come back: about two years pass between a first thought and an application.
    Stage.NOT_YET: frozenset({Stage.SCREENING, Stage.SCREENED, Stage.PROGRESSING}) | _BOOKING | _LEAVING,
    # Someone who left after a visit may come back to where they were.
    Stage.WITHDRAWN: frozenset({Stage.SCREENING, Stage.SCREENED, Stage.VISITED, Stage.CLOSED}) | _BOOKING,
    Stage.REDIRECTED: frozenset({Stage.SCREENING, Stage.SCREENED, Stage.VISITED, Stage.CLOSED}) | _BOOKING,
    Stage.CLOSED: frozenset({Stage.SCREENING, Stage.SCREENED, Stage.VISITED}) | _BOOKING,
}

# "Not progressing" leads to `not_yet`, not to `closed`: it can be looked at again, and only `not_yet` has a step to `progressing`.
LEADS_TO: dict[Decision, Stage] = {
    Decision.PROGRESSING: Stage.PROGRESSING,
    Decision.NOT_PROGRESSING: Stage.NOT_YET,
    Decision.WAIT: Stage.NOT_YET,
}
DECIDED = frozenset(LEADS_TO.values())


class NoSuchStep(Exception):
    """The journey has no step from the one stage to the other."""

    def __init__(self, stage: Stage, to: Stage) -> None:
        super().__init__(f"An enquiry does not go from {stage} to {to}.")
        self.stage = stage
        self.to = to


class NeedsDecision(Exception):
    """No named member of staff has decided what this stage says."""

    def __init__(self, to: Stage) -> None:
        super().__init__(f"Only the decision of a named member of staff leads to {to}.")
        self.to = to


def may_step(stage: Stage, to: Stage) -> bool:
    """Whether the journey has a step from the one stage to the other."""
    return to in STEPS[stage]


def is_decided(enquiry: Enquiry, stage: Stage) -> bool:
    """Whether a stage needs no decision, or the latest one of this enquiry leads to it."""
    if stage not in DECIDED:
        return True
    return bool(enquiry.decisions) and LEADS_TO[Decision(enquiry.decisions[-1].decision)] is stage


def change_stage(session: Session, enquiry: Enquiry, stage: Stage, *, who: str, why: str, now: datetime) -> None:
    """Take an enquiry to another stage; nothing happens when it is there already.

    Args:
        who: a member of staff's name, or "assistant" or "enquirer".
        why: a few words for staff.
    Raises:
        NoSuchStep: the journey has no such step.
        NeedsDecision: the stage is a person's to give, and the latest decision does not say so.
    """
    current = Stage(enquiry.stage)
    if current is stage:
        return
    if not may_step(current, stage):
        raise NoSuchStep(current, stage)
    if not is_decided(enquiry, stage):
        raise NeedsDecision(stage)
    enquiry.stage = stage.value
    enquiry.updated_at = now
    number = len(enquiry.changes)
    enquiry.changes.append(StageChange(stage=stage.value, who=who, why=why, number=number, at=now))
    session.flush()
