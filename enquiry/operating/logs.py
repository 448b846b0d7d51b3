"""Log lines: one event a line, of one shape in every process, and never anything a person said.

Only facts on a list are written, and only as numbers or as words of code: whatever else is handed in is left out. Of an error its
type and place are told, and of what a library says its place alone: nobody can tell what stands in the text.
Standard library and structlog only. bot/server/log_lines.py writes the same lines in the assistant's own environment.
"""

from __future__ import annotations

import errno
import json
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

import structlog
from structlog.contextvars import get_contextvars, merge_contextvars

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = frozenset(
    """
    event request_id conversation_id message_id enquiry_id handoff_id staff_id reference agency
    method route status milliseconds replies action
    category certainty reason priority kind change channel attempts limit missing
    chore what deleted migrated events visitors accounts count port
    library error caused_by place raised_at
    """.split()
)
# A number, or what a program calls something. Sentences, names with a space, addresses and phone numbers with a + are neither.
WORD = re.compile(r"[A-Za-z0-9_./:{}<>,-]{1,120}")
LEFT_OUT = "[left out]"
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
FROM_LIBRARY = "library_message"

Facts = MutableMapping[str, Any]
Log = structlog.stdlib.BoundLogger

EVENTS_LOGGER = logging.getLogger("hearth")
EVENTS_LOGGER.setLevel(logging.INFO)


def event_log() -> Log:
    """The logger of events. Before `set_up_logs`, as in ./hearth's own commands, only warnings are seen."""
    processors = (structlog.stdlib.filter_by_level, merge_contextvars, _with_error_in_short, _only_allowed, _handed_on)
    log: Log = structlog.wrap_logger(
        EVENTS_LOGGER,
        processors=processors,
        wrapper_class=structlog.stdlib.BoundLogger,
        context_class=dict,
        cache_logger_on_first_use=True,
    )
    return log


def set_up_logs(process: str, wanted: str = "auto", out: TextIO | None = None) -> None:
    """Write the events of this process, and what its libraries warn of, as lines of one shape.

    Args:
        process: what the process is called.
        wanted: "json", "text", or "auto": text where a person reads along, JSON elsewhere.
        out: standard error when None.
    """
    out = out or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter(process, as_json=wanted == "json" or (wanted == "auto" and not out.isatty())))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # What can't be written would otherwise be shown as it is, with its values.
    logging.raiseExceptions = False
    log = event_log()
    sys.excepthook = lambda _kind, error, _trace: _tell_crash(log, error)
    threading.excepthook = lambda crash: _tell_crash(log, crash.exc_value)
    sys.unraisablehook = lambda left: _tell_crash(log, left.exc_value)
    warnings.showwarning = lambda _text, kind, file, line, *_: log.warning(
        FROM_LIBRARY, library="warnings", error=kind.__name__, place=f"{_short(file)}:{line}"
    )


def refuse_start(process: str, trouble: Exception) -> int:
    """Say in a sentence, made for whoever starts the process, why it can't start.

    Returns:
        1, its exit status.
    """
    if sys.stderr.isatty():
        print(trouble, file=sys.stderr)
    else:
        line = _line(logging.CRITICAL, process, {"event": "start_refused", "error": type(trouble).__name__})
        print(json.dumps({**line, "advice": str(trouble)}, ensure_ascii=False), file=sys.stderr)
    return 1


def request_id_of(stated: object) -> str:
    """The request id that was sent along, if it is one, or else a new one."""
    return stated if isinstance(stated, str) and REQUEST_ID.fullmatch(stated) else uuid4().hex


def current_request_id() -> str | None:
    """The id of the request that is being dealt with, here or in the process that asked."""
    return get_contextvars().get("request_id")


class LineFormatter(logging.Formatter):
    """Makes a line of a record."""

    def __init__(self, process: str, *, as_json: bool) -> None:
        super().__init__()
        self._process = process
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        ours: Any = record.msg if record.name == EVENTS_LOGGER.name else None
        facts: Facts = ours if isinstance(ours, dict) else _of_library(record)
        line = _line(record.levelno, self._process, facts)
        if self._as_json:
            return json.dumps(line)
        told = " ".join(f"{name}={value}" for name, value in facts.items() if name != "event")
        return f"{line['time']} {line['level']:<8} {self._process:<7} {line['event']:<22} {told}".rstrip()


def _tell_crash(log: Log, error: BaseException | None) -> None:
    # Ctrl-C is how a process at a terminal is meant to end.
    if not isinstance(error, KeyboardInterrupt):
        log.critical("crashed", exc_info=error)


def _line(level: int, process: str, facts: Facts) -> dict[str, Any]:
    time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "time": time,
        "level": logging.getLevelName(level).lower(),
        "process": process,
        "event": facts["event"],
        **facts,
    }


def _of_library(record: logging.LogRecord) -> Facts:
    facts: Facts = {
        "event": FROM_LIBRARY,
        "library": record.name,
        "place": f"{_short(record.pathname)}:{record.lineno}",
    }
    # uvicorn hands over the error itself where it can't listen.
    facts["exc_info"] = record.exc_info or (record.msg if isinstance(record.msg, BaseException) else None)
    for step in (merge_contextvars, _with_error_in_short, _only_allowed):
        facts = step(None, "", facts)
    return facts


def _with_error_in_short(_logger: object, _method: str, facts: Facts) -> Facts:
    """An error as its type, what caused it, and where in our code and where at all it was raised."""
    error = facts.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        facts["error"], facts["caused_by"] = _kind(error), _kind(cause) if cause else None
        places = [
            f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)
        ]
        ours = [place for place in places if not place.startswith("<")]
        if places:
            facts["place"] = (ours or places)[-1]
            facts["raised_at"] = places[-1] if places[-1] != facts["place"] else None
    return facts


def _kind(error: BaseException) -> str:
    """The type of an error with the code that the system or the database gives it: `OSError:EADDRINUSE`."""
    system = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    code = system or getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return f"{type(error).__name__}:{code}" if code else type(error).__name__


def _only_allowed(_logger: object, _method: str, facts: Facts) -> Facts:
    """The facts on the list, as far as they are there and are numbers or words of code."""
    return {
        name: value
        if isinstance(value, int | float) or (isinstance(value, str) and WORD.fullmatch(value))
        else LEFT_OUT
        for name, value in facts.items()
        if name in ALLOWED and value is not None
    }


def _handed_on(_logger: object, _method: str, facts: Facts) -> tuple[tuple[Facts], dict[str, Any]]:
    return (facts,), {}


def _short(file: str) -> str:
    """A file of ours from the project's folder; another one with its library, between angle brackets."""
    path = Path(file)
    if "site-packages" in path.parts:
        return f"<{'/'.join(path.parts[path.parts.index('site-packages') + 1 :])}>"
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else f"<{'/'.join(path.parts[-2:])}>"
