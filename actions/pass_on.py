""" "Pass my question to the team": the words are kept, and a person answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from enquiry.enums import Author, HandoffReason
from enquiry.journey.summaries import about
from enquiry.store.models import Message

if TYPE_CHECKING:
    from actions.turn import Turn

LONGEST = 300  # characters of the question in the queue; the transcript has the rest


def pass_on_question(turn: Turn) -> str:
    """Put the question into the queue, in the person's own words, and give the name of the sentence that says so."""
    wording, question = turn.catalogue.wording, _question(turn)
    summary = (
        wording.say("handoffs.question", question=question) if question else wording.say("handoffs.question_unknown")
    )
    if not turn.conversation.collecting_stopped:
        summary += " " + about(turn.enquiry, turn.criteria, wording)
    turn.hand_over(HandoffReason.QUESTION, summary)
    reachable = turn.enquiry.contact_phone or turn.enquiry.contact_email
    return "question_passed_on" if turn.in_loop or reachable else "question_passed_on_ask"


def _question(turn: Turn) -> str:
    """Find what was typed last before this wish, as far as it was kept."""
    typed = turn.session.scalars(
        select(Message.text)
        .where(Message.conversation_id == turn.conversation.id, Message.author == Author.ENQUIRER.value)
        .order_by(Message.number.desc())
        .limit(2)
    ).all()
    is_button = turn.text.strip() == turn.wording("button_pass_on")
    said = typed[1] if is_button and len(typed) > 1 else "" if is_button else turn.text
    kept = "" if said == turn.wording("not_kept") else said
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST].rstrip()}…"
