"""Calendar texts: what Outlook, Google and Apple calendars need, read back with the library, and texts that try to break out."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from enquiry.bookings.calendars.icalendar_text import (
    Appointment,
    Method,
    cancellation,
    feed,
    invitation,
    invitation_method,
)
from enquiry.dates import LONDON

EVENING = Appointment(
    uid="EV-7K3M2Q@hearth.example",
    sequence=0,
    summary="Information event about fostering",
    description="Places: 2.\nTo move or cancel, use the link in the message.",
    location="County Hall, Glenfield",
    starts_at=datetime(2027, 4, 6, 17, 30, tzinfo=UTC),
    ends_at=datetime(2027, 4, 6, 19, 0, tzinfo=UTC),
    changed_at=datetime(2027, 3, 1, 9, 15, tzinfo=UTC),
    organizer_name="The fostering team",
    organizer_email="fostering@agency.example",
    attendee_email="sam@home.example",
    url="https://hearth.example/booking?ref=EV-7K3M2Q&key=a%2Bb",
)
VISIT = dataclasses.replace(
    EVENING, uid="VI-9QWX2Z@hearth.example", sequence=3, summary="Initial visit", organizer_email=None
)

TEXTS = ["uid", "summary", "description", "location", "organizer_name", "organizer_email", "attendee_email", "url"]
# Written as a text of the calendar, every one of these would end its line or its value.
HOSTILE = [
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:b",
    "a\nATTENDEE:mailto:x@y.example",
    "a\rMETHOD:CANCEL",
    "a\x0bX-A:b\x0cX-C:d\x1cX-E:f\x85X-G:h\u2028X-I:j\u2029X-K:l",
    "\x00\x07\x1b[31m\x7f",
    "a;b,c:d\"e\\n\\\\;^n^^'",
    '";VALUE=URI:http://evil.example',
    "👩🏽‍🦱👨‍👩‍👧" * 30,
    "é" * 200,
    "half \ud800 of a sign",
    "BEGIN:VALARM",
    " \t ",
    "",
]


def parsed(text: str) -> Calendar:
    return Calendar.from_ical(text)


def event(text: str) -> Any:
    (only,) = parsed(text).walk("VEVENT")
    return only


def lines(text: str) -> list[str]:
    """The lines of the text, put together again where they were folded."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def names(text: str) -> list[str]:
    return [re.split("[:;]", line, maxsplit=1)[0] for line in lines(text)]


def as_shown(text: str) -> str:
    """What is left of a text: breaks of every kind (one is \\N, in iCalendar) as a newline, no control characters."""
    text = re.sub(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]", "", text)
    # The full stop keeps a break at the very end, which `splitlines` takes for no more than the end of a line.
    return "\n".join((text.replace("\\N", "\n") + ".").splitlines()).removesuffix(".")


def on_one_line(text: str) -> str:
    return " ".join(as_shown(text).split())


def check_form(text: str) -> None:
    assert text.endswith("END:VCALENDAR\r\n")
    # No reader may see a line end where there is none.
    assert not re.search(r"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


# What is in it.


def test_an_invitation_has_every_property_that_calendars_need() -> None:
    text = invitation(EVENING)
    check_form(text)
    calendar, entry = parsed(text), event(text)
    assert {name: str(calendar[name]) for name in ("VERSION", "CALSCALE", "METHOD", "PRODID")} == {
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "METHOD": "REQUEST",
        "PRODID": "-//Hearth//Bookings//EN",
    }
    assert str(entry["UID"]) == EVENING.uid
    assert entry["SEQUENCE"] == 0
    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == EVENING.changed_at
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (EVENING.starts_at, EVENING.ends_at)
    assert str(entry["SUMMARY"]) == EVENING.summary
    assert str(entry["DESCRIPTION"]) == EVENING.description
    assert str(entry["LOCATION"]) == EVENING.location
    assert (str(entry["STATUS"]), str(entry["TRANSP"]), str(entry["URL"])) == ("CONFIRMED", "OPAQUE", EVENING.url)
    assert str(entry["ORGANIZER"]) == "mailto:fostering@agency.example"
    assert dict(entry["ORGANIZER"].params) == {"CN": "The fostering team"}
    assert str(entry["ATTENDEE"]) == "mailto:sam@home.example"
    assert dict(entry["ATTENDEE"].params) == {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert calendar.walk("VALARM") == []
    # Outlook would open a calendar of its own for it.
    assert "X-WR-CALNAME" not in calendar


def test_times_are_local_and_the_zone_is_in_the_text_before_the_appointment() -> None:
    text = invitation(EVENING)
    assert "DTSTART;TZID=Europe/London:20270406T183000" in lines(text)
    assert "DTEND;TZID=Europe/London:20270406T200000" in lines(text)
    assert [part.name for part in parsed(text).subcomponents] == ["VTIMEZONE", "VEVENT"]


def test_the_zone_in_the_text_says_what_the_clocks_do() -> None:
    zone: Any = parsed(invitation(EVENING)).walk("VTIMEZONE")[0]
    assert str(zone["TZID"]) == "Europe/London"
    # A reader that knows no zones by name has only this.
    london = zone.to_tz(lookup_tzid=False)
    for moment in (datetime(2027, 1, 1, tzinfo=UTC) + quarters * timedelta(hours=6) for quarters in range(4 * 365 * 2)):
        assert moment.astimezone(london).utcoffset() == moment.astimezone(LONDON).utcoffset(), moment


@pytest.mark.parametrize(
    ("organizer", "attendee"),
    [(None, "sam@home.example"), ("", "sam@home.example"), ("a@b.example", None), (None, None)],
)
def test_without_both_addresses_an_appointment_is_published_and_names_nobody_invited(
    organizer: str | None, attendee: str | None
) -> None:
    appointment = dataclasses.replace(EVENING, organizer_email=organizer, attendee_email=attendee)
    entry = event(invitation(appointment))
    assert str(parsed(invitation(appointment))["METHOD"]) == "PUBLISH"
    assert invitation_method(appointment) is Method.PUBLISH
    assert ("ORGANIZER" in entry) == bool(organizer)
    assert "ATTENDEE" not in entry


def test_the_method_for_the_content_type_is_the_one_in_the_text() -> None:
    assert invitation_method(EVENING) is Method.REQUEST
    for appointment in (EVENING, VISIT):
        assert str(parsed(invitation(appointment))["METHOD"]) == invitation_method(appointment)


def test_an_address_that_is_none_is_left_out() -> None:
    entry = event(invitation(dataclasses.replace(EVENING, attendee_email="07700 900123", url=None)))
    assert "ATTENDEE" not in entry
    assert "URL" not in entry


# Changes.


def test_an_update_has_the_same_uid_and_a_higher_sequence() -> None:
    later = dataclasses.replace(
        EVENING,
        sequence=1,
        starts_at=EVENING.starts_at + timedelta(days=21),
        ends_at=EVENING.ends_at + timedelta(days=21),
        changed_at=EVENING.changed_at + timedelta(hours=1),
    )
    first, second = event(invitation(EVENING)), event(invitation(later))
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTAMP"].dt > first["DTSTAMP"].dt
    assert second["DTSTART"].dt == later.starts_at
    assert (str(first["ORGANIZER"]), str(first["ATTENDEE"])) == (str(second["ORGANIZER"]), str(second["ATTENDEE"]))


@pytest.mark.parametrize("appointment", [EVENING, VISIT])
def test_a_cancellation_has_the_same_uid_a_higher_sequence_and_takes_up_no_time(appointment: Appointment) -> None:
    cancelled = dataclasses.replace(appointment, sequence=appointment.sequence + 1)
    text = cancellation(cancelled)
    check_form(text)
    first, last = event(invitation(appointment)), event(text)
    assert str(parsed(text)["METHOD"]) == "CANCEL"
    assert (str(last["STATUS"]), str(last["TRANSP"])) == ("CANCELLED", "TRANSPARENT")
    assert last["UID"] == first["UID"]
    assert last["SEQUENCE"] == first["SEQUENCE"] + 1
    assert last["DTSTART"].dt == first["DTSTART"].dt
    # The cancellation goes to whoever was invited.
    assert ("ATTENDEE" in last, "ORGANIZER" in last) == ("ATTENDEE" in first, "ORGANIZER" in first)


# To subscribe to.


def test_a_feed_has_a_name_and_is_asked_for_again_every_hour() -> None:
    text = feed("Visits; Anna", [EVENING, VISIT])
    check_form(text)
    calendar = parsed(text)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Visits; Anna"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines(text)
    assert "X-PUBLISHED-TTL:PT1H" in lines(text)
    assert [str(entry["UID"]) for entry in calendar.walk("VEVENT")] == [EVENING.uid, VISIT.uid]
    assert len(calendar.walk("VTIMEZONE")) == 1
    # Who is visited is nobody's business in a calendar whose address can be passed on.
    assert "sam@home.example" not in text


def test_a_feed_says_which_appointments_no_longer_stand() -> None:
    entries = parsed(feed("Visits", [EVENING, VISIT], cancelled={VISIT.uid})).walk("VEVENT")
    assert [(str(entry["STATUS"]), str(entry["TRANSP"])) for entry in entries] == [
        ("CONFIRMED", "OPAQUE"),
        ("CANCELLED", "TRANSPARENT"),
    ]


def test_a_feed_of_nothing_is_a_calendar_all_the_same() -> None:
    text = feed("Visits", [])
    check_form(text)
    assert parsed(text).walk("VEVENT") == []
    assert feed("Visits", [EVENING]) == feed("Visits", [EVENING])


# Hostile texts.


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", TEXTS)
def test_no_text_breaks_out_of_its_property(field: str, text: str) -> None:
    hostile: dict[str, Any] = {field: "@" + text if field.endswith("_email") else text}
    appointment = dataclasses.replace(EVENING, **hostile)
    # An address of a page that is empty is left out; an empty text stands.
    ordinary = dataclasses.replace(EVENING, url=None) if field == "url" and not text else EVENING
    for made, plain in (
        (invitation(appointment), invitation(ordinary)),
        (cancellation(appointment), cancellation(ordinary)),
        (feed("Visits", [appointment]), feed("Visits", [ordinary])),
    ):
        check_form(made)
        assert names(made) == names(plain)
        assert [part.name for part in parsed(made).walk()] == [part.name for part in parsed(plain).walk()]
        assert all(not part.errors for part in parsed(made).walk())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_of_a_feed_breaks_out_of_its_property(text: str) -> None:
    made = feed(text, [EVENING])
    check_form(made)
    assert names(made) == names(feed("Visits", [EVENING]))
    assert str(parsed(made)["X-WR-CALNAME"]) == on_one_line(text)


def test_an_address_cannot_bring_other_headers_with_it() -> None:
    appointment = dataclasses.replace(EVENING, attendee_email="sam@home.example?bcc=x@y.example&subject=z")
    assert (
        str(event(invitation(appointment))["ATTENDEE"]) == "mailto:sam@home.example%3Fbcc%3Dx@y.example%26subject%3Dz"
    )
    ordinary = dataclasses.replace(EVENING, attendee_email=" o'brien+fostering_2@home-1.example ")
    assert str(event(invitation(ordinary))["ATTENDEE"]) == "mailto:o'brien+fostering_2@home-1.example"


# Any text and any moment.

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=120)
CHANGES = [datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 30, 22, tzinfo=UTC)]
# hypothesis wants the bounds without a zone and puts it on itself.
FIRST, LAST = (datetime(year, 1, 1) for year in (2024, 2037))  # noqa: DTZ001
MOMENTS = st.one_of(
    st.datetimes(FIRST, LAST, timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(0, 300)
    ),
)


@given(summary=ANYTHING, description=ANYTHING, location=ANYTHING, name=ANYTHING)
@example(summary="\\n;,\\;\\\\n", description="\\n\n\\\n;\\N,", location="\\", name="^n^'^^")
@example(summary="", description="", location="", name="\\")
def test_every_text_comes_back_as_it_was_but_for_control_characters(
    summary: str, description: str, location: str, name: str
) -> None:
    text = invitation(
        dataclasses.replace(EVENING, summary=summary, description=description, location=location, organizer_name=name)
    )
    check_form(text)
    entry = event(text)
    assert str(entry["SUMMARY"]) == on_one_line(summary)
    assert str(entry["DESCRIPTION"]) == as_shown(description)
    assert str(entry["LOCATION"]) == on_one_line(location)
    assert str(entry["ORGANIZER"].params.get("CN", "")) == on_one_line(name).replace('"', "'").replace("\\", "/")


@given(start=MOMENTS, minutes=st.integers(1, 600), changed=MOMENTS, sequence=st.integers(0, 10**6))
@example(start=datetime(2027, 10, 31, 0, 30, tzinfo=UTC), minutes=60, changed=CHANGES[0], sequence=1)
@example(start=datetime(2027, 10, 31, 1, 30, tzinfo=UTC), minutes=30, changed=CHANGES[0], sequence=1)
@example(start=datetime(2027, 3, 28, 0, 30, tzinfo=UTC), minutes=60, changed=CHANGES[0], sequence=1)
def test_every_moment_comes_back_as_it_was(start: datetime, minutes: int, changed: datetime, sequence: int) -> None:
    end = start + timedelta(minutes=minutes)
    appointment = dataclasses.replace(EVENING, starts_at=start, ends_at=end, changed_at=changed, sequence=sequence)
    for entry in (
        event(invitation(appointment)),
        event(cancellation(appointment)),
        event(feed("Visits", [appointment])),
    ):
        # Compared as UTC: two local times of one zone are compared by the clock, not by the moment.
        assert [entry[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND", "DTSTAMP")] == [start, end, changed]
        assert entry["SEQUENCE"] == sequence
        in_double_hour = start.astimezone(LONDON).fold or end.astimezone(LONDON).fold
        assert entry["DTSTART"].params.get("TZID") == (None if in_double_hour else "Europe/London")
