"""A model of the booking rules in plain Python, for test_bookings_stateful.py: what should come of each step, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from enquiry.dates import LONDON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VISIT, WITH_THE_WAY, NOTICE, KEPT = 1.5 * HOUR, 2 * HOUR, 48 * HOUR, HOUR / 6
MOST_A_DAY = 2
# So long before, a place and a visit are not changed any more by the household itself.
PLACE_CUT_OFF, VISIT_CUT_OFF = 2 * HOUR, 24 * HOUR
HOLDS_ROOM = ("offered", "booked", "attended", "missed")
OVER = ("lapsed", "cancelled")
STANDS = ("waiting", "offered", "booked")


@dataclass
class AnEvent:
    """What the model knows of an event."""

    starts_at: datetime
    places: int
    cancelled: bool = False


@dataclass
class APlace:
    """What the model knows of a household's place."""

    household: int
    event: int
    people: int
    status: str
    turn: int
    until: datetime | None = None


@dataclass
class AVisit:
    """What the model knows of a visit."""

    household: int
    at: datetime
    status: str
    until: datetime | None = None


class BookingModel:
    """What the model holds and how each step changes it; a step gives the name of the refusal, or None."""

    now: datetime
    begins: datetime
    events: list[AnEvent]
    places: dict[str, APlace]
    visits: dict[str, AVisit]
    turn: int
    _answer: str

    def _gone(self, event: int) -> bool:
        return self.events[event].cancelled or self.events[event].starts_at <= self.now

    def _at(self, event: int) -> list[APlace]:
        return [one for one in self.places.values() if one.event == event]

    def _taken(self, event: int) -> int:
        return sum(one.people for one in self._at(event) if one.status in HOLDS_ROOM)

    def _standing(self, event: int, who: int) -> APlace | None:
        return next((one for one in self._at(event) if one.household == who and one.status not in OVER), None)

    def _book(self, event: int, who: int, number: int) -> str | None:
        if self._gone(event):
            return "EventGone"
        own = self._standing(event, who)
        if own and own.status in ("attended", "missed"):
            return None
        if own and own.status == "booked" and own.people != number and (no := self._cut_off(own)):
            return no
        held = own.people if own and own.status in HOLDS_ROOM else 0
        if self._taken(event) - held + number > self.events[event].places:
            return "EventFull"
        if own is None:
            self.places[self._answer] = APlace(who, event, number, "booked", self.turn)
            return None
        if (own.status, own.people) != ("booked", number):
            own.status, own.people, own.until = "booked", number, None
            self._offer(event)
        return None

    def _cut_off(self, one: APlace) -> str | None:
        """Why a household may not change what it has."""
        if one.status not in STANDS:
            return "NothingBooked"
        before = PLACE_CUT_OFF if one.status == "booked" else 0 * HOUR
        return "TooLate" if self.now >= self.events[one.event].starts_at - before else None

    def _wait(self, event: int, who: int, number: int) -> str | None:
        if self._gone(event):
            return "EventGone"
        own = self._standing(event, who)
        if own and own.status != "waiting":
            return None
        if self.events[event].places - self._taken(event) >= number:
            return self._book(event, who, number)
        if own:
            own.people = number
        else:
            self.places[self._answer] = APlace(who, event, number, "waiting", self.turn)
        return None

    def _accept(self, reference: str) -> str | None:
        one = self.places[reference]
        if self._gone(one.event):
            return "EventGone"
        if one.status == "booked":
            return None
        if one.status != "offered" or one.until is None or one.until <= self.now:
            return "OfferOver"
        one.status, one.until = "booked", None
        return None

    def _move(self, reference: str, event: int) -> str | None:
        one = self.places[reference]
        if no := self._cut_off(one):
            return no
        if one.status != "booked":
            return "NothingBooked"
        if one.event == event:
            return None
        if self._gone(event):
            return "EventGone"
        there = self._standing(event, one.household)
        if there and there.status != "waiting":
            return "AlreadyBooked"
        if self._taken(event) + one.people > self.events[event].places:
            return "EventFull"
        if there:
            there.status = "cancelled"
        before, one.event = one.event, event
        self._offer(before)
        return None

    def _give_back(self, reference: str) -> str | None:
        one = self.places[reference]
        if one.status in OVER:
            return None
        if no := self._cut_off(one):
            return no
        one.status, one.until = "cancelled", None
        self._offer(one.event)
        return None

    def _offer(self, event: int) -> None:
        its = self.events[event]
        if its.cancelled or its.starts_at - self.now < 3 * HOUR:
            return
        for one in sorted((one for one in self._at(event) if one.status == "waiting"), key=lambda one: one.turn):
            if one.people <= its.places - self._taken(event):
                one.status, one.until = "offered", min(self.now + DAY, its.starts_at - HOUR)

    def _add_a_place(self, event: int) -> str | None:
        its = self.events[event]
        if its.cancelled or its.starts_at + VISIT <= self.now:
            return "EventOver"
        its.places += 1
        self._offer(event)
        return None

    def _call_off(self, event: int) -> str | None:
        its = self.events[event]
        if its.cancelled:
            return None
        if its.starts_at + VISIT <= self.now:
            return "EventOver"
        its.cancelled = True
        for one in self._at(event):
            if one.status in STANDS:
                one.status, one.until = "cancelled", None
        return None

    def _attend(self, reference: str, status: str) -> str | None:
        one = self.places[reference]
        if one.status not in ("booked", "attended", "missed"):
            return "NothingBooked"
        one.status = status
        return None

    def _moment(self, time: tuple[int, tuple[int, int]]) -> datetime:
        days, (hour, minute) = time
        day = (self.begins + days * DAY).astimezone(LONDON)
        return day.replace(hour=hour, minute=minute).astimezone(self.begins.tzinfo)

    def _booked_visits(self) -> list[str]:
        return [reference for reference, one in self.visits.items() if one.status == "booked"]

    def _one_of(self, references: list[str], data: st.DataObject) -> str:
        # By its number: references are drawn by lot, and a run has to be repeatable.
        return references[data.draw(st.integers(0, len(references) - 1), "which booking")]

    def _why_not(self, at: datetime, others: list[AVisit]) -> str | None:
        if at < self.now + NOTICE:
            return "SlotGone"
        standing = [
            one
            for one in others
            if one.status == "booked" or (one.status == "reserved" and one.until and one.until > self.now)
        ]
        close = any(abs(one.at - at) < WITH_THE_WAY for one in standing)
        return "SlotTaken" if close or sum(one.at.date() == at.date() for one in standing) >= MOST_A_DAY else None

    def _take(self, who: int, at: datetime, status: str) -> str | None:
        booked = next((one for one in self.visits.values() if one.household == who and one.status == "booked"), None)
        if booked:
            return None if status == "booked" and booked.at == at else "AlreadyBooked"
        kept = {name: one for name, one in self.visits.items() if one.status == "reserved" and one.household == who}
        for one in kept.values():
            if status == "booked" and one.at == at and one.until and one.until > self.now:
                one.status, one.until = "booked", None
                return None
        others = [one for name, one in self.visits.items() if name not in kept]
        if no := self._why_not(at, others):
            return no
        for name in kept:
            del self.visits[name]
        self.visits[self._answer] = AVisit(who, at, status, self.now + KEPT if status == "reserved" else None)
        return None

    def _move_visit(self, reference: str, at: datetime) -> str | None:
        own = self.visits[reference]
        if self.now >= own.at - VISIT_CUT_OFF:
            return "TooLate"
        if own.at == at:
            return None
        if no := self._why_not(at, [one for one in self.visits.values() if one is not own]):
            return no
        own.at = at
        return None

    def _cancel_visit(self, reference: str) -> str | None:
        own = self.visits[reference]
        if self.now >= own.at - VISIT_CUT_OFF:
            return "TooLate"
        own.status = "cancelled"
        return None

    # What holds after every step.
