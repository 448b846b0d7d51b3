"""Sentences for what pydantic finds wrong in a file: what is wrong, and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import EnumType
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from enquiry.datafiles.source import Step, nearest

LONGEST_VALUE = 60  # characters of what stands in the file, as it is said back
QUOTED = re.compile(r"'([^']*)'")  # pydantic lists the words that may stand in a place: "'never' or 'always'"
FILLED = re.compile(r"\{(key|value|word|known)\}")


class Says(NamedTuple):
    """What is said of a value that is not as it has to be; stands beside the value's type, in `Annotated`.

    `{subject}` is what the part of the file is called, `{key}` the name of the value, `{value}` what stands there, `{word}` the
    same without quotation marks, and `{known}` what may stand there. A check raises ValueError with the same two texts.
    """

    wrong: str = ""
    remedy: str = ""


UNKNOWN_KEY = Says('{subject} has the unknown key "{key}"', "Take it out; known are {known}.")
NO_PARTS = Says("{subject} has no parts in `{key}`", "Write them below it, indented: {known}.")
_NO_TEXT = Says(
    '{subject} has no text as its "{key}"', "Write one; quotation marks help where YAML reads something else."
)
_NO_LIST = Says("{subject} has no list as `{key}`", "Write [], or each entry on a line of its own, after `- `.")
_NO_WORD = Says("{subject}: {value} is not known here", "There are {known}.")
_OTHERWISE = Says("{subject}: `{key}` is {value}, which can't stand there", "Compare it with a part that works.")
# By pydantic's names for what is wrong. What a value says for itself goes first.
SAID = {
    "missing": Says('{subject} lacks "{key}"', "Write it."),
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument", "invalid_key"), UNKNOWN_KEY),
    **dict.fromkeys(("model_type", "dataclass_type", "dict_type", "mapping_type"), NO_PARTS),
    **dict.fromkeys(("string_type", "string_too_short"), _NO_TEXT),
    **dict.fromkeys(("tuple_type", "list_type", "frozen_set_type"), _NO_LIST),
    **dict.fromkeys(("enum", "literal_error"), _NO_WORD),
    "too_short": Says("{subject} has nothing in `{key}`", "Write at least one."),
    "bool_type": Says("{subject}: `{key}` is {value}", "Write true or false."),
    "int_type": Says("{subject}: `{key}` is {value}", "Write a whole number, such as 21."),
}


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: where, what it is by pydantic's name, and what is said of it, in which `{subject}` is left open.

    `known` are the words that may stand there, `near` the one of them that was probably meant.
    """

    path: tuple[Step, ...]
    name: str
    value: Any
    says: Says
    known: tuple[str, ...] = ()
    near: str | None = None
    may_be_null: bool = False

    @property
    def usual(self) -> Says | None:
        """What is said of the like, wherever it is."""
        return SAID.get(self.name)

    @property
    def wrong(self) -> str:
        """What is wrong."""
        return self._filled(self.says.wrong or (self.usual or _OTHERWISE).wrong)

    @property
    def remedy(self) -> str:
        """What to do."""
        if self.near:
            return f'Did you mean "{self.near}"?'
        return self._filled(self.says.remedy or ("" if self.says.wrong else (self.usual or _OTHERWISE).remedy))

    def _filled(self, text: str) -> str:
        key = next((step for step in reversed(self.path) if isinstance(step, str)), "")
        value = as_written(self.value)
        word = value if self.value is None else shortened(str(self.value))
        values = {"key": key, "value": value, "word": word, "known": ", ".join(self.known)}
        return FILLED.sub(lambda place: values[place.group(1)], text)


def as_written(value: Any) -> str:
    """A value as who writes the file would name it: an empty place is nothing, and yes and no are YAML's words."""
    if value is None:
        return "nothing"
    named = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, bool | dict | list) else repr(value)
    return shortened(named)


def shortened(text: str) -> str:
    """What stands in a file, as it is said back: whole parts can be long."""
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def find_mistakes(kind: type[BaseModel], error: ValidationError) -> list[Mistake]:
    """What is wrong with a file that was read as a model.

    An unknown key that is much like a missing one stands for both: it is one slip.
    """
    found = [_mistake(kind, details) for details in error.errors(include_url=False)]
    # A list whose entries can't be taken counts as empty; what is wrong with them says more.
    found = [mistake for mistake in found if mistake.name != "too_short" or not _holds_another(mistake, found)]
    missing = {mistake.path for mistake in found if mistake.name == "missing"}
    for number, mistake in enumerate(found):
        if mistake.usual is UNKNOWN_KEY:
            *above, key = mistake.path
            near = nearest(str(key), [str(last) for *others, last in missing if others == above] or mistake.known)
            found[number] = replace(mistake, near=near)
            missing.discard((*above, near or ""))
    return [mistake for mistake in found if mistake.name != "missing" or mistake.path in missing]


def _holds_another(mistake: Mistake, found: list[Mistake]) -> bool:
    length = len(mistake.path)
    return any(len(other.path) > length and other.path[:length] == mistake.path for other in found)


def _mistake(kind: Any, error: ErrorDetails) -> Mistake:
    path, name, value, context = error["loc"], error["type"], error["input"], error.get("ctx", {})
    known = tuple(QUOTED.findall(str(context.get("expected", ""))))
    if path[-1] == "[key]":
        path, name = path[:-1], "invalid_key"
    elif name == "missing" and isinstance(path[-1], int):  # the second of a pair
        path, name = path[:-1], "tuple_type"
    if SAID.get(name) is UNKNOWN_KEY:
        holder = look_up(kind, path[:-1]).kind
        says = look_up(get_args(holder)[0]).says if get_args(holder) else Says()
        return Mistake(path, name, value, says, known or tuple(fields_of(holder)))
    place = look_up(kind, path)
    says = place.says
    if name == "value_error":
        says = Says(*context["error"].args)
    elif name == "missing" and len(path) in (2, 3):  # an entry is named with what it lacks
        says = Says(SAID[name].wrong, says.remedy or SAID[name].remedy)
    near = nearest(str(value), known)
    return Mistake(path, name, value, says, known or tuple(fields_of(place.kind)), near, place.may_be_null)


class Place(NamedTuple):
    """The type of a value without what stands around it, what is said of the value, and whether it may be null."""

    kind: Any
    says: Says
    may_be_null: bool


def look_up(kind: Any, path: tuple[Step, ...] = ()) -> Place:
    """The place to which a path leads, from a type down. An entry of a list is told as the list is, unless it has parts."""
    says, may_be_null, steps = Says(), False, list(path)
    while True:
        inside = get_args(kind)
        if get_origin(kind) is Annotated:
            says = next((note for note in reversed(inside) if isinstance(note, Says)), says)
            kind = inside[0]
        elif NoneType in inside:
            may_be_null, kind = True, next(part for part in inside if part is not NoneType)
        elif not steps or not (inside or fields_of(kind)):
            return Place(kind, says, may_be_null)
        else:
            step, parts, may_be_null = steps.pop(0), fields_of(kind), False
            kind = parts.get(str(step)) if parts else inside[1] if get_origin(kind) in (dict, Mapping) else inside[0]
            says = Says() if parts or fields_of(look_up(kind).kind) else says


@cache
def fields_of(kind: Any) -> dict[str, Any]:
    """The keys of a part of a file with their types; none where a type is no part, or where any key will do."""
    if get_origin(kind) is dict:
        keys, values = get_args(kind)
        words = get_args(keys) if get_origin(keys) is Literal else keys if isinstance(keys, EnumType) else ()
        return {str(word): values for word in words}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    else:
        names = [field.name for field in fields(kind)] if isinstance(kind, type) and is_dataclass(kind) else []
    hints = get_type_hints(kind, include_extras=True) if names else {}
    return {name: hints[name] for name in names}
