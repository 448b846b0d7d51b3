"""Log lines of the Rasa server, of the same shape as enquiry/operating/logs.py writes, with the standard library alone.

Rasa and its libraries put what people typed into their messages, so of those only the place is told, and of an error its type.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROCESS = "rasa"
# Facts of our own events; `following` holds the ids.
ALLOWED = frozenset({"milliseconds", "replies", "port"})
FOLLOWED = {"request_id": re.compile(r"[A-Za-z0-9-]{8,64}"), "conversation_id": re.compile(r"[0-9a-f]{32}")}
_ours = logging.getLogger("hearth")
_following: ContextVar[Mapping[str, str]] = ContextVar("following")


def event_log() -> logging.Logger:
    """The logger of events: `log.info("event", extra={"facts": {…}})`."""
    return _ours


def follow(**ids: Any) -> None:
    """Tell what happens from here on, in this task, with the ids of the message that is dealt with."""
    _following.set({name: ids[name] for name, is_id in FOLLOWED.items() if is_id.fullmatch(str(ids.get(name)))})


def set_up_lines() -> None:
    """Write the events of the server, and the places of its libraries' errors, as lines of one shape. Call it after `hush`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(_as_json()))
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    _ours.setLevel(logging.INFO)
    # What can't be written would otherwise be shown as it is, with its values.
    logging.raiseExceptions = False
    sys.excepthook = lambda kind, error, trace: _ours.critical("crashed", exc_info=(kind, error, trace))


def refuse_start(kind: str, sentence: str) -> int:
    """Say in a sentence, made for whoever starts the process, why it can't start.

    Returns:
        1, its exit status.
    """
    line = {**_head(logging.CRITICAL), "event": "start_refused", "error": kind, "advice": sentence}
    print(json.dumps(line, ensure_ascii=False) if _as_json() else sentence, file=sys.stderr)
    return 1


class LineFormatter(logging.Formatter):
    """Makes a line of a record."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        if record.name == _ours.name:
            facts = {"event": record.msg, **_allowed(getattr(record, "facts", {}))}
        else:
            place = f"{_short(record.pathname)}:{record.lineno}"
            facts = {"event": "library_message", "library": record.name, "place": place}
        facts.update(_following.get({}))
        if record.exc_info and record.exc_info[1]:
            facts.update(_error_in_short(record.exc_info[1]))
        head = _head(record.levelno)
        if self._as_json:
            return json.dumps({**head, **facts})
        told = " ".join(f"{name}={value}" for name, value in facts.items() if name != "event")
        return f"{head['time']} {head['level']:<8} {PROCESS:<7} {facts['event']:<22} {told}".rstrip()


def _as_json() -> bool:
    wanted = os.environ.get("HEARTH_LOG_FORMAT", "auto")
    return wanted == "json" or (wanted != "text" and not sys.stderr.isatty())


def _head(level: int) -> dict[str, str]:
    time = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"time": time, "level": logging.getLevelName(level).lower(), "process": PROCESS}


def _allowed(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in ALLOWED and isinstance(value, (int, float))}


def _error_in_short(error: BaseException) -> dict[str, str]:
    """Its type and where it was raised. Its text and trace can hold a whole conversation: Rasa puts the request into it."""
    places = [f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [place for place in places if not place.startswith("<")]
    return {"error": type(error).__name__, **({"place": (ours or places)[-1]} if places else {})}


def _short(file: str) -> str:
    """A file of ours from the project's folder; another one with its library, between angle brackets."""
    path = Path(file)
    if "site-packages" in path.parts:
        return f"<{'/'.join(path.parts[path.parts.index('site-packages') + 1 :])}>"
    return str(path.relative_to(ROOT)) if ROOT in path.parents else f"<{'/'.join(path.parts[-2:])}>"
