"""Figures for Prometheus: what this process counted, and what the store says is open, asked when they are read."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import NamedTuple

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request

from enquiry.queries.figures import Group, outbox_by_state, overdue_handoffs, untaken_disclosures, waiting_messages
from enquiry.store.engine import Store
from enquiry.store.probe import ask
from web.operating.deadline import AskedInTime, NoAnswer
from web.turns.assistant import Assistant, Presence
from web.turns.conversation_keys import Clock

SECONDS = 2
OUTBOX_STATES = ("waiting", "given_up", "in_doubt")
# Whoever stands in the middle says so; what comes through a proxy comes from the public, also when the proxy is on this machine.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def may_read_figures(request: Request, token: str) -> bool:
    """Whether somebody on this machine asks, or somebody with the token of the settings."""
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode()):
        return True
    here = _is_loopback(request.client.host if request.client else "") and _is_loopback(request.url.hostname or "")
    return here and not any(name in request.headers for name in FORWARDED)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class Gauge(NamedTuple):
    """A figure of the store, and the age of the oldest beside it."""

    name: str
    what: str
    label: str | None = None  # beside the agency
    kinds: tuple[str, ...] = ()  # told of every agency also while there are none


GAUGES = (
    Gauge("messages_waiting", "messages that the assistant has not answered", kinds=("",)),
    Gauge("conversations_silent", "conversations left unanswered for two minutes", kinds=("",)),
    Gauge("outbox_messages", "messages to people", "state", OUTBOX_STATES),
    Gauge("handoffs_overdue", "handoffs that are overdue", "reason"),
    Gauge("disclosures_untaken", "disclosures that nobody has taken on", kinds=("",)),
)


@dataclass(frozen=True)
class Open:
    """What is open in the store at one moment."""

    at: datetime
    groups: tuple[list[Group], ...]  # in the order of GAUGES


class Figures(Collector):
    """The figures of this process and of the store. Labels hold words of Hearth's own, never anything of a person."""

    def __init__(
        self, registry: CollectorRegistry, store: Store, assistant: Assistant, agencies: Collection[str], clock: Clock
    ) -> None:
        self._store = store
        self._assistant = assistant
        self._agencies = agencies
        self._clock = clock
        self._registry = registry
        self._asked = AskedInTime(self._ask, SECONDS)
        self._open: Open | None = None
        registry.register(self)

    async def text(self) -> bytes:
        """All figures, as Prometheus reads them. Those of the store are missing while it does not answer in time."""
        try:
            self._open = await self._asked.answer()
        except NoAnswer:
            self._open = None
        return generate_latest(self._registry)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What is no count of this process."""
        awake = self._assistant.presence is Presence.AWAKE
        yield GaugeMetricFamily("hearth_assistant_awake", "1 while the assistant answers.", value=awake)
        yield GaugeMetricFamily("hearth_store_answers", "1 while the store answers.", value=self._open is not None)
        if self._open is None:
            return
        for gauge, groups in zip(GAUGES, self._open.groups, strict=True):
            labels = ["agency", *([gauge.label] if gauge.label else [])]
            number = GaugeMetricFamily(f"hearth_{gauge.name}", f"Number of {gauge.what}.", labels=labels)
            oldest = GaugeMetricFamily(
                f"hearth_{gauge.name}_oldest_seconds", f"Age of the oldest of {gauge.what}.", labels=labels
            )
            known = {(group.agency, group.kind): group for group in groups}
            for place in sorted({*known, *((slug, kind) for slug in self._agencies for kind in gauge.kinds)}):
                group = known.get(place)
                values = place[: len(labels)]
                number.add_metric(values, group.number if group else 0)
                oldest.add_metric(values, (self._open.at - group.oldest).total_seconds() if group else 0)
            yield from (number, oldest)

    def _ask(self) -> Open:
        now = self._clock()
        # Over a connection of its own: those of the pool may still be at a file that has been taken away.
        ask(self._store.url, "SELECT 1 FROM alembic_version", SECONDS)
        with self._store.read() as session:
            of_people = outbox_by_state(session, now), overdue_handoffs(session, now), untaken_disclosures(session)
            return Open(now, (*waiting_messages(session, now), *of_people))
