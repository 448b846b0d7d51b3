"""Calendar texts (iCalendar): an invitation to put into one's own calendar, its cancellation, and a calendar to subscribe to.

What Outlook, Google Calendar and Apple Calendar are known to need, and where it is laid down:

* One UID for an appointment through every change, and a SEQUENCE that grows with each: without them a change becomes a second
  appointment (RFC 5545 3.8.4.7 and 3.8.7.4, RFC 5546 2.1.4 and 2.1.5). DTSTAMP breaks a tie (RFC 5545 3.8.7.2).
* METHOD in the text, and the very same word as the `method` of the part's Content-Type, with charset=UTF-8; Outlook shows
  nothing when the two differ (RFC 5545 3.7.2, RFC 6047 2.4). `invitation_method` says which word it is.
* A REQUEST has both ORGANIZER and ATTENDEE; Outlook makes a plain file of it otherwise (RFC 5546 3.2.2). A PUBLISH has no
  ATTENDEE (3.2.1). A CANCEL has STATUS:CANCELLED and the next SEQUENCE (3.2.5; for what was published, 4.1.3).
* Google wants ORGANIZER to be the address the message comes from; that is for whoever sends it.
* A TZID has its VTIMEZONE in the same text, or Outlook takes the time for UTC (RFC 5545 3.2.19 and 3.6.5). A local time that the
  clocks have twice means the first one (3.3.5).
* Lines end with CRLF and are folded at 75 octets (RFC 5545 3.1); commas, semicolons, backslashes and line breaks of a text are
  escaped (3.3.11). Control characters are not allowed at all. Few calendars undo the escapes of parameters (RFC 6868).
* TRANSP:OPAQUE makes the time busy, STATUS says whether it stands (RFC 5545 3.8.2.7 and 3.8.1.11). Not every calendar heeds STATUS in
  a subscription, so what is cancelled takes up no time either.
* A subscription is named by X-WR-CALNAME (NAME of RFC 7986 5.1), and looked at again after REFRESH-INTERVAL (5.7) or, by Outlook,
  X-PUBLISHED-TTL. In an invitation the name would make Outlook open a whole new calendar, so it has none.

There is no alarm in it (VALARM): reminders are sent as messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration

from enquiry.dates import LONDON

PRODUCT = "-//Hearth//Bookings//EN"
REFRESH = timedelta(hours=1)

# What some reader or other takes for the end of a line. A backslash with a capital N is one for the library, also when it writes.
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_BREAK = re.compile(rf"\r\n|[{_BREAKS}]|\\N")
# What may stand in an address as it is. The rest is written as %XX, as RFC 6068 has it for mailto and RFC 3986 for others.
_IN_MAILTO = "@!$'*+-._~"
_IN_URL = ":/?#[]@!$&'()*+,;=%-._~"


class Method(StrEnum):
    """What a calendar is to do with the text (RFC 5546 1.4)."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


class _Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Appointment:
    """A place at an event or a visit, as a calendar sees it."""

    # Stays the same through every change, such as "EV-7K3M2Q@hearth.example".
    uid: str
    # Counts the changes.
    sequence: int
    summary: str
    description: str
    location: str
    # Aware UTC.
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    organizer_name: str
    organizer_email: str | None
    attendee_email: str | None
    url: str | None


def invitation(appointment: Appointment) -> str:
    """The text that puts an appointment into somebody's calendar, or changes the one that is there (same UID, higher SEQUENCE)."""
    return _text(
        invitation_method(appointment), [_event(appointment, invitation_method(appointment), _Status.CONFIRMED)]
    )


def invitation_method(appointment: Appointment) -> Method:
    """The METHOD of `invitation`, for the Content-Type of the part that carries it.

    A REQUEST is from somebody to somebody: Outlook does not open one that lacks either address. Without them the same appointment
    is published, which every calendar offers to add.
    """
    both = _mailto(appointment.organizer_email) and _mailto(appointment.attendee_email)
    return Method.REQUEST if both else Method.PUBLISH


def cancellation(appointment: Appointment) -> str:
    """The text that takes an appointment out of somebody's calendar; its `sequence` is higher than in what was sent before."""
    return _text(Method.CANCEL, [_event(appointment, Method.CANCEL, _Status.CANCELLED)])


def feed(name: str, appointments: Sequence[Appointment], cancelled: Collection[str] = ()) -> str:
    """A calendar to subscribe to, asked for again every hour.

    Args:
        name: shown as the name of the calendar.
        cancelled: the UIDs of appointments that no longer stand. They stay in for a while, so that a calendar that keeps what it
            once read learns of it.
    """
    events = [
        _event(appointment, Method.PUBLISH, _Status.CANCELLED if appointment.uid in cancelled else _Status.CONFIRMED)
        for appointment in appointments
    ]
    return _text(Method.PUBLISH, events, name=_one_line(name))


def _text(method: Method, events: Sequence[Event], name: str | None = None) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name is not None:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_london())
    for event in events:
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _event(appointment: Appointment, method: Method, status: _Status) -> Event:
    event = Event()
    event.add("uid", _one_line(appointment.uid))
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at.astimezone(UTC))
    event.add("last-modified", appointment.changed_at.astimezone(UTC))
    starts_at, ends_at = _local(appointment.starts_at, appointment.ends_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", _one_line(appointment.summary))
    event.add("description", _clean(appointment.description))
    event.add("location", _one_line(appointment.location))
    event.add("status", status.value)
    event.add("transp", "OPAQUE" if status is _Status.CONFIRMED else "TRANSPARENT")
    if appointment.url:
        event.add("url", quote(appointment.url, safe=_IN_URL, errors="ignore"))
    organizer, attendee = _mailto(appointment.organizer_email), _mailto(appointment.attendee_email)
    if organizer:
        event.add("organizer", _organizer(organizer, appointment.organizer_name))
    if organizer and attendee and method is not Method.PUBLISH:
        event.add("attendee", _attendee(attendee))
    return event


def _organizer(mailto: str, name: str) -> vCalAddress:
    organizer = vCalAddress(mailto)
    # Nothing is escaped in a parameter: a quotation mark would end it, and readers differ on a backslash in front of one.
    shown = _one_line(name).translate({ord('"'): "'", ord("\\"): "/"})
    if shown:
        organizer.params["CN"] = shown
    return organizer


def _attendee(mailto: str) -> vCalAddress:
    attendee = vCalAddress(mailto)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    # They chose the time themselves, and change it through their link: nobody reads an answer by e-mail.
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


# The same in every calendar, and only read.
@lru_cache(maxsize=1)
def _london() -> Timezone:
    """Europe/London by the rule that has held since 1996; short, and as Outlook knows it, unlike a list of every change.

    The rule begins in 1970, as in the zones that are published for calendars: some want a beginning before anything they hold.
    """
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, begins, month, before, after, name in (
        (summer, datetime.combine(date(1970, 3, 29), time(1)), 3, timedelta(), timedelta(hours=1), "BST"),
        (winter, datetime.combine(date(1970, 10, 25), time(2)), 10, timedelta(hours=1), timedelta(), "GMT"),
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    zone.add("x-lic-location", LONDON.key)
    zone.add_component(summer)
    zone.add_component(winter)
    return zone


def _local(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """Both as local time; as UTC in the one hour a year that its local time would not name, the second after one in October."""
    local = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if any(moment.fold for moment in local):
        return starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    return local


def _mailto(address: str | None) -> str | None:
    """An address as the calendar writes it, or None for what is none."""
    address = (address or "").strip()
    return "mailto:" + quote(address, safe=_IN_MAILTO, errors="ignore") if "@" in address else None


def _clean(text: str) -> str:
    """A text without what iCalendar has no way to write: control characters and halves of characters."""
    kept = (sign for sign in text if sign in _BREAKS or sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    # In this order: what is left out must not join two halves of a line break.
    return _LINE_BREAK.sub("\n", "".join(kept))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())
