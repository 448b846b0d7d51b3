"""Two weights of a disclosure: the safety message where it is sure, gentle lines and a lower alert where it is faint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from actions.disclosures import respond
from actions.faint_disclosures import LINES, OTHERWISE, hear_faintly
from actions.private_text import Verdict
from enquiry.agencies.agency import Agency
from enquiry.enums import HandoffReason, Priority
from enquiry.outbox.queue import may_message
from enquiry.safeguarding.categories import CATEGORY_IDS
from enquiry.store.models import Enquiry, Handoff, OutboxMessage
from tests.support.maker import Maker
from tests.support.turns import a_turn, context_of

# Who is not taken for it, and whose chat does not end, on the trained part's word alone.
NEVER_ALONE = ("user_is_child", "child_in_care_unhappy", "threat_to_staff", "enquirer_may_harm")
ACCUSES = ("you have harmed", "you may harm", "we are ending", "this chat has ended", "can't help with anything else")


@dataclass
class Heard:
    """What a message led to."""

    text: str = ""
    flagged: bool = False
    stopped: bool = False
    handoffs: list[Handoff] = field(default_factory=list)


@pytest.fixture
def hear(make: Maker, agency: Agency) -> Callable[..., Heard]:
    """Let somebody's message be heard, surely or faintly."""

    def heard(
        category: str, certainty: str, *, alone: bool = True, kept: bool = True, chat: str | None = None
    ) -> Heard:
        conversation_id = chat or make.conversation()
        with make.store.write() as session:
            turn = a_turn(
                session,
                make,
                agency,
                conversation_id,
                {
                    "intent": {"name": "disclosure" if certainty == "sure" else "ask"},
                    "disclosure": {"category": category, "by": "model", "confidence": 0.6, "certainty": certainty},
                },
                verdict=Verdict(withheld=not kept),
            )
            if certainty == "sure":
                respond(turn, category, alone=alone)
            hear_faintly(turn)
            session.flush()
            found = Heard(
                "\n".join(reply["text"] for reply in turn.replies),
                turn.flagged,
                turn.conversation.collecting_stopped,
            )
        with make.store.read() as session:
            found.handoffs = session.query(Handoff).filter_by(conversation_id=conversation_id).all()
        return found

    return heard


@pytest.mark.parametrize("category", sorted(CATEGORY_IDS))
def test_what_is_faintly_heard_stops_nothing_accuses_nobody_and_waits_in_the_queue(
    hear: Callable[..., Heard], category: str
) -> None:
    heard = hear(category, "faint")
    assert not heard.flagged
    assert not heard.stopped
    assert not any(words in heard.text.lower() for words in ACCUSES)
    (handoff,) = heard.handoffs
    assert (handoff.reason, handoff.category) == (HandoffReason.POSSIBLE_DISCLOSURE.value, category)
    assert handoff.priority in (Priority.SAME_DAY.value, Priority.NORMAL.value)
    assert handoff.audience
    assert not handoff.pauses_messages
    assert "unsure" in handoff.summary


def test_the_lines_give_999_and_the_number_for_a_worry_about_a_child_and_say_that_staff_read_it(
    hear: Callable[..., Heard],
) -> None:
    text = hear("worried_about_child", "faint").text
    assert "999" in text
    assert "0116 305 0005" in text
    assert "staff will read it" in text
    assert len(text.split()) < 60


@pytest.mark.parametrize(
    ("category", "number"),
    [
        ("user_is_child", "0800 1111"),
        ("suicidal_or_self_harm", "116 123"),
        ("domestic_abuse", "0808 2000 247"),
        ("threat_to_staff", "0116 305 0005"),
    ],
)
def test_the_lines_name_who_can_help_with_what_was_heard(
    hear: Callable[..., Heard], category: str, number: str
) -> None:
    text = hear(category, "faint").text
    assert number in text
    assert "999" in text


def test_every_category_with_lines_of_its_own_is_one() -> None:
    assert set(LINES) <= CATEGORY_IDS
    assert OTHERWISE not in LINES.values()


def test_where_the_words_are_not_kept_staff_are_told_so_and_that_a_call_may_help(hear: Callable[..., Heard]) -> None:
    (handoff,) = hear("enquirer_may_harm", "faint", kept=False).handoffs
    assert "not kept" in handoff.summary
    assert "call" in handoff.summary


def test_faintly_heard_twice_it_stands_in_the_queue_once(make: Maker, hear: Callable[..., Heard]) -> None:
    chat = make.conversation()
    hear("worried_about_child", "faint", chat=chat)
    assert len(hear("worried_about_child", "faint", chat=chat).handoffs) == 1


def test_messages_still_go_to_somebody_who_was_faintly_heard(make: Maker, hear: Callable[..., Heard]) -> None:
    enquiry = make.enquiry(contact_email="jo@example.com", safe_to_message=True)
    hear("domestic_abuse", "faint", chat=make.conversation_of(enquiry))
    with make.store.read() as session:
        assert may_message(session, session.get_one(Enquiry, enquiry))
        assert session.query(OutboxMessage).filter_by(enquiry_id=enquiry).count() == 0


@pytest.mark.parametrize("category", NEVER_ALONE)
def test_on_the_trained_parts_word_alone_nobody_is_a_child_or_a_danger_and_no_chat_ends(
    hear: Callable[..., Heard], category: str
) -> None:
    heard = hear(category, "sure", alone=True)
    assert not heard.stopped
    assert "999" in heard.text
    assert "I may have got this wrong" in heard.text
    assert not any(words in heard.text.lower() for words in ACCUSES)
    (handoff,) = heard.handoffs
    assert (handoff.reason, handoff.priority) == (HandoffReason.DISCLOSURE.value, Priority.NOW.value)


@pytest.mark.parametrize("category", NEVER_ALONE)
def test_where_a_rule_says_so_too_they_are_met_as_what_they_are(hear: Callable[..., Heard], category: str) -> None:
    heard = hear(category, "sure", alone=False)
    assert heard.stopped
    assert heard.flagged
    assert "I may have got this wrong" not in heard.text


def test_what_is_surely_heard_is_not_said_twice(hear: Callable[..., Heard]) -> None:
    assert "Just in case" not in hear("worried_about_child", "sure").text


def test_what_ends_a_chat_has_other_words_for_a_guess(make: Maker) -> None:
    categories: dict[str, Any] = dict(context_of(make.store, make.now).catalogue.categories)
    ends = {name for name, one in categories.items() if one.afterwards}
    assert ends <= {name for name, one in categories.items() if one.says_alone} == set(NEVER_ALONE)
