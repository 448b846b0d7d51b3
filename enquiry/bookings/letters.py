"""Letters about places and visits: which one, to whom, with which calendar file. The texts are data/wording/letters.yml."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import starts_at
from enquiry.bookings.calendars.icalendar_text import Appointment, cancellation, invitation
from enquiry.contacts import can_be_texted
from enquiry.dates import in_words
from enquiry.enums import BookingStatus, Change
from enquiry.outbox.queue import Channel, may_message, queue_message
from enquiry.store.models import BookingChange, Enquiry, OutboxMessage, Place, Visit, Visitor


class Letter(StrEnum):
    """A letter about a booking; its texts are named after it."""

    PLACE_BOOKED = "place_booked"
    PLACE_MOVED = "place_moved"
    PLACE_CANCELLED = "place_cancelled"
    PLACE_WAITING = "place_waiting"
    PLACE_OFFERED = "place_offered"
    PLACE_LAPSED = "place_lapsed"
    PLACE_SOON = "place_soon"
    PLACE_TODAY = "place_today"
    PLACE_THANKS = "place_thanks"
    EVENT_MOVED = "event_moved"
    EVENT_CANCELLED = "event_cancelled"
    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_CANCELLED = "visit_cancelled"
    VISIT_CANCELLED_BY_US = "visit_cancelled_by_us"
    VISIT_MISSED = "visit_missed"
    VISIT_SOON = "visit_soon"
    VISIT_TODAY = "visit_today"
    VISIT_THANKS = "visit_thanks"


# Said by themselves some time before or after, by the worker (enquiry/bookings/reminders.py).
REMINDERS = frozenset({Letter.PLACE_SOON, Letter.PLACE_TODAY, Letter.VISIT_SOON, Letter.VISIT_TODAY})
# Once for each time an appointment was at, however often something else about it changed.
_ONCE_A_TIME = REMINDERS | {Letter.PLACE_THANKS, Letter.VISIT_THANKS}
_INVITES = frozenset({Letter.PLACE_BOOKED, Letter.PLACE_MOVED, Letter.VISIT_BOOKED, Letter.VISIT_MOVED})
_CALLS_OFF = frozenset(
    {Letter.PLACE_CANCELLED, Letter.EVENT_CANCELLED, Letter.VISIT_CANCELLED, Letter.VISIT_CANCELLED_BY_US}
)


def reach_by(enquiry: Enquiry) -> tuple[Channel, str] | None:
    """How messages reach a person: as they chose, else by e-mail, else by text to a number that takes texts."""
    text: tuple[Channel, str] | None = None
    if enquiry.contact_phone and can_be_texted(enquiry.contact_phone):
        text = ("text", enquiry.contact_phone)
    if enquiry.contact_email and not (enquiry.message_by == "text" and text):
        return "email", enquiry.contact_email
    return text


def occasion_of(letter: Letter, booking: Place | Visit) -> str:
    """What a letter is queued under: once for each state of a booking, a reminder once for each time it was at."""
    state = f"{starts_at(booking).astimezone(UTC):%Y%m%dT%H%M}" if letter in _ONCE_A_TIME else booking.sequence
    return f"{letter}:{booking.id}:{state}"


def tell(
    session: Session, letter: Letter, booking: Place | Visit, attempt: Attempt, *, expires_at: datetime | None = None
) -> bool:
    """Have the person told about their booking, when there is a safe way to reach them.

    Returns:
        Whether a message was queued: not when one has been for this state of the booking (for this time, a reminder).
    """
    enquiry = booking.enquiry
    way = reach_by(enquiry)
    # Whether its owner wants no more messages there is looked at when it is queued.
    if way is None or not may_message(session, enquiry):
        return False
    channel, recipient = way
    agency, wording = attempt.catalogue.agencies.get(enquiry.agency), attempt.catalogue.wording
    if agency is None:  # its file has been taken away: nobody can say how to reach the team
        return False
    values = _values(booking, enquiry.contact_name or wording.say("letters.greeting_without_a_name"), attempt)
    message = queue_message(
        session,
        agency_slug=enquiry.agency,
        occasion=occasion_of(letter, booking),
        kind=letter.value,
        channel=channel,
        recipient=recipient,
        subject=wording.say(f"letters.{letter}_subject", agency, **values),
        body=wording.say(f"letters.{letter}_{channel}", agency, **values),
        calendar=_calendar(session, letter, booking, recipient, attempt) if channel == "email" else None,
        expires_at=expires_at,
        enquiry=enquiry,
        now=attempt.now,
    )
    return message is not None


def drop_letters(session: Session, booking: Place | Visit) -> None:
    """Send none of what is still to go out about a booking: it is not as it was."""
    waiting = (
        OutboxMessage.enquiry_id == booking.enquiry_id,
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.handing_over_at.is_(None),
    )
    session.execute(
        delete(OutboxMessage).where(*waiting, OutboxMessage.occasion.contains(f":{booking.id}", autoescape=True))
    )


def tell_visitor(
    session: Session, visit: Visit, change: Change, attempt: Attempt, *, before: tuple[str, datetime] | None = None
) -> None:
    """Tell the initial visitor by e-mail, and the one who was to come before; nothing in it says who is visited.

    Args:
        before: the id of the visitor the visit was moved away from, and when it was to be.
    """
    told = [(visit.visitor_id, change, visit.starts_at)]
    if before is not None and before[0] != visit.visitor_id:
        told = [(visit.visitor_id, Change.BOOKED, visit.starts_at), (before[0], Change.CANCELLED, before[1])]
    for visitor_id, what, moment in told:
        visitor = session.get_one(Visitor, visitor_id)
        if visitor.staff is None:
            continue
        wording, when = attempt.catalogue.wording, in_words(moment)
        queue_message(
            session,
            agency_slug=visit.agency,
            occasion=f"visitor-{what}:{visit.id}:{visit.sequence}:{visitor_id}",
            kind="visitor_told",
            channel="email",
            recipient=visitor.staff.email,
            subject=wording.say(f"letters.visitor_{what}_subject", when=when, reference=visit.reference),
            body=wording.say("letters.visitor_email", when=when, reference=visit.reference, name=visitor.name),
            now=attempt.now,
        )


def appointment_of(booking: Place | Visit, recipient: str | None, attempt: Attempt) -> Appointment:
    """A booking as calendars know it."""
    agency, wording = attempt.catalogue.agencies[booking.enquiry.agency], attempt.catalogue.wording
    values = _values(booking, "", attempt)
    if isinstance(booking, Place):
        ends, place, what = booking.event.ends_at, booking.event.venue, "place"
    else:
        ends, place, what = booking.ends_at, wording.say("letters.calendar_at_home"), "visit"
    return Appointment(
        uid=f"{booking.reference}@{urlsplit(attempt.links.address).hostname}",
        sequence=booking.sequence,
        summary=wording.say(f"letters.calendar_{what}", agency, **values),
        description=wording.say("letters.calendar_text", agency, **values),
        location=place,
        starts_at=starts_at(booking),
        ends_at=ends,
        changed_at=attempt.now,
        organizer_name=agency.short_name,
        organizer_email=agency.email,
        attendee_email=recipient,
        url=attempt.links.address_of(booking.reference),
    )


def _calendar(session: Session, letter: Letter, booking: Place | Visit, recipient: str, attempt: Attempt) -> str | None:
    # One who only waited for a place has nothing in their calendar.
    if letter in _CALLS_OFF:
        return cancellation(appointment_of(booking, recipient, attempt)) if _was_booked(session, booking) else None
    booked = booking.status == BookingStatus.BOOKED
    if letter in _INVITES or (letter is Letter.EVENT_MOVED and booked):
        return invitation(appointment_of(booking, recipient, attempt))
    return None


def _was_booked(session: Session, booking: Place | Visit) -> bool:
    booked = BookingChange.change.in_([Change.BOOKED.value, Change.ACCEPTED.value])
    return (
        session.scalar(select(BookingChange.id).where(BookingChange.reference == booking.reference, booked).limit(1))
        is not None
    )


def _values(booking: Place | Visit, name: str, attempt: Attempt) -> dict[str, str]:
    common = {
        "reference": booking.reference,
        "greeting_name": name,
        "link": attempt.links.address_of(booking.reference),
    }
    if isinstance(booking, Visit):
        return {**common, "when": in_words(booking.starts_at)}
    event = booking.event
    until = booking.offer_until or event.starts_at - timedelta(hours=1)
    join = (
        "\n" + attempt.catalogue.wording.say("letters.how_to_join", link=event.online_url) if event.online_url else ""
    )
    return {
        **common,
        "title": event.title,
        "venue": event.venue,
        "when": in_words(event.starts_at),
        "people": str(booking.people),
        "until": in_words(until),
        "how": join,
        "feedback": attempt.links.address_of(booking.reference, "feedback"),
    }
