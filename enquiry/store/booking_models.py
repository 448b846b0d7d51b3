"""The tables of bookings. That nothing is booked twice is kept by the store itself: see enquiry/store/triggers.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from enquiry.store.base import Base, new_id

if TYPE_CHECKING:
    from enquiry.store.models import Enquiry, Staff

PLACE_STATUS = "status IN ('waiting','offered','booked','attended','missed','lapsed','cancelled')"
VISIT_STATUS = "status IN ('reserved','booked','attended','missed','cancelled')"
PLACE_STANDS = "status NOT IN ('lapsed','cancelled')"


def _only_where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Event(Base):
    """An information event. `taken` is kept by triggers on `places`; the check makes overbooking impossible."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= places", name="never_over_its_places"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        UniqueConstraint("agency", "planned_on"),
        Index("uq_events_agency_starts_at", "agency", "starts_at", unique=True, **_only_where("cancelled_at IS NULL")),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str]
    # Where it is held; for one that is held online, the words for that.
    venue: Mapped[str]
    # How to join, for those with a place only.
    online_url: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    # The day the agency's plan put it on. It stays when the event is moved or cancelled, so that the plan does not put it there again.
    planned_on: Mapped[date | None]
    # Counts its changes, for calendars (SEQUENCE of RFC 5545).
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]

    bookings: Mapped[list[Place]] = relationship(back_populates="event", order_by="Place.booked_at")


class Place(Base):
    """Places at an event for one household: waited for, offered, booked, attended, or given back."""

    __tablename__ = "places"
    __table_args__ = (
        CheckConstraint("people >= 1 AND people <= 4", name="one_household"),
        CheckConstraint(PLACE_STATUS, name="known_status"),
        CheckConstraint("status <> 'offered' OR offer_until IS NOT NULL", name="an_offer_ends"),
        Index("uq_places_one_per_enquiry", "event_id", "enquiry_id", unique=True, **_only_where(PLACE_STANDS)),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id"), index=True)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    people: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    # Words of enquiry.enums.Needs, and the language of an interpreter.
    needs: Mapped[list[Any]] = mapped_column(default=list)
    language: Mapped[str | None] = mapped_column(String(40))
    offer_until: Mapped[datetime | None] = mapped_column(index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    # When they booked, or joined the waiting list.
    booked_at: Mapped[datetime]

    event: Mapped[Event] = relationship(back_populates="bookings")
    enquiry: Mapped[Enquiry] = relationship(back_populates="places")


class Feedback(Base):
    """What somebody thought of an event: three questions, and no name beside the answers."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id"), index=True)
    # One a household: sent again, it takes the place of the first.
    place_id: Mapped[str] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), unique=True)
    useful: Mapped[str] = mapped_column(String(20))
    next_step: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str]
    at: Mapped[datetime]


class Visitor(Base):
    """An initial visitor: when they work and how many visits they make."""

    __tablename__ = "visitors"
    __table_args__ = (UniqueConstraint("agency", "name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str]
    staff_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    # Hours of visits by day of the week, Monday "0": {"0": [["10:00", "15:00"]]}, local time.
    pattern: Mapped[dict[str, Any]]
    visit_minutes: Mapped[int]
    # Kept free after each visit, for the way to the next.
    buffer_minutes: Mapped[int]
    most_a_day: Mapped[int]
    # Names of districts, as in `area` of the agency's file, where this visitor goes first of all.
    areas: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)

    leave: Mapped[list[Leave]] = relationship(order_by="Leave.first_day", cascade="all, delete-orphan")
    staff: Mapped[Staff | None] = relationship()


class Leave(Base):
    """Days on which a visitor makes no visits, both ends counted. Why is nobody's business here."""

    __tablename__ = "visitor_leave"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="ends_after_it_begins"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    visitor_id: Mapped[str] = mapped_column(ForeignKey("visitors.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]


class Visit(Base):
    """An initial visit. Triggers keep a visitor's visits apart, with the time for the way, and within their number a day."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(VISIT_STATUS, name="known_status"),
        CheckConstraint("ends_at > starts_at AND busy_until >= ends_at", name="ends_after_it_starts"),
        CheckConstraint("status <> 'reserved' OR reserved_until IS NOT NULL", name="a_reservation_ends"),
        Index("uq_visits_one_per_enquiry", "enquiry_id", unique=True, **_only_where("status = 'booked'")),
        Index("uq_visits_one_reserved", "enquiry_id", unique=True, **_only_where("status = 'reserved'")),
        Index("ix_visits_visitor_day", "visitor_id", "day"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    visitor_id: Mapped[str] = mapped_column(ForeignKey("visitors.id"))
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"))
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    status: Mapped[str] = mapped_column(String(10))
    # The day in the agency's own time, for the most visits a day.
    day: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    # The end with the time for the way to the next.
    busy_until: Mapped[datetime]
    reserved_until: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    booked_at: Mapped[datetime]

    visitor: Mapped[Visitor] = relationship()
    enquiry: Mapped[Enquiry] = relationship(back_populates="visits")
    record: Mapped[VisitRecord | None] = relationship(back_populates="visit")


class VisitRecord(Base):
    """What the initial visitor wrote up, due two days after the visit (statement of purpose, 2023)."""

    __tablename__ = "visit_records"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    understanding: Mapped[str]
    motivation: Mapped[str]
    strengths: Mapped[str]
    at: Mapped[datetime]

    visit: Mapped[Visit] = relationship(back_populates="record")
    staff: Mapped[Staff] = relationship()


class BookingChange(Base):
    """One dated step in the history of a booking, with who took it."""

    __tablename__ = "booking_changes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(ForeignKey("enquiries.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(12), index=True)
    change: Mapped[str] = mapped_column(String(10))
    who: Mapped[str]
    # The time it is for from now on, and the time before, where that changed.
    starts_at: Mapped[datetime | None]
    before: Mapped[datetime | None]
    at: Mapped[datetime]


class CalendarFeed(Base):
    """A secret address of a calendar: a visitor's own, or the agency's events. Only the SHA-256 is kept; revoked by being deleted."""

    __tablename__ = "calendar_feeds"

    secret_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    agency: Mapped[str] = mapped_column(String(40), index=True)
    # None: the agency's information events.
    visitor_id: Mapped[str | None] = mapped_column(ForeignKey("visitors.id", ondelete="CASCADE"))
    made_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
