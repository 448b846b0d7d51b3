"""What is sent about bookings: which letter, which way, and that every text can be said by every service."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from bench.support.attempts import LINKS, chat, project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.bookings.letters import Letter, reach_by, tell
from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue
from enquiry.enums import BookingStatus, Role
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Event, OutboxMessage, Place, Staff, Visit, Visitor
from tests.support.diary import Diary
from tests.support.maker import Maker

AGENCIES = project_catalogue().agencies
# A service that stands at a long address.
ADDRESS = "https://fostering-enquiries.leicestershire.gov.uk"
AT_LENGTH = BookingLinks(ADDRESS, LINKS.signing_key)
# Two texts in one: 153 characters each (GSM 03.38).
LONGEST_TEXT = 300
EMAIL, MOBILE, LANDLINE = "robin@home.example", "+447700900123", "+441163050505"
HOUR = timedelta(hours=1)


def test_every_letter_has_a_subject_an_email_and_a_text(catalogue: Catalogue) -> None:
    for letter in Letter:
        for part in ("subject", "email", "text"):
            assert isinstance(catalogue.wording.texts.get(f"letters.{letter}_{part}"), str), f"{letter}_{part}"


@pytest.mark.parametrize("slug", AGENCIES)
@pytest.mark.parametrize("channel", ["email", "text"])
def test_every_letter_can_be_said_by_every_service(store: Store, make: Maker, slug: str, channel: str) -> None:
    """Also where a service's phone number or e-mail address is not known."""
    attempt = replace(chat(make.now), links=AT_LENGTH)
    with store.write() as session:
        place, visit = _booked(session_agency=slug, make=make, channel=channel)
        session.add_all((place, visit))
        session.flush()
        for letter in Letter:
            booking = visit if letter.startswith("visit") else place
            assert tell(session, letter, booking, attempt), letter
    with store.read() as session:
        sent = {Letter(one.kind): one for one in session.scalars(select(OutboxMessage))}
    assert set(sent) == set(Letter)
    for letter, message in sent.items():
        assert message.channel == channel
        for text in (message.subject, message.body):
            assert text.strip()
            assert not re.search(r"[{}]|\bNone\b", text), text
        for link in re.findall(rf"{ADDRESS}/booking/([^\s/]+)", message.body):
            assert AT_LENGTH.reference_in(link) in ("EV-222222", "VI-222222")
        if channel == "text":
            assert len(message.body) <= LONGEST_TEXT, f"{letter}: {len(message.body)}"
            assert "\n" not in message.body
            assert message.calendar is None


def _booked(*, session_agency: str, make: Maker, channel: str) -> tuple[Place, Visit]:
    at = make.now + timedelta(days=9, hours=6, minutes=30)
    way = {"contact_email": EMAIL} if channel == "email" else {"contact_phone": MOBILE}
    enquiry = Enquiry(
        agency=session_agency,
        reference="HE-222222",
        stage="new",
        created_at=make.now,
        updated_at=make.now,
        contact_name="Robin",
        **way,
    )
    event = Event(
        agency=session_agency,
        title="Find out about fostering",
        venue="County Hall, Glenfield, Leicestershire LE3 8SA",
        starts_at=at,
        ends_at=at + HOUR,
        places=20,
        sequence=0,
        online_url="https://teams.example/l/meetup-join/1234567890",
    )
    visitor = Visitor(
        agency=session_agency,
        name="Jo",
        pattern={},
        visit_minutes=90,
        buffer_minutes=30,
        most_a_day=3,
        areas=[],
        active=True,
    )
    place = Place(
        event=event,
        enquiry=enquiry,
        reference="EV-222222",
        people=4,
        status="offered",
        needs=[],
        sequence=0,
        booked_at=make.now,
        offer_until=make.now + timedelta(days=1),
    )
    visit = Visit(
        agency=session_agency,
        visitor=visitor,
        enquiry=enquiry,
        reference="VI-222222",
        status="booked",
        day=at.date(),
        starts_at=at,
        ends_at=at + HOUR,
        busy_until=at + HOUR,
        sequence=0,
        booked_at=make.now,
    )
    return place, visit


@pytest.mark.parametrize(
    ("email", "phone", "chosen", "way"),
    [
        (EMAIL, None, None, ("email", EMAIL)),
        (None, MOBILE, None, ("text", MOBILE)),
        (EMAIL, MOBILE, None, ("email", EMAIL)),
        (EMAIL, MOBILE, "email", ("email", EMAIL)),
        (EMAIL, MOBILE, "text", ("text", MOBILE)),
        (EMAIL, LANDLINE, "text", ("email", EMAIL)),
        (None, MOBILE, "email", ("text", MOBILE)),
        (None, LANDLINE, None, None),
        (None, "+33612345678", "text", ("text", "+33612345678")),
        (None, None, "email", None),
    ],
)
def test_messages_go_the_way_people_chose_or_the_way_there_is(
    email: str | None, phone: str | None, chosen: str | None, way: tuple[str, str] | None
) -> None:
    assert reach_by(Enquiry(contact_email=email, contact_phone=phone, message_by=chosen)) == way


def test_a_booking_by_text_has_the_reference_the_time_and_the_link(make: Maker, diary: Diary) -> None:
    make.visitor()
    reference = diary.visit(make.enquiry(contact_phone=MOBILE), make.moment())
    (letter,) = diary.letters()
    assert (letter.channel, letter.recipient) == ("text", MOBILE)
    assert reference in letter.body
    assert "Monday 30 November at 10am" in letter.body
    assert LINKS.address_of(reference) in letter.body


def test_each_thing_that_happens_to_a_place_is_told(make: Maker, diary: Diary, agency: Agency) -> None:
    event, other = make.event(places=1), make.event()
    first, second = diary.book(event, make.enquiry()), diary.wait(event, make.enquiry(contact_email=EMAIL))
    told = [diary.letters()[-1].kind]
    diary.give_back(first, make.now + HOUR)
    told.append(diary.letters()[-1].kind)
    diary.accept(second, make.now + 2 * HOUR)
    told.append(diary.letters()[-1].kind)
    diary.move(second, other, make.now + 3 * HOUR)
    told.append(diary.letters()[-1].kind)
    diary.give_back(second, make.now + 4 * HOUR)
    told.append(diary.letters()[-1].kind)
    assert told == ["place_waiting", "place_offered", "place_booked", "place_moved", "place_cancelled"]


def test_an_offer_that_lapsed_is_told_with_a_way_on_and_is_not_sent_after_that(make: Maker, diary: Diary) -> None:
    event = make.event(places=1)
    first, second = diary.book(event, make.enquiry()), diary.wait(event, make.enquiry(contact_email=EMAIL))
    diary.give_back(first)
    (offer,) = diary.letters("place_offered")
    until = diary.place(second).offer_until
    assert until
    assert offer.expires_at == until
    assert "Tuesday 24 November at 10am" in offer.body
    diary.lapse(until)
    assert [letter.kind for letter in diary.letters()] == ["place_lapsed"]


def test_a_letter_by_email_carries_the_calendar_file_it_should(make: Maker, diary: Diary) -> None:
    make.visitor()
    event, at = make.event(), make.moment()
    place = diary.book(event, make.enquiry(contact_email=EMAIL))
    visit = diary.visit(make.enquiry(contact_email=EMAIL), at)
    diary.move_visit(visit, make.moment(days=8), make.now + HOUR)
    diary.give_back(visit, make.now + 2 * HOUR)
    diary.give_back(place, make.now + 2 * HOUR)
    methods = {
        letter.kind: str(Calendar.from_ical(letter.calendar)["METHOD"]) for letter in diary.letters() if letter.calendar
    }
    assert methods == {"place_cancelled": "CANCEL", "visit_cancelled": "CANCEL"}


def test_the_visitor_is_told_by_email_without_a_word_of_who_is_visited(make: Maker, diary: Diary) -> None:
    ids = {name: make.visitor(name) for name in ("Ann", "Bea")}
    with make.store.write() as session:
        for name, visitor in ids.items():
            who = {"email": f"{name.lower()}@x.example", "name": name, "role": Role.VISITOR.value, "password_hash": "x"}
            session.get_one(Visitor, visitor).staff = Staff(agency=make.agency.slug, created_at=make.now, **who)
        for day, name in enumerate(ids):
            session.get_one(Visitor, ids[name]).pattern = {str(day): [["08:00", "20:00"]]}
    reference = diary.visit(make.enquiry(contact_email=EMAIL, contact_name="Robin"), make.moment())
    diary.move_visit(reference, make.moment(hour=14), make.now + HOUR)
    diary.move_visit(reference, make.moment(days=8, hour=9), make.now + 2 * HOUR)
    told = [(letter.recipient[:3], letter.subject) for letter in diary.letters("visitor_told")]
    assert told == [
        ("ann", f"A visit is booked: Monday 30 November at 10am ({reference})"),
        ("ann", f"A visit is moved to Monday 30 November at 2pm ({reference})"),
        ("bea", f"A visit is booked: Tuesday 1 December at 9am ({reference})"),
        ("ann", f"A visit is cancelled: Monday 30 November at 2pm ({reference})"),
    ]
    for letter in diary.letters("visitor_told"):
        assert not re.search("robin|/booking/", letter.body, re.IGNORECASE)


def test_a_service_whose_file_is_gone_sends_nothing_and_its_bookings_go_on(make: Maker, diary: Diary) -> None:
    event, enquiry = make.event(agency="elsewhere"), make.enquiry(contact_email=EMAIL)
    with make.store.write() as session:
        session.get_one(Enquiry, enquiry).agency = "elsewhere"
    reference = diary.book(event, enquiry)
    diary.attend(reference, BookingStatus.ATTENDED, make.now)
    assert diary.letters() == []
