"""What every action works with: the store, the agencies, the criteria, the approved texts and a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.agencies.areas import Council, load_councils
from enquiry.content.out_of_scope import Kind, load_kinds
from enquiry.content.topics import Topic, usable_topics
from enquiry.content.wording import Wording, load_wording
from enquiry.datafiles.placeholders import UnknownPlaceholder, fill
from enquiry.safeguarding.categories import Category, load_categories
from enquiry.safeguarding.private_text import PrivateWords, as_button, load_private_words
from enquiry.screening.criteria import Criteria
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT, load_settings
from enquiry.store.engine import Store


@dataclass(frozen=True)
class Desk:
    """Read once a process."""

    store: Store
    agencies: Mapping[str, Agency]
    criteria: Mapping[str, Criteria]  # by agency, in its words
    councils: tuple[Council, ...]
    categories: Mapping[str, Category]
    topics: Mapping[str, Topic]
    out_of_scope: Mapping[str, Kind]
    wording: Wording
    private_words: PrivateWords
    button_texts: Mapping[str, frozenset[str]]  # by agency, each as `as_button` gives it
    clock: Callable[[], datetime]


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The desk of this process.

    Raises:
        BrokenSetting, BrokenFile: with a sentence that says what to change.
    """
    data = ROOT / "data"
    agencies, criteria = load_agencies(data / "agencies"), load_criteria(data / "criteria.yml")
    topics, wording = usable_topics(data / "topics"), load_wording(data / "wording")
    titles = [topic.title for topic in topics.values()]
    titles += [title for question in criteria.questions.values() for title in question.titles]
    titles += [text for key, text in wording.texts.items() if key.startswith("assistant.button_")]
    return Desk(
        store=Store(load_settings().store_url),
        agencies=agencies,
        criteria={slug: criteria.worded_for(agency.facts) for slug, agency in agencies.items()},
        councils=load_councils(data / "councils.yml"),
        categories=load_categories(data / "safeguarding.yml"),
        topics=topics,
        out_of_scope=load_kinds(data / "out_of_scope.yml"),
        wording=wording,
        private_words=load_private_words(data / "private_text.yml"),
        button_texts={slug: _buttons(titles, agency) for slug, agency in agencies.items()},
        clock=lambda: datetime.now(UTC),
    )


def _buttons(titles: list[str], agency: Agency) -> frozenset[str]:
    found = set()
    for title in titles:
        with suppress(UnknownPlaceholder):  # then there is no such button with this agency
            found.add(as_button(fill(title, {"agency": agency.facts})))
    return frozenset(found)
