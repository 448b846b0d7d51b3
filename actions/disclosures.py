"""A disclosure: the safety message first, staff told at once, nothing more asked."""

from __future__ import annotations

from actions.faint_disclosures import BY_MODEL, NOT_MEANT, summary_of
from actions.turn import ConversationAction, Events, Turn, way_back
from enquiry.datafiles.placeholders import ASK_FOR_HELP, fill_or
from enquiry.enums import HandoffReason, Priority
from enquiry.journey.record import record_answer
from enquiry.safeguarding.categories import Urgency
from enquiry.safeguarding.phone_links import number_links
from enquiry.screening.criteria import PREFER_TO_TALK
from enquiry.store.after_commit import tell_after_commit

PRIORITY = {
    Urgency.NOW: Priority.NOW,
    Urgency.SAME_WORKING_DAY: Priority.SAME_DAY,
    Urgency.NEXT_WORKING_DAY: Priority.SAME_DAY,
    Urgency.ROUTINE: Priority.NORMAL,
}


class Disclosure(ConversationAction):
    """Say what must be said, and hand over."""

    action_name = "action_disclosure"
    is_safety = True

    def act(self, turn: Turn) -> Events:
        found = turn.understood["disclosure"]
        alone = found["by"] == BY_MODEL and not _answers_so(turn, found["category"])
        respond(turn, found["category"], alone=alone)
        return []


def respond(turn: Turn, name: str, *, alone: bool = False) -> None:
    """The safety message of a category, its numbers, and the handoff.

    Args:
        alone: only the trained part has heard it. On its word nobody is taken for a child or for a danger, and no chat ends: where the
            category has other words for that, they are said, and the conversation can go on.
    """
    category = turn.catalogue.categories[name]
    values = {"agency": turn.agency.facts}
    kept = not turn.verdict.withheld
    guessed = alone and bool(category.says_alone)
    says = category.says_alone if guessed else category.says if kept else category.says_not_kept
    paragraphs = [fill_or(text, values, ASK_FOR_HELP) for text in says]
    links = number_links(category.numbers, values)
    names: tuple[str, ...] = ()
    if not category.stops_enquiry:  # gently: no new offer, only the way back to what was begun
        names = (way_back(turn), "person") if turn.in_loop else ("person", "something_else")
    choices = [turn.wording(f"button_{name}") for name in (NOT_MEANT, *names)]
    turn.reply("\n\n".join(paragraphs), links=links, choices=choices, question="")
    turn.safety_said = True
    turn.conversation.misunderstood = 0
    if category.stops_collecting and not guessed:
        turn.conversation.collecting_stopped = True
    _count_as_prefer_to_talk(turn)
    tell_after_commit(turn.session, "disclosure_found", category=name, certainty="sure", agency=turn.agency.slug)
    turn.hand_over(
        HandoffReason.DISCLOSURE,
        summary_of(turn, category, "disclosure"),
        category=name,
        audience=category.alert,
        pauses_messages=category.pauses_messages,
        by_rule=not alone,
        priority=PRIORITY[category.urgency],
    )


def _answers_so(turn: Turn, category: str) -> bool:
    """Whether the message, read as an answer, is the choice that means this category: "im 17" where the age is asked."""
    reading = turn.understood.get("reading") or {}
    question = turn.criteria.questions.get(reading.get("question") or "")
    choice = question.choice(reading.get("value")) if question else None
    return choice is not None and choice.disclosure == category


def _count_as_prefer_to_talk(turn: Turn) -> None:
    """Someone who tells more than they were asked has answered: they are not asked the same again, a person talks to them."""
    question = turn.criteria.questions.get(turn.asked or "")
    if question and question.sensitive and question.choice(PREFER_TO_TALK) and not turn.conversation.collecting_stopped:
        record_answer(turn.session, turn.enquiry, question.id, PREFER_TO_TALK, turn.now)
