"""Facts that somebody volunteers ("I'm 34, we've a spare room"): noted with the enquiry, and not asked again.

Nothing is stored about someone who only asks: until there is an enquiry with screening for its goal, Rasa's short memory holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.contact_slips import ask_about_a_slip, say_what_is_amiss
from actions.whoever_rings import NOTE, is_only_a_note, keep_notes
from enquiry.agencies.areas import district_of
from enquiry.contacts import as_written, tidy_contact
from enquiry.conversations.next_question import CHANGE, CHECK
from enquiry.enums import Goal
from enquiry.journey.record import add_contact, answers_of, record_answer
from enquiry.screening.criteria import Kind

if TYPE_CHECKING:
    from actions.turn import Turn

MESSAGE, TIME = "safe_to_message", "contact_time"
REACHES = (
    "contact_name",
    "contact",
    MESSAGE,
    TIME,
    NOTE,
)  # kept whatever the conversation is after: whoever gives a number would like to be reached
LANGUAGE = "event_language"  # of an interpreter; asked for an event, and told by many who ask for one
HELD = "volunteered"  # the slot; what bot/volunteered/component.py found in a message has the same name
BUTTONS = ("check", "event", "person")

Facts = list[dict[str, Any]]


def note_volunteered(turn: Turn) -> list[dict[str, Any]]:
    """Keep what was volunteered, now or before, where it has no answer yet, and say so; without an enquiry, hold it.

    An answer is never replaced by it, but for a name, a number and an address, which may be put right at any time. At the list of
    answers every text is a correction, and taken as one.

    Returns:
        Rasa events.
    """
    told = [fact for fact in _told(turn) if turn.asked not in (CHECK, CHANGE) or fact["question"] == NOTE]
    if not told and not turn.held:
        return []
    if turn.conversation.collecting_stopped:
        return [_hold([])] if turn.held else []
    facts = _latest([*turn.held, *told])
    if turn.conversation.enquiry is None:
        return [_hold([] if turn.flagged else facts)]
    keep_notes(turn, turn.held)
    ways = [fact for fact in facts if fact["question"] in REACHES and fact["question"] != NOTE]
    if reached := _keep_ways(turn, ways):
        turn.say("contact_kept", contacts=in_a_row(reached))
    if how := [fact["question"] for fact in ways if fact["question"] in (MESSAGE, TIME)]:
        known = answers_of(turn.enquiry)
        stands = [{"question": name, "value": known[name]} for name in how]
        turn.say("noted", answers="; ".join(as_noted(turn, stands)))
    facts = [] if turn.flagged else [fact for fact in facts if fact["question"] not in REACHES]
    if facts and turn.goal is not Goal.SCREENING:
        return [_hold(facts)]
    if noted := _keep(turn, facts):
        turn.say("noted", answers="; ".join(noted))
    return [_hold([])] if turn.held else []


def thank_for_facts(turn: Turn) -> bool:
    """Where a message only tells facts, thank for them rather than say that it was not understood.

    Returns:
        Whether that was the reply.
    """
    ways = [fact for fact in _told(turn) if fact["question"] in REACHES]
    # A number or an address is about fostering, whatever the signs around it look like.
    only_tells = turn.intent == "not_understood" or (turn.intent == "out_of_scope" and ways) or is_only_a_note(turn)
    if not only_tells or not _told(turn) or turn.conversation.collecting_stopped:
        return False
    said_back = bool(ways) and turn.conversation.enquiry is not None  # behind this
    if turn.flagged and not said_back:
        return False
    turn.conversation.misunderstood = 0
    if said_back:
        return True
    if contacts := [as_written(kept) for fact in ways if (kept := _contact(fact))]:
        turn.say("contact_held", buttons=("person", "check", "event"), contacts=in_a_row(contacts))
        say_what_is_amiss(turn)
    else:
        turn.say("thanks_for_facts", buttons=() if turn.in_loop else BUTTONS)
    return True


def in_a_row(contacts: list[str]) -> str:
    """Write a few things in a row: "Sam, 07700 900123 and sam@example.com"."""
    return " and ".join([", ".join(contacts[:-1]), contacts[-1]] if len(contacts) > 1 else contacts)


def _told(turn: Turn) -> Facts:
    found: Facts = turn.understood.get(HELD) or []
    return found


def _latest(facts: Facts) -> Facts:
    """One value for a question: the one told last. A number and an address are two, and so are two notes for whoever rings."""
    return list({(fact["question"], _which(fact)): fact for fact in facts}.values())


def _which(fact: dict[str, Any]) -> Any:
    return str(fact["value"]) if fact["question"] == NOTE else "@" in str(fact["value"])


def _keep_ways(turn: Turn, facts: Facts) -> list[str]:
    """Keep how to reach the person, and give it as a person reads it; of a name only a new one is said back.

    A wish that no message is left goes before an earlier yes: somebody may be listening.
    """
    enquiry, said = turn.enquiry, []
    for fact in facts:
        name, value = fact["question"], fact["value"]
        known = answers_of(enquiry).get(name)
        if name == "contact":
            if kept := _contact(fact):
                add_contact(turn.session, enquiry, kept, turn.now)
                said.append(as_written(kept))
                ask_about_a_slip(turn, kept)
        elif name == MESSAGE and known == "no":
            continue  # only its own question takes that back
        elif known != value:
            record_answer(turn.session, enquiry, name, value, turn.now)
            if name == "contact_name":
                said.append(str(value))
    return said


def _contact(fact: dict[str, Any]) -> str | None:
    return tidy_contact(str(fact["value"])) if fact["question"] == "contact" else None


def _keep(turn: Turn, facts: Facts) -> list[str]:
    """Record the facts of questions that screening asks and that have no answer, and give them as a person reads them."""
    criteria, enquiry = turn.criteria, turn.enquiry
    noted = []
    for fact in facts:
        name, value = fact["question"], fact["value"]
        asked_here = name in criteria.screening_questions or name == LANGUAGE
        if not asked_here or name in answers_of(enquiry):
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


def as_noted(turn: Turn, facts: Facts) -> list[str]:
    """Facts as a person reads them, for questions that are not private."""
    known = [(turn.criteria.questions.get(fact["question"]), fact["value"]) for fact in facts]
    return [f"{one.short}: {as_written(one.title_of(value))}" for one, value in known if one and not one.sensitive]


def _hold(facts: Facts) -> dict[str, Any]:
    return slot(HELD, facts or None)


def slot(name: str, value: Any) -> dict[str, Any]:
    """The event that sets a slot of Rasa's."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}
