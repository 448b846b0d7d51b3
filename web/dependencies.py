"""What the web process is made of, put together once and handed to every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.event_counts import EventCounts
from enquiry.settings import Settings
from enquiry.store.engine import Store
from web.operating.health import Readiness
from web.operating.metrics import Figures
from web.rate_limits import Limits
from web.turns.assistant import Assistant
from web.turns.conversation_keys import Clock, Keys
from web.turns.notifier import Hub
from web.turns.turns import Turns


@dataclass(frozen=True)
class Parts:
    """The parts of one web process."""

    settings: Settings
    store: Store
    agencies: Mapping[str, Agency]
    wording: Wording
    clock: Clock
    keys: Keys
    limits: Limits
    assistant: Assistant
    hub: Hub
    turns: Turns
    readiness: Readiness
    counts: EventCounts
    figures: Figures
