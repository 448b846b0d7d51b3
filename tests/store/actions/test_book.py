"""How a booking can be changed is told with its confirmation: of a message only where one comes, of a text when it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.take_answer import take_answer
from enquiry.agencies.agency import Agency
from enquiry.dates import LONDON
from enquiry.enums import Goal
from enquiry.journey.record import record_answer
from enquiry.store.models import Conversation, Handoff, Place
from tests.support.maker import Maker
from tests.support.turns import a_turn

IN_THE_DAY = datetime(2026, 12, 1, 14, 0, tzinfo=LONDON)
IN_THE_NIGHT = datetime(2026, 12, 1, 22, 30, tzinfo=LONDON)
TEXTED, MAILED = {"contact_phone": "+447700900456"}, {"contact_email": "jo@example.org"}


@pytest.fixture
def say(make: Maker, agency: Agency) -> Callable[..., str]:
    """Answer a question of a conversation that is after an event, and give what is replied."""

    def said(enquiry: str, now: datetime, question: str, value: Any, **kept: Any) -> str:
        with make.store.write() as session:
            conversation = session.get_one(Conversation, make.conversation_of(enquiry))
            understood = {
                "intent": {"name": "answer"},
                "text": str(value),
                "reading": {"question": question},
                "value": value,
                "metadata": {"question": question},
            }
            turn = a_turn(session, make, agency, conversation.id, understood, now=now, in_loop=True)
            turn.enquiry.goal = Goal.EVENT.value
            for name, answer in kept.items():
                record_answer(session, turn.enquiry, name, answer, now)
            take_answer(turn)
            return "\n".join(reply["text"] for reply in turn.replies)

    return said


@pytest.mark.parametrize(
    ("contact", "now", "told"),
    [
        (MAILED, IN_THE_DAY, "the link in the message we send you"),
        (MAILED, IN_THE_NIGHT, "the link in the message we send you"),
        (TEXTED, IN_THE_DAY, "the link in the message we send you"),
        (TEXTED, IN_THE_NIGHT, "our text, which comes after 8 in the morning"),
        ({**MAILED, "safe_to_message": False}, IN_THE_DAY, None),
        ({"contact_phone": "+441163050505"}, IN_THE_DAY, None),
    ],
)
def test_a_confirmation_tells_of_a_message_only_where_one_comes(
    make: Maker, say: Callable[..., str], contact: dict[str, Any], now: datetime, told: str | None
) -> None:
    said = say(make.enquiry(**contact), now, "event_places", 2, event=make.event(days=60))
    assert "Change my booking" in said
    assert (told in said) if told else ("message" not in said and "text," not in said)


def test_who_wants_to_hear_from_us_later_stands_in_the_queue_for_that_day(make: Maker, say: Callable[..., str]) -> None:
    assert "March" in say(make.enquiry(**MAILED), IN_THE_DAY, "touch_when", "three_months")
    with make.store.read() as session:
        handoff = session.query(Handoff).one()
    assert (handoff.reason, handoff.due_by) == ("keep_in_touch", IN_THE_DAY + timedelta(days=91))


@pytest.mark.parametrize(
    ("safe", "told"), [(True, "we will tell you straight away"), (False, "I will not send you a message")]
)
def test_who_waits_is_told_whether_anybody_will_write_to_them(
    make: Maker, say: Callable[..., str], safe: bool, told: str
) -> None:
    event, waiting = make.event(places=1, days=60), make.enquiry(**MAILED, safe_to_message=safe)
    say(make.enquiry(**MAILED), IN_THE_DAY, "event_places", 1, event=event)
    assert say(waiting, IN_THE_DAY, "event_places", 1, event=event) == ""
    assert told in say(waiting, IN_THE_DAY, "event_wait", "yes")


def test_what_they_need_goes_with_them_to_the_next_booking_and_to_the_waiting_list(
    make: Maker, say: Callable[..., str]
) -> None:
    first, full, enquiry = make.event(days=60), make.event(places=1, days=80), make.enquiry(**MAILED)
    say(make.enquiry(**MAILED), IN_THE_DAY, "event_places", 1, event=full)
    say(enquiry, IN_THE_DAY, "event_places", 1, event=first)
    assert say(enquiry, IN_THE_DAY, "event_needs", ["interpreter", "large_print"]) == ""
    assert "get that ready" in say(enquiry, IN_THE_DAY, "event_language", "Gujarati")
    say(enquiry, IN_THE_DAY, "event_places", 1, event=full)
    say(enquiry, IN_THE_DAY, "event_wait", "yes")
    with make.store.read() as session:
        kept = session.query(Place.needs, Place.language).filter_by(enquiry_id=enquiry).all()
    assert kept == [(["interpreter", "large_print"], "Gujarati")] * 2
