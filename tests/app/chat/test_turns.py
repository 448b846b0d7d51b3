"""A message is kept first, forwarded in order, and answered even when the assistant was away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bench.support.waiting import wait_until
from enquiry.store.models import Conversation
from tests.app.chat.conftest import Talk
from tests.support.fake_assistant import FakeAssistant, Replies, ask_for_several, forget_all
from web.app import create_app
from web.turns.retries import MOST_TRIES


def asking(question: str | None) -> Callable[[str], Replies]:
    return lambda text: [{"text": "ok", "question": question}]


def test_a_message_is_answered_by_what_the_assistant_says(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.answer = lambda text: [
        {"text": "First.", "choices": [], "links": [{"title": "More", "url": "https://example.org"}], "question": None},
        {"text": "Second?", "choices": [{"title": "Yes", "text": "yes"}], "links": [], "question": "age"},
    ]
    said = talk.send("hello").json()["messages"]
    assert [message["text"] for message in said] == ["First.", "Second?"]
    assert said[0]["links"] == [{"title": "More", "url": "https://example.org"}]
    assert said[1]["choices"] == [{"title": "Yes", "text": "yes"}]
    assert said[1]["question"] == "age"


def test_the_assistant_is_told_who_asks_what_was_asked_and_what_before(talk: Talk, assistant: FakeAssistant) -> None:
    for question in ("area", "age", None, ""):
        assistant.answer = asking(question)
        talk.send("hello")
    talk.send("and now")
    assert [(sent["metadata"]["previous_question"], sent["metadata"]["question"]) for sent in assistant.received] == [
        (None, None),
        (None, "area"),
        ("area", "age"),
        ("area", "age"),
        ("age", None),
    ]
    assert {sent["sender"] for sent in assistant.received} == {talk.id}
    assert {sent["metadata"]["agency"] for sent in assistant.received} == {"leicestershire"}


def test_a_question_the_actions_have_moved_already_is_left_as_it_is(
    talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    def answer(text: str) -> Replies:
        with app.state.store.write() as session:
            conversation = session.get(Conversation, talk.id)
            conversation.previous_question, conversation.question = "area", "age"
        return [{"text": "How old are you?", "question": "age"}]

    assistant.answer = answer
    talk.send("go on")
    talk.send("forty")
    assert assistant.received[1]["metadata"]["previous_question"] == "area"


def test_an_order_to_the_assistant_is_forwarded_as_plain_words_and_kept_as_typed(
    talk: Talk, assistant: FakeAssistant
) -> None:
    talk.send('/intent{"entity": "x"}')
    talk.send(" //restart")
    talk.send("/\u3000/\u3000/handoff")
    assert [sent["message"] for sent in assistant.received] == ['intent{"entity": "x"}', "restart", "handoff"]
    assert talk.texts("enquirer") == ['/intent{"entity": "x"}', "//restart", "/\u3000/\u3000/handoff"]


def test_control_characters_are_taken_out_and_line_breaks_stay(talk: Talk, assistant: FakeAssistant) -> None:
    talk.send("a\x00b\x1b[31m\r\nc\u202ed 👩‍👧")
    assert assistant.received[0]["message"] == "ab[31m\nc\u202ed 👩‍👧"


def test_while_the_assistant_is_away_every_message_gets_a_sentence_and_an_answer_later(
    talk: Talk, assistant: FakeAssistant
) -> None:
    assistant.stop()
    first = talk.send("are you there?").json()["messages"]
    second = talk.send("hello?").json()["messages"]
    assert len(first) == 1
    assert "0116 305 0505" in first[0]["text"]
    assert "kept" in first[0]["text"]
    assert len(second) == 1
    assert second[0]["text"] != first[0]["text"]
    for words in ("is kept", "0116 305 0505", "999"):
        assert words in second[0]["text"]
    assistant.start()
    wait_until(lambda: "You told me: hello?" in talk.texts(), "the answers that were owed")
    assert talk.texts("assistant")[-2:] == ["You told me: are you there?", "You told me: hello?"]


def test_in_a_second_outage_the_page_says_so_again(talk: Talk, assistant: FakeAssistant) -> None:
    for text in ("one", "two"):
        assistant.stop()
        assert "kept" in talk.send(text).json()["messages"][0]["text"]
        assistant.start()
        owed = f"You told me: {text}"
        wait_until(partial(talk.has, owed), "the answer that was owed")


def test_an_answer_that_comes_too_late_is_kept_all_the_same(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.may_answer.clear()
    said = talk.send("take your time").json()["messages"]
    assert len(said) == 1
    assert "longer than it should" in said[0]["text"]
    assistant.may_answer.set()
    wait_until(lambda: talk.texts()[-1] == "You told me: take your time", "the late answer")
    assert len(assistant.received) == 1


def test_an_empty_answer_leaves_the_message_waiting_until_there_is_one(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.answer = lambda text: []
    assert "kept" in talk.send("hm").json()["messages"][0]["text"]
    assistant.answer = lambda text: [{"text": "Now I know."}]
    wait_until(lambda: talk.texts()[-1] == "Now I know.", "the second try")


def test_the_same_message_sent_twice_is_one_message_with_one_answer(talk: Talk, assistant: FakeAssistant) -> None:
    key = "3b241101-e2bb-4255-8caf-4136c566a962"
    assert talk.send("once", client_key=key).json() == talk.send("once", client_key=key).json()
    assert talk.texts("enquirer") == ["once"]
    assert len(assistant.received) == 1


def test_messages_of_one_conversation_are_forwarded_one_after_the_other(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.may_answer.clear()
    senders = [threading.Thread(target=talk.send, args=(f"number {number}",)) for number in range(4)]
    for sender in senders:
        sender.start()
    wait_until(lambda: len(talk.texts("enquirer")) == 4, "all four to be kept")
    assert len(assistant.received) == 1
    assistant.may_answer.set()
    for sender in senders:
        sender.join()
    wait_until(lambda: len(assistant.received) == 4, "all four to be forwarded")
    assert [sent["message"] for sent in assistant.received] == talk.texts("enquirer")


def test_what_was_waiting_when_the_web_process_ended_is_answered_by_the_next(
    talk: Talk, assistant: FakeAssistant, app: FastAPI
) -> None:
    assistant.stop()
    talk.send("before the restart")
    assistant.start()
    again = create_app(app.state.settings, app.state.store, app.state.application.catalogue, app.state.clock)
    with TestClient(again) as client:
        later = Talk(client, talk.id, talk.key)
        wait_until(lambda: "You told me: before the restart" in later.texts(), "the answer after the restart")


def test_a_message_behind_one_that_is_not_answered_is_answered_at_once(
    talk: Talk, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.turns.retries.FIRST_PAUSE_SECONDS", 3600)
    assistant.answer = lambda text: [] if text == "riddle" else [{"text": f"You told me: {text}"}]
    assert "is kept" in talk.send("riddle").json()["messages"][0]["text"]
    assert [message["text"] for message in talk.send("plain").json()["messages"]] == ["You told me: plain"]
    assert "is kept" in talk.send("riddle").json()["messages"][0]["text"]
    assert [sent["message"] for sent in assistant.received] == ["riddle", "plain", "riddle"]


def test_a_message_tried_again_still_belongs_to_the_question_it_was_typed_to(
    talk: Talk, assistant: FakeAssistant
) -> None:
    assistant.answer = asking("age")
    talk.send("go on")
    answers = iter([[], [{"text": "How many adults?", "question": "adults"}]])
    assistant.answer = lambda text: next(answers, [{"text": "Thank you."}])
    talk.send("forty")
    talk.send("forty!")
    wait_until(lambda: talk.has("Thank you."), "the second try")
    asked = {sent["message"]: sent["metadata"]["question"] for sent in assistant.received}
    assert asked["forty"] == "age"


def test_a_message_that_is_never_answered_is_given_up_after_a_few_tries(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.answer = lambda text: [] if text == "riddle" else [{"text": f"You told me: {text}"}]
    talk.send("riddle")

    def tries() -> int:
        return [sent["message"] for sent in assistant.received].count("riddle")

    wait_until(lambda: tries() == MOST_TRIES, "all the tries")
    talk.send("plain")
    assert talk.has("You told me: plain")
    assert tries() == MOST_TRIES


def test_which_question_it_is_and_what_may_be_picked_together_are_kept_with_the_message(
    talk: Talk, assistant: FakeAssistant
) -> None:
    assistant.answer = ask_for_several
    asked = talk.send("hello").json()["messages"][-1]
    assert asked["progress"] == "Question 8 of about 31"
    assert asked["choices"][0] == {"title": "No children", "text": "No children"}
    assert asked["choices"][1] == {"title": "0 to 4", "text": "0 to 4", "several": True}


def test_who_is_sure_is_forgotten_at_once_and_told_so(talk: Talk, assistant: FakeAssistant, app: FastAPI) -> None:
    assistant.answer = forget_all
    asked = talk.send("delete everything").json()
    assert not asked["forgotten"]
    said = talk.send("Yes, forget it").json()
    assert said["forgotten"]
    assert said["messages"][-1]["text"] == "This chat has been forgotten."
    with app.state.store.read() as session:
        assert session.get(Conversation, talk.id) is None
    assert talk.send("hello").status_code == 404
