"""Rules for a topic of data/topics/, and what is said where one is broken: each mistake with its line and its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from enquiry.datafiles.examples import Example, folded
from enquiry.datafiles.source import Problem, Source, did_you_mean

KEYS = ("id", "title", "examples", "answer", "sources", "owner", "reviewed", "review_by", "next_step", "related")
SOURCE_KEYS = ("title", "url", "date")
FEWEST_EXAMPLES = 15
LONGEST_ANSWER = 80  # words
AN_ID = re.compile(r"[a-z0-9_]+/[a-z0-9_]+")


class NextStep(StrEnum):
    """What an answer leads to."""

    EVENT = "event"
    VISIT = "visit"
    CALL = "call"
    CHECK_ELIGIBILITY = "check_eligibility"
    KINSHIP_TEAM = "kinship_team"
    OTHER_SERVICE = "other_service"
    NONE = "none"


def topics_of(source: Source) -> list[Any]:
    """The entries of a topic file as they are written; none where the file holds no list of them."""
    topics = source.value.get("topics") if isinstance(source.value, dict) else None
    return topics if isinstance(topics, list) else []


def name_of(raw: Any, number: int) -> str:
    """What a topic is called in a message: its id, or its number in the file."""
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and name else f"topic {number + 1} of the file"


def examples_of(source: Source) -> Iterator[Example]:
    """The texts from which the assistant learns a topic. Its title is one: it is shown as a button."""
    for number, raw in enumerate(topics_of(source)):
        if not isinstance(raw, dict):
            continue
        name = name_of(raw, number)
        if isinstance(raw.get("title"), str):
            yield Example(raw["title"], name, source.file, source.line("topics", number, "title"))
        for at, text in enumerate(_list(raw.get("examples"))):
            if isinstance(text, str):
                yield Example(text, name, source.file, source.line("topics", number, "examples", at))


def mistakes(source: Source) -> Iterator[Problem]:
    """What is wrong with the topics of one file, each by itself."""
    if not isinstance(source.value, dict) or not isinstance(source.value.get("topics"), list):
        yield source.problem(
            "there is no list of `topics` here. Write `topics:`, and below it each topic from `- id:` on.", "topics"
        )
        return
    for key in source.value:
        if key not in ("theme", "topics"):
            yield source.problem(
                f'the file has the unknown key "{key}". It holds `theme` and `topics` only: indent or remove it.', key
            )
    for number, raw in enumerate(source.value["topics"]):
        if isinstance(raw, dict):
            yield from _One(source, number, raw).mistakes()
        else:
            yield source.problem(f"{name_of(raw, number)} is not a topic. Begin it with `- id:`.", "topics", number)


def mistakes_across(sources: Sequence[Source]) -> Iterator[Problem]:
    """What is wrong between topics: an id or a title that stands twice, a relation to nowhere."""
    topics = [
        (source, number, raw)
        for source in sources
        for number, raw in enumerate(topics_of(source))
        if isinstance(raw, dict)
    ]
    ids: dict[str, str] = {}
    titles: dict[str, str] = {}
    for source, number, raw in topics:
        name, title = raw.get("id"), raw.get("title")
        here = f"{source.file}:{source.line('topics', number, 'id')}"
        if isinstance(name, str) and name in ids:
            text = f"{name} stands twice, also in {ids[name]}. Keep one of them, or give one another id."
            yield source.problem(text, "topics", number, "id")
            continue
        if isinstance(name, str):
            ids[name] = here
        if isinstance(title, str) and folded(title) in titles:
            text = f'{name_of(raw, number)} has the title of {titles[folded(title)]}: "{title}". It is a button: give one of them another.'
            yield source.problem(text, "topics", number, "title")
        elif isinstance(title, str):
            titles[folded(title)] = f"{name_of(raw, number)} ({here})"
    for source, number, raw in topics:
        for at, other in enumerate(_list(raw.get("related"))):
            if isinstance(other, str) and other not in ids:
                remedy = did_you_mean(other, ids, "Take it out, or write that topic.")
                text = f'{name_of(raw, number)} is related to "{other}", which is no topic. {remedy}'
                yield source.problem(text, "topics", number, "related", at)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


class _One:
    """One topic as it is written."""

    def __init__(self, source: Source, number: int, raw: dict[Any, Any]) -> None:
        self.source, self.number, self.raw = source, number, raw
        self.name = name_of(raw, number)

    def problem(self, text: str, *path: str | int) -> Problem:
        return self.source.problem(f"{self.name} {text}", "topics", self.number, *path)

    def mistakes(self) -> Iterator[Problem]:
        yield from self.keys()
        # A key that is not there was named above.
        for key, check in (
            ("id", self.id),
            ("title", self.text),
            ("owner", self.text),
            ("examples", self.examples),
            ("answer", self.answer),
            ("sources", self.sources),
            ("reviewed", self.day),
            ("review_by", self.day),
            ("next_step", self.next_step),
            ("related", self.related),
        ):
            if key in self.raw:
                yield from check(key, self.raw[key])
        reviewed, again = self.raw.get("reviewed"), self.raw.get("review_by")
        if type(reviewed) is type(again) is date and not reviewed < again:
            yield self.problem(
                f"is to be reviewed by {again}, which is not after its review of {reviewed}. Put a later day.",
                "review_by",
            )

    def keys(self) -> Iterator[Problem]:
        missing = [key for key in KEYS if key not in self.raw]
        for key in self.raw:
            if key not in KEYS:
                # Only what is still missing is meant: "titel" beside a title is one too many.
                remedy = did_you_mean(str(key), missing or KEYS, f"Take it out; known are {', '.join(KEYS)}.")
                missing = [one for one in missing if f'"{one}"' not in remedy]
                yield self.problem(f'has the unknown key "{key}". {remedy}', key)
        for key in missing:
            yield self.problem(f'lacks "{key}". {REMEDIES.get(key, "Write it.")}', "id")

    def id(self, key: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, str) or not AN_ID.fullmatch(value):
            yield self.problem(f"has the id {value!r}. Write it as theme/name, in small letters, digits and _.", key)

    def text(self, key: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, str) or not value.strip():
            yield self.problem(
                f'has no text as its "{key}". Write one; quotation marks help where YAML reads something else.', key
            )

    def examples(self, key: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield self.problem("has no list of examples. Write each on a line of its own, after `- `.", key)
            return
        for at, example in enumerate(value):
            if not isinstance(example, str) or not example.strip():
                yield self.problem(
                    f"has the example {example!r}, which is not text. Put it between quotation marks.", key, at
                )
        if len(value) < FEWEST_EXAMPLES:
            yield self.problem(f"has {len(value)} examples. Write at least {FEWEST_EXAMPLES}, in different words.", key)

    def answer(self, key: str, value: Any) -> Iterator[Problem]:
        problems = list(self.text(key, value))
        yield from problems
        if not problems and len(value.split()) > LONGEST_ANSWER:
            yield self.problem(f"has an answer of {len(value.split())} words. Shorten it to {LONGEST_ANSWER}.", key)

    def sources(self, key: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, list) or not value:
            yield self.problem(
                "has no source. Say where its answer comes from: `- title: …`, and `url: …` where there is one.", key
            )
            return
        for at, one in enumerate(value):
            title = one.get("title") if isinstance(one, dict) else None
            if not isinstance(title, str) or not title.strip():
                yield self.problem(
                    "has a source without a title. Write `title: …`, the name of the page, law or document.", key, at
                )
                continue
            for unknown in (part for part in one if part not in SOURCE_KEYS):
                remedy = did_you_mean(str(unknown), SOURCE_KEYS, f"Known are {', '.join(SOURCE_KEYS)}.")
                yield self.problem(f'has a source with the unknown key "{unknown}". {remedy}', key, at, unknown)

    def day(self, key: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, date) or isinstance(value, datetime):
            yield self.problem(
                f"has {value!r} as {key}, which is not a day. Write it as 2026-11-21, without quotation marks.", key
            )

    def next_step(self, key: str, value: Any) -> Iterator[Problem]:
        if value not in set(NextStep):
            remedy = did_you_mean(str(value), list(NextStep), f"Write one of {', '.join(NextStep)}.")
            yield self.problem(f'has the next step "{value}", which there is not. {remedy}', key)

    def related(self, key: str, value: Any) -> Iterator[Problem]:
        others = value or []
        if not isinstance(others, list):
            yield self.problem("has no list as `related`. Write [] or [theme/name, theme/name].", key)
            return
        for at, other in enumerate(others):
            if not isinstance(other, str):
                yield self.problem(
                    f"is related to {other!r}, which is not the id of a topic. Write theme/name.", key, at
                )
            elif other == self.raw.get("id"):
                yield self.problem("is related to itself. Take that out.", key, at)
            elif other in others[:at]:
                yield self.problem(f"is related to {other} twice. Keep one.", key, at)


REMEDIES = {
    "id": "Give it one, such as who/dogs.",
    "sources": "Say where its answer comes from: a title, and a url where there is one.",
    "examples": f"Write at least {FEWEST_EXAMPLES}, in the words people use.",
    "owner": "Write who keeps the answer true.",
    "reviewed": "Write the day on which the owner last read it, as 2026-11-21.",
    "review_by": "Write the day by which the owner reads it again, as 2027-05-21.",
    "next_step": f"Write one of {', '.join(NextStep)}.",
    "related": "Write [] where there is none.",
}
