"""Slips in a number or an address: said or asked about, and never mended without the person.

An address at "gmial.com" may be somebody's own, so it is kept as it was typed, and the question is asked once more with both on buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enquiry.contacts import WITH_AN_AT, Fault, fault_of_number, likely_meant
from enquiry.conversations.date_phrases.choose import AGREES
from enquiry.conversations.next_question import PUT_RIGHT
from enquiry.journey.record import answers_of, record_answer
from enquiry.screening.criteria import CONTACT_QUESTIONS, PREFER_NOT

if TYPE_CHECKING:
    from actions.turn import Turn

CONTACT = "contact"
SAYS = {Fault.DIGIT_MISSING: "number_short", Fault.DIGIT_TOO_MANY: "number_long"}


def ask_about_a_slip(turn: Turn, contact: str) -> None:
    """Have the contact asked once more where its provider is likely a slip; until then it stands as it was typed."""
    if likely_meant(contact):
        record_answer(turn.session, turn.enquiry, PUT_RIGHT, CONTACT, turn.now)


def slip_asked_about(turn: Turn) -> tuple[str, str] | None:
    """The address that was likely meant and the one that was typed, where it is to be asked which of the two is right."""
    answers = answers_of(turn.enquiry)
    typed = str(answers.get(CONTACT) or "")
    meant = likely_meant(typed) if answers.get(PUT_RIGHT) == CONTACT else None
    return (meant, typed) if meant else None


def what_was_meant(turn: Turn, value: Any) -> str | None:
    """The address that a bare yes or no to "Did you mean …?" chooses; None for any other answer."""
    asked = slip_asked_about(turn) if turn.asked == CONTACT else None
    if asked is None:
        return None
    if value == PREFER_NOT:
        return asked[1]
    return asked[0] if value is None and AGREES.match(turn.text.strip().lower()) else None


def meant_by_what_is_no_address(text: str) -> str | None:
    """The address that was likely meant by one that nobody can be reached at, such as one that ends in ".con"."""
    found = WITH_AN_AT.findall(text)
    return likely_meant(found[0].strip(".,:!?'")) if len(found) == 1 else None


def say_what_is_amiss(turn: Turn) -> None:
    """Say that a number is a digit short or long where the rest of the line was taken: nobody should think that it was kept."""
    told = [*(turn.understood.get("volunteered") or ()), turn.understood.get("reading") or {}]
    if any(one.get("question") == CONTACT and "@" not in str(one.get("value") or "@") for one in told):
        return  # a number was taken: "07700 900123 2 kids"
    fault = fault_of_number(turn.text)
    if fault in SAYS and (turn.asked in CONTACT_QUESTIONS or turn.asked is None):
        turn.say(SAYS[fault])
