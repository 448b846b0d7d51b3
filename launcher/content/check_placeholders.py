"""The `{…}` places of the approved texts: whether something fills each of them for every agency."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from enquiry.datafiles.placeholders import PLACE
from enquiry.datafiles.source import Problem, Source, Text, did_you_mean

BRACES = re.compile(r"\{[^{}]*\}|[{}]")
# What people may type is no text of ours, and a rule for words has its own signs.
NOT_SAID = frozenset(
    {"examples", "near_misses", "heard_as", "asked_again", "patterns", "words", "spellings", "half_truths"}
)


class Places:
    """What can be filled in: the agencies' facts, and what the program knows.

    Args:
        agencies: each agency's facts by its slug.
    """

    def __init__(self, agencies: Mapping[str, Mapping[str, Any]]) -> None:
        self._known = {slug: dict(_facts(facts, "agency")) for slug, facts in agencies.items()}

    def mistakes(
        self,
        source: Source,
        also: Collection[str] = (),
        only: Collection[str] = (),
        remedy: str = "",
        may_be_unknown: Collection[str] = (),
    ) -> Iterator[Problem]:
        """Places of a file's texts that nothing fills.

        Args:
            also: further places that the program fills in this file.
            only: the keys whose texts are said; all but what is never said when empty.
            remedy: what to do where nothing like the place is known.
            may_be_unknown: the keys whose texts are left out where a fact is not known.
        """
        for text in source.texts():
            keys = {key for key in text.path if isinstance(key, str)}
            if not keys & NOT_SAID and (not only or keys & set(only)):
                yield from self._of_text(source, text, also, remedy, bool(keys & set(may_be_unknown)))

    def _of_text(
        self, source: Source, text: Text, also: Collection[str], remedy: str, left_out: bool
    ) -> Iterator[Problem]:
        for found in BRACES.finditer(text.text):
            line, written = text.line(found.start()), found.group()
            place = PLACE.fullmatch(written)
            if place is None:
                said = (
                    f'the place "{written}" can\'t be read. Write a name in curly brackets, such as {{agency.phone}}.'
                )
                yield Problem(source.file, line, said)
            elif place.group(1) not in also:
                yield from self._of_agencies(Problem(source.file, line, ""), place.group(1), also, remedy, left_out)

    def _of_agencies(
        self, at: Problem, name: str, also: Collection[str], remedy: str, left_out: bool
    ) -> Iterator[Problem]:
        lacking = [slug for slug, facts in self._known.items() if name not in facts]
        if lacking:
            known = [*self._known[lacking[0]], *also]
            hint = did_you_mean(name, known, remedy or "Known are the names in data/agencies/, such as {agency.phone}.")
            yield Problem(at.file, at.line, f"nothing fills the place {{{name}}} for {self._all(lacking)}. {hint}")
        unknown = [slug for slug, facts in self._known.items() if facts.get(name, "") is None]
        if unknown and not left_out:
            files = ", ".join(f"data/agencies/{slug}.yml" for slug in unknown)
            remedy_now = f"Write it in {files}, or what is said instead in data/wording/unknown.yml."
            yield Problem(at.file, at.line, f"{{{name}}} is not known for {self._all(unknown)}. {remedy_now}")

    def _all(self, slugs: list[str]) -> str:
        return "any service" if len(slugs) == len(self._known) > 1 else " and ".join(slugs)


def _facts(values: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _facts(value, f"{before}.{key}")
        else:
            yield f"{before}.{key}", value
