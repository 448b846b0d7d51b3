"""Check what the assistant learns beside the topics: the intents of data/nlu/ and the kinds of data/out_of_scope.yml."""

from __future__ import annotations

from collections.abc import Iterator

from enquiry.content.out_of_scope import example_lines
from enquiry.datafiles.examples import Example
from enquiry.datafiles.source import Source


def intent_examples(source: Source) -> Iterator[Example]:
    """The examples of Rasa's own files. Their form is Rasa's to check."""
    return _examples(source, "nlu", "intent", "the intent {name}")


def kind_examples(source: Source) -> Iterator[Example]:
    """The examples of what is out of scope, in a list or one on a line."""
    return _examples(source, "kinds", "id", "what is out of scope ({name})")


def _examples(source: Source, part: str, name: str, teaches: str) -> Iterator[Example]:
    entries = source.value.get(part) if isinstance(source.value, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        raw = entry.get("examples") if isinstance(entry, dict) else None
        path = (part, number, "examples")
        if isinstance(raw, str):
            begins = source.line(*path) + 1  # the text begins below `examples: |`
            found = [(text, begins + at) for at, text in enumerate(example_lines(raw))]
        else:
            found = list(zip(raw if isinstance(raw, list) else (), source.entry_lines(*path), strict=False))
        for text, line in found:
            if isinstance(text, str) and text:
                yield Example(text, teaches.format(name=entry.get(name)), source.file, line)
