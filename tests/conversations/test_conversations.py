"""Every conversation in the folders beside this file, against the real Rasa and action servers.

A file is one conversation: what the person says and what has to come of it; `agency` names the service it is with, where that is not
Leicestershire. Keys of a line of `talk`:
  says       what the person types, <date 2> being the day of the second event, as "30 december"; instead of it
  choose       picks the n-th button offered
  day_of       types the day of the n-th date offered, as "Thursday 3rd of December"
  answers_until  answers plainly (plain_answers.py in tests/support) until that question is asked, mostly by quickly.py there
  asked      the question asked next; `nothing` where none may be asked
  hears      one text or several that must stand in the replies
  not_hears  texts that must not
  offered, not_offered  titles of buttons that must, or must not, be there
  calls      numbers that a link in the replies rings
  links, not_links  where a link in the replies leads, or must not
And under `then`: outcome (the last), route and reasons (of the last outcome, the reasons by name), stage, answers (`~` for one that must
not be kept), handoffs (a list of reasons, or reason/category; * for any category), booked (place, visit or nothing), people, needs and
language (of the place that is booked), summary and summary_lacks (texts in, or not in, the summary of the last handoff), priority (of
the last handoff), messages_lack (texts in no message that is kept), sent (how many messages wait to go to them), contact, enquiry
(`none` where there must be none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.bookings.events.places import coming_events
from enquiry.dates import local
from enquiry.journey.record import answers_of
from enquiry.store.models import Conversation, Enquiry, Handoff, OutboxMessage
from tests.support.plain_answers import answer_until
from tests.support.quickly import skip_towards

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))
TALK_KEYS = {
    "says",
    "choose",
    "day_of",
    "answers_until",
    "asked",
    "hears",
    "not_hears",
    "offered",
    "not_offered",
    "calls",
    "links",
    "not_links",
}
ENQUIRY_KEYS = {
    "outcome",
    "route",
    "reasons",
    "stage",
    "answers",
    "booked",
    "people",
    "needs",
    "language",
    "contact",
    "sent",
}
THEN_KEYS = ENQUIRY_KEYS | {"handoffs", "summary", "summary_lacks", "enquiry", "priority", "messages_lack"}
AT_ONCE = 3
VISITS = Lock()
DATE_OF_AN_EVENT = re.compile(r"<date (\d)>")
SAID_ALOUD = ("happy_path", "volunteered")


@pytest.fixture(scope="session")
def talks(servers: Servers, request: pytest.FixtureRequest) -> Iterator[dict[Path, Future[None]]]:
    """The conversations that were asked for, several at once as in real life: one after the other takes minutes."""
    functions = [
        item for item in request.session.items if isinstance(item, pytest.Function) and "talks" in item.fixturenames
    ]
    wanted = [Path(str(item.callspec.params["file"])) for item in functions]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {file: pool.submit(hold, file, servers) for file in wanted}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_conversation_goes_as_written(file: Path, talks: dict[Path, Future[None]]) -> None:
    talks[file].result()


def hold(file: Path, servers: Servers) -> None:
    """Hold one conversation. Those about visits take turns, or one would take the time that another has just been offered."""
    text = file.read_text(encoding="utf-8")
    aloud = file.parent.name in SAID_ALOUD
    with VISITS if "visit_slot" in text else nullcontext():
        go_through(yaml.safe_load(text), servers, aloud=aloud)


def go_through(script: dict[str, Any], servers: Servers, *, aloud: bool = False) -> None:
    """Say what the script says, and compare what comes of it.

    Args:
        aloud: also the plain answers of `answers_until` are all said.
    """
    assert set(script) <= {"agency", "talk", "then"}, "the script has unknown keys"
    person = Person(servers.address, script.get("agency", "leicestershire"))
    person.begin()
    for number, line in enumerate(script["talk"], start=1):
        assert set(line) <= TALK_KEYS, f"line {number} has unknown keys"
        if "answers_until" in line:
            if not aloud:
                skip_towards(line["answers_until"], person, servers)
            answer_until(line["answers_until"], person)
            text = f"until {line['answers_until']}"
        else:
            text = with_dates(what_is_typed(line, person), servers)
            person.say(text)
        check_line(f"line {number} ({text!r})", line, person)
    check_end(script.get("then") or {}, person.id, servers)


def what_is_typed(line: dict[str, Any], person: Person) -> str:
    """The text of a line, taken from the buttons offered where the line says so."""
    if "choose" in line:
        return str(person.offered[line["choose"] - 1])
    if "day_of" in line:
        found = re.search(r"(\w+day) (\d+) (\w+)", person.offered[line["day_of"] - 1])
        assert found, f"there is no date in {person.offered}"
        weekday, day, month = found.groups()
        ending = {"1": "st", "2": "nd", "3": "rd", "21": "st", "22": "nd", "23": "rd", "31": "st"}.get(day, "th")
        return f"{weekday} {day}{ending} of {month}"
    return str(line["says"])


def with_dates(text: str, servers: Servers) -> str:
    """Put the days of events into what is typed: whoever wrote a conversation down could not know them."""
    if not DATE_OF_AN_EVENT.search(text):
        return text
    store = servers.store()
    with store.read() as session:
        days = [local(one.starts_at) for one in coming_events(session, "leicestershire", datetime.now(UTC))]
    store.close()
    return DATE_OF_AN_EVENT.sub(lambda match: f"{(day := days[int(match.group(1)) - 1]).day} {day:%B}".lower(), text)


def check_line(where: str, line: dict[str, Any], person: Person) -> None:
    """Compare what was heard with what was to be heard."""
    if "asked" in line:
        wanted = None if line["asked"] == "nothing" else line["asked"]
        assert person.question == wanted, f"{where}: asked {person.question}; heard: {person.heard}"
    for text in several(line.get("hears")):
        assert text.lower() in person.heard.lower(), f"{where}: {text!r} is not in: {person.heard}"
    for text in several(line.get("not_hears")):
        assert text.lower() not in person.heard.lower(), f"{where}: {text!r} is in: {person.heard}"
    for title in several(line.get("offered")):
        assert title in person.offered, f"{where}: {title!r} is not among {person.offered}"
    for address in several(line.get("links")):
        assert address in person.links, f"{where}: no link leads to {address}: {person.links}"
    for address in several(line.get("not_links")):
        assert address not in person.links, f"{where}: a link leads to {address}"
    for title in several(line.get("not_offered")):
        assert title not in person.offered, f"{where}: {title!r} is among {person.offered}"
    for number in several(line.get("calls")):
        assert "tel:" + number.replace(" ", "") in person.links, f"{where}: no link rings {number}: {person.links}"


def check_end(then: dict[str, Any], conversation_id: str, servers: Servers) -> None:
    """Compare the rows in the store with what had to come of the conversation."""
    assert set(then) <= THEN_KEYS, "`then` has unknown keys"
    store = servers.store()
    try:
        with store.read() as session:
            conversation = session.get_one(Conversation, conversation_id)
            handoffs = list(
                session.scalars(
                    select(Handoff).where(Handoff.conversation_id == conversation_id).order_by(Handoff.created_at)
                )
            )
            found = [f"{one.reason}/{one.category}" if one.category else one.reason for one in handoffs]
            if "handoffs" in then:
                expected = sorted(several(then["handoffs"]))
                assert len(found) == len(expected), found
                assert all(fnmatch(one, each) for one, each in zip(sorted(found), expected, strict=True)), found
            if "priority" in then:
                assert handoffs[-1].priority == then["priority"]
            for text in several(then.get("summary")):
                assert text.lower() in handoffs[-1].summary.lower(), handoffs[-1].summary
            for text in several(then.get("summary_lacks")):
                assert not any(text.lower() in one.summary.lower() for one in handoffs)
            for text in several(then.get("messages_lack")):
                assert not any(text.lower() in one.text.lower() for one in conversation.messages), f"{text!r} is kept"
            if then.get("enquiry") == "none":
                assert conversation.enquiry is None
            elif conversation.enquiry is not None:
                check_enquiry(then, conversation.enquiry)
                if "sent" in then:
                    sent = select(OutboxMessage).where(OutboxMessage.enquiry_id == conversation.enquiry_id)
                    assert len(session.scalars(sent).all()) == then["sent"]
            else:
                assert not set(then) & ENQUIRY_KEYS, "there is no enquiry"
    finally:
        store.close()


def check_enquiry(then: dict[str, Any], enquiry: Enquiry) -> None:
    """Compare the enquiry with what had to come of it."""
    if "outcome" in then:
        assert [one.outcome for one in enquiry.outcomes][-1:] == (
            [] if then["outcome"] == "none" else [then["outcome"]]
        )
    if "route" in then:
        assert [one.route for one in enquiry.outcomes][-1:] == [then["route"]]
    if "reasons" in then:
        found = [str(one["reason"]) for one in enquiry.outcomes[-1].reasons]
        assert sorted(found) == sorted(several(then["reasons"]))
    if "stage" in then:
        assert enquiry.stage == then["stage"]
    answers = answers_of(enquiry)
    for criterion, value in (then.get("answers") or {}).items():
        assert answers.get(criterion) == value, f"{criterion} is {answers.get(criterion)!r}"
    for field, value in (then.get("contact") or {}).items():
        assert getattr(enquiry, f"contact_{field}") == value
    booked = ["place" for one in enquiry.places if one.status == "booked"] + [
        "visit" for one in enquiry.visits if one.status == "booked"
    ]
    if "booked" in then:
        assert booked == ([] if then["booked"] == "nothing" else [then["booked"]])
    if "people" in then:
        assert [place.people for place in enquiry.places] == [then["people"]]
    for name in {"needs", "language"} & set(then):
        assert [getattr(place, name) for place in enquiry.places if place.status == "booked"] == [then[name]]


def several(value: Any) -> list[str]:
    """One text or several, as a list."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
