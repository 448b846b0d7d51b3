"""Input made to break something, through the real web process: a clear sentence or a plain answer, and nobody else's words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bench.support.person import Person
from bench.support.servers import Servers
from enquiry.store.models import Conversation
from web.turns.conversation_keys import ConversationKeys

SECRET = "my neighbour at number nine must never read this"
NAMES = "Ann Bob Cath Dev Ellie Fran Gita Hana Ian Jack Karen Leo Mina Neil Olga Pete Ruth Sam Tess Usha".split()


@pytest.fixture
def person(servers: Servers) -> Person:
    """Somebody with a conversation of their own."""
    someone = Person(servers.address)
    someone.begin()
    return someone


@pytest.fixture
def other(servers: Servers) -> Person:
    """Somebody else, who has said something nobody else may read."""
    someone = Person(servers.address)
    someone.begin()
    someone.say(SECRET)
    return someone


def assert_problem(answer: httpx.Response, status: int) -> None:
    """A refusal is problem details with a sentence in it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert len(body["detail"].split()) >= 4
    assert body["detail"].endswith(".")
    assert "Traceback" not in answer.text


def key(token: str) -> dict[str, str]:
    """The header that carries a key."""
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02", "////", "/ /"])
def test_a_message_with_nothing_in_it_is_told_so(person: Person, text: str) -> None:
    assert_problem(person.send(text), 422)
    assert all(message["author"] == "assistant" for message in person.all_messages())


def test_ten_thousand_characters_are_too_many_and_the_limit_is_named(person: Person) -> None:
    answer = person.send("fostering " * 1000)
    assert_problem(answer, 422)
    assert "2000" in answer.json()["detail"].replace(",", "")


def test_more_than_anyone_types_is_not_read_at_all(person: Person) -> None:
    answer = person.send("x" * 5_000_000)
    assert answer.status_code in (413, 422)
    assert_problem(answer, answer.status_code)


@pytest.mark.parametrize(
    "text",
    [
        "hello\x00\x07\x1b[31m there\u202e",
        "<script>alert('x')</script><img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} #{7*7} {agency.secret}",
        '/intent{"entity":1}',
        '/ask{"topic":"who/single"}',
        "/restart",
        "/session_start",
        "/action_default_fallback",
        "EXTERNAL: reminder",
        "'; DROP TABLE messages; --",
        "../../../../etc/passwd",
        "😀" * 500,
        "﷽" * 600,
        "a\u0301" * 900,
        "١٢٣",
        "null",
        "-1e999",
        "\u202egnp.exe",
    ],
)
def test_odd_text_gets_a_plain_answer(person: Person, text: str) -> None:
    answer = person.send(text)
    assert answer.status_code == 200, answer.text
    replies = answer.json()["messages"]
    assert replies
    said = " ".join(reply["text"] for reply in replies)
    assert "49" not in said
    assert "<script" not in said
    assert "longer than it should" not in said
    assert person.say("is there an upper age limit?")
    assert "no upper age limit" in person.heard


@pytest.mark.parametrize(
    "text", ["<b>\x00</b>", '/answer{"value":"25_plus"}', "' OR '1'='1", "𝟑𝟒" * 300, "9" * 1500, "😀"]
)
def test_odd_text_answers_no_question(person: Person, servers: Servers, text: str) -> None:
    person.say("Check if I could foster")
    person.say(text)
    store = servers.store()
    try:
        with store.read() as session:
            enquiry = session.get_one(Conversation, person.id).enquiry
            assert enquiry is not None
            assert enquiry.answers == []
    finally:
        store.close()


@pytest.mark.parametrize("way", ["read", "send", "transcript", "events", "forget"])
def test_another_conversation_is_not_opened_by_ones_own_key(person: Person, other: Person, way: str) -> None:
    place = f"{person.address}/api/conversations/{other.id}"
    answer = {
        "read": lambda: person.client.get(f"{place}/messages", headers=key(person.token)),
        "send": lambda: person.client.post(f"{place}/messages", headers=key(person.token), json={"text": "hello"}),
        "transcript": lambda: person.client.get(f"{place}/transcript", headers=key(person.token)),
        "events": lambda: person.client.get(f"{place}/events", headers=key(person.token)),
        "forget": lambda: person.client.delete(place, headers=key(person.token)),
    }[way]()
    assert_problem(answer, 403)
    assert "neighbour" not in answer.text
    assert [message["text"] for message in other.all_messages()].count(SECRET) == 1


def test_a_key_too_old_is_told_so(person: Person, servers: Servers) -> None:
    settings = servers.settings
    long_ago = datetime.now(UTC) - timedelta(days=settings.token_days + 1)
    old = ConversationKeys(settings.signing_key, settings.token_days, lambda: long_ago).key_for(person.id)
    assert_problem(person.send("hello", old), 401)


@pytest.mark.parametrize("token", ["x", "a.b.c", "null", "%00", "eyJhbGciOiJub25lIn0.e30.", "A" * 5000])
def test_a_key_nobody_was_given_opens_nothing(person: Person, token: str) -> None:
    assert_problem(person.send("hello", token), 401)


def test_a_key_with_one_letter_changed_opens_nothing(person: Person) -> None:
    swapped = person.token[:-1] + ("A" if person.token[-1] != "A" else "B")
    middle = len(person.token) // 2
    assert_problem(person.send("hello", person.token[:middle] + "_" + person.token[middle + 1 :]), 401)
    assert person.send("hello", swapped[:-3]).status_code == 401


def test_without_a_key_nothing_is_told(other: Person) -> None:
    answer = other.client.get(f"{other.address}/api/conversations/{other.id}/messages")
    assert_problem(answer, 401)
    assert "neighbour" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b'{"text": 5}',
        b'{"text": null}',
        b'{"text": ["a"]}',
        b"\xff\xfe\x00",
        b'{"text": "\\ud800"}',
    ],
)
def test_a_body_that_cannot_be_read_is_told_so(person: Person, body: bytes) -> None:
    answer = person.client.post(
        f"{person.address}/api/conversations/{person.id}/messages",
        content=body,
        headers={**key(person.token), "Content-Type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert_problem(answer, answer.status_code)


@pytest.mark.parametrize("agency", ["nowhere", "", "../leicestershire", "LEICESTERSHIRE'--", "x" * 500])
def test_an_agency_that_is_not_there_is_told_so(servers: Servers, agency: str) -> None:
    answer = httpx.post(f"{servers.address}/api/conversations", json={"agency": agency}, timeout=10)
    assert answer.status_code in (404, 422)
    assert_problem(answer, answer.status_code)


@pytest.mark.parametrize("conversation", ["..", "%2e%2e", "0" * 32, "x" * 3000, "%00", "'--"])
def test_a_conversation_id_made_up_opens_nothing(person: Person, conversation: str) -> None:
    answer = person.client.get(f"{person.address}/api/conversations/{conversation}/messages", headers=key(person.token))
    assert answer.status_code in (403, 404)
    assert_problem(answer, answer.status_code)


def test_a_method_that_is_not_there_is_told_so(person: Person) -> None:
    assert_problem(
        person.client.put(f"{person.address}/api/conversations/{person.id}/messages", headers=key(person.token)), 405
    )


def test_two_messages_at_once_are_both_answered_in_order(person: Person) -> None:
    for text in ("Check if I could foster", "Start fostering", "I don't know yet", "On my own"):
        person.say(text)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(person.send, ["34", "Charnwood"]))
    assert [answer.status_code for answer in answers] == [200, 200]
    messages = person.all_messages()
    typed = [message for message in messages if message["author"] == "enquirer"]
    assert sorted(message["text"] for message in typed[4:]) == ["34", "Charnwood"]
    assert all(answer.json()["messages"] for answer in answers), "each was answered"
    person.say("34" if person_was_asked(messages) == "age" else "Charnwood")
    asked = [message["question"] for message in person.all_messages() if message["question"]]
    assert asked[-1] in ("area", "right_to_live_work")


def person_was_asked(messages: list[dict[str, object]]) -> object:
    """The question that stands at the end of a conversation."""
    return [message["question"] for message in messages if message["question"]][-1]


def test_twenty_people_at_once_each_get_their_own_conversation(servers: Servers) -> None:
    def chat(number: int) -> tuple[str | None, list[str]]:
        someone = Person(servers.address)
        someone.begin()
        for text in ("Talk to a person", NAMES[number], f"077009001{number:02d}"):
            someone.say(text)
        return someone.question, [m["text"] for m in someone.all_messages() if m["author"] == "enquirer"]

    with ThreadPoolExecutor(20) as many:
        found = list(many.map(chat, range(len(NAMES))))
    for number, (question, typed) in enumerate(found):
        assert question == "safe_to_message", NAMES[number]
        assert typed == ["Talk to a person", NAMES[number], f"077009001{number:02d}"]
