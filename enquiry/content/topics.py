"""Questions people ask and their approved answers, read from data/topics/."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from enquiry.content.topic_schema import KEYS, examples_of, mistakes, mistakes_across, topics_of
from enquiry.content.topic_schema import NextStep as NextStep
from enquiry.datafiles.examples import shared
from enquiry.datafiles.placeholders import placeholders
from enquiry.datafiles.source import BrokenFile, Problem, Source, open_yaml
from enquiry.operating.logs import event_log

log = event_log()


class BrokenTopic(BrokenFile):
    """Topics can't be used; the text names file, line and remedy of every mistake, one on a line."""


@dataclass(frozen=True)
class Topic:
    """One question, and what a person at the service approved as its answer."""

    id: str
    title: str
    examples: tuple[str, ...]
    answer: str
    sources: tuple[dict[str, Any], ...]
    owner: str
    reviewed: date
    review_by: date
    next_step: NextStep
    related: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places of its answer."""
        return tuple(placeholders(self.answer))


def load_topics(folder: Path) -> dict[str, Topic]:
    """Read every topic of a folder.

    Returns:
        Topics by id.
    Raises:
        BrokenTopic: with every mistake that enquiry/content/topic_schema.py finds, by file and line.
    """
    sources, problems = _open(folder)
    problems += [problem for source in sources for problem in mistakes(source)]
    problems += mistakes_across(sources)
    problems += shared(example for source in sources for example in examples_of(source))
    if problems:
        raise BrokenTopic(*sorted(problems))
    return _topics(sources)


def usable_topics(folder: Path) -> dict[str, Topic]:
    """Every topic that can be answered, for a Hearth that goes on while a file is being put right.

    A topic that can't be read or has no source is left out, and so are relations to it; what is wrong is written to the
    log. A topic with some other mistake, such as too few examples, keeps its answer.
    """
    try:
        return load_topics(folder)
    except BrokenTopic as broken:
        first = broken.problems[0]
        log.warning("topics_broken", count=len(broken.problems), place=f"{first.file.name}:{first.line}")
    topics = _topics(_open(folder)[0])
    return {
        name: replace(topic, related=tuple(one for one in topic.related if one in topics))
        for name, topic in topics.items()
    }


def _open(folder: Path) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            sources.append(open_yaml(file))
        except BrokenFile as broken:
            problems += broken.problems
    return sources, problems


def _topics(sources: list[Source]) -> dict[str, Topic]:
    found: dict[str, Topic] = {}
    for raw in (raw for source in sources for raw in topics_of(source)):
        topic = _topic(raw)
        # Of two with one id the first counts.
        if topic is not None:
            found.setdefault(topic.id, topic)
    return found


def _topic(raw: Any) -> Topic | None:
    """A topic as it is written, or None where it can't be answered with: nothing is said without a source."""
    try:
        topic = Topic(
            **{
                **{key: raw[key] for key in KEYS},
                "title": raw["title"].strip(),
                "examples": tuple(str(example) for example in raw["examples"]),
                "answer": raw["answer"].strip(),
                "sources": tuple(source for source in raw["sources"] if source["title"]),
                "next_step": NextStep(raw["next_step"]),
                "related": tuple(raw["related"] or ()),
            }
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return topic if topic.answer and topic.sources and isinstance(topic.id, str) else None
