"""One set of real servers for all conversations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bench.support.servers import Servers
from enquiry.store.engine import Store
from enquiry.store.models import Event
from tests.support.other_service import clear_away

PLACES = 1000  # the conversations of a whole run, most of which choose the first event


@pytest.fixture
def store(servers: Servers) -> Iterator[Store]:
    """The store, for a test with dates of its own (other_service.py)."""
    opened = servers.store()
    yield opened
    clear_away(opened)
    opened.close()


def _make_room(servers: Servers) -> None:
    store = servers.store()
    with store.write() as session:
        for event in session.scalars(select(Event)):
            event.places = PLACES
    store.close()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    running = Servers(tmp_path_factory.mktemp("hearth"))
    try:
        running.start_all()
        _make_room(running)
        yield running
    finally:
        running.stop_all()
