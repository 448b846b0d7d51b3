"""Everything under data/ that a process works with, read once when it starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.agencies.areas import Council, load_councils
from enquiry.content.out_of_scope import Kind, load_kinds
from enquiry.content.senders import Senders, load_senders
from enquiry.content.topics import Topic, usable_topics
from enquiry.content.wording import Wording, load_wording
from enquiry.datafiles.placeholders import UnknownPlaceholder, fill
from enquiry.datafiles.source import BrokenFile
from enquiry.operating.logs import event_log
from enquiry.safeguarding.afterwards import NOTHING_SAID, Afterwards, load_afterwards
from enquiry.safeguarding.categories import Category, load_categories
from enquiry.safeguarding.private_text import KEEPS_NOTHING, PrivateWords, as_button, load_private_words
from enquiry.screening.criteria import NO_CRITERIA, Criteria
from enquiry.screening.criteria_file import load_criteria

log = event_log()


@dataclass(frozen=True)
class Catalogue:
    """The services and every approved text. A change to a file of data/ comes with a restart."""

    agencies: Mapping[str, Agency]
    councils: tuple[Council, ...]
    criteria: Mapping[str, Criteria]  # by agency, in its words
    categories: Mapping[str, Category]
    afterwards: Afterwards  # what is said after a disclosure
    topics: Mapping[str, Topic]
    out_of_scope: Mapping[str, Kind]
    senders: Senders
    wording: Wording
    private_words: PrivateWords
    button_texts: Mapping[str, frozenset[str]]  # by agency, each as `as_button` gives it


def load_catalogue(data: Path) -> Catalogue:
    """Read every file.

    Args:
        data: the folder data/.
    Raises:
        BrokenFile: with a sentence that names file, line and remedy.
    """
    agencies, criteria = load_agencies(data / "agencies"), load_criteria(data / "criteria.yml")
    topics, wording = usable_topics(data / "topics"), load_wording(data / "wording")
    titles = [topic.title for topic in topics.values()]
    titles += [part.title for topic in topics.values() for part in topic.parts]
    titles += [title for question in criteria.questions.values() for title in question.titles]
    titles += [text for key, text in wording.texts.items() if key.startswith("assistant.button_")]
    return Catalogue(
        agencies=agencies,
        councils=load_councils(data / "councils.yml"),
        criteria={slug: criteria.worded_for(agency.facts) for slug, agency in agencies.items()},
        categories=load_categories(data / "safeguarding.yml"),
        afterwards=load_afterwards(data / "afterwards.yml"),
        topics=topics,
        out_of_scope=load_kinds(data / "out_of_scope.yml"),
        senders=load_senders(data / "senders.yml"),
        wording=wording,
        private_words=load_private_words(data / "private_text.yml"),
        button_texts={slug: _buttons(titles, agency) for slug, agency in agencies.items()},
    )


def usable_catalogue(data: Path) -> Catalogue:
    """Read every file; where one is broken, the services and the sentences alone.

    So the page takes messages and gives the phone number, and reminders go out, while a file is put right. A disclosure whose category
    is not there counts as one after which a person arranges everything (enquiry/safeguarding/after_disclosure.py).

    Args:
        data: the folder data/.
    Raises:
        BrokenFile: the services or the sentences can't be read; without them there is nothing to show.
    """
    try:
        return load_catalogue(data)
    except BrokenFile as broken:
        first = broken.problems[0]
        log.error("data_unusable", count=len(broken.problems), place=f"{first.file.name}:{first.line}")
    agencies = load_agencies(data / "agencies")
    return Catalogue(
        agencies=agencies,
        councils=(),
        criteria=dict.fromkeys(agencies, NO_CRITERIA),
        categories={},
        afterwards=NOTHING_SAID,
        topics={},
        out_of_scope={},
        senders=Senders({}, {}),
        wording=load_wording(data / "wording"),
        private_words=KEEPS_NOTHING,
        button_texts={},
    )


def _buttons(titles: Iterable[str], agency: Agency) -> frozenset[str]:
    found = set()
    for title in titles:
        with suppress(UnknownPlaceholder):  # then there is no such button with this agency
            found.add(as_button(fill(title, {"agency": agency.facts})))
    return frozenset(found)
