"""Check what the assistant learns beside the topics: the intents of data/nlu/ and the kinds of data/out_of_scope.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enquiry.content.topic_schema import FEWEST_EXAMPLES
from enquiry.datafiles.examples import Example
from enquiry.datafiles.source import Problem, Source, did_you_mean

KIND_KEYS = ("id", "reply", "offers", "examples")
OFFERS = ("check", "event", "person")


def intent_examples(source: Source) -> Iterator[Example]:
    """The examples of Rasa's own files. Their form is Rasa's to check."""
    raw = source.value.get("nlu") if isinstance(source.value, dict) else None
    for number, one in enumerate(raw if isinstance(raw, list) else []):
        if isinstance(one, dict):
            yield from _examples(
                source, one.get("examples"), f"the intent {one.get('intent')}", "nlu", number, "examples"
            )


def kind_examples(source: Source) -> Iterator[Example]:
    """The examples of what is out of scope, in a list or one on a line."""
    for number, one in enumerate(_kinds(source)):
        if isinstance(one, dict):
            yield from _examples(
                source, one.get("examples"), f"what is out of scope ({one.get('id')})", "kinds", number, "examples"
            )


def kind_mistakes(source: Source) -> Iterator[Problem]:
    """What is wrong with the kinds of data/out_of_scope.yml."""
    kinds = _kinds(source)
    if not kinds:
        yield source.problem(
            "there is no list of `kinds` here. Write `kinds:` and below it each kind, beginning with `- id:`."
        )
    seen: dict[Any, int] = {}
    for number, one in enumerate(kinds):
        here = ("kinds", number)
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            yield source.problem(f"kind {number + 1} has no id. Begin it with `- id: name`.", *here)
            continue
        name = one["id"]
        if name in seen:
            yield source.problem(f"{name} stands twice, also on line {seen[name]}. Keep one of them.", *here, "id")
        seen.setdefault(name, source.line(*here, "id"))
        missing = [key for key in KIND_KEYS if key not in one]
        for key in (key for key in one if key not in KIND_KEYS):
            remedy = did_you_mean(str(key), missing or KIND_KEYS, f"Take it out; known are {', '.join(KIND_KEYS)}.")
            missing = [one for one in missing if f'"{one}"' not in remedy]
            yield source.problem(f'{name} has the unknown key "{key}". {remedy}', *here, key)
        for key in missing:
            yield source.problem(f'{name} lacks "{key}". Write it.', *here, "id")
        yield from _values(source, name, one, number)


def _values(source: Source, name: str, one: dict[Any, Any], number: int) -> Iterator[Problem]:
    reply, offers = one.get("reply", "-"), one.get("offers", [])
    if not isinstance(reply, str) or not reply.strip():
        yield source.problem(
            f"{name} has no text as its reply. Write one or two short sentences.", "kinds", number, "reply"
        )
    for at, offer in enumerate(offers if isinstance(offers, list) else [offers]):
        if offer not in OFFERS:
            remedy = did_you_mean(str(offer), OFFERS, f"There are {', '.join(OFFERS)}.")
            yield source.problem(
                f'{name} offers "{offer}", which there is not. {remedy}', "kinds", number, "offers", at
            )
    examples = one.get("examples")
    many = len(list(_examples(source, examples, name, "kinds", number, "examples")))
    if "examples" in one and many < FEWEST_EXAMPLES:
        text = f"{name} has {many} examples. Write at least {FEWEST_EXAMPLES}, in different words."
        yield source.problem(text, "kinds", number, "examples")
    for at, example in enumerate(examples if isinstance(examples, list) else []):
        if not isinstance(example, str) or not example.strip():
            text = f"{name} has the example {example!r}, which is not text. Put it between quotation marks."
            yield source.problem(text, "kinds", number, "examples", at)


def _kinds(source: Source) -> list[Any]:
    kinds = source.value.get("kinds") if isinstance(source.value, dict) else None
    return kinds if isinstance(kinds, list) else []


def _examples(source: Source, raw: Any, teaches: str, *path: str | int) -> Iterator[Example]:
    if isinstance(raw, str):
        begins = source.line(*path) + 1  # the text begins below `examples: |`
        for at, line in enumerate(raw.splitlines()):
            text = line.strip().removeprefix("- ").strip()
            if text:
                yield Example(text, teaches, source.file, begins + at)
    elif isinstance(raw, list):
        for at, text in enumerate(raw):
            if isinstance(text, str):
                yield Example(text, teaches, source.file, source.line(*path, at))
