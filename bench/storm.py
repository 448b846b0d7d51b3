"""Look whether many who book, move and cancel at once ever book more than there is, or lose what they were told: `./hearth bench storm`.

Four processes make 10,000 attempts on 50 visits and 3 events of 20 places, beside a worker, on SQLite and on a PostgreSQL of its own.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.support.storm_findings import mistakes
from bench.support.storming import BEGINS, VISIT_DAYS, VISITORS, clear, make_ground, rage
from enquiry.settings import Settings
from enquiry.setup.prepare import prepare_store
from enquiry.store.engine import Store
from launcher.testing.postgres import private_postgres

ATTEMPTS = 10_000
SHOWN = 10


def measure(attempts: int = ATTEMPTS) -> dict[str, dict[str, Any]]:
    """Let it storm.

    Returns:
        By database: attempts, what came of them, mistakes (none, if all is well), seconds, and milliseconds an attempt.
    """
    with private_postgres() as postgres, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": f"sqlite:///{folder}/hearth.db", "postgresql": postgres}
        return {name: _measured(url, Path(folder), attempts) for name, url in urls.items()}


def _measured(url: str, folder: Path, attempts: int) -> dict[str, Any]:
    # As an installation has it: on SQLite, readers do not wait for writers.
    prepare_store(Settings(state_dir=folder, database_url=url), BEGINS - timedelta(days=60))
    store = Store(url)
    try:
        clear(store)
        ground = make_ground(store, attempts)
        began = time.monotonic()
        found = rage(ground)
        seconds = time.monotonic() - began
        cuts = statistics.quantiles(found.milliseconds, n=100)
        wrong = mistakes(store, ground, found)
        return {
            "attempts": len(found.milliseconds),
            "visits_there_are": VISITORS * VISIT_DAYS,
            "mistakes": wrong[:SHOWN],
            "seconds": round(seconds, 1),
            "p50_ms": round(cuts[49], 1),
            "p95_ms": round(cuts[94], 1),
            "longest_ms": round(max(found.milliseconds), 1),
            **dict(sorted(found.counts.items())),
        }
    finally:
        store.close()


if __name__ == "__main__":
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for database, values in found.items():
            print(database)
            for name, value in values.items():
                print(f"{name:>30}  {value}")
    sys.exit(1 if any(values["mistakes"] for values in found.values()) else 0)
