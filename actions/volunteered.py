"""Facts that somebody volunteers ("I'm 34, we've a spare room"): noted with the enquiry, and not asked again.

Nothing is stored about someone who only asks: until there is an enquiry with screening for its goal, Rasa's short memory holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enquiry.agencies.areas import district_of
from enquiry.conversations.next_question import CHANGE, CHECK
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, record_answer
from enquiry.screening.criteria import Kind

if TYPE_CHECKING:
    from actions.turn import Turn

HELD = "volunteered"  # the slot; what bot/volunteered/component.py found in a message has the same name
BUTTONS = ("check", "event", "person")

Facts = list[dict[str, Any]]


def note_volunteered(turn: Turn) -> list[dict[str, Any]]:
    """Keep what was volunteered, now or before, where it has no answer yet, and say so; without an enquiry, hold it.

    An answer is never replaced by it: at the list of answers every text is a correction, and taken as one.

    Returns:
        Rasa events.
    """
    told = [] if turn.asked in (CHECK, CHANGE) else _told(turn)
    if not told and not turn.held:
        return []
    if turn.conversation.collecting_stopped or turn.flagged:
        return [_hold([])] if turn.held else []
    facts = _latest([*turn.held, *told])
    if turn.conversation.enquiry is None or turn.goal is not Goal.SCREENING:
        return [_hold(facts)] if told else []
    noted = _keep(turn, facts)
    if noted:
        turn.say("noted", answers="; ".join(noted))
    return [_hold([])] if turn.held else []


def thank_for_facts(turn: Turn) -> bool:
    """Where a message only tells facts, thank for them rather than say that it was not understood.

    Returns:
        Whether that was the reply.
    """
    if turn.intent != "not_understood" or not _told(turn) or turn.conversation.collecting_stopped or turn.flagged:
        return False
    turn.conversation.misunderstood = 0
    turn.say("thanks_for_facts", buttons=() if turn.in_loop else BUTTONS)
    return True


def _told(turn: Turn) -> Facts:
    found: Facts = turn.understood.get(HELD) or []
    return found


def _latest(facts: Facts) -> Facts:
    """One value for a question: the one told last."""
    return list({fact["question"]: fact for fact in facts}.values())


def _keep(turn: Turn, facts: Facts) -> list[str]:
    """Record the facts of questions that screening asks and that have no answer, and give them as a person reads them."""
    criteria, enquiry = turn.criteria, turn.enquiry
    noted = []
    for fact in facts:
        name, value = fact["question"], fact["value"]
        if name not in criteria.screening_questions or name in answers_of(enquiry):
            continue
        question = criteria.question(name)
        if question.sensitive:
            continue  # what is private is only ever asked
        if question.kind is Kind.PLACE and (district := district_of(str(value))):
            if district in turn.agency.area.districts_shared:
                continue  # two councils share it: which one is asked
            value = district
        record_answer(turn.session, enquiry, name, value, turn.now)
        noted.append(f"{question.short}: {question.title_of(value)}")
    return noted


def _hold(facts: Facts) -> dict[str, Any]:
    return slot(HELD, facts or None)


def slot(name: str, value: Any) -> dict[str, Any]:
    """The event that sets a slot of Rasa's."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}
