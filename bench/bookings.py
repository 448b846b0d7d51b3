"""Measure how long booking a place takes, end to end through a web process of its own: `./hearth bench bookings`.

500 households book places at three events over HTTP, 10 at a time, on SQLite and on a PostgreSQL of its own, each with an e-mail
address, so that the confirmation is written as well. A time is that of one request, from sending it to having read the answer.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import func, select

from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.bookings.events.events import EventDetails, make_event
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from enquiry.store.models import Event, OutboxMessage, Place
from launcher.testing.postgres import private_postgres

AGENCY = "leicestershire"
BOOKINGS, AT_A_TIME, EVENTS = 500, 10, 3
# Aims, at the 95th percentile.
AIMS_MS = {"sqlite": 150, "postgresql": 100}


def measure(bookings: int = BOOKINGS) -> dict[str, dict[str, float]]:
    """Book places and measure.

    Returns:
        By database: bookings, milliseconds a booking (p50, p95, longest), bookings a second, and the aim for p95.
    """
    with private_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{folder}/hearth.db", "postgresql": postgres}
        return {
            name: {**_measured(url, Path(folder), bookings), "aim_p95_ms": AIMS_MS[name]} for name, url in urls.items()
        }


def _measured(url: str, folder: Path, bookings: int) -> dict[str, float]:
    now = datetime.now(UTC)
    prepare_store(Settings(state_dir=folder, database_url=url), now)
    store = Store(url)
    with store.write() as session:
        ids = []
        for number in range(EVENTS):
            at = now + timedelta(days=40 + number)
            details = EventDetails("Find out about fostering", "County Hall", at, at + timedelta(minutes=90), bookings)
            ids.append(make_event(session, AGENCY, details).id)
    with _web(url, folder) as address:
        _book(address, ids, range(-AT_A_TIME, 0))  # what is read at first use has been read
        began = time.perf_counter()
        times = _book(address, ids, range(bookings))
        seconds = time.perf_counter() - began
    with store.read() as session:
        kept = session.scalar(select(func.count()).select_from(Place)), session.scalar(select(func.sum(Event.taken)))
        letters = session.scalar(select(func.count()).select_from(OutboxMessage))
    store.close()
    everything = bookings + AT_A_TIME
    if kept != (everything, everything) or letters != everything:
        raise SystemExit(
            f"{everything} bookings were acknowledged; in the store are {kept[0]}, and {letters} confirmations."
        )
    cuts = statistics.quantiles(times, n=100)
    return {
        "bookings": bookings,
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "longest_ms": round(max(times), 1),
        "bookings_a_second": round(bookings / seconds, 1),
    }


def _book(address: str, events: list[str], numbers: range) -> list[float]:
    own = threading.local()

    def one(number: int) -> float:
        if not hasattr(own, "client"):
            own.client = httpx.Client(base_url=address, timeout=60)
        wanted = {
            "agency": AGENCY,
            "event_id": events[number % EVENTS],
            "name": "Robin",
            "contact": f"robin{number}@home.example",
            "people": 1,
        }
        began = time.perf_counter()
        answer = own.client.post("/api/bookings", json=wanted)
        taken = (time.perf_counter() - began) * 1000
        if answer.status_code != 201:
            raise SystemExit(f"A booking was answered with {answer.status_code}: {answer.text[:300]}")
        return taken

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(one, numbers))


@contextmanager
def _web(url: str, folder: Path) -> Iterator[str]:
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HEARTH_STATE_DIR": str(folder),
        "HEARTH_DATABASE_URL": url,
        "HEARTH_WEB_PORT": str(port),
        "HEARTH_BOOKINGS_PER_HOUR": "1000000",
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "web.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "web"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(address), f"the web process to answer; see {folder}/web.log", 30)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for database, values in found.items():
            print(database)
            for name, value in values.items():
                print(f"{name:>20}  {value}")
