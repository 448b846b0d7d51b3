"""Enquiries: begin one from a conversation, keep the answers and what they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enquiry.conversations.return_links import withdraw_links, withdraw_replaced
from enquiry.enums import Goal, Outcome, Stage
from enquiry.journey.stages import change_stage
from enquiry.references import ENQUIRY, new_reference
from enquiry.screening.criteria import CONTACT_QUESTIONS, PREFER_NOT
from enquiry.store.models import Answer, Conversation, Enquiry, OutcomeRecord, StageChange, new_id

BY_ASSISTANT = "assistant"
BETWEEN_NOTES = "; "


def enquiry_of(session: Session, conversation: Conversation, now: datetime) -> Enquiry:
    """The enquiry a conversation belongs to; a new one, with a reference of its own, when it has none."""
    # Two processes that need it at the same time take turns here, so that there is one enquiry, not two.
    session.execute(select(Conversation.id).where(Conversation.id == conversation.id).with_for_update())
    session.refresh(conversation, ["enquiry_id", "enquiry"])
    if conversation.enquiry is not None:
        return conversation.enquiry
    enquiry = begin_enquiry(session, conversation.agency, now)
    conversation.enquiry = enquiry
    session.flush()
    return enquiry


def record_answer(session: Session, enquiry: Enquiry, criterion: str, value: Any, now: datetime) -> Answer:
    """Keep the answer to one criterion. Another answer to the same one replaces it and is counted as a correction.

    Answers that say how to reach the person are put where the rest of the service looks for them, too.
    """
    answer = session.scalar(select(Answer).where(Answer.enquiry_id == enquiry.id, Answer.criterion == criterion))
    if answer is None:
        answer = Answer(criterion=criterion, value=value, corrected=0, answered_at=now)
        enquiry.answers.append(answer)
    elif answer.value != value:
        answer.value = value
        answer.corrected += 1
        answer.answered_at = now
    if criterion == "contact":
        withdraw_replaced(session, enquiry, None if value == PREFER_NOT else value)
    _keep_contact(enquiry, criterion, value)
    enquiry.updated_at = now
    session.flush()
    if enquiry.stage == Stage.NEW and enquiry.goal == Goal.SCREENING:
        change_stage(session, enquiry, Stage.SCREENING, who=BY_ASSISTANT, why="First answer", now=now)
    return answer


def add_contact(session: Session, enquiry: Enquiry, contact: str, now: datetime) -> None:
    """Keep a phone number or e-mail address beside one of the other kind; one of its own kind is put right by it."""
    is_address = "@" in contact
    known = answers_of(enquiry).get("contact")
    phone, email = enquiry.contact_phone, enquiry.contact_email
    before = email if is_address else phone
    if before == contact:
        return
    if known in (None, PREFER_NOT) or ("@" in str(known)) == is_address:
        record_answer(session, enquiry, "contact", contact, now)
    if before is not None:
        withdraw_links(session, enquiry)  # they went to the wrong one
    enquiry.contact_phone, enquiry.contact_email = (phone, contact) if is_address else (contact, email)
    enquiry.updated_at = now
    session.flush()


def add_contact_note(session: Session, enquiry: Enquiry, words: str, *, discreet: bool, now: datetime) -> bool:
    """Keep one more thing that whoever rings has to mind, behind those told before. What was once to be kept quiet stays so.

    Args:
        words: the person's own.
        discreet: whether nobody else may hear who rings or what about.
    Returns:
        False where it is known.
    """
    known = (enquiry.contact_note or "").split(BETWEEN_NOTES) if enquiry.contact_note else []
    enquiry.discreet = enquiry.discreet or discreet or None
    if words.casefold() in (one.casefold() for one in known):
        return False
    enquiry.contact_note = BETWEEN_NOTES.join((*known, words))
    enquiry.updated_at = now
    session.flush()
    return True


def forget_answers(session: Session, enquiry: Enquiry, *criteria: str) -> None:
    """Take answers out again, so that their questions are asked afresh. One that is not there is passed over."""
    for answer in [one for one in enquiry.answers if one.criterion in criteria]:
        enquiry.answers.remove(answer)
        session.delete(answer)
    session.flush()


def forget_contact(session: Session, enquiry: Enquiry) -> None:
    """Take out how to reach the person, so that it is asked afresh. Links to carry on that went there open nothing any more."""
    withdraw_replaced(session, enquiry, None)
    for name in CONTACT_QUESTIONS:
        _keep_contact(enquiry, name, None)
    enquiry.contact_phone = enquiry.contact_email = enquiry.contact_note = enquiry.discreet = None
    forget_answers(session, enquiry, *CONTACT_QUESTIONS)


def answers_of(enquiry: Enquiry) -> dict[str, Any]:
    """The answers as they stand now, by criterion."""
    return {answer.criterion: answer.value for answer in enquiry.answers}


def record_outcome(
    session: Session,
    enquiry: Enquiry,
    outcome: Outcome,
    reasons: Sequence[dict[str, Any]],
    criteria_version: str,
    now: datetime,
    route: str | None = None,
) -> OutcomeRecord:
    """Keep what the answers led to. The stage becomes `screened`, unless the enquiry is further on already.

    Args:
        reasons: each `{"criterion", "answer", "reason", "outcome", "basis", "for_staff", "changes_when"}`.
        criteria_version: the `version` of data/criteria.yml that was applied.
        route: the id of the route the answers led to.
    """
    record = OutcomeRecord(
        outcome=outcome.value, reasons=list(reasons), criteria_version=criteria_version, route=route, at=now
    )
    enquiry.outcomes.append(record)
    enquiry.updated_at = now
    session.flush()
    if Stage(enquiry.stage) in (Stage.NEW, Stage.SCREENING):
        change_stage(
            session,
            enquiry,
            Stage.SCREENED,
            who=BY_ASSISTANT,
            why=f"Outcome: {outcome.value.replace('_', ' ')}",
            now=now,
        )
    return record


def begin_enquiry(
    session: Session,
    agency_slug: str,
    now: datetime,
    *,
    who: str = BY_ASSISTANT,
    why: str = "First contact",
    form_id: str | None = None,
) -> Enquiry:
    """A new enquiry with a reference of its own: of a conversation, a form that was filled in, or somebody at the door.

    Args:
        form_id: of a form that was filled in, 32 characters. Sent twice, it is one enquiry, and the first one is returned.
    """
    while True:
        enquiry = Enquiry(
            id=form_id or new_id(),
            agency=agency_slug,
            reference=new_reference(ENQUIRY),
            stage=Stage.NEW.value,
            created_at=now,
            updated_at=now,
            changes=[StageChange(stage=Stage.NEW.value, who=who, why=why, at=now)],
        )
        try:
            with session.begin_nested():
                session.add(enquiry)
        except IntegrityError:
            if form_id is not None and (first := session.get(Enquiry, form_id)) is not None:
                return first
            # The reference has been given out before; there are 387 million of them, so the next one is free.
            continue
        return enquiry


def _keep_contact(enquiry: Enquiry, criterion: str, value: Any) -> None:
    given = None if value == PREFER_NOT else value
    match criterion:
        case "contact_name":
            enquiry.contact_name = given
        case "contact_time":
            enquiry.contact_time = given
        case "safe_to_message":
            enquiry.safe_to_message = given in ("yes", True) if given is not None else None
        case "contact":
            is_address = isinstance(given, str) and "@" in given
            both = enquiry.contact_email is not None and enquiry.contact_phone is not None and given is not None
            # Whoever gave a number and an address, and gives another number, still has the address.
            enquiry.contact_email = given if is_address else (enquiry.contact_email if both else None)
            enquiry.contact_phone = (enquiry.contact_phone if both else None) if is_address else given
        case _:
            return
