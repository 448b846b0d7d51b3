"""An attempt at a booking: who makes it, through which door, when, and what the booking and its letters are made with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue

ENQUIRER = "enquirer"
WORKER = "worker"


class Door(StrEnum):
    """Through what a booking is asked for or changed."""

    CHAT = "chat"
    PAGE = "page"  # the booking pages, and the signed link in a message
    API = "api"
    CONSOLE = "console"  # staff, of their own accord
    CALLER = "caller"  # staff, for somebody who rings or stands at the door
    WORKER = "worker"  # nobody: time has passed


# Where the enquirer acts for themselves, with nobody of the team in between.
ENQUIRERS_OWN = frozenset({Door.CHAT, Door.PAGE, Door.API})


@dataclass(frozen=True)
class Attempt:
    """Who does something about a booking.

    `who` stands in the history: a member of staff's name, "enquirer" or "worker". `now` is aware UTC.
    """

    door: Door
    who: str
    now: datetime
    catalogue: Catalogue
    links: BookingLinks

    @property
    def by_enquirer(self) -> bool:
        """Whether the enquirer acts for themselves."""
        return self.door in ENQUIRERS_OWN

    def by_worker(self) -> Attempt:
        """Turn it into what follows from it by itself, such as an offer to the next who waits."""
        return replace(self, door=Door.WORKER, who=WORKER)
