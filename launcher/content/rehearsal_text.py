"""A rehearsal's report as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from enquiry.screening.rehearsal.report import Change, Count, Direction, Example, Report

MEANINGS = {
    Direction.EASIER: "easier: less stands in the way",
    Direction.NOTE: "goes on, with a note more for the visitor",
    Direction.PERSON: "a person talks with them first",
    Direction.TEAM: "shown the way to another team",
    Direction.NOT_YET: "would hear “not yet”",
    Direction.SAFETY: "a safety message comes, or comes no more: ask the safeguarding lead",
}
MOST_REASONS = 12


def in_words(report: Report) -> Iterator[str]:
    """The report, a line each."""
    yield f"{report.agency}: criteria {report.from_version} and {report.to_version}"
    if report.from_version == report.to_version:
        yield "  Both files have the same version. Give the new one a version of its own before it is put in place."
    yield f"  {count(report.compared)} compared"
    if report.unfinished.all:
        yield f"  {count(report.unfinished)} of them not finished: decided by the answers there are"
    yield f"  {count(report.unchanged)} would end as today"
    yield f"  {count(report.changed)} would end otherwise"
    for direction, many in report.directions():
        yield f"    {count(many)}: {MEANINGS[direction]}"
    if report.undecided.all:
        yield f"  {count(report.undecided)} can't be told before they answer something first"
    yield from _asked_again(report)
    yield from _changes(report)
    yield from _reasons(report)
    if report.new_answers:
        yield "  New answers, which nobody could give so far:"
        yield from (f"    {question}: {answer}" for question, answer in report.new_answers)


def count(many: Count) -> str:
    """A count, with how many of it real people gave."""
    return f"{many.all:,} ({many.given:,} from people)"


def _asked_again(report: Report) -> Iterator[str]:
    for one in report.asked_again:
        why = "their answer is none any more" if one.gone else "not asked of them so far"
        yield f"    {count(one.count)} would be asked: {one.short} ({why})"


def _changes(report: Report) -> Iterator[str]:
    if report.changes:
        yield "  From and to:"
    for change in report.changes:
        yield f"    {words(change.before)} → {words(change.after)}: {count(change.count)}"
        yield from (f"      e.g. {line}" for line in _examples(change))


def _examples(change: Change) -> Iterator[str]:
    for one in change.examples:
        answers = "; ".join(f"{question}: {answer}" for question, answer in one.answers)
        yield f"{one.route}. {answers}. {_why(one)}{'' if one.made_up else ' (an answer of a person)'}"


def _why(example: Example) -> str:
    before, after = (
        ", ".join(words(name) for name in names) or "nothing"
        for names in (example.reasons_before, example.reasons_after)
    )
    return f"Because of: {before} → {after}"


def _reasons(report: Report) -> Iterator[str]:
    if report.reasons:
        yield "  Reasons that come (+) and go (-):"
    for one in report.reasons[:MOST_REASONS]:
        yield f"    +{one.came.all:,} -{one.went.all:,}  {one.reason} ({words(one.outcome)}): {one.for_staff}"
    if len(report.reasons) > MOST_REASONS:
        yield f"    and {len(report.reasons) - MOST_REASONS} more; --json prints them all"


def words(name: str) -> str:
    """A name as it is read."""
    return name.replace("_", " ")
