"""The booking pages over a store of their own, without a server and without an assistant."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from enquiry.catalogue import Catalogue
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.staff import accounts as staff
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Event, OutboxMessage, Place, Visit
from web.app import create_app

# Monday, 10am in Leicestershire.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DATES = "/book/leicestershire"
VISIT = f"{DATES}/visit"
FROM_HERE = {"Origin": "http://testserver"}
SOMEBODY = {"name": "Robin", "phone": "07700 900123", "email": "", "safe": "yes", "people": "2"}
AT_HOME = {"name": "Robin", "phone": "07700 900123", "email": "", "safe": "yes", "area": "Blaby"}


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Fields(HTMLParser):
    """What the fields of a page hold, as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.choices: dict[str, list[str]] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "textarea":
            self._area = name
        if tag != "input" or not name:
            return
        chosen = given.get("type") in ("radio", "checkbox")
        if chosen:
            self.choices.setdefault(name, []).append(given.get("value") or "")
        if not chosen or "checked" in given:
            self.values.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values.setdefault(self._area, []).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


@dataclass
class Site:
    """The pages, what stands behind them, and a clock."""

    client: TestClient
    store: Store
    clock: Clock
    settings: Settings
    forms: int = field(default=0)

    def get(self, address: str) -> Response:
        answer: Response = self.client.get(address, follow_redirects=False)
        return answer

    def post(self, address: str, **fields: Any) -> Response:
        answer: Response = self.client.post(address, data=fields, follow_redirects=False)
        return answer

    def text(self, address: str) -> str:
        return words_of(self.client.get(address))

    def event(self, *, places: int = 20, days: float = 9, **details: Any) -> str:
        """Id of an event some days from now."""
        starts_at = self.clock.now + timedelta(days=days)
        given: dict[str, Any] = {
            "agency": "leicestershire",
            "title": "Find out about fostering",
            "venue": "County Hall",
            **details,
        }
        with self.store.write() as session:
            event = Event(**given, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), places=places)
            session.add(event)
            session.flush()
            return event.id

    def book(self, event_id: str, **more: Any) -> Response:
        """Fill in the form of an event, a fresh one unless `form` is given, and send it."""
        self.forms += 1
        form = f"{self.forms:032x}"
        return self.post(f"{DATES}/events/{event_id}", **{"form": form, "act": "book", **SOMEBODY, **more})

    def booked(self, event_id: str, **more: Any) -> str:
        """Address of the page of a place at an event."""
        return address_in(self.book(event_id, **more))

    def time(self, number: int = 0) -> str:
        """A free time for a visit, as a form sends it."""
        return Fields(self.get(VISIT).text).choices["at"][number]

    def kept(self, at: str) -> str:
        """Address of the form for the details of a visit, with the time kept."""
        self.forms += 1
        answer = self.post(VISIT, form=f"{self.forms:032x}", at=at)
        assert answer.status_code == 303, words_of(answer)
        return answer.headers["location"]

    def visit(self, at: str, **more: Any) -> str:
        """Address of the page of a visit."""
        return address_in(self.post(self.kept(at), **{**AT_HOME, **more}))

    def rows(self, table: type[Any]) -> list[Any]:
        with self.store.read() as session:
            return list(session.scalars(select(table)))

    def places(self) -> list[Place]:
        return sorted(self.rows(Place), key=lambda place: place.booked_at)

    def visits(self) -> list[Visit]:
        return self.rows(Visit)

    def enquiries(self) -> list[Enquiry]:
        return sorted(self.rows(Enquiry), key=lambda enquiry: enquiry.created_at)

    def letters(self) -> list[str]:
        """The kinds of letters that are to go out."""
        return [message.kind for message in self.rows(OutboxMessage)]


def address_in(answer: Response) -> str:
    """The address of the booking an answer leads to, without what is said there."""
    assert answer.status_code == 303, words_of(answer)
    found: str = answer.headers["location"].partition("?")[0]
    assert found.startswith("/booking/")
    return found


def words_of(answer: Response) -> str:
    """The page's words without its tags, each run of space made one."""
    plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", plain.replace("&#39;", "'"))


def title_of(answer: Response) -> str:
    """The title of a page."""
    found = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to copy: no events, two visitors at Leicestershire."""
    folder = tmp_path_factory.mktemp("prepared")
    settings = Settings(state_dir=folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        prepare_store(settings, NOW)
    store = Store(settings.store_url)
    with store.write() as session:
        for event in session.scalars(select(Event)):
            session.delete(event)
    store.close()
    return folder / "hearth.db"


@pytest.fixture
def open_site(prepared: Path, tmp_path: Path, catalogue: Catalogue) -> Iterator[Callable[..., Site]]:
    """Put the pages together with some settings."""
    opened: list[Store] = []

    def put_together(**more: Any) -> Site:
        shutil.copy(prepared, tmp_path / "hearth.db")
        given = {"bookings_per_hour": 1000, "sign_ins_per_minute": 1000, **more}
        settings = Settings(
            state_dir=tmp_path, secret="for tests alone, and long enough", public_url="http://testserver", **given
        )
        store, clock = Store(settings.store_url), Clock()
        opened.append(store)
        app = create_app(settings, store, catalogue, clock)
        client = TestClient(app, raise_server_exceptions=False, headers=FROM_HERE)
        return Site(client, store, clock, settings)

    yield put_together
    for store in opened:
        store.close()


@pytest.fixture
def site(open_site: Callable[..., Site]) -> Site:
    """The pages, with limits that no test meets."""
    return open_site()
