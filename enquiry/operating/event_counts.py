"""Counts of the log's events for Prometheus: whatever is told there is counted here, so nothing has to be told twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    start_http_server,
)

from enquiry.operating.logs import EVENTS_LOGGER, event_log

LOOPBACK = "127.0.0.1"
# Seconds: most answers take a tenth of one; the page waits for eight.
BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30)
log = event_log()


class EventCounts(logging.Handler):
    """Counts what is told in the log of this process, while it listens."""

    def __init__(self) -> None:
        super().__init__()
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second line for each count, which nobody reads
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._events = Counter("hearth_events", "Lines of the log.", ["event"], registry=registry)
        self._replies = Histogram(
            "hearth_reply_seconds",
            "How long the sender of a message waited, and what came of it.",
            ["outcome"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._bookings = Counter("hearth_bookings", "What became of bookings.", ["kind", "outcome"], registry=registry)
        self._limits = Counter("hearth_limits_hit", "Requests that were too many.", ["limit"], registry=registry)
        self._sign_ins = Counter("hearth_sign_ins_refused", "Sign-ins refused.", ["reason"], registry=registry)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Count what happens inside."""
        EVENTS_LOGGER.addHandler(self)
        try:
            yield
        finally:
            EVENTS_LOGGER.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one event."""
        try:
            self._count(record.msg)
        except Exception:
            # A fact that is missing must not end what was told of.
            self.handleError(record)

    def _count(self, facts: Any) -> None:
        event = facts["event"]
        self._events.labels(event).inc()
        match event:
            case "message_answered" | "message_too_late" | "message_assistant_away":
                self._replies.labels(event.removeprefix("message_")).observe(facts["milliseconds"] / 1000)
            case "booking_changed":
                self._bookings.labels(facts["kind"], facts["change"]).inc()
            case "booking_refused":
                self._bookings.labels(facts["kind"], facts["reason"]).inc()
            case "limit_hit":
                self._limits.labels(facts["limit"]).inc()
            case "sign_in_refused":
                self._sign_ins.labels(facts["reason"]).inc()


@contextmanager
def served_counts(port: int | None) -> Iterator[None]:
    """Count what happens inside, and tell the counts on a port of the loopback interface.

    Args:
        port: None where nobody wants them. Where it is taken the process does its work without.
    """
    if port is None:
        yield
        return
    counts = EventCounts()
    try:
        start_http_server(port, addr=LOOPBACK, registry=counts.registry)
    except OSError as error:
        log.warning("metrics_not_served", port=port, exc_info=error)
    with counts.listening():
        yield
