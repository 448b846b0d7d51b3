"""Questions people ask and their approved answers, read from data/topics/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from enquiry.content.topic_schema import NextStep as NextStep
from enquiry.content.topic_schema import SubQuestion as SubQuestion
from enquiry.content.topic_schema import Topic as Topic
from enquiry.content.topic_schema import TopicFile
from enquiry.content.topic_schema import WrittenTopic as WrittenTopic
from enquiry.datafiles.examples import Example, folded, shared
from enquiry.datafiles.source import BrokenFile, Problem, Source, Step, did_you_mean, open_yaml
from enquiry.operating.logs import event_log

log = event_log()


def load_topics(folder: Path) -> dict[str, WrittenTopic]:
    """Read every topic of a folder.

    Returns:
        Topics by id.
    Raises:
        BrokenFile: with every mistake in every file.
    """
    sources, problems = _open(folder)
    files = [TopicFile.check(source) for source in sources]
    problems += [problem for _, found in files for problem in found]
    problems += mistakes_across(sources)
    problems += shared(example for source in sources for example in topic_examples(source))
    if problems:
        raise BrokenFile(*sorted(problems))
    return {topic.id: topic for file, _ in files if file for topic in file.topics}


def usable_topics(folder: Path) -> dict[str, Topic]:
    """Every topic that can be answered, for a Hearth that goes on while a file is being put right.

    A topic that can't be read or has no source is left out, and so are relations to it; what is wrong is written to the
    log. A topic with some other mistake, such as too few examples, keeps its answer.
    """
    try:
        return dict(load_topics(folder))
    except BrokenFile as broken:
        first = broken.problems[0]
        log.warning("topics_broken", count=len(broken.problems), place=f"{first.file.name}:{first.line}")
    topics: dict[str, Topic] = {}
    answerable = TypeAdapter(Topic)
    for source in _open(folder)[0]:
        for _, raw in topics_of(source):
            try:
                topic = answerable.validate_python(raw)
            except ValidationError:
                continue
            topics.setdefault(topic.id, topic)  # of two with one id the first counts
    return {
        name: replace(topic, related=tuple(other for other in topic.related if other in topics))
        for name, topic in topics.items()
    }


def topics_of(source: Source) -> Iterator[tuple[int, dict[Any, Any]]]:
    """The topics of a file as they are written, each with its number."""
    topics = source.value.get("topics") if isinstance(source.value, dict) else None
    for number, raw in enumerate(topics if isinstance(topics, list) else ()):
        if isinstance(raw, dict):
            yield number, raw


def topic_examples(source: Source) -> Iterator[Example]:
    """The texts from which the assistant learns a topic and its parts. A title is one: it is shown as a button."""
    for number, raw in topics_of(source):
        name = TopicFile.subject(source, ("topics", number))
        yield from _examples(source, raw, name, "topics", number)
        for at, part in parts_of(raw):
            yield from _examples(source, part, f"{name} ({part.get('id')})", "topics", number, "parts", at)


def parts_of(raw: dict[Any, Any]) -> Iterator[tuple[int, dict[Any, Any]]]:
    """The parts of a topic as they are written, each with its number."""
    parts = raw.get("parts")
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        if isinstance(part, dict):
            yield number, part


def _examples(source: Source, raw: dict[Any, Any], name: str, *path: Step) -> Iterator[Example]:
    if isinstance(raw.get("title"), str):
        yield Example(raw["title"], name, source.file, source.line(*path, "title"))
    examples = raw.get("examples")
    lines = source.entry_lines(*path, "examples")
    for text, line in zip(examples if isinstance(examples, list) else (), lines, strict=False):
        if isinstance(text, str):
            yield Example(text, name, source.file, line)


def mistakes_across(sources: Sequence[Source]) -> Iterator[Problem]:
    """What is wrong between topics: an id or a title that stands twice, a relation to nowhere."""
    topics = [(source, number, raw) for source in sources for number, raw in topics_of(source)]
    ids: dict[str, str] = {}
    titles: dict[str, str] = {}
    for source, number, raw in topics:
        name, title = TopicFile.subject(source, ("topics", number)), raw.get("title")
        here = f"{source.file}:{source.line('topics', number, 'id')}"
        if name in ids:
            text = f"{name} stands twice, also in {ids[name]}. Keep one of them, or give one another id."
            yield source.problem(text, "topics", number, "id")
            continue
        if name == raw.get("id"):
            ids[name] = here
        if isinstance(title, str) and folded(title) in titles:
            text = (
                f'{name} has the title of {titles[folded(title)]}: "{title}". It is a button: give one of them another.'
            )
            yield source.problem(text, "topics", number, "title")
        elif isinstance(title, str):
            titles[folded(title)] = f"{name} ({here})"
    for source, number, raw in topics:
        related = raw.get("related")
        for at, other in enumerate(related if isinstance(related, list) else ()):
            if isinstance(other, str) and other not in ids:
                remedy = did_you_mean(other, ids, "Take it out, or write that topic.")
                name = TopicFile.subject(source, ("topics", number))
                text = f'{name} is related to "{other}", which is no topic. {remedy}'
                yield source.problem(text, "topics", number, "related", at)


def _open(folder: Path) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            sources.append(open_yaml(file))
        except BrokenFile as broken:
            problems += broken.problems
    return sources, problems
