"""A storm of bookings from several processes, beside a worker: nothing is booked twice, nothing somebody was told is lost."""

from __future__ import annotations

import pytest

from bench.support.storm_findings import mistakes
from bench.support.storming import EVENTS, make_ground, rage
from enquiry.store.engine import Store

ATTEMPTS = 800


@pytest.mark.filterwarnings("error")
def test_hundreds_of_attempts_from_four_processes_leave_everything_as_people_were_told(store: Store) -> None:
    ground = make_ground(store, ATTEMPTS)
    found = rage(ground)
    assert (
        sum(found.counts.values()) - found.counts["shown other dates"] - found.counts["of these, none was free"]
        == ATTEMPTS
    )
    assert mistakes(store, ground, found) == []
    # It was a storm: there was little to be had of everything, and much of it was given back and offered on.
    refused = {name.partition(": ")[2] for name in found.counts}
    assert {"EventFull", "EventGone", "AlreadyBooked"} <= refused
    assert (
        min(found.counts[name] for name in ("book visit", "move visit", "give back", "cancel visit", "accept")) > EVENTS
    )
