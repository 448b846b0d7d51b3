"""Rules for an agency file, and what is said where one is broken: each mistake with its line and its remedy.

Not knowing is no mistake: `null` says so, and what may be left out counts as `null`. A key that is not known is one,
because "phones" beside a missing "phone" would leave people without the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from enquiry.agencies import parts
from enquiry.datafiles.placeholders import PLACE, placeholders
from enquiry.datafiles.source import Problem, Source, did_you_mean


@dataclass(frozen=True)
class Fact:
    """One key of an agency file.

    `needed` means that it has to be written, if only as `null`; `known` means that `null` will not do.
    """

    read: Callable[[Any], object]
    needed: bool = False
    known: bool = False


def _one_of(*values: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in values:
            raise ValueError(f"write {' or '.join(values)}, or null")
        return str(value)

    return read


HAS_TO_BE_KNOWN, HAS_TO_BE_WRITTEN = {"needed": True, "known": True}, {"needed": True}
FACTS: dict[str, Fact] = {
    "slug": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "name": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "short_name": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "council": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "council_website": Fact(parts.page, **HAS_TO_BE_KNOWN),
    "address": Fact(parts.text),
    "phone": Fact(parts.number, **HAS_TO_BE_WRITTEN),
    "email": Fact(parts.email),
    "phone_hours": Fact(parts.text),
    "payments_url": Fact(parts.page),
    "privacy_notice_url": Fact(parts.page),
    "safeguarding.worried_about_child": Fact(parts.number, **HAS_TO_BE_WRITTEN),
    "safeguarding.worried_about_child_team": Fact(parts.text, **HAS_TO_BE_WRITTEN),
    "safeguarding.duty": Fact(parts.text, **HAS_TO_BE_WRITTEN),
    "safeguarding.out_of_hours": Fact(parts.number),
    "safeguarding.lado": Fact(parts.number, **HAS_TO_BE_WRITTEN),
    "safeguarding.childrens_rights": Fact(parts.number),
    "safeguarding.childrens_rights_mobile": Fact(parts.number),
    "minimum_age": Fact(parts.whole, **HAS_TO_BE_WRITTEN),
    "minimum_age_firm": Fact(parts.flag, **HAS_TO_BE_KNOWN),
    "no_spare_room": Fact(_one_of("babies_if_home_full_time", "never"), **HAS_TO_BE_WRITTEN),
    "smoking_policy": Fact(parts.text),
    "dogs_policy": Fact(parts.text),
    "landlord_permission": Fact(parts.text),
    "english": Fact(parts.text),
    "experience": Fact(parts.text),
    "right_to_work": Fact(parts.text),
    "driving": Fact(parts.text),
    "needs_most": Fact(parts.text),
    **{f"care_types.{name}": Fact(parts.flag) for name in parts.CARE_TYPES},
    "area.here": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "area.next_door": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "area.in_area": Fact(parts.names, **HAS_TO_BE_KNOWN),
    "area.border": Fact(parts.names, **HAS_TO_BE_KNOWN),
    **{f"area.heard_as.{side}": Fact(parts.names) for side in parts.HEARD},
    **{
        f"area.postcode_districts.{side}": Fact(parts.districts, **HAS_TO_BE_KNOWN)
        for side in ("in_area", "border", "shared")
    },
    "reply_within_hours": Fact(parts.hours, **HAS_TO_BE_WRITTEN),
    "working_hours": Fact(parts.week, **HAS_TO_BE_KNOWN),
    "bank_holidays": Fact(parts.text, **HAS_TO_BE_KNOWN),
    "event_plan": Fact(parts.events, **HAS_TO_BE_WRITTEN),
    "visit_plan": Fact(parts.visits, **HAS_TO_BE_WRITTEN),
    "web_origins": Fact(parts.origins, **HAS_TO_BE_KNOWN),
    **{
        f"teams.{name}.{key}": Fact(
            {"phone": parts.number, "email": parts.email, "url": parts.page}.get(key, parts.text)
        )
        for name in parts.TEAMS
        for key in parts.TEAM_KEYS
    },
}
# What a service says of itself in answers to topics. Any name will do here: the topics say which they use.
FREE = "says"


def facts_in(raw: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every fact of a file by its dotted name; a part that is one fact, such as the working hours, in one piece."""
    for key, value in raw.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and name not in FACTS:
            yield from facts_in(value, f"{name}.")
        else:
            yield name, value


def mistakes(source: Source) -> Iterator[Problem]:
    """Everything for which one agency file can't be used."""
    raw = source.value
    if not isinstance(raw, dict):
        yield source.problem(
            "this file does not hold an agency. Begin it with `slug:`; docs/agencies.md says what follows."
        )
        return
    given = dict(facts_in(raw))
    yield from (problem for name, value in given.items() for problem in _mistake(source, name, value, given))
    for name, fact in FACTS.items():
        if fact.needed and name not in given and not any(name.startswith(f"{part}.") for part in given):
            remedy = "It has to be known." if fact.known else "Write `null` where it is not known."
            # At the top of the file: it is not clear where it was meant to stand.
            yield Problem(source.file, 1, f"{name} is missing. {remedy}")
    if "slug" in given and given["slug"] != source.file.stem:
        yield source.problem(f"its slug is {given['slug']!r}, which should be the file's name.", "slug")
    yield from _on_two_sides(source, given)
    yield from _unknown_places(source, given)


def _mistake(source: Source, name: str, value: Any, given: Mapping[str, Any]) -> Iterator[Problem]:
    steps = name.split(".")
    if steps[0] == FREE and len(steps) == 2:
        if value is not None and (not isinstance(value, str) or not value.strip()):
            yield source.problem(f"{name} can't be read: write a sentence, or null.", *steps)
        return
    fact = FACTS.get(name)
    if fact is None:
        parts_of = [one for one in FACTS if one.startswith(f"{name}.")]
        if parts_of and value is None and not any(FACTS[one].known for one in parts_of):
            return  # a whole part of which nothing is known
        if parts_of:
            keys = ", ".join(one[len(name) + 1 :] for one in parts_of)
            yield source.problem(f"{name} can't be read: write its parts below it, indented: {keys}.", *steps)
        else:
            missing = [one for one in FACTS if one not in given]
            remedy = did_you_mean(
                name, missing or FACTS, f"Take it out, or write it below `{FREE}:` if a text of yours names it."
            )
            yield source.problem(f'"{name}" is not known. {remedy}', *steps)
    elif value is None:
        if fact.known:
            yield source.problem(f"{name} is `null`. It has to be known.", *steps)
    elif not (isinstance(value, str) and PLACE.fullmatch(value)):  # which names another fact
        try:
            fact.read(value)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            yield source.problem(f"{name} can't be read: {error}.", *steps)


def _unknown_places(source: Source, given: Mapping[str, Any]) -> Iterator[Problem]:
    """A misspelt place would make the whole fact unknown without a word."""
    known = [f"agency.{name}" for name in (*FACTS, *given)]
    for name, value in given.items():
        for place in placeholders(value) if isinstance(value, str) else ():
            if place not in known:
                remedy = did_you_mean(place, known, "Known are the names of this file, such as {agency.phone}.")
                yield source.problem(f"nothing fills the place {{{place}}} in {name}. {remedy}", *name.split("."))


def _on_two_sides(source: Source, given: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for side in ("in_area", "border", "shared"):
        districts = given.get(f"area.postcode_districts.{side}")
        for district in districts if isinstance(districts, list) else ():
            if seen.setdefault(str(district), side) != side:
                text = f"{district} stands in `{seen[district]}` and in `{side}`. Keep it in one"
                yield source.problem(
                    f"{text}: in `shared` where both councils are meant.", "area", "postcode_districts", side
                )
