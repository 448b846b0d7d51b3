"""After a disclosure that leaves the arranging to a person, the pages, the signed links and the API follow the rule of the chat.

The whole table of situations and doors is in tests/store/bookings/test_doors.py; the chat's side in tests/conversations/disclosures/.
"""

from __future__ import annotations

import pytest

from bench.support.attempts import project_catalogue
from enquiry.enums import HandoffReason, Outcome
from enquiry.handoffs.handoff import make_handoff
from enquiry.journey.record import record_outcome
from enquiry.store.models import Conversation, Enquiry
from tests.app.booking.conftest import AT_HOME, NOW, VISIT, Site, words_of
from tests.app.booking.test_api import book
from tests.app.booking.test_manage import offered, status

SENTENCE = "A member of our team arranges this with you. Please call 0116 305 0505 and tell us your reference."


def disclose(site: Site) -> None:
    """Every household tells the chat, on the way, that it is worried about a child."""
    catalogue = project_catalogue()
    with site.store.write() as session:
        for enquiry in session.query(Enquiry).all():
            conversation = Conversation(
                agency=enquiry.agency, enquiry_id=enquiry.id, started_at=NOW, last_at=NOW, enquiry=enquiry
            )
            session.add(conversation)
            session.flush()
            make_handoff(
                session,
                conversation,
                agency=catalogue.agencies[enquiry.agency],
                wording=catalogue.wording,
                reason=HandoffReason.DISCLOSURE,
                category="worried_about_child",
                summary="",
                now=NOW,
            )


def test_the_link_in_a_message_moves_and_changes_nothing_and_says_who_does(site: Site) -> None:
    event, other = site.event(), site.event(days=12)
    address = site.booked(event)
    disclose(site)
    for answer in (
        site.post(f"{address}/move", event=other),
        site.post(f"{address}/details", people="1"),
        site.get(f"{address}/move"),
        site.get(f"{address}/details"),
    ):
        assert answer.headers["location"] == f"{address}?done=by_a_person"
    assert [(place.event_id, place.people) for place in site.places()] == [(event, 2)]
    page = site.get(address)
    assert SENTENCE in words_of(page)
    assert f"{address}/move" not in page.text
    assert f"{address}/details" not in page.text
    assert words_of(site.get(f"{address}?done=by_a_person")).count(SENTENCE) == 1


def test_the_page_tells_nobody_what_was_told(site: Site) -> None:
    address = site.booked(site.event())
    disclose(site)
    page = site.text(address).lower()
    assert not any(word in page for word in ("because", "told me", "safeguarding", "worried", "danger", "disclos"))


def test_giving_it_back_by_the_link_stays_possible(site: Site) -> None:
    address = site.booked(site.event())
    disclose(site)
    assert f"{address}/give-back" in site.get(address).text
    site.post(f"{address}/give-back")
    assert status(site, address) == "cancelled"
    assert site.get(f"{address}/move").headers["location"].endswith("by_a_person")


def test_an_offered_place_is_not_taken_up_but_may_be_left_to_others(site: Site) -> None:
    _, waits = offered(site)
    disclose(site)
    assert site.post(f"{waits}/offer", answer="yes").headers["location"] == f"{waits}?done=by_a_person"
    assert status(site, waits) == "offered"
    page = site.get(waits).text
    assert 'value="yes"' not in page
    assert 'value="no"' in page
    site.post(f"{waits}/offer", answer="no")
    assert status(site, waits) == "cancelled"


def test_a_visit_is_not_moved_by_the_link(site: Site) -> None:
    address = site.visit(site.time())
    disclose(site)
    before = site.visits()[0].starts_at
    assert site.post(f"{address}/move", at=site.time(4)).headers["location"].endswith("by_a_person")
    assert site.visits()[0].starts_at == before


def test_the_interface_for_programs_refuses_with_the_same_sentence(site: Site) -> None:
    event, other = site.event(), site.event(days=12)
    key = site.booked(event).rpartition("/")[2]
    disclose(site)
    answer = site.client.post(f"/api/bookings/{key}/move", json={"event_id": other})
    assert answer.status_code == 409
    assert answer.json()["detail"] == SENTENCE
    assert site.client.delete(f"/api/bookings/{key}").json()["status"] == "cancelled"


def test_a_visit_that_was_given_back_is_not_booked_again_where_the_questions_said_to_talk_first(site: Site) -> None:
    address = site.visit(site.time())
    site.post(f"{address}/give-back")
    with site.store.write() as session:
        record_outcome(session, session.query(Enquiry).one(), Outcome.TALK_FIRST, [], "1", NOW)
    assert site.post(f"{address}/move", at=site.time()).headers["location"].endswith("by_a_person")
    assert SENTENCE in site.text(address)
    assert [visit.status for visit in site.visits()] == ["cancelled"]


def test_a_rule_that_no_new_household_is_booked_in_by_itself_is_told_at_every_door(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No rule of today says so of somebody new: one that is made tomorrow must not end in an error.
    event, kept = site.event(), site.kept(site.time())
    monkeypatch.setattr("enquiry.bookings.may_book.arranged_by_a_person", lambda *_: True)
    sentence = "A member of our team arranges this with you. Please call 0116 305 0505."
    refused = [site.book(event), site.post(kept, **AT_HOME), site.post(VISIT, form="7" * 32, at=site.time(5))]
    for answer in refused:  # the number is a link there
        assert (answer.status_code, sentence[:-1] in words_of(answer)) == (409, True)
    answer = book(site, event_id=event)
    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)
    assert site.places() == []
