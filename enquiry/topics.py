"""Questions people ask and their approved answers, read from data/topics/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from enquiry.placeholders import placeholders
from enquiry.yaml_files import read_yaml

KEYS = {"id", "title", "examples", "answer", "sources", "owner", "reviewed", "review_by", "next_step", "related"}
FEWEST_EXAMPLES = 12
LONGEST_ANSWER = 80  # words


class BrokenTopic(ValueError):
    """A topic can't be used; the text names the file, the topic and the remedy."""


class NextStep(StrEnum):
    """What an answer leads to."""

    EVENT = "event"
    VISIT = "visit"
    CALL = "call"
    CHECK_ELIGIBILITY = "check_eligibility"
    KINSHIP_TEAM = "kinship_team"
    OTHER_SERVICE = "other_service"
    NONE = "none"


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
        BrokenTopic: a topic lacks something, stands twice, or shares an example with another.
    """
    topics: dict[str, Topic] = {}
    owners: dict[str, str] = {}
    files: dict[str, Path] = {}
    for file in sorted(folder.glob("*.yml")):
        for raw in _raw_topics(file):
            topic = _topic(file, raw)
            if topic.id in topics:
                raise BrokenTopic(f"{file}: {topic.id} stands twice. Keep one of them.")
            topics[topic.id], files[topic.id] = topic, file
            for example in topic.examples:
                other = owners.setdefault(" ".join(example.lower().split()), topic.id)
                if other != topic.id:
                    raise BrokenTopic(f"{file}: the example {example!r} stands in {topic.id} and in {other}. Keep one.")
    for topic in topics.values():
        unknown = [name for name in topic.related if name not in topics]
        if unknown:
            raise BrokenTopic(f"{files[topic.id]}: {topic.id} names {unknown[0]} as related, and there is no such topic.")
    return topics


def _raw_topics(file: Path) -> list[dict[str, Any]]:
    try:
        raw = read_yaml(file)
        topics = raw["topics"]
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise BrokenTopic(f"{file}: holds no `topics` that can be read ({error}).") from error
    if not isinstance(topics, list) or not all(isinstance(one, dict) for one in topics):
        raise BrokenTopic(f"{file}: `topics` has to be a list of topics, each with an id.")
    return topics


def _topic(file: Path, raw: dict[str, Any]) -> Topic:
    name = raw.get("id", "a topic without id")
    unknown, missing = set(raw) - KEYS, KEYS - set(raw)
    if unknown or missing:
        raise BrokenTopic(f"{file}: {name} has unknown keys {sorted(unknown)} or lacks {sorted(missing)}.")
    try:
        topic = Topic(
            **{
                **raw,
                "examples": tuple(str(example) for example in raw["examples"]),
                "answer": raw["answer"].strip(),
                "sources": tuple(raw["sources"]),
                "next_step": NextStep(raw["next_step"]),
                "related": tuple(raw["related"] or ()),
            }
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise BrokenTopic(f"{file}: {name} can't be read ({error}).") from error
    if not topic.sources:
        raise BrokenTopic(f"{file}: {name} has no source.")
    if len(topic.examples) < FEWEST_EXAMPLES:
        raise BrokenTopic(f"{file}: {name} has {len(topic.examples)} examples; write at least {FEWEST_EXAMPLES}.")
    if len(topic.answer.split()) > LONGEST_ANSWER:
        raise BrokenTopic(f"{file}: the answer of {name} is longer than {LONGEST_ANSWER} words.")
    return topic
