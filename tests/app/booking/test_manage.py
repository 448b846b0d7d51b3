"""One's own booking: look, give back, answer an offer, move, change, have no more messages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bench.support.attempts import staff, worker
from enquiry.agencies.agency import load_agency
from enquiry.bookings.events.attendance import mark_attendance
from enquiry.bookings.events.events import cancel_event
from enquiry.bookings.events.places import lapse_offers
from enquiry.bookings.visits.visits import release_visit
from enquiry.enums import BookingStatus
from enquiry.settings import ROOT
from enquiry.store.models import Event, NoMessages, Place, Visit
from tests.app.booking.conftest import DATES, Fields, Site, address_in, title_of, words_of


def offered(site: Site, days: int = 9) -> tuple[str, str]:
    """An event that was full, and the page of who waited and is offered the place that was given back."""
    event = site.event(places=2, days=days)
    first = site.booked(event)
    waits = site.booked(event, act="wait", phone="07700 900456")
    site.post(f"{first}/give-back")
    return event, waits


def status(site: Site, address: str) -> str:
    reference = address.split("/")[2].partition(".")[0]
    found = {one.reference: one.status for one in site.places()} | {one.reference: one.status for one in site.visits()}
    return found[reference]


def test_opening_pages_changes_nothing(site: Site) -> None:
    address = site.booked(site.event())
    before = [(place.status, place.sequence) for place in site.places()]
    for page in ("", "/give-back", "/quiet", "/move", "/details", "/calendar.ics", "/feedback", "/offer"):
        site.get(address + page)
    assert [(place.status, place.sequence) for place in site.places()] == before
    assert site.rows(NoMessages) == []


def test_a_place_is_given_back_after_a_question_and_the_link_still_says_how_it_stands(site: Site) -> None:
    address = site.booked(site.event())
    assert "Do you want to cancel your place?" in site.text(f"{address}/give-back")
    for _ in range(2):
        assert site.post(f"{address}/give-back").headers["location"] == address
    page = site.get(address)
    assert "Your place is cancelled" in words_of(page)
    assert f"{address}/move" in page.text
    assert f"{address}/give-back" not in page.text
    assert "How many are coming 2" in words_of(page)


def test_what_was_given_back_can_be_booked_again_without_typing(site: Site) -> None:
    event, other = site.event(), site.event(days=12)
    address = site.booked(event)
    site.post(f"{address}/give-back")
    assert Fields(site.get(f"{address}/move").text).choices["event"] == [event, other]
    again = site.post(f"{address}/move", event=other)
    assert address_in(again) != address
    assert again.headers["location"].endswith("?done=booked")
    assert len(site.enquiries()) == 1
    assert [place.status for place in site.places()] == ["cancelled", "booked"]


def test_a_place_is_moved_and_keeps_its_link(site: Site) -> None:
    event, other, full = site.event(), site.event(days=12), site.event(days=13, places=1)
    site.booked(full, people="1", phone="07700 900456")
    address = site.booked(event)
    assert Fields(site.get(f"{address}/move").text).choices["event"] == [other]
    assert site.post(f"{address}/move", event=other).headers["location"] == f"{address}?done=moved"
    assert "Saturday 5 December" in site.text(address)
    refused = site.post(f"{address}/move", event=full)
    assert refused.status_code == 409
    assert "That date has just filled up. You still have what you had before." in words_of(refused)
    assert "can't be chosen any more" in words_of(site.post(f"{address}/move", event="nothing"))
    assert site.post(f"{address}/move").status_code == 422
    assert status(site, address) == "booked"


def test_a_visit_is_moved_given_back_and_booked_again(site: Site) -> None:
    address = site.visit(site.time())
    choices = Fields(site.get(f"{address}/move").text).choices["at"]
    assert site.post(f"{address}/move", at=choices[4]).headers["location"].endswith("?done=moved")
    assert site.visits()[0].starts_at.isoformat() == choices[4]
    assert site.post(f"{address}/move", at="nonsense").status_code == 409
    assert "Do you want to cancel the visit?" in site.text(f"{address}/give-back")
    site.post(f"{address}/give-back")
    assert "This visit is cancelled" in site.text(address)
    again = address_in(site.post(f"{address}/move", at=choices[2]))
    assert "Your visit is booked" in site.text(again)
    twice = site.post(f"{address}/move", at=choices[6])
    assert twice.status_code == 409
    assert "You have another visit booked already." in words_of(twice)


def test_a_visit_that_the_team_cancelled_is_not_said_to_be_given_back(site: Site) -> None:
    address = site.visit(site.time())
    with site.store.write() as session:
        release_visit(session, session.scalars(select(Visit)).one(), staff(site.clock(), "Asha Example"))
    page = site.text(address)
    assert "This visit is cancelled" in page
    assert "The team took it out of the diary." in page
    assert Fields(site.get(f"{address}/move").text).choices["at"]


def test_an_interpreter_is_called_off_by_clearing_the_box_alone(site: Site) -> None:
    address = site.booked(site.event(), needs="interpreter", language="Polish")
    site.post(f"{address}/details", people="2", language="Polish")
    assert (site.places()[0].needs, site.places()[0].language) == ([], None)
    site.post(f"{address}/details", people="2", language="Welsh")
    assert (site.places()[0].needs, site.places()[0].language) == (["interpreter"], "Welsh")


def test_how_many_come_and_what_they_need_is_changed(site: Site) -> None:
    event = site.event(places=4)
    address = site.booked(event, needs="large_print")
    form = Fields(site.get(f"{address}/details").text)
    assert (form.values["people"], form.values["needs"]) == (["2"], ["large_print"])
    assert site.post(f"{address}/details", people="3", needs="step_free").headers["location"].endswith("?done=changed")
    assert (site.places()[0].people, site.places()[0].needs) == (3, ["step_free"])
    assert site.post(f"{address}/details", people="9").status_code == 422
    site.booked(event, people="1", phone="07700 900456")
    full = site.post(f"{address}/details", people="4", needs="step_free")
    assert full.status_code == 409
    assert "There are not enough places left for 4 of you. Your booking stays as it was." in words_of(full)
    assert Fields(full.text).values["people"] == ["4"]
    assert site.places()[0].people == 3


def test_who_waits_changes_the_number_and_leaves_the_list(site: Site) -> None:
    event = site.event(places=2)
    site.booked(event)
    address = site.booked(event, act="wait", phone="07700 900456")
    page = site.get(f"{address}/details")
    assert "needs" not in Fields(page.text).choices
    site.post(f"{address}/details", people="1")
    assert site.places()[1].people == 1
    assert "Do you want to leave the waiting list?" in site.text(f"{address}/give-back")
    site.post(f"{address}/give-back")
    assert "You are not on the waiting list any more" in site.text(address)


def test_an_offer_is_taken_up_once(site: Site) -> None:
    _, address = offered(site)
    page = site.text(address)
    for words in (
        "A place is free for you",
        "We will keep it for you until Tuesday 24 November at 10am.",
        "Yes, I would like it",
    ):
        assert words in page
    for _ in range(2):
        assert site.post(f"{address}/offer", answer="yes").headers["location"].endswith("?done=booked")
    assert status(site, address) == "booked"
    site.post(f"{address}/offer", answer="no")
    assert status(site, address) == "booked", "an old page does not give back what was taken up"
    site.post(f"{address}/offer", answer="perhaps")
    assert status(site, address) == "booked"


def test_an_offer_is_turned_down_and_goes_on(site: Site) -> None:
    event, address = offered(site)
    third = site.booked(event, act="wait", phone="07700 900789")
    site.post(f"{address}/offer", answer="no")
    assert (status(site, address), status(site, third)) == ("cancelled", "offered")


@pytest.mark.parametrize("swept", [False, True])
def test_an_offer_that_has_ended_says_so_and_shows_other_dates(site: Site, swept: bool) -> None:
    event, address = offered(site)
    other = site.event(days=12)
    site.clock.move(hours=25)
    if swept:
        with site.store.write() as session:
            lapse_offers(session, event, worker(site.clock()))
    assert site.post(f"{address}/offer", answer="yes").headers["location"].endswith("?done=offer_over")
    page = site.text(f"{address}?done=offer_over")
    assert "That offer has ended, so the place is not booked." in page
    assert ("The place has gone to the next person" if swept else "The offer has ended") in page
    assert other in Fields(site.get(f"{address}/move").text).choices["event"]


def test_after_the_cut_off_the_page_says_to_ring_and_changes_nothing(site: Site) -> None:
    other = site.event(days=5)
    address, home = site.booked(site.event(days=1)), site.visit(site.time())
    site.clock.move(days=2)  # the visit is tomorrow at 10
    site.clock.now = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
    assert "It is too close to the time to change it here. Call 0116 305 0505" in site.text(home)
    site.clock.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    page = site.get(address)
    assert "It is too close to the time to change it here. Call 0116 305 0505" in words_of(page)
    assert f"{address}/give-back" not in page.text
    for answer in (
        site.get(f"{address}/give-back"),
        site.post(f"{address}/give-back"),
        site.get(f"{address}/move"),
        site.get(f"{address}/details"),
        site.post(f"{address}/move", event=other),
        site.post(f"{address}/details", people="1"),
    ):
        assert answer.headers["location"] == f"{address}?done=not_now"
    assert (status(site, address), site.places()[0].people) == ("booked", 2)


def test_when_it_is_over_the_page_thanks(site: Site) -> None:
    event = site.event(days=1)
    address, missed = site.booked(event), site.booked(event, phone="07700 900456")
    home = site.visit(site.time())
    site.clock.move(days=4)
    assert "This event is over" in site.text(address)
    assert "This visit is over" in site.text(home)
    with site.store.write() as session:
        for place, what in zip(
            session.scalars(select(Place)), (BookingStatus.ATTENDED, BookingStatus.MISSED), strict=True
        ):
            mark_attendance(session, place, what, staff(site.clock()))
    texts = {site.text(address), site.text(missed)}
    assert sum("Thank you for coming" in text for text in texts) == 1
    assert sum("We missed you" in text for text in texts) == 1


def test_an_event_that_is_called_off_says_so_and_offers_another_date(site: Site) -> None:
    event, other = site.event(), site.event(days=12)
    address = site.booked(event)
    with site.store.write() as session:
        cancel_event(session, session.get_one(Event, event), staff(site.clock()))
    assert "This event can't take place" in site.text(address)
    assert Fields(site.get(f"{address}/move").text).choices["event"] == [other]
    assert "CANCEL" in site.get(f"{address}/calendar.ics").text


def test_the_calendar_file_can_be_read_and_knows_nobody(site: Site) -> None:
    address = site.booked(site.event())
    answer = site.get(f"{address}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["content-disposition"] == 'attachment; filename="fostering-booking.ics"'
    event = Calendar.from_ical(answer.text).walk("VEVENT")[0]
    assert str(event["uid"]).startswith(site.places()[0].reference)
    assert "ATTENDEE" not in event
    site.post(f"{address}/give-back")
    assert site.get(f"{address}/calendar.ics").headers["content-type"].endswith("method=CANCEL")
    _, waiting = offered(site, days=12)
    assert site.get(f"{waiting}/calendar.ics").headers["location"] == waiting


def test_no_more_messages_after_a_question_and_the_booking_stays(site: Site) -> None:
    address = site.booked(site.event(), email="robin@home.example")
    assert "Do you want us to stop sending you messages?" in site.text(f"{address}/quiet")
    for _ in range(2):
        assert site.post(f"{address}/quiet").headers["location"] == f"{address}?done=quiet"
    assert {row.recipient for row in site.rows(NoMessages)} == {"robin@home.example", "+447700900123"}
    assert site.letters() == []
    assert site.enquiries()[0].safe_to_message is False
    page = site.text(f"{address}?done=quiet")
    assert "We will send you nothing more. Your booking stays as it is." in page
    assert "Do not write to me" not in page
    assert status(site, address) == "booked"


@pytest.mark.parametrize("key", ["EV-7K3M2Q", "EV-7K3M2Q.AAAAAAAAAAAAAAAA", "x" * 500, "é.ü", "%00", "EV-7K3M2Q."])
def test_a_forged_or_mangled_link_shows_a_way_on_whatever_the_reason(site: Site, key: str) -> None:
    address = f"/booking/{key}"
    for answer in (
        site.get(address),
        site.get(f"{address}/move"),
        site.post(f"{address}/give-back"),
        site.get(f"{address}/feedback"),
    ):
        assert answer.status_code == 404
        assert "This link does not open a booking" in words_of(answer)
        assert "Find my booking" in words_of(answer)


def test_one_key_opens_one_booking_and_neither_title_nor_bar_says_what_it_is_about(site: Site) -> None:
    event = site.event()
    mine, theirs = site.booked(event), site.booked(event, phone="07700 900456", name="Sam")
    mixed = mine.split(".")[0] + "." + theirs.split(".")[1]
    assert site.get(mixed).status_code == 404
    answer = site.get(mine)
    assert title_of(answer) == "Your booking – Leicestershire County Council"
    assert "456" not in words_of(answer)
    assert load_agency(ROOT / "data/agencies/leicestershire.yml").council in answer.text


def test_a_link_to_the_dates_leads_on_from_everywhere(site: Site) -> None:
    assert f'href="{DATES}"' in site.get(site.booked(site.event())).text
