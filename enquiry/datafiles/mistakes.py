"""From what pydantic finds wrong in a file to what is said of it: what is wrong, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from enquiry.datafiles.source import Step, nearest

LONGEST_VALUE = 60  # characters of what stands in the file, as it is said back
QUOTED = re.compile(r"'([^']*)'")  # pydantic lists the words that may stand in a place: "'never' or 'always'"


@dataclass(frozen=True)
class Says:
    """What is said where a value is not as it has to be; stands beside the value's type, in `Annotated`.

    Filled are `{subject}`, what the part is called; `{key}`, the name of the value; `{value}`, what stands there, and
    `{word}`, the same without quotation marks; and `{known}`, the words that may.
    """

    wrong: str = ""
    remedy: str = ""


NOTHING = Says()
UNKNOWN_KEY = Says('{subject} has the unknown key "{key}"', "Take it out; known are {known}.")
NO_TEXT = Says(
    '{subject} has no text as its "{key}"', "Write one; quotation marks help where YAML reads something else."
)
NO_LIST = Says("{subject} has no list as `{key}`", "Write [], or each entry on a line of its own, after `- `.")
NO_PARTS = Says("{subject} has no parts in `{key}`", "Write them below it, indented: {known}.")
NO_WORD = Says("{subject}: {value} is not known here", "There are {known}.")
TOO_LITTLE = Says("{subject}: `{key}` is {value}, which is too little", "Write more.")
OTHERWISE = Says("{subject}: `{key}` is {value}, which can't stand there", "Compare it with a part that works.")
# By pydantic's names for what is wrong. What a value says for itself, by its own `Says`, goes first.
SAID = {
    "missing": Says('{subject} lacks "{key}"', "Write it."),
    **dict.fromkeys(("extra_forbidden", "unexpected_keyword_argument", "invalid_key"), UNKNOWN_KEY),
    **dict.fromkeys(("model_type", "dataclass_type", "dict_type", "mapping_type"), NO_PARTS),
    **dict.fromkeys(("string_type", "string_too_short"), NO_TEXT),
    **dict.fromkeys(("tuple_type", "list_type", "frozen_set_type"), NO_LIST),
    **dict.fromkeys(("enum", "literal_error"), NO_WORD),
    **dict.fromkeys(("greater_than", "greater_than_equal"), TOO_LITTLE),
    "too_short": Says("{subject} has nothing in `{key}`", "Write at least one."),
    "bool_type": Says("{subject}: `{key}` is {value}", "Write true or false."),
    "int_type": Says("{subject}: `{key}` is {value}", "Write a whole number, without quotation marks."),
}


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: where, by pydantic's name for it, and what stands there.

    `known` are the words that may stand there, `near` the one of them that was probably meant, and `own` is what a check of
    Hearth's own says of it.
    """

    path: tuple[Step, ...]
    key: str
    name: str
    value: Any
    says: Says = NOTHING
    known: tuple[str, ...] = ()
    near: str | None = None
    may_be_null: bool = False
    own: str = ""

    def is_a(self, says: Says) -> bool:
        """Whether it is one of those of which this is said."""
        return SAID.get(self.name) is says

    def wrong(self, subject: str) -> str:
        """What is wrong, with what the part is called."""
        usual = SAID.get(self.name, OTHERWISE).wrong
        entry_lacks = self.name == "missing" and len(self.path) in (2, 3)
        return self._filled(usual if entry_lacks else self.says.wrong or usual, subject)

    def remedy(self) -> str:
        """What to do."""
        if self.near:
            return f'Did you mean "{self.near}"?'
        return self._filled(self.says.remedy or SAID.get(self.name, OTHERWISE).remedy)

    def _filled(self, text: str, subject: str = "") -> str:
        value, word = shortened(repr(self.value)), shortened(str(self.value))
        return text.format(subject=subject, key=self.key, value=value, word=word, known=", ".join(self.known))


def shortened(text: str) -> str:
    """What stands in a file, as it is said back: whole parts can be long."""
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def find_mistakes(kind: type[BaseModel], error: ValidationError) -> list[Mistake]:
    """What is wrong with a file that was read as a model.

    An unknown key that is much like a missing one stands for both: it is one slip.
    """
    found = [_mistake(kind, one) for one in error.errors(include_url=False)]
    missing = {mistake.path for mistake in found if mistake.name == "missing"}
    for number, mistake in enumerate(found):
        if mistake.is_a(UNKNOWN_KEY):
            *above, key = mistake.path
            beside = [str(last) for *others, last in missing if others == above]
            near = nearest(str(key), beside or mistake.known)
            found[number] = replace(mistake, near=near)
            missing.discard((*above, near or ""))
    return [mistake for mistake in found if mistake.name != "missing" or mistake.path in missing]


def _mistake(kind: Any, error: ErrorDetails) -> Mistake:
    path, name, context = error["loc"], error["type"], error.get("ctx", {})
    known = tuple(QUOTED.findall(str(context.get("expected", ""))))
    own = str(context["error"]) if name == "value_error" else ""
    if path[-1] == "[key]":
        path, name = path[:-1], "invalid_key"
    if name == "missing" and isinstance(path[-1], int):  # the second of a pair
        path, name = path[:-1], "tuple_type"
    if SAID.get(name) is UNKNOWN_KEY:
        holder = _place(kind, path[:-1]).kind
        says = _bare(get_args(holder)[0]).says if get_args(holder) else NOTHING
        return Mistake(path, str(path[-1]), name, error["input"], says, known or tuple(fields_of(holder)), own=own)
    place = _place(kind, path)
    near = nearest(str(error["input"]), known)
    known = known or tuple(fields_of(place.kind))
    return Mistake(path, place.key, name, error["input"], place.says, known, near, place.may_be_null, own)


@dataclass(frozen=True)
class _Place:
    """The type of a value, what is said of it, and its name or that of the list it is in."""

    kind: Any
    says: Says = NOTHING
    may_be_null: bool = False
    key: str = ""


def _place(kind: Any, path: tuple[Step, ...]) -> _Place:
    """The place to which a path leads, from the type of a whole file down."""
    place = _bare(kind)
    for step in path:
        inside = _inside(place.kind, step)
        if inside is None:
            return place  # one of several types that the value may have
        found = _bare(inside)
        # An entry without words of its own is told as its list is, unless it has parts.
        with_parts = fields_of(place.kind) or fields_of(found.kind)
        says = place.says if found.says is NOTHING and not with_parts else found.says
        place = replace(found, says=says, key=step if isinstance(step, str) else place.key)
    return place


def _inside(kind: Any, step: Step) -> Any:
    """The type of what a step leads to."""
    if parts := fields_of(kind):
        return parts.get(str(step))
    inside = get_args(kind)
    if get_origin(kind) in (dict, Mapping):
        return inside[1]
    return inside[0] if get_origin(kind) in (list, tuple, frozenset) else None


@cache
def fields_of(kind: Any) -> dict[str, Any]:
    """The keys of a part of a file with their types; none where a type is no part."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    elif isinstance(kind, type) and is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    else:
        names = list(kind.__annotations__) if is_typeddict(kind) else []
    hints = get_type_hints(kind, include_extras=True) if names else {}
    return {name: hints[name] for name in names}


def plain_type(kind: Any) -> Any:
    """A type without `None` and without what is said of it."""
    return _bare(kind).kind


def _bare(kind: Any) -> _Place:
    says, may_be_null = NOTHING, False
    while True:
        inside = [part for part in get_args(kind) if part is not NoneType]
        if get_origin(kind) in (Annotated, NotRequired):
            if says is NOTHING:
                says = next((part for part in reversed(inside) if isinstance(part, Says)), NOTHING)
        elif get_origin(kind) in (Union, UnionType) and len(inside) == 1:
            may_be_null = True
        else:
            return _Place(kind, says, may_be_null)
        kind = inside[0]
