"""Every event and figure that the code tells is explained in docs/operating.md, and tells only what is on the list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enquiry.operating.event_counts import EventCounts
from enquiry.operating.logs import ALLOWED, FROM_LIBRARY
from enquiry.settings import ROOT
from web.operating.metrics import GAUGES

FOLDERS = ("actions", "bot", "enquiry", "web", "worker")
LEVELS = frozenset({"debug", "info", "warning", "error", "critical", "exception", "log"})
LOGGERS = frozenset({"log", "event_log()", "_ours"})
WORD = re.compile(r"[a-z]+(_[a-z]+)*")
DOCUMENT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
# Told by name of a constant, or written without a logger.
OTHERS = frozenset({FROM_LIBRARY, "start_refused"})


@dataclass(frozen=True)
class Told:
    """One place where something is told."""

    where: str
    event: ast.expr | None
    facts: frozenset[str]


@cache
def told() -> tuple[Told, ...]:
    return tuple(_told())


def _told() -> Iterator[Told]:
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if ".venv" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (first := _first(node)) is not None:
                    facts = frozenset(word.arg for word in node.keywords if word.arg)
                    where = f"{file.relative_to(ROOT)}:{node.lineno}"
                    yield Told(where, node.args[first] if len(node.args) > first else None, facts)


def _first(call: ast.Call) -> int | None:
    """Where the event stands among the arguments of a call that tells something."""
    if isinstance(call.func, ast.Name):
        # `_tell(session, "outbox_sent", …)` of enquiry/outbox/delivery.py hands on to the other.
        second = call.args[1] if len(call.args) > 1 else None
        is_event = isinstance(second, ast.Constant) and isinstance(second.value, str)
        return 1 if call.func.id == "tell_after_commit" or (call.func.id == "_tell" and is_event) else None
    if isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS and ast.unparse(call.func.value) in LOGGERS:
        return 1 if call.func.attr == "log" else 0
    return None


def events() -> set[str]:
    return {each.event.value for each in told() if isinstance(each.event, ast.Constant)} | OTHERS


def table(heading: str) -> set[str]:
    """The words in the first column of the table under a heading."""
    under = DOCUMENT.split(f"## {heading}\n")[1].split("\n## ")[0]
    return {word for row in re.findall(r"^\| (`.+?) \|", under, re.MULTILINE) for word in re.findall(r"`(\w+)`", row)}


def test_there_is_something_to_look_at() -> None:
    assert len(told()) > 30
    assert {"message_received", "outbox_sent", "booking_changed", "message_processed", "limit_hit"} <= events()


def test_every_event_is_a_word_that_stands_in_the_code_itself() -> None:
    handed_on = {"enquiry/store/after_commit.py", "enquiry/outbox/delivery.py", "enquiry/operating/logs.py"}
    odd = [
        each.where
        for each in told()
        if not (isinstance(each.event, ast.Constant) and WORD.fullmatch(str(each.event.value)))
        and each.where.split(":")[0] not in handed_on
    ]
    assert odd == []


def test_every_event_is_explained_and_none_that_is_not_told() -> None:
    assert table("Events") == events()


def test_only_facts_on_the_list_are_handed_in() -> None:
    aside = {"exc_info", "extra"}
    assert [(each.where, each.facts - ALLOWED - aside) for each in told() if each.facts - ALLOWED - aside] == []


def test_every_figure_is_explained_and_none_that_is_not_told() -> None:
    counted = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in EventCounts().registry.collect()
        if family.name.startswith("hearth_")
    }
    asked = {f"hearth_{gauge.name}{end}" for gauge in GAUGES for end in ("", "_oldest_seconds")}
    assert table("Figures") == counted | asked | {"hearth_store_answers", "hearth_assistant_awake"}
