"""What may not be kept is replaced in the store and in all that is given out, in the moment in which it has been understood."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import text as sql

from bench.support.attempts import worker
from bench.support.waiting import wait_until
from enquiry.agencies.agency import Agency
from enquiry.conversations.conversation import add_message
from enquiry.enums import Author, HandoffReason
from enquiry.handoffs.handoff import make_handoff
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import Base, Conversation, Message
from tests.app.chat.conftest import Talk
from tests.support.fake_assistant import FakeAssistant, Replies

TYPED = "I was convicted of zanzibarry in 2009"
TRACE = "zanzibarry"
MARKER = "[Something private was typed here. It is not kept.]"
MARK: dict[str, Any] = {"text": "", "choices": [], "links": [], "question": None, "withheld": True}


def marked(withheld: object, text: str) -> Replies:
    return [{"text": "ok", "withheld": withheld}]


def withholding(text: str) -> Replies:
    return [MARK, {"text": "A call is better.", "choices": [], "links": [], "question": "childrens_services"}]


def everything(app: FastAPI) -> str:
    """Every row of every table."""
    with app.state.store.read() as session:
        return "\n".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(sql(f'SELECT * FROM "{table.name}"'))
        )


def test_what_is_withheld_is_replaced_at_once_in_all_that_is_given_out(
    talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    assistant.answer = withholding
    said = talk.send(TYPED).json()
    assert said["message"]["text"] == MARKER
    assert [message["text"] for message in said["messages"]] == ["A call is better."]
    assert talk.texts()[-2:] == [MARKER, "A call is better."]
    assert TRACE not in everything(app)
    transcript = talk.client.get(f"{talk.path}/transcript", headers=talk.headers)
    assert MARKER in transcript.text
    assert TRACE not in transcript.text


def test_other_messages_of_the_conversation_stay_as_they_are(talk: Talk, assistant: FakeAssistant) -> None:
    talk.send("Blaby")
    assistant.answer = withholding
    talk.send(TYPED)
    assistant.reset()
    talk.send("thank you")
    assert talk.texts("enquirer") == ["Blaby", MARKER, "thank you"]


def test_sent_again_with_the_same_key_it_is_not_kept_either(talk: Talk, assistant: FakeAssistant, app: FastAPI) -> None:
    assistant.answer = withholding
    key = "3b241101-e2bb-4255-8caf-4136c566a999"
    assert talk.send(TYPED, client_key=key).json() == talk.send(TYPED, client_key=key).json()
    assert talk.texts("enquirer") == [MARKER]
    assert TRACE not in everything(app)


def test_while_nobody_has_understood_it_it_is_kept_and_afterwards_not(
    talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    assistant.answer = withholding
    assistant.stop()
    assert talk.send(TYPED).json()["message"]["text"] == TYPED
    assistant.start()
    wait_until(lambda: talk.has("A call is better."), "the answer that was owed")
    assert talk.texts("enquirer") == [MARKER]
    assert TRACE not in everything(app)


def test_an_answer_that_comes_too_late_withholds_all_the_same(
    talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    assistant.answer = withholding
    assistant.may_answer.clear()
    talk.send(TYPED)
    assistant.may_answer.set()
    wait_until(lambda: talk.has("A call is better."), "the late answer")
    assert TRACE not in everything(app)


def test_word_that_it_is_withheld_is_no_answer_by_itself(talk: Talk, assistant: FakeAssistant, app: FastAPI) -> None:
    assistant.answer = lambda text: [MARK]
    assert "kept" in talk.send(TYPED).json()["messages"][0]["text"]
    assistant.answer = withholding
    wait_until(lambda: talk.has("A call is better."), "the second try")
    assert TRACE not in everything(app)


def test_a_message_under_way_while_its_conversation_is_forgotten_is_not_kept_with_the_disclosure(
    talk: Talk, assistant: FakeAssistant, app: FastAPI, agency: Agency
) -> None:
    assistant.answer = withholding
    assistant.may_answer.clear()
    sender = threading.Thread(target=talk.send, args=(TYPED,))
    sender.start()
    wait_until(lambda: len(assistant.received) == 1, "the message to be forwarded")
    with app.state.store.write() as session:
        conversation = session.get(Conversation, talk.id)
        now = conversation.last_at
        add_message(session, conversation, author=Author.ENQUIRER, text="I fear for a child", now=now)
        make_handoff(
            session,
            conversation,
            agency=agency,
            wording=app.state.wording,
            reason=HandoffReason.DISCLOSURE,
            category="worried_about_child",
            summary="-",
            now=now,
        )
        assert not forget_conversation(session, talk.id, worker(now))
    assistant.may_answer.set()
    sender.join()
    wait_until(lambda: TRACE not in everything(app), "the text to be replaced")
    assert "I fear for a child" in everything(app)


def test_on_the_disk_nothing_of_it_is_left_either(
    begin: Callable[[], Talk], talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    file = Path(app.state.store.engine.url.database)
    talk.send("xylophones are lovely")
    assistant.answer = withholding
    for number in range(12):
        person = begin()
        assert person.send(f"{TYPED} {'and more ' * number}").json()["message"]["text"] == MARKER
    wait_until(app.state.store.clear_log, "the write-ahead log to be emptied")
    written = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    assert b"xylophones" in written
    assert TRACE.encode() not in written
    with app.state.store.read() as session:
        assert session.query(Message).filter(Message.text == MARKER).count() >= 12


def test_only_a_plain_true_withholds(talk: Talk, assistant: FakeAssistant) -> None:
    odd: object
    for odd in (None, "yes", 1, [], {}):
        assistant.answer = partial(marked, odd)
        talk.send(f"this stays {odd}")
    assert MARKER not in talk.texts()
