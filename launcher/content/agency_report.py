"""The report of ./hearth agency check on one file: what is known, what is not, what is said instead, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enquiry.agencies.agency import words_beside
from enquiry.agencies.schema import FREE, AgencyFile, facts_in
from enquiry.agencies.unknown_facts import Unknown, load_unknown, unknown_facts
from enquiry.datafiles.source import BrokenFile, Problem, Source, open_yaml

CONFIRM = "CONFIRM"
LONGEST = 110  # characters of what is said instead, so that each stays on a line or two
# Without these people reach nobody, or the wrong place: they stand first among what is missing.
FIND_OUT_FIRST = (
    "phone",
    "safeguarding.worried_about_child",
    "safeguarding.lado",
    "teams.private_fostering",
    "teams.complaints",
)
# What is not known of these is no sentence but a way to go on.
RULES = {
    "minimum_age": "a person talks to whoever may be too young",
    "no_spare_room": "a person talks to whoever has no spare room",
    "care_types": "a person talks to whoever asks for this kind of care",
    "reply_within_hours": "nothing is promised; staff see the end of the working day as the time to reply by",
    "event_plan": "no dates come by themselves: staff put them into the console, and until then the chat says that there are none just now",
    "visit_plan": "no visits are offered until staff put visitors into the console",
    "teams": "the fostering team passes people on",
    "area.heard_as": "only the names in `in_area` and `border` are understood",
    "safeguarding.out_of_hours": "it is left out of the numbers to ring",
    "safeguarding.childrens_rights": "an advocate is named instead, and the number is left out",
}


@dataclass(frozen=True)
class Report:
    """One agency file, looked through."""

    slug: str
    name: str
    problems: tuple[Problem, ...]
    known: int
    missing: Mapping[str, str]  # by dotted name, what happens or is said instead
    to_confirm: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """Whether Hearth can run with it."""
        return not self.problems

    def lines(self) -> Iterator[str]:
        """The list that a person reads."""
        yield f"{self.name} ({self.slug}): " + (
            "can be used." if self.usable else "can't be used until this is put right:"
        )
        yield from (f"    {problem}" for problem in self.problems)
        if self.usable:
            yield f"  Known: {self.known} of {self.known + len(self.missing)} facts."
        if self.missing:
            yield "  Not known (write it in the file when you find it out), and what happens instead:"
            first = [name for name in FIND_OUT_FIRST if name in self.missing]
            for name in [*first, *(one for one in self.missing if one not in first)]:
                yield f"    {'! ' if name in first else '  '}{name}: {self.missing[name]}"
            if first:
                yield "    ! Find these out before people use it."
        if self.to_confirm:
            yield f"  To be confirmed by someone at the service ({CONFIRM}):"
            yield from (f"      {one}" for one in self.to_confirm)


def reports(folder: Path, slug: str | None = None) -> list[Report]:
    """Look through the agency files of a folder.

    Args:
        folder: data/agencies.
        slug: only this agency.
    Raises:
        BrokenFile: what is said for unknown facts can't be read.
    """
    unknown = load_unknown(words_beside(folder))
    return [report(file, unknown) for file in sorted(folder.glob("*.yml")) if slug in (None, file.stem)]


def report(file: Path, unknown: Unknown) -> Report:
    """Look through one agency file."""
    try:
        source = open_yaml(file)
    except BrokenFile as broken:
        return Report(file.stem, file.name, broken.problems, 0, {}, ())
    problems = tuple(sorted([*AgencyFile.check(source)[1], *source.doubled_keys()]))
    raw = source.value if isinstance(source.value, dict) else {}
    missing = {} if problems else _missing(raw, unknown)
    known = sum(1 for _, value in facts_in(raw) if value is not None)
    return Report(file.stem, str(raw.get("name") or file.name), problems, known, missing, tuple(_to_confirm(source)))


def _missing(raw: Mapping[str, Any], unknown: Unknown) -> dict[str, str]:
    found: dict[str, str] = {}
    own = [name for name in unknown.instead if name.startswith(f"{FREE}.") and name not in dict(facts_in(raw))]
    words = {**unknown_facts(raw, unknown), **{name: unknown.instead[name] for name in own}}
    whole_teams = {name for name, value in (raw.get("teams") or {}).items() if value is None}
    for name, said in words.items():
        first, *rest = name.split(".")
        if first == "teams" and (rest[0] in whole_teams or rest[1] not in ("name", "phone")):
            continue  # a team of which nothing is known is one gap, and its address or page is none
        found[name] = _instead(name, said)
    found.update({f"teams.{name}": RULES["teams"] for name in sorted(whole_teams)})
    return found


def _instead(name: str, said: str | None) -> str:
    rule = next((text for part, text in RULES.items() if name == part or name.startswith(f"{part}.")), None)
    if rule:
        return rule
    if said is None:
        return "nothing names it"
    short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
    return f'it says "{short}"'


def _to_confirm(source: Source) -> Iterator[Problem]:
    for number, line in enumerate(source.file.read_text(encoding="utf-8").splitlines(), start=1):
        fact, _, comment = line.partition("#")
        if CONFIRM in comment and fact.strip():
            why = comment[comment.index(CONFIRM) + len(CONFIRM) :].strip(" :.")
            yield Problem(source.file, number, f"{fact.strip()[:LONGEST]}{f'  ({why})' if why else ''}")
        elif f"{CONFIRM}." in comment or comment.rstrip().endswith(CONFIRM) or f"{CONFIRM}:" in comment:
            yield Problem(source.file, number, comment.strip())
