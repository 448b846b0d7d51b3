"""Kinds of message that a fostering service does not answer, and the approved reply to each: data/out_of_scope.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from enquiry.datafiles.source import BrokenFile, open_yaml


class BrokenOutOfScope(BrokenFile):
    """The file can't be used; the text names file, line and remedy."""


@dataclass(frozen=True)
class Kind:
    """One kind of message that is not about fostering. `offers` are names of buttons."""

    id: str
    reply: str
    offers: tuple[str, ...]


def load_kinds(file: Path) -> dict[str, Kind]:
    """Read the kinds.

    Returns:
        Kinds by id.
    Raises:
        BrokenOutOfScope: a kind lacks its id, its reply or what it offers.
    """
    try:
        source = open_yaml(file)
    except BrokenFile as broken:
        raise BrokenOutOfScope(*broken.problems) from broken
    kinds: dict[str, Kind] = {}
    try:
        for raw in source.value["kinds"]:
            kinds[raw["id"]] = Kind(raw["id"], raw["reply"].strip(), tuple(raw["offers"]))
    except (KeyError, TypeError, AttributeError) as error:
        number = len(kinds)
        text = f"kind {number + 1} can't be read ({error}). It needs `id`, `reply`, `offers` and `examples`."
        raise BrokenOutOfScope(source.problem(text, "kinds", number)) from error
    return kinds
