"""The store under test, on both databases, really."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from diary import Diary
from sqlalchemy import make_url, text

from enquiry.agencies.agency import LONDON, Agency
from enquiry.conversations.conversation import add_message, open_conversation
from enquiry.enums import Author
from enquiry.journey.record import enquiry_of
from enquiry.setup.migrate import migrate
from enquiry.staff import accounts as staff
from enquiry.store.engine import Store
from enquiry.store.models import Base, Conversation, Enquiry, Event, Visitor
from launcher.testing.postgres import private_postgres

DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords hashed as they are outside tests, only with less work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a PostgreSQL server of our own."""
    with private_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("store") / "hearth.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres: str) -> str:
    """Address of a migrated PostgreSQL database, emptied for each test."""
    url = _new_database(postgres)
    _migrate(url)
    return url


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def new_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database with nothing in it, not even tables."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'hearth.db'}"
    return _new_database(request.getfixturevalue("postgres"))


@pytest.fixture
def store(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A migrated, empty store."""
    if database == "sqlite":
        file = tmp_path / "hearth.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        opened = Store(f"sqlite:///{file}")
    else:
        opened = Store(request.getfixturevalue("migrated_database"))
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        with opened.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names}"))
    yield opened
    opened.close()


@dataclass(frozen=True)
class Maker:
    """Makes what tests need, in a transaction of its own."""

    store: Store
    agency: Agency
    now: datetime

    def event(self, places: int = 20, days: int = 7, agency: str | None = None) -> str:
        """Id of an event some days from now."""
        starts_at = self.now + timedelta(days=days, minutes=next(_numbers))
        with self.store.write() as session:
            event = Event(
                agency=agency or self.agency.slug,
                title="Find out about fostering",
                venue="County Hall",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=90),
                places=places,
            )
            session.add(event)
            session.flush()
            return event.id

    def visitor(self, name: str = "Initial visitor 1", **details: Any) -> str:
        """Id of an initial visitor who makes visits from 8am to 8pm on every day of the week, half an hour apart."""
        pattern = {str(day): [["08:00", "20:00"]] for day in range(7)}
        values = {"visit_minutes": 90, "buffer_minutes": 30, "most_a_day": 5, "pattern": pattern}
        with self.store.write() as session:
            visitor = Visitor(agency=self.agency.slug, name=name, **{**values, **details})
            session.add(visitor)
            session.flush()
            return visitor.id

    def moment(self, days: int = 7, hour: int = 10) -> datetime:
        """A moment some days from now at which a visitor could begin, on the hour in local time."""
        day = (self.now + timedelta(days=days)).astimezone(LONDON)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)

    def enquiry(self, **contact: object) -> str:
        """Id of an enquiry with one conversation."""
        with self.store.write() as session:
            enquiry = enquiry_of(session, open_conversation(session, self.agency.slug, self.now), self.now)
            for name, value in contact.items():
                setattr(enquiry, name, value)
            return enquiry.id

    def conversation(self) -> str:
        """Id of a conversation without an enquiry."""
        with self.store.write() as session:
            return open_conversation(session, self.agency.slug, self.now).id

    def message(self, conversation_id: str, text: str, **more: Any) -> str:
        """Id of a message put into a conversation; the enquirer's, unless another author is given."""
        with self.store.write() as session:
            conversation = session.get_one(Conversation, conversation_id)
            given = {"author": Author.ENQUIRER, "now": self.now, **more}
            return add_message(session, conversation, text=text, **given).id

    def taken(self, event_id: str) -> int:
        """How many places of an event the store says are taken."""
        with self.store.read() as session:
            return session.get_one(Event, event_id).taken

    def stage(self, enquiry_id: str) -> str:
        """The stage of an enquiry."""
        with self.store.read() as session:
            return session.get_one(Enquiry, enquiry_id).stage

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.store.read() as session:
            return session.query(table).count()

    def conversation_of(self, enquiry_id: str) -> str:
        """Id of the conversation of an enquiry."""
        with self.store.read() as session:
            return session.query(Conversation.id).filter_by(enquiry_id=enquiry_id).one()[0]


@pytest.fixture
def make(store: Store, agency: Agency, now: datetime) -> Maker:
    """Makes what the test needs."""
    return Maker(store, agency, now)


@pytest.fixture
def diary(make: Maker) -> Diary:
    """Does with bookings what people and staff do."""
    return Diary(make)


@pytest.fixture
def many_enquiries(make: Maker) -> Callable[[int], list[str]]:
    """Ids of so many enquiries."""
    return lambda number: [make.enquiry() for _ in range(number)]


def _migrate(url: str) -> None:
    opened = Store(url)
    with opened.engine.begin() as connection:
        migrate(connection)
    opened.close()


def _new_database(server: str) -> str:
    name = f"hearth_{next(_numbers)}"
    admin = Store(server)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.close()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
