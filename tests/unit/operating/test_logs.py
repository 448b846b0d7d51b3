"""Lines of the log have one shape, and nothing that anybody said gets into them."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys

import pytest
from structlog.contextvars import bound_contextvars

from enquiry.operating.logs import LEFT_OUT, LineFormatter, event_log, request_id_of
from enquiry.settings import ROOT
from tests.support.log_lines import logged

MARKER = "Quillfeather lives at 9 Vole Lane"
log = event_log()


def test_a_line_tells_when_what_where_and_whose() -> None:
    with logged("web") as lines, bound_contextvars(request_id="abc-12345", conversation_id="c0ffee"):
        log.warning("limit_hit", limit="message", milliseconds=1.5)
    (line,) = lines.all
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "level": "warning",
        "process": "web",
        "event": "limit_hit",
        "limit": "message",
        "milliseconds": 1.5,
        "request_id": "abc-12345",
        "conversation_id": "c0ffee",
    }


def test_for_a_person_it_is_one_readable_line() -> None:
    with logged() as lines:
        log.info("outbox_sent", channel="email")
    assert lines.of("outbox_sent")
    record = logging.LogRecord(
        "hearth", logging.INFO, __file__, 1, {"event": "outbox_sent", "channel": "email"}, (), None
    )
    told = LineFormatter("worker", as_json=False).format(record)
    assert re.fullmatch(r"\S+Z info +worker +outbox_sent +channel=email", told)


@pytest.mark.parametrize("key", ["text", "name", "phone", "token", "message", "detail", "stack_info"])
def test_a_fact_that_is_not_on_the_list_is_not_written(key: str) -> None:
    with logged() as lines:
        log.info("request_done", **{key: "Quillfeather"})
    assert "quillfeather" not in lines.text.lower()


@pytest.mark.parametrize(
    "value", [MARKER, "robin@home.example", "+447700900123", "a" * 121, ["Quillfeather"], {"a": 1}]
)
def test_a_fact_that_is_no_number_and_no_word_of_code_is_left_out(value: object) -> None:
    with logged() as lines:
        log.info("request_done", reason=value)
    assert lines.all[0]["reason"] == LEFT_OUT


def test_of_an_error_its_type_its_cause_and_its_place_are_told_and_not_its_text() -> None:
    with logged() as lines:
        try:
            try:
                raise FileNotFoundError(2, MARKER, MARKER)
            except OSError as error:
                raise ValueError(MARKER) from error
        except ValueError as error:
            log.error("action_failed", exc_info=error)
    (line,) = lines.all
    assert (line["error"], line["caused_by"]) == ("ValueError", "FileNotFoundError:ENOENT")
    assert re.fullmatch(r"tests/unit/operating/test_logs\.py:\d+", line["place"])
    assert "Quillfeather" not in lines.text


def test_an_error_raised_in_a_library_has_our_place_and_its_own() -> None:
    with logged() as lines:
        try:
            json.loads("{" + MARKER)
        except ValueError as error:
            log.error("action_failed", exc_info=error)
    (line,) = lines.all
    assert line["place"].startswith("tests/unit/operating/test_logs.py:")
    assert re.fullmatch(r"<json/decoder\.py>:\d+", line["raised_at"])


def test_of_what_a_library_says_only_the_place_is_told() -> None:
    with logged() as lines:
        logging.getLogger("some.library").warning("%s wrote in", MARKER)
        try:
            raise ValueError(MARKER)
        except ValueError:
            logging.getLogger("some.library").exception("no luck with " + MARKER)
    said, failed = lines.all
    assert (said["event"], said["library"]) == ("library_message", "some.library")
    assert said["place"].startswith("tests/unit/operating/test_logs.py:")
    assert failed["error"] == "ValueError"
    assert "Quillfeather" not in lines.text


@pytest.mark.parametrize("stated", ["abcd-1234", "a" * 64, "01234567"])
def test_a_request_id_that_is_one_is_taken(stated: str) -> None:
    assert request_id_of(stated) == stated


@pytest.mark.parametrize(
    "stated", [None, "", "short", "a" * 65, "with space 12", "semi;colon12", "línea-1234", "12345678\n"]
)
def test_another_request_id_is_made_instead_of_one_that_is_none(stated: str | None) -> None:
    made = request_id_of(stated)
    assert made != stated
    assert re.fullmatch(r"[0-9a-f]{32}", made)


@pytest.mark.parametrize(
    "ending",
    [
        f"raise ValueError({MARKER!r})",
        f"import threading; t = threading.Thread(target=lambda: int({MARKER!r})); t.start(); t.join()",
        f"import warnings; warnings.warn({MARKER!r})",
        f"import logging; logging.getLogger('x').error('%d', {MARKER!r})",
        f"log.error('crashed', advice={MARKER!r}, exc_info=OSError(2, {MARKER!r}))",
        f"import asyncio; loop = asyncio.new_event_loop(); loop.call_soon(lambda: int({MARKER!r})); "
        "loop.call_soon(loop.stop); loop.run_forever()",
    ],
    ids=["uncaught", "in a thread", "a warning", "a message that can't be made", "with advice", "in the event loop"],
)
@pytest.mark.parametrize("wanted", ["json", "text"])
def test_however_a_process_goes_wrong_nobodys_words_are_in_its_output(ending: str, wanted: str) -> None:
    program = f"from enquiry.operating.logs import *; set_up_logs('web', {wanted!r}); log = event_log(); {ending}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Quillfeather" not in done.stderr
    if wanted == "json":
        assert [json.loads(line)["process"] for line in done.stderr.splitlines()] == ["web"]


def test_where_nothing_is_set_up_only_warnings_are_seen() -> None:
    program = "from enquiry.operating.logs import *; log = event_log(); log.info('store_prepared'); log.warning('topics_broken', count=2)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "topics_broken" in done.stderr
