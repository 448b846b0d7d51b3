"""The parts of the web process, put together once and handed to every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

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
from web.problems import Problem
from web.rate_limits import RateLimits
from web.turns.assistant import Assistant
from web.turns.conversation_keys import Clock, ConversationKeys
from web.turns.notifier import Notifier
from web.turns.turns import Turns


@dataclass(frozen=True)
class Application:
    """What one web process works with."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    links: BookingLinks
    clock: Clock
    conversation_keys: ConversationKeys
    rate_limits: RateLimits
    assistant: Assistant
    notifier: Notifier
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


def application_of(request: Request) -> Application:
    """What the process works with that answers a request."""
    application: Application = request.app.state.application
    return application


App = Annotated[Application, Depends(application_of)]


def agency_called(slug: str, app: Application) -> Agency:
    """The agency of a name.

    Raises:
        Problem: there is none.
    """
    agency = app.agencies.get(slug)
    if agency is None:
        raise Problem(404, app.wording.say("page.agency_unknown"))
    return agency


def known_agency(slug: str, app: App) -> Agency:
    """The agency of a page's address, for a route with `{slug}` in it."""
    return agency_called(slug, app)


KnownAgency = Annotated[Agency, Depends(known_agency)]


def usual_agency(app: Application) -> Agency:
    """The agency of a page that is no agency's."""
    return app.agencies.get(app.settings.agency) or next(iter(app.agencies.values()))


def address_of(request: Request) -> str:
    """The network address a request comes from."""
    return request.client.host if request.client else ""
