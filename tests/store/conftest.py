"""The store under test, on both databases, really."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import make_url, text

from enquiry.agencies.agency import Agency
from enquiry.setup.migrate import migrate
from enquiry.staff import accounts as staff
from enquiry.store.engine import Store
from enquiry.store.models import Base
from launcher.testing.postgres import private_postgres
from tests.support.diary import Diary
from tests.support.maker import Maker

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
