"""Messages that time brings: reminders before, thanks after, and a word to those who asked to hear from us later.

Worked out anew in every round from what is booked, so nothing has to be called off when something is moved: a reminder's occasion
holds the time it is for, and the store takes each occasion once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from enquiry.bookings.attempt import Attempt
from enquiry.bookings.booking import starts_at
from enquiry.bookings.letters import Letter, occasion_of, reach_by, tell
from enquiry.enums import BookingStatus, HandoffReason, Stage
from enquiry.outbox.queue import may_message, queue_message
from enquiry.store.models import Enquiry, Event, Handoff, OutboxMessage, Place, Visit

SOON, TODAY = timedelta(days=3), timedelta(hours=3)
# Whoever has just heard from us of a booking needs no reminder of it yet.
_DAY = timedelta(days=1)
JUST_TOLD = {Letter.PLACE_SOON: _DAY, Letter.VISIT_SOON: _DAY, Letter.PLACE_TODAY: TODAY, Letter.VISIT_TODAY: TODAY}
# A reminder that has not gone out by then is of no use.
OF_NO_USE_BEFORE = timedelta(minutes=30)
THANKED_WITHIN = timedelta(days=3)
LATE_KEEPING_IN_TOUCH = timedelta(days=14)
# Whoever is further on needs no reminding that they wanted to think.
_THINKING = (Stage.NEW, Stage.SCREENING, Stage.SCREENED, Stage.EVENT_ATTENDED, Stage.NOT_YET)

Due = tuple[Letter, Place | Visit]


def make_reminders(session: Session, agency_slug: str, attempt: Attempt) -> int:
    """Queue every reminder, thank-you and word from later on that is due at an agency.

    Returns:
        How many messages were queued.
    """
    queued, now = 0, attempt.now
    for letter, booking in due(session, agency_slug, now):
        before = letter in JUST_TOLD
        queued += tell(
            session, letter, booking, attempt, expires_at=starts_at(booking) - OF_NO_USE_BEFORE if before else None
        )
    for enquiry, handoff in _to_keep_in_touch(session, agency_slug, now):
        queued += _keep_in_touch(session, enquiry, handoff, attempt)
    return queued


def anything_due(session: Session, agency_slug: str, now: datetime) -> bool:
    """Whether `make_reminders` has something to do: a worker with nothing to do does not become a writer."""
    found = next(due(session, agency_slug, now), None), next(_to_keep_in_touch(session, agency_slug, now), None)
    return found != (None, None)


def due(session: Session, agency_slug: str, now: datetime) -> Iterator[Due]:
    """The reminders and thanks whose time has come, that have not been queued, to people who can be written to."""
    for letter, booking in _candidates(session, agency_slug, now):
        queued = select(OutboxMessage.id).where(OutboxMessage.occasion == occasion_of(letter, booking))
        if session.scalar(queued) is not None or _just_told(session, letter, booking, now):
            continue
        way = reach_by(booking.enquiry)
        if way is not None and may_message(session, booking.enquiry, way[1]):
            yield letter, booking


def _candidates(session: Session, agency_slug: str, now: datetime) -> Iterator[Due]:
    places = select(Place).join(Event).where(Event.agency == agency_slug, Event.cancelled_at.is_(None))
    visits = select(Visit).where(Visit.agency == agency_slug)
    booked, attended = BookingStatus.BOOKED.value, BookingStatus.ATTENDED.value
    ahead = places.where(
        Place.status == booked, Event.starts_at > now + OF_NO_USE_BEFORE, Event.starts_at <= now + SOON
    )
    for place in session.scalars(ahead):
        yield (Letter.PLACE_TODAY if place.event.starts_at <= now + TODAY else Letter.PLACE_SOON), place
    coming = visits.where(
        Visit.status == booked, Visit.starts_at > now + OF_NO_USE_BEFORE, Visit.starts_at <= now + SOON
    )
    for visit in session.scalars(coming):
        yield (Letter.VISIT_TODAY if visit.starts_at <= now + TODAY else Letter.VISIT_SOON), visit
    came = places.where(Place.status == attended, Event.ends_at <= now, Event.ends_at > now - THANKED_WITHIN)
    for place in session.scalars(came):
        yield Letter.PLACE_THANKS, place
    visited = visits.where(Visit.status == attended, Visit.ends_at <= now, Visit.ends_at > now - THANKED_WITHIN)
    for visit in session.scalars(visited):
        yield Letter.VISIT_THANKS, visit


def _just_told(session: Session, letter: Letter, booking: Place | Visit, now: datetime) -> bool:
    lately = JUST_TOLD.get(letter)
    if lately is None:
        return False
    told = select(OutboxMessage.id).where(
        OutboxMessage.enquiry_id == booking.enquiry_id,
        OutboxMessage.created_at > now - lately,
        OutboxMessage.occasion.contains(f":{booking.id}", autoescape=True),
    )
    return session.scalar(told.limit(1)) is not None


def _to_keep_in_touch(session: Session, agency_slug: str, now: datetime) -> Iterator[tuple[Enquiry, Handoff]]:
    told = exists().where(OutboxMessage.occasion == "keep-in-touch:" + Handoff.id)
    promised = (
        select(Enquiry, Handoff)
        .join(Handoff, Handoff.enquiry_id == Enquiry.id)
        .where(
            Enquiry.agency == agency_slug,
            Handoff.reason == HandoffReason.KEEP_IN_TOUCH.value,
            Handoff.due_by <= now,
            Handoff.due_by > now - LATE_KEEPING_IN_TOUCH,
            Handoff.done_at.is_(None),
            Enquiry.stage.in_([stage.value for stage in _THINKING]),
            or_(Enquiry.contact_email.is_not(None), Enquiry.contact_phone.is_not(None)),
            ~told,
        )
    )
    for enquiry, handoff in session.execute(promised):
        way = reach_by(enquiry)
        if way is not None and may_message(session, enquiry, way[1]):
            yield enquiry, handoff


def _keep_in_touch(session: Session, enquiry: Enquiry, handoff: Handoff, attempt: Attempt) -> bool:
    way = reach_by(enquiry)
    if way is None:
        return False
    channel, recipient = way
    agency, wording = attempt.catalogue.agencies[enquiry.agency], attempt.catalogue.wording
    values = {
        "greeting_name": enquiry.contact_name or wording.say("letters.greeting_without_a_name"),
        "link": f"{attempt.links.address}/book/{enquiry.agency}",
    }
    message = queue_message(
        session,
        agency_slug=enquiry.agency,
        occasion=f"keep-in-touch:{handoff.id}",
        kind="keep_in_touch",
        channel=channel,
        recipient=recipient,
        subject=wording.say("letters.keep_in_touch_subject", agency, **values),
        body=wording.say(f"letters.keep_in_touch_{channel}", agency, **values),
        enquiry=enquiry,
        now=attempt.now,
    )
    return message is not None
