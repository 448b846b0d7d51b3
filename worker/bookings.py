"""Bookings as time passes: offers lapse and go on to the next, reminders are made, the plan puts new dates into the diary.

Each event and each agency has a transaction of its own. One that ends in a trouble does not keep the others waiting: the trouble is
raised when all have had their turn, and what is still due is done in another round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from enquiry.agencies.agency import Agency
from enquiry.bookings.attempt import Attempt
from enquiry.bookings.events.events import plan_events, plan_lacks
from enquiry.bookings.events.places import lapse_offers, offers_to_lapse
from enquiry.bookings.reminders import anything_due, make_reminders
from enquiry.store.engine import Store


def lapse_unanswered(store: Store, attempt: Attempt) -> int:
    """End the offers that were not answered in time, and offer the places to the next.

    Returns:
        How many lapsed.
    Raises:
        SQLAlchemyError: of an event; the others have been dealt with.
    """
    with store.read() as session:
        events = offers_to_lapse(session, attempt.now)

    def lapse(event_id: str) -> int:
        with store.write() as session:
            return lapse_offers(session, event_id, attempt)

    return _each(events, lapse)


def remind(store: Store, attempt: Attempt) -> int:
    """Queue the reminders and thanks that are due.

    Returns:
        How many were queued.
    Raises:
        SQLAlchemyError: of an agency; the others have been dealt with.
    """

    def of_one(slug: str) -> int:
        with store.read() as session:
            # Looked first: a worker with nothing to do does not become a writer.
            if not anything_due(session, slug, attempt.now):
                return 0
        with store.write() as session:
            return make_reminders(session, slug, attempt)

    return _each(attempt.catalogue.agencies, of_one)


def plan_ahead(store: Store, agencies: Mapping[str, Agency], now: datetime) -> int:
    """Put the dates of each agency's plan that are missing into the diary.

    Returns:
        How many were put there.
    Raises:
        SQLAlchemyError: of an agency; the others have been dealt with.
    """

    def of_one(slug: str) -> int:
        with store.read() as session:
            # Looked first, as above.
            if not plan_lacks(session, agencies[slug], now):
                return 0
        with store.write() as session:
            return plan_events(session, agencies[slug], now)

    return _each(agencies, of_one)


def _each(ids: Iterable[str], do: Callable[[str], int]) -> int:
    done, troubles = 0, []
    for one in ids:
        try:
            done += do(one)
        except SQLAlchemyError as trouble:
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return done
