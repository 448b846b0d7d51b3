"""Look whether a web process that is killed while people book loses what it acknowledged: `./hearth bench web-kills`.

Households book places over HTTP, six at a time; the web process is killed (SIGKILL) at random moments and started again. Whoever gets no
answer sends the same form again, as a browser's "try again" does. In the end every acknowledged place is in the store, each form is one
booking, and each booking has one confirmation to send.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
from sqlalchemy import select

from bench.support.ports import free_port
from bench.support.waiting import wait_until
from enquiry.bookings.events.events import EventDetails, make_event
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage, Place
from launcher.testing.postgres import private_postgres

AGENCY = "leicestershire"
KILLS, AT_A_TIME, PLACES = 60, 6, 450
LONGEST_LIFE = 0.8  # seconds after it answers


def measure(kills: int = KILLS) -> dict[str, dict[str, int]]:
    """Kill the web process so many times, half of them on each database, and count.

    Returns:
        By database: kills, acknowledged bookings, of these lost, forms that became two bookings, bookings without exactly one confirmation.
    """
    with private_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{folder}/hearth.db", "postgresql": postgres}
        return {name: _measured(url, Path(folder), kills // len(urls)) for name, url in urls.items()}


def _measured(url: str, folder: Path, kills: int) -> dict[str, int]:
    now = datetime.now(UTC)
    prepare_store(Settings(state_dir=folder, database_url=url), now)
    store = Store(url)
    with store.write() as session:
        at = [now + timedelta(days=40 + number) for number in range(20)]
        ids = [
            make_event(session, AGENCY, EventDetails("t", "v", one, one + timedelta(hours=1), PLACES)).id for one in at
        ]
    port, stop = free_port(), threading.Event()
    acknowledged: list[str] = []
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for number in range(AT_A_TIME):
            pool.submit(_book_on_and_on, f"http://127.0.0.1:{port}", ids, stop, acknowledged, number)
        try:
            for _ in range(kills):
                process = _web(url, folder, port)
                time.sleep(random.uniform(0, LONGEST_LIFE))
                process.kill()
                process.wait()
            process = _web(url, folder, port)
            time.sleep(1)
        finally:
            stop.set()
    process.terminate()
    process.wait()
    return {"kills": kills, **_count(store, acknowledged)}


def _count(store: Store, acknowledged: list[str]) -> dict[str, int]:
    with store.read() as session:
        kept = {place.reference: place.id for place in session.scalars(select(Place))}
        people = Counter(place.enquiry.contact_email for place in session.scalars(select(Place)))
        told = Counter(occasion.split(":")[1] for occasion in session.scalars(select(OutboxMessage.occasion)))
    store.close()
    return {
        "acknowledged": len(acknowledged),
        "lost": sum(reference not in kept for reference in acknowledged),
        "twice": sum(number > 1 for number in people.values()),
        "without_one_confirmation": sum(told[one] != 1 for one in kept.values()),
    }


def _book_on_and_on(
    address: str, events: list[str], stop: threading.Event, acknowledged: list[str], number: int
) -> None:
    count = 0
    with httpx.Client(base_url=address, timeout=10) as client:
        while not stop.is_set():
            count += 1
            contact = f"r{number}n{count}@home.example"
            wanted = {
                "agency": AGENCY,
                "event_id": random.choice(events),
                "contact": contact,
                "people": 1,
                "client_key": uuid4().hex,
            }
            while not stop.is_set():
                try:
                    answer = client.post("/api/bookings", json=wanted)
                except httpx.HTTPError:
                    time.sleep(0.02)
                    continue
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["reference"])
                break


def _web(url: str, folder: Path, port: int) -> subprocess.Popen[bytes]:
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
    wait_until(lambda: _answers(port), "the web process to answer", 30)
    return process


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def main() -> int:
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for name, figures in found.items():
            print(name, ", ".join(f"{what.replace('_', ' ')} {number}" for what, number in figures.items()))
    bad = ("lost", "twice", "without_one_confirmation")
    return 1 if any(figures[name] for figures in found.values() for name in bad) else 0


if __name__ == "__main__":
    sys.exit(main())
