"""Look whether a worker that is killed while it sends loses messages or sends them twice: `./hearth bench kills`.

Real worker processes hand e-mails over to a real mail server on this machine and are killed (SIGKILL) at random moments of
their first seconds, half of them on SQLite, half on PostgreSQL. In the end the mail server's count is compared with the store.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.support.killing import Killing, Tally
from bench.support.mail_box import mail_server
from enquiry.setup.migrate import migrate
from enquiry.store.engine import Store
from launcher.testing.postgres import private_postgres

KILLS = 200
SECONDS = 1.5
# A server that looks at what it gets before it says yes: many are killed just then.
LONGEST_LOOK = 0.02


def measure(kills: int = KILLS) -> dict[str, dict[str, float]]:
    """Kill workers so many times, and count.

    Returns:
        By database: kills, messages queued, sent, in doubt (and how many of those did arrive), lost, sent twice, and seconds.
    """
    with private_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{folder}/hearth.db", "postgresql": postgres}
        return {name: _measured(url, Path(folder), kills // len(urls)) for name, url in urls.items()}


def _measured(url: str, state: Path, kills: int) -> dict[str, float]:
    began = time.monotonic()
    tally = _killed(url, state, kills)
    return {**asdict(tally), "seconds": round(time.monotonic() - began, 1)}


def _killed(url: str, state: Path, kills: int) -> Tally:
    store = Store(url)
    with store.engine.begin() as connection:
        migrate(connection)
    try:
        with mail_server() as box:
            box.pause = lambda: random.uniform(0, LONGEST_LOOK)
            killing = Killing(store, state, box)
            killing.run(kills, SECONDS, random.Random())
            killing.settle()
            return killing.tally(kills)
    finally:
        store.close()


if __name__ == "__main__":
    # The mail server complains of every client that vanishes.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for database, values in found.items():
            print(database)
            for name, value in values.items():
                print(f"{name:>20}  {value}")
