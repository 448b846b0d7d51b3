"""Notes for whoever rings ("not on Wednesdays", "don't say what it's about"): kept in the person's own words, and said back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enquiry.journey.record import add_contact_note

if TYPE_CHECKING:
    from actions.turn import Turn

NOTE = "contact_note"
TOLD = "volunteered"  # what bot/volunteered/component.py found in the message
# What a message that is nothing but such a note may have been taken for.
TAKEN_FOR = ("not_understood", "clarify", "out_of_scope")


def keep_notes(turn: Turn, held: list[dict[str, Any]], *, aloud: bool = True) -> None:
    """Keep the notes of this message, and those told before there was an enquiry, and say them back together.

    Those of the message are taken out of it, so that nothing keeps them twice.

    Args:
        held: facts told before there was an enquiry.
        aloud: whether they are said back; not after a disclosure, when somebody may look over a shoulder.
    """
    told = turn.understood.get(TOLD) or []
    notes = notes_in([*held, *told])
    if not notes:
        return
    turn.understood[TOLD] = [fact for fact in told if fact["question"] != NOTE]
    for note in notes:
        add_contact_note(turn.session, turn.enquiry, note["words"], discreet=note["discreet"], now=turn.now)
    if not aloud:
        return
    said = "noted_discreetly" if any(note["discreet"] for note in notes) else "noted_for_whoever_rings"
    turn.say(said, note="; ".join(dict.fromkeys(note["words"] for note in notes)))


def notes_in(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notes among facts that were told."""
    return [fact["value"] for fact in facts if fact["question"] == NOTE]


def is_only_a_note(turn: Turn) -> bool:
    """Whether nothing but a note for whoever rings was understood of a message, or it says no more, whatever its words sounded like."""
    notes = notes_in(turn.understood.get(TOLD) or [])
    return bool(notes) and (turn.intent in TAKEN_FOR or (turn.intent == "ask" and notes[0]["alone"]))
