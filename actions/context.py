"""The tools of every action: the store, the catalogue, the links and a clock. Put together once, when the server starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue, load_catalogue
from enquiry.settings import ROOT, Settings
from enquiry.store.engine import Store


@dataclass(frozen=True)
class Context:
    """The tools of one action server."""

    store: Store
    catalogue: Catalogue
    links: BookingLinks
    clock: Callable[[], datetime]


def make_context(settings: Settings) -> Context:
    """Read data/ and open the way to the store.

    Raises:
        BrokenFile: with a sentence that says what to change.
    """
    return Context(
        store=Store(settings.store_url),
        catalogue=load_catalogue(ROOT / "data"),
        links=BookingLinks(settings.address, settings.signing_key),
        clock=lambda: datetime.now(UTC),
    )
