"""What the web process is made of, put together once and handed to every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import ENQUIRER, Attempt, Door
from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue
from enquiry.content.wording import Wording
from enquiry.operating.event_counts import EventCounts
from enquiry.settings import Settings
from enquiry.store.engine import Store
from web.operating.health import Readiness
from web.operating.metrics import Figures
from web.rate_limits import Limits
from web.turns.assistant import Assistant
from web.turns.conversation_keys import Clock, Keys
from web.turns.notifier import Hub
from web.turns.turns import Turns


@dataclass(frozen=True)
class Parts:
    """The parts of one web process."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    links: BookingLinks
    clock: Clock
    keys: Keys
    limits: Limits
    assistant: Assistant
    hub: Hub
    turns: Turns
    readiness: Readiness
    counts: EventCounts
    figures: Figures

    @property
    def agencies(self) -> Mapping[str, Agency]:
        """The services, by slug."""
        return self.catalogue.agencies

    @property
    def wording(self) -> Wording:
        """Every approved sentence that is no answer to a topic."""
        return self.catalogue.wording

    def attempt(self, door: Door, who: str = ENQUIRER) -> Attempt:
        """Say who does something about a booking now, for the booking functions."""
        return Attempt(door, who, self.clock(), self.catalogue, self.links)
