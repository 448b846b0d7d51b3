"""What every action works with: the store, the agencies, the criteria, the approved texts and a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from enquiry.agencies import Agency, load_agencies
from enquiry.criteria import Criteria, load_criteria
from enquiry.out_of_scope import Kind, load_kinds
from enquiry.safeguarding import Category, load_categories
from enquiry.settings import ROOT, load_settings
from enquiry.store.engine import Store
from enquiry.topics import Topic, usable_topics
from enquiry.wording import Wording, load_wording


@dataclass(frozen=True)
class Desk:
    """Read once a process."""

    store: Store
    agencies: Mapping[str, Agency]
    criteria: Criteria
    categories: Mapping[str, Category]
    topics: Mapping[str, Topic]
    out_of_scope: Mapping[str, Kind]
    wording: Wording
    clock: Callable[[], datetime]


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The desk of this process.

    Raises:
        BrokenSetting, BrokenAgency, BrokenCriteria, BrokenTopic: with a sentence that says what to change.
    """
    data = ROOT / "data"
    return Desk(
        store=Store(load_settings().store_url),
        agencies=load_agencies(data / "agencies"),
        criteria=load_criteria(data / "criteria.yml"),
        categories=load_categories(data / "safeguarding.yml"),
        topics=usable_topics(data / "topics"),
        out_of_scope=load_kinds(data / "out_of_scope.yml"),
        wording=load_wording(data / "wording"),
        clock=lambda: datetime.now(UTC),
    )
