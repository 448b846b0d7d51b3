"""The worker process: `python -m worker`. It ends at SIGTERM or SIGINT, between two pieces of work."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from enquiry.bookings.attempt import WORKER, Attempt, Door
from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import usable_catalogue
from enquiry.datafiles.source import BrokenFile
from enquiry.operating.event_counts import served_counts
from enquiry.operating.heartbeat import beat
from enquiry.operating.logs import event_log, refuse_start, set_up_logs
from enquiry.outbox.failures import Failures
from enquiry.settings import ROOT, BrokenSetting, load_settings
from enquiry.store.engine import Store
from worker.bookings import lapse_unanswered, plan_ahead, remind
from worker.deliver import deliver_due
from worker.providers.choice import choose_provider
from worker.retention import delete_abandoned, delete_abandoned_forms, sweep_links
from worker.silence import SilenceWatch
from worker.sweeping import sweep_files

EVERY_SECONDS = 2.0
# What it writes is for its own user alone: it holds what people told the service.
OWNER_ALONE = 0o077

log = event_log()


class Chore:
    """Work that is done in the first round, and then again after a while."""

    def __init__(self, name: str, every: timedelta, work: Callable[[], object]) -> None:
        self.name = name
        self._every = every
        self._work = work
        self._next: datetime | None = None

    def do_if_due(self, now: datetime) -> None:
        """Do it, unless it has been done a short while ago. One that ends in an error is due at once."""
        if self._next is None or now >= self._next:
            self._work()
            self._next = now + self._every


def main() -> int:
    """Work until told to stop.

    Returns:
        Exit status: 0, or 1 when a setting can't be used.
    """
    os.umask(OWNER_ALONE)
    try:
        settings = load_settings()
        set_up_logs("worker", settings.log_format)
        catalogue = usable_catalogue(ROOT / "data")
    except (BrokenSetting, BrokenFile) as trouble:
        return refuse_start("worker", trouble)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    store = Store(settings.store_url)
    state = ROOT / settings.state_dir
    folder = state / "outbox"
    failures = Failures(catalogue.wording)
    provider = choose_provider(settings, folder)
    links = BookingLinks(settings.address, settings.signing_key)
    silence = SilenceWatch(store, catalogue)

    def attempt() -> Attempt:
        return Attempt(Door.WORKER, WORKER, _now(), catalogue, links)

    chores = (
        Chore("deliver", timedelta(0), lambda: deliver_due(store, provider, failures, _now)),
        Chore("silence", timedelta(0), lambda: silence.look(_now())),
        Chore("lapse", timedelta(0), lambda: lapse_unanswered(store, attempt())),
        Chore("remind", timedelta(minutes=1), lambda: remind(store, attempt())),
        Chore("plan", timedelta(hours=1), lambda: plan_ahead(store, catalogue.agencies, _now())),
        Chore("sweep", timedelta(minutes=1), lambda: _tell("files", sweep_files(store, folder, _now()))),
        Chore("abandoned", timedelta(hours=1), lambda: _tell("conversations", delete_abandoned(store, _now()))),
        Chore("forms", timedelta(minutes=10), lambda: _tell("forms", delete_abandoned_forms(store, _now()))),
        Chore("links", timedelta(hours=1), lambda: _tell("links", sweep_links(store, _now()))),
        Chore("beat", timedelta(0), lambda: beat(state)),
    )
    with served_counts(settings.worker_metrics_port if settings.metrics else None):
        log.info("process_started")
        while not stop.is_set():
            for chore in chores:
                _do(chore)
            stop.wait(EVERY_SECONDS)
        log.info("process_stopping")
    store.close()
    return 0


def _do(chore: Chore) -> None:
    try:
        chore.do_if_due(_now())
    except (SQLAlchemyError, OSError) as trouble:
        # The database may be starting or under repair, the disk full. What is due is done in another round.
        log.warning("chore_failed", chore=chore.name, exc_info=trouble)


def _tell(what: str, deleted: int) -> None:
    """What a round of retention deleted; one that found nothing is told for conversations only, as the proof that there was one."""
    if deleted or what == "conversations":
        log.info("retention_done", what=what, deleted=deleted)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
