"""A flag can be put right: by the person or by staff only, as the policy says, and staff always see both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.support.attempts import project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.enums import Author, HandoffReason, Priority, Role
from enquiry.handoffs.handoff import disclosures_of, finish_handoff, make_handoff, open_handoffs
from enquiry.handoffs.putting_right import put_right, put_right_by_staff, standing
from enquiry.outbox.queue import may_message
from enquiry.safeguarding.after_disclosure import leaves_arranging_to_a_person
from enquiry.safeguarding.categories import PutRightBy
from enquiry.store.models import Conversation, Enquiry, Handoff, OutboxMessage, PuttingRight, Staff
from tests.support.maker import Maker

CATALOGUE = project_catalogue()
CATEGORIES = CATALOGUE.categories
BY_STAFF = sorted(name for name, one in CATEGORIES.items() if one.put_right.by is PutRightBy.STAFF)
BY_PERSON = sorted(name for name, one in CATEGORIES.items() if one.put_right.by is PutRightBy.PERSON)


def tell(
    make: Maker, agency: Agency, chat: str, category: str, *, by_rule: bool | None = True, sure: bool = True
) -> None:
    with make.store.write() as session:
        conversation = session.get_one(Conversation, chat)
        make_handoff(
            session,
            conversation,
            agency=agency,
            wording=CATALOGUE.wording,
            reason=HandoffReason.DISCLOSURE if sure else HandoffReason.POSSIBLE_DISCLOSURE,
            summary="x",
            now=make.now,
            priority=Priority.NOW,
            category=category,
            audience=CATEGORIES[category].alert,
            pauses_messages=CATEGORIES[category].pauses_messages and sure,
            by_rule=by_rule,
        )
        if CATEGORIES[category].stops_collecting and sure:
            conversation.collecting_stopped = True


def colleague(make: Maker) -> str:
    with make.store.write() as session:
        someone = Staff(
            agency=make.agency.slug,
            email="sam@example.org",
            name="sam",
            role=Role.SAFEGUARDING.value,
            password_hash="x",
            created_at=make.now,
        )
        session.add(someone)
        session.flush()
        return someone.id


def take_back(make: Maker, chat: str) -> bool:
    with make.store.write() as session:
        return put_right(session, session.get_one(Conversation, chat), CATEGORIES, make.now)


def held_back(make: Maker, chat: str) -> bool:
    with make.store.read() as session:
        conversation = session.get_one(Conversation, chat)
        return leaves_arranging_to_a_person(disclosures_of(session, conversation), CATEGORIES)


@pytest.mark.parametrize("category", BY_PERSON)
def test_where_the_person_decides_their_word_ends_it(make: Maker, agency: Agency, category: str) -> None:
    chat = make.conversation()
    tell(make, agency, chat, category)
    assert take_back(make, chat)
    assert not held_back(make, chat)
    with make.store.read() as session:
        assert not session.get_one(Conversation, chat).collecting_stopped


@pytest.mark.parametrize("category", BY_STAFF)
def test_where_staff_decide_it_stands_and_is_written_down(make: Maker, agency: Agency, category: str) -> None:
    chat = make.conversation()
    tell(make, agency, chat, category)
    assert not take_back(make, chat)
    assert held_back(make, chat)
    with make.store.read() as session:
        (row,) = session.query(PuttingRight).all()
        assert (row.ended, row.staff_id, row.at) == (False, None, make.now)
        assert session.get_one(Conversation, chat).collecting_stopped == CATEGORIES[category].stops_collecting


@pytest.mark.parametrize("category", BY_STAFF)
def test_what_the_trained_part_alone_has_heard_the_person_ends(make: Maker, agency: Agency, category: str) -> None:
    chat = make.conversation()
    tell(make, agency, chat, category, by_rule=False)
    assert take_back(make, chat)
    assert not held_back(make, chat)


def test_one_from_before_it_was_known_what_heard_it_counts_as_heard_by_a_rule(make: Maker, agency: Agency) -> None:
    chat = make.conversation()
    tell(make, agency, chat, "domestic_abuse", by_rule=None)
    assert not take_back(make, chat)


def test_it_stays_in_the_queue_as_urgent_as_it_was_and_the_alert_is_not_taken_back(make: Maker, agency: Agency) -> None:
    chat = make.conversation()
    colleague(make)
    tell(make, agency, chat, "worried_about_child")
    with make.store.read() as session:
        before = [(one.priority, one.due_by) for one in session.query(Handoff)]
        alerts = session.query(OutboxMessage).count()
    assert take_back(make, chat)
    with make.store.read() as session:
        assert [(one.priority, one.due_by) for one in session.query(Handoff)] == before
        assert session.query(OutboxMessage).count() == alerts > 0
        (handoff,) = open_handoffs(session, agency.slug, Role.SAFEGUARDING)
        assert handoff.put_right_at == make.now


def test_told_again_it_counts_again_and_what_was_said_in_between_stays(make: Maker, agency: Agency) -> None:
    chat = make.conversation()
    tell(make, agency, chat, "worried_about_child")
    take_back(make, chat)
    tell(make, agency, chat, "worried_about_child")
    assert held_back(make, chat)
    with make.store.read() as session:
        assert session.query(PuttingRight).count() == 1
        assert session.query(Handoff).count() == 1


def test_what_a_rule_heard_once_is_not_ended_because_the_trained_part_heard_it_again(
    make: Maker, agency: Agency
) -> None:
    chat = make.conversation()
    tell(make, agency, chat, "domestic_abuse", by_rule=True)
    tell(make, agency, chat, "domestic_abuse", by_rule=False)
    assert not take_back(make, chat)


def test_of_two_the_graver_stands_on(make: Maker, agency: Agency) -> None:
    chat = make.conversation()
    tell(make, agency, chat, "worried_about_child")
    tell(make, agency, chat, "child_immediate_danger")
    assert not take_back(make, chat)
    with make.store.read() as session:
        found = standing(session, session.get_one(Conversation, chat), CATEGORIES)
        assert found is not None
        assert found.category == "child_immediate_danger"
        assert sorted(one.ended for one in session.query(PuttingRight)) == [False, True]


def test_what_staff_have_dealt_with_stays_as_they_left_it(make: Maker, agency: Agency) -> None:
    chat, who = make.conversation(), colleague(make)
    tell(make, agency, chat, "worried_about_child")
    with make.store.write() as session:
        (handoff,) = session.query(Handoff)
        finish_handoff(session, handoff, session.get_one(Staff, who), "Rang them.", make.now)
    assert not take_back(make, chat)
    assert held_back(make, chat)


def test_messages_stay_paused_until_a_member_of_staff_says_that_it_was_a_misunderstanding(
    make: Maker, agency: Agency
) -> None:
    enquiry = make.enquiry(contact_email="jo@example.com", safe_to_message=True)
    chat, who = make.conversation_of(enquiry), colleague(make)
    tell(make, agency, chat, "domestic_abuse", by_rule=False)
    assert take_back(make, chat)
    with make.store.read() as session:
        assert not may_message(session, session.get_one(Enquiry, enquiry))
    with make.store.write() as session:
        (handoff,) = session.query(Handoff)
        put_right_by_staff(session, handoff, session.get_one(Staff, who), CATEGORIES, make.now)
    with make.store.read() as session:
        assert may_message(session, session.get_one(Enquiry, enquiry))
        assert [one.staff_id for one in session.query(PuttingRight).order_by(PuttingRight.staff_id)].count(who) == 1


def test_staff_end_a_grave_one(make: Maker, agency: Agency) -> None:
    chat, who = make.conversation(), colleague(make)
    tell(make, agency, chat, "user_is_child")
    with make.store.write() as session:
        (handoff,) = session.query(Handoff)
        put_right_by_staff(session, handoff, session.get_one(Staff, who), CATEGORIES, make.now)
    assert not held_back(make, chat)
    with make.store.read() as session:
        assert not session.get_one(Conversation, chat).collecting_stopped


def test_a_faint_one_is_what_the_conversation_is_about_for_three_messages(make: Maker, agency: Agency) -> None:
    chat = make.conversation()
    tell(make, agency, chat, "worried_about_child", sure=False)
    seen = []
    for number in range(5):
        make.message(chat, "Hello", author=Author.ENQUIRER, now=make.now + timedelta(seconds=number + 1))
        with make.store.read() as session:
            seen.append(standing(session, session.get_one(Conversation, chat), CATEGORIES))
    assert [one is not None for one in seen] == [True, True, True, False, False]
    assert seen[0] is not None
    assert not seen[0].sure
