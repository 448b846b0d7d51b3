"""Answers in the words of an agency's own file: names of places, and buttons whose text names something of the agency."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from bot.text.normalise import normalise, phrase

PLACE = re.compile(r"\{agency\.([a-z_]+(?:\.[a-z_]+)*)\}")


class AgencyWords(NamedTuple):
    """Wording of answers for one agency, in the form in which texts are compared."""

    names: dict[str, str]  # of its councils and its neighbours': {"charnwood": "in_area", …}
    heard: dict[str, str]  # other ways of saying where one lives, with the same values
    titles: dict[
        str, dict[str, Any]
    ]  # by question: the button texts that name something of the agency, and their values


NO_WORDS = AgencyWords({}, {}, {})


def agency_words(agency: str, criteria: str) -> AgencyWords:
    """Read the words of one agency.

    Args:
        agency: the text of its file.
        criteria: the text of the criteria file, whose titles may have places such as {agency.area.here}.
    """
    facts = yaml.load(agency, Loader=yaml.CSafeLoader)
    area = facts["area"]
    # Of two lists the later counts: a name of one's own area beats that of a neighbour.
    names = {normalise(name): side for side in ("border", "in_area") for name in area[side]}
    heard = {phrase(said): side for side, phrases in (area.get("heard_as") or {}).items() for said in phrases or ()}
    titles: dict[str, dict[str, Any]] = {}
    for question in yaml.load(criteria, Loader=yaml.CSafeLoader)["questions"]:
        for choice in question.get("choices") or ():
            title = _filled(str(choice["title"]), facts)
            if title is not None:
                titles.setdefault(question["id"], {})[phrase(title)] = choice["value"]
    return AgencyWords(names, heard, titles)


def _filled(title: str, facts: dict[str, Any]) -> str | None:
    """Fill the places in a title; None for one without places, or with one that is not known."""
    if not PLACE.search(title):
        return None
    for name in PLACE.findall(title):
        found: Any = facts
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if found is None or isinstance(found, (dict, list)):
            return None
        title = title.replace("{agency." + name + "}", str(found))
    return title
