"""The enquirer asks for something to be looked at again: a person does it, and not the one who decided.

A decision that rests on special-category data must not be made by a machine alone, and the person concerned can say what they
think of it and have it looked at by a human being (UK GDPR, articles 22A to 22D, in force since February 2026). Hearth
decides nothing; all the same it says how to be heard.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.dates import in_words
from enquiry.enums import Decision, HandoffReason, Outcome
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.summaries import contact
from enquiry.staff.permissions import Permission, roles_that_may
from enquiry.store.models import Conversation, DecisionRecord, Enquiry, Handoff, OutcomeRecord, Staff

# What stands in somebody's way. "Talk first" does not: a person is going to talk to them as it is.
_DECISIONS = frozenset({Decision.NOT_PROGRESSING, Decision.WAIT})
_OUTCOMES = frozenset({Outcome.NOT_YET, Outcome.OTHER_ROUTE})


class Asked(StrEnum):
    """What came of asking."""

    PASSED_ON = "passed_on"
    STANDING = "standing"  # it was asked before and nobody has finished it yet
    NOTHING = "nothing"  # there is nothing to look at again


def ask_to_look_again(
    session: Session,
    conversation: Conversation,
    enquiry: Enquiry | None,
    agency: Agency,
    wording: Wording,
    now: datetime,
) -> Asked:
    """Put it into the queue of those who may decide, with who decided before. Asking again while it waits adds nothing.

    The latest decision counts; where there is none, the latest outcome of the questions does.

    Args:
        enquiry: the enquiry of the conversation; None when it has none.
    """
    if enquiry is None:
        return Asked.NOTHING
    # Two messages at the same moment take turns here, so that there is one request, not two.
    session.execute(select(Enquiry.id).where(Enquiry.id == enquiry.id).with_for_update())
    session.flush()
    session.refresh(enquiry, ["decisions", "outcomes"])
    decision = enquiry.decisions[-1] if enquiry.decisions else None
    outcome = enquiry.outcomes[-1] if enquiry.outcomes else None
    if decision is not None:
        if decision.decision not in _DECISIONS:
            return Asked.NOTHING
        summary = _about_decision(decision, wording)
    elif outcome is not None and outcome.outcome in _OUTCOMES:
        summary = _about_outcome(session, enquiry, outcome, wording)
    else:
        return Asked.NOTHING
    if _request(session, enquiry) is not None:
        return Asked.STANDING
    if not conversation.collecting_stopped:
        summary += " " + contact(enquiry, wording)
    make_handoff(
        session,
        conversation,
        agency=agency,
        wording=wording,
        reason=HandoffReason.LOOK_AGAIN,
        summary=summary,
        now=now,
        audience=sorted(roles_that_may(Permission.DECIDE)),
    )
    if decision is not None:
        decision.look_again_at = now
    enquiry.updated_at = now
    session.flush()
    return Asked.PASSED_ON


def _request(session: Session, enquiry: Enquiry) -> Handoff | None:
    """The request that waits, from whichever of the enquiry's conversations it came."""
    owner = func.coalesce(Handoff.enquiry_id, Conversation.enquiry_id)
    return session.scalar(
        select(Handoff)
        .join(Conversation, Handoff.conversation_id == Conversation.id)
        .where(owner == enquiry.id, Handoff.reason == HandoffReason.LOOK_AGAIN.value, Handoff.done_at.is_(None))
        .limit(1)
    )


def _about_decision(decision: DecisionRecord, wording: Wording) -> str:
    what = wording.say(f"handoffs.decision_{decision.decision}")
    return wording.say(
        "handoffs.look_again_decision", name=decision.staff.name, when=in_words(decision.at), answer=what
    )


def _about_outcome(session: Session, enquiry: Enquiry, outcome: OutcomeRecord, wording: Wording) -> str:
    what, when = wording.say(f"handoffs.outcome_{outcome.outcome}"), in_words(outcome.at)
    name = session.scalar(
        select(Staff.name)
        .join(Handoff, Handoff.done_by == Staff.id)
        .where(Handoff.enquiry_id == enquiry.id, Handoff.reason == outcome.outcome, Handoff.done_at >= outcome.at)
        .order_by(Handoff.done_at.desc())
        .limit(1)
    )
    if name is None:
        return wording.say("handoffs.look_again_outcome", answer=what, when=when)
    return wording.say("handoffs.look_again_confirmed", name=name, answer=what, when=when)
