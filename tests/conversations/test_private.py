"""Sixty texts that tell of an offence or of health, typed to private questions: afterwards no word of them is anywhere."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bench.support.person import Person
from bench.support.servers import Servers
from bench.support.waiting import wait_until
from enquiry.settings import ROOT
from enquiry.store.models import Base, Conversation

pytestmark = pytest.mark.restart

MARKER = "[Something private was typed here. It is not kept.]"
KINDLY = ("not kept", "call")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "understanding" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers of our own: their files are searched, and must hold nothing of other tests."""
    running = Servers(tmp_path_factory.mktemp("private"))
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()


def looking_at(house: Servers, question: str) -> Person:
    """Somebody who has begun and is looking at that question."""
    person = Person(house.address)
    person.begin()
    person.say("Check if I could foster")
    store = house.store()
    try:
        with store.write() as session:
            conversation = session.get_one(Conversation, person.id)
            conversation.question, conversation.previous_question = question, None
    finally:
        store.close()
    return person


def own(person: Person) -> str:
    """The person's last message, as it is kept."""
    return str([message["text"] for message in person.all_messages() if message["author"] == "enquirer"][-1])


def in_the_tables(house: Servers) -> str:
    """Every row of every table of the store, and of Rasa's."""
    store = house.store()
    try:
        with store.read() as session:
            found = [
                str(row)
                for table in Base.metadata.sorted_tables
                for row in session.execute(sql(f'SELECT * FROM "{table.name}"'))
            ]
    finally:
        store.close()
    rasa = sqlite3.connect(house.state / "rasa.db")
    try:
        events = rasa.execute("SELECT * FROM events").fetchall()
    finally:
        rasa.close()
    assert len(found) > 100
    assert len(events) > 100
    return "\n".join([*found, *map(str, events)]).lower()


def in_the_files(folder: Path) -> bytes:
    """All that the processes have written, logs among them."""
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()).lower()


def test_no_word_of_sixty_private_texts_is_stored_and_each_person_is_told_kindly(house: Servers) -> None:
    private = rows("private_texts.csv")
    assert len(private) == 60
    kept, not_told = [], []
    for row in private:
        person = looking_at(house, row["question"])
        answer = person.send(row["text"]).json()
        heard = " ".join(message["text"] for message in answer["messages"])
        if answer["message"]["text"] != MARKER or own(person) != MARKER:
            kept.append(row["text"])
        if not all(word in heard for word in KINDLY):
            not_told.append((row["text"], heard))
        assert row["trace"].lower() not in heard.lower()
    assert kept == []
    assert not_told == []

    tables = in_the_tables(house)
    assert [row["trace"] for row in private if row["trace"].lower() in tables or row["text"].lower() in tables] == []
    store = house.store()
    try:
        wait_until(store.clear_log, "the store's log to be emptied")
    finally:
        store.close()
    files = in_the_files(house.state)
    assert MARKER.lower().encode() in files
    assert [row["trace"] for row in private if row["trace"].lower().encode() in files] == []


@pytest.mark.parametrize("row", rows("private_harmless.csv"), ids=lambda row: row["text"])
def test_a_harmless_text_to_a_private_question_is_kept_and_nobody_is_lectured(
    house: Servers, row: dict[str, str]
) -> None:
    person = looking_at(house, row["question"])
    person.say(row["text"])
    assert own(person) == row["text"]
    assert "not kept" not in person.heard


def test_a_text_that_tells_no_answer_is_asked_for_again_with_its_buttons(house: Servers) -> None:
    person = looking_at(house, "offences")
    person.say("burglery")
    assert "own words" not in person.heard
    assert "not kept" in person.heard
    assert "Nothing has been decided" in person.heard
    assert person.offered


def test_where_somebody_may_be_in_danger_staff_have_the_words_also_at_a_private_question(house: Servers) -> None:
    person = looking_at(house, "childrens_services")
    said = "I think my niece is being groomed by someone online"
    person.say(said)
    assert own(person) == said


def test_it_is_withheld_after_all_when_it_was_typed_while_the_assistant_was_away(house: Servers) -> None:
    person = looking_at(house, "health")
    house.kill("rasa")
    person.say("i take zopiclonium for my xanthopsia")
    house.start("rasa")
    house.wait_for_presence("awake")
    wait_until(lambda: own(person) == MARKER, "the text to be replaced")
    assert "xanthopsia" not in in_the_tables(house)
