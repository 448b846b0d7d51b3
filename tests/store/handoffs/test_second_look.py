"""An outcome or a decision is looked at again by somebody else than who made it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from enquiry.agencies.agency import Agency
from enquiry.enums import Decision, HandoffReason, Outcome, Role
from enquiry.handoffs.handoff import finish_handoff, make_handoff
from enquiry.handoffs.second_look import Asked, ask_to_look_again
from enquiry.journey.record import record_outcome
from enquiry.store.models import Conversation, DecisionRecord, Enquiry, Handoff, Staff
from tests.support.deciding import WORDING, decide, look_again, requests, staff
from tests.support.maker import Maker


def test_a_decision_asked_to_be_looked_at_again_goes_to_those_who_may_decide_and_names_who_decided(
    make: Maker, agency: Agency
) -> None:
    enquiry, sam = make.enquiry(contact_name="Jo", contact_phone="07700 900001"), staff(make, "Sam")
    decide(make, enquiry, sam, Decision.NOT_PROGRESSING)
    assert look_again(make, agency, enquiry) is Asked.PASSED_ON
    (request,) = requests(make)
    assert set(request.audience) == {"recruitment", "manager"}
    assert "Sam decided on" in request.summary
    assert "not progressing. Someone else should look at it now. Contact: Jo, 07700 900001." in request.summary
    with make.store.read() as session:
        assert session.scalars(select(DecisionRecord)).one().look_again_at == make.now


@pytest.mark.parametrize(
    ("outcome", "words"), [(Outcome.NOT_YET, '"not yet"'), (Outcome.OTHER_ROUTE, '"another route"')]
)
def test_an_outcome_can_be_looked_at_again_before_anybody_has_decided(
    make: Maker, agency: Agency, outcome: Outcome, words: str
) -> None:
    enquiry = make.enquiry()
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), outcome, [], "v", make.now)
    assert look_again(make, agency, enquiry) is Asked.PASSED_ON
    summary = requests(make)[0].summary
    assert words in summary
    assert "Nobody has looked at it yet." in summary


def test_who_has_confirmed_the_outcome_is_named_so_that_someone_else_looks(make: Maker, agency: Agency) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    conversation = make.conversation_of(enquiry)
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), Outcome.NOT_YET, [], "v", make.now)
        chat, reason = session.get_one(Conversation, conversation), HandoffReason.NOT_YET
        handoff = make_handoff(
            session, chat, agency=agency, wording=make.wording, reason=reason, summary="x", now=make.now
        )
        finish_handoff(session, handoff, session.get_one(Staff, sam), "Rang.", make.now)
    look_again(make, agency, enquiry)
    assert "Sam has looked at it. Someone else should look at it now." in requests(make)[0].summary


@pytest.mark.parametrize("outcome", [None, Outcome.CONTINUE, Outcome.NOTE, Outcome.TALK_FIRST])
def test_where_nothing_stands_in_the_way_nothing_is_asked_for(
    make: Maker, agency: Agency, outcome: Outcome | None
) -> None:
    enquiry = make.enquiry()
    if outcome:
        with make.store.write() as session:
            record_outcome(session, session.get_one(Enquiry, enquiry), outcome, [], "v", make.now)
    assert look_again(make, agency, enquiry) is Asked.NOTHING
    assert requests(make) == []


def test_a_conversation_without_an_enquiry_has_nothing_to_look_at(make: Maker, agency: Agency) -> None:
    conversation = make.conversation()
    with make.store.write() as session:
        asked = ask_to_look_again(session, session.get_one(Conversation, conversation), None, agency, WORDING, make.now)
    assert (asked, make.count(Enquiry)) == (Asked.NOTHING, 0)


def test_a_decision_to_go_on_outweighs_an_older_outcome(make: Maker, agency: Agency) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), Outcome.NOT_YET, [], "v", make.now)
    decide(make, enquiry, sam, Decision.PROGRESSING, visited=True)
    assert look_again(make, agency, enquiry) is Asked.NOTHING


def test_asking_again_while_it_waits_adds_nothing_and_after_it_is_done_is_a_new_request(
    make: Maker, agency: Agency
) -> None:
    enquiry, sam, ruth = make.enquiry(), staff(make, "Sam"), staff(make, "Ruth", Role.MANAGER)
    decide(make, enquiry, sam, Decision.NOT_PROGRESSING)
    assert look_again(make, agency, enquiry) is Asked.PASSED_ON
    assert look_again(make, agency, enquiry, timedelta(hours=1)) is Asked.STANDING
    (request,) = requests(make)
    with make.store.write() as session:
        finish_handoff(session, session.get_one(Handoff, request.id), session.get_one(Staff, ruth), "Rang.", make.now)
    assert look_again(make, agency, enquiry, timedelta(days=1)) is Asked.PASSED_ON
    assert len(requests(make)) == 2


def test_asking_from_another_conversation_of_the_same_enquiry_adds_nothing(make: Maker, agency: Agency) -> None:
    enquiry, sam, other = make.enquiry(), staff(make, "Sam"), make.conversation()
    decide(make, enquiry, sam, Decision.WAIT)
    look_again(make, agency, enquiry)
    with make.store.write() as session:
        chat, found = session.get_one(Conversation, other), session.get_one(Enquiry, enquiry)
        chat.enquiry = found
        assert ask_to_look_again(session, chat, found, agency, WORDING, make.now) is Asked.STANDING
    assert len(requests(make)) == 1


def test_after_something_that_stops_collecting_no_contact_goes_with_the_request(make: Maker, agency: Agency) -> None:
    enquiry, sam = make.enquiry(contact_phone="07700 900001"), staff(make, "Sam")
    conversation = make.conversation_of(enquiry)
    decide(make, enquiry, sam, Decision.WAIT)
    with make.store.write() as session:
        session.get_one(Conversation, conversation).collecting_stopped = True
    look_again(make, agency, enquiry)
    assert "07700" not in requests(make)[0].summary
