"""Fill the `{…}` places of approved texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from enquiry.operating.logs import event_log

log = event_log()
ASK_THE_TEAM = "{agency.ask_the_team}"
ASK_FOR_HELP = "{agency.ask_for_help}"
PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


class UnknownPlaceholder(ValueError):
    """A text has a place that nothing fills; `name` is what stands in it."""

    def __init__(self, name: str, trouble: str) -> None:
        super().__init__(f"{{{name}}} {trouble}")
        self.name = name


def placeholders(text: str) -> Iterator[str]:
    """The names of the places of a text, in order, dotted as written."""
    return (match.group(1) for match in PLACE.finditer(text))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Put values into the places of an approved text.

    Args:
        text: the text, with places such as `{agency.phone}`.
        values: nested mappings; a dotted name walks down them.
    Raises:
        UnknownPlaceholder: a place has no value, or its value is not known (`null`): saying nothing at all is better
            than an invented or an empty fact.
    """

    def one(match: re.Match[str]) -> str:
        found: Any = values
        for part in match.group(1).split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise UnknownPlaceholder(match.group(1), "is filled by nothing.")
            found = found[part]
        if found is None:
            raise UnknownPlaceholder(match.group(1), "is not known for this agency.")
        return str(found)

    return PLACE.sub(one, text)


def fill_or(text: str, values: Mapping[str, Any], otherwise: str) -> str:
    """The same, with another approved text where a place has nothing to fill it: a reply is never lost for one fact.

    Args:
        otherwise: a text whose own places are always filled, such as `{agency.ask_the_team}`.
    """
    try:
        return fill(text, values)
    except UnknownPlaceholder as unknown:
        # ./hearth check finds these before anyone reads them.
        log.warning("fact_unknown", missing=unknown.name)
        return fill(otherwise, values)
