"""The worker process: `python -m worker`. It ends at SIGTERM or SIGINT, between two pieces of work."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from enquiry.agencies import load_agencies
from enquiry.settings import ROOT, BrokenSetting, load_settings
from enquiry.store.engine import Store
from worker.deliver import FileProvider, deliver_due
from worker.silence import hand_over_silent, silent_conversations

EVERY_SECONDS = 2.0

log = logging.getLogger("hearth.worker")


def main() -> int:
    """Work until told to stop.

    Returns:
        Exit status: 0, or 1 when a setting can't be used.
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    try:
        settings = load_settings()
    except BrokenSetting as trouble:
        print(trouble, file=sys.stderr)
        return 1
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    store = Store(settings.store_url)
    provider = FileProvider(ROOT / settings.state_dir / "outbox")
    agencies = load_agencies(ROOT / "data" / "agencies")
    while not stop.is_set():
        try:
            deliver_due(store, provider, _now)
            with store.read() as session:
                silent = silent_conversations(session, _now())
            if silent:
                with store.write() as session:
                    hand_over_silent(session, agencies, _now())
        except SQLAlchemyError as trouble:
            # The database may be starting or under repair. What is due stays in the outbox for the next round.
            log.warning("The store can't be used at the moment: %s", trouble)
        stop.wait(EVERY_SECONDS)
    store.close()
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
