"""The real processes: one message is followed through all of them, and none tells a word of what was typed to it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bench.support.person import Person
from bench.support.servers import Servers
from bench.support.waiting import wait_until

pytestmark = pytest.mark.restart

PROCESSES = ("web", "rasa", "actions", "worker")
# Each in another way of saying something: a fact, a name, an address, harm, a question about nothing.
TYPED = (
    "my name is Quillfeather and I am 34",
    "my uncle Quillfeather hits my little sister",
    "quillfeather@home.example",
    "07700 900123",
    "I live at 9 Quillfeather Lane, LE3 8RA",
    "qqq quillfeather zzz",
)
MARKERS = ("quillfeather", "900123", "le3 8ra")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers of our own: what they write is read."""
    running = Servers(tmp_path_factory.mktemp("logs"))
    try:
        running.start_all()
        running.start("worker")
        yield running
    finally:
        running.stop_all()


def written(house: Servers) -> str:
    return "\n".join((house.state / f"{name}.log").read_text(encoding="utf-8") for name in PROCESSES)


def lines(house: Servers) -> list[dict[str, Any]]:
    """Every line of every process, each a JSON object of the one shape."""
    found = [json.loads(line) for line in written(house).splitlines() if line]
    assert all({"time", "level", "process", "event"} <= set(line) for line in found)
    return found


def has(house: Servers, process: str, event: str) -> bool:
    return any(line["process"] == process and line["event"] == event for line in lines(house))


def test_a_message_is_followed_by_its_request_id_through_web_rasa_and_actions(house: Servers) -> None:
    person = Person(house.address)
    person.begin()
    person.client.headers["X-Request-Id"] = "follow-me-0001"
    answer = person.send("my uncle hits my little sister")
    assert answer.headers["X-Request-Id"] == "follow-me-0001"
    told = [line for line in lines(house) if line.get("request_id") == "follow-me-0001"]
    assert {line["process"] for line in told} == {"web", "rasa", "actions"}
    assert {line["conversation_id"] for line in told} == {person.id}
    expected = {"message_received", "message_answered", "request_done", "message_processed", "action_done"}
    assert {line["event"] for line in told} == expected | {"disclosure_found", "handoff_made", "alert_queued"}
    (found,) = [line for line in told if line["event"] == "disclosure_found"]
    assert found["category"] == "worried_about_child"


def test_no_word_that_was_typed_is_told_by_any_process_whatever_goes_wrong(house: Servers) -> None:
    marked = {"User-Agent": "quillfeather", "X-Request-Id": "quillfeather of 9 Vole Lane", "Cookie": "a=quillfeather"}
    person = Person(house.address)
    person.begin()
    person.client.headers.update(marked)
    person.say("Check if I could foster")
    for typed in TYPED:
        person.say(typed)
    for path in (
        "/quillfeather",
        "/booking/quillfeather",
        "/calendar/quillfeather.ics",
        "/console/sign-in?next=quillfeather",
    ):
        httpx.get(house.address + path, headers=marked)
    httpx.request("QUILLFEATHER", house.address, headers=marked)
    own = {**marked, "Origin": house.address}
    httpx.post(
        f"{house.address}/console/sign-in", data={"email": "quillfeather", "password": "quillfeather"}, headers=own
    )
    # Rasa without its action server, nobody at all, and then the store gone in the middle of a message.
    house.kill("actions")
    person.say("quillfeather is still here")
    house.kill("rasa")
    person.say("and quillfeather again")
    for name in ("actions", "rasa"):
        house.start(name)
    house.wait_for_presence("awake")
    wait_until(lambda: has(house, "web", "message_answered_later"), "what waited to be answered")
    store = house.store()
    for table in ("answers", "outbox"):
        with store.engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    store.close()
    for typed in TYPED:
        person.send(typed)
    wait_until(lambda: has(house, "actions", "action_failed"), "an action that fails")
    wait_until(lambda: has(house, "worker", "chore_failed"), "the worker to miss a table")
    wait_until(lambda: has(house, "rasa", "library_message"), "rasa to be told of it")
    house.processes["worker"].send_signal(signal.SIGTERM)
    wait_until(lambda: has(house, "worker", "process_stopping"), "the worker to end")
    text = written(house).lower()
    assert [marker for marker in MARKERS if marker in text] == []
