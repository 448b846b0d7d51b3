"""Messages nobody has understood yet: their words are for those who read disclosures."""

from __future__ import annotations

import pytest
from jinja2 import Environment, FileSystemLoader

from enquiry.enums import Author, Role
from enquiry.queries.transcript import Transcript, transcript_of
from enquiry.settings import ROOT
from enquiry.store.models import Conversation, Message
from tests.support.maker import Maker


def _transcript(make: Maker, conversation: str, role: Role) -> Transcript:
    with make.store.read() as session:
        return transcript_of(session, session.get_one(Conversation, conversation), role)


@pytest.fixture
def conversation(make: Maker) -> str:
    """Where one message was answered and one waits."""
    begun = make.conversation()
    make.message(begun, "hello")
    make.message(begun, "Hello, how can I help?", author=Author.ASSISTANT)
    make.message(begun, "he hits her", waiting=True)
    return begun


@pytest.mark.parametrize("role", list(Role))
def test_a_message_that_waits_is_read_by_safeguarding_and_managers_alone(
    make: Maker, conversation: str, role: Role
) -> None:
    found = _transcript(make, conversation, role)
    cleared = role in (Role.SAFEGUARDING, Role.MANAGER)
    assert [said.text for said in found.said] == ["hello", "Hello, how can I help?", "he hits her" if cleared else ""]
    assert [said.withheld for said in found.said] == [False, False, not cleared]


def test_a_message_is_read_by_everyone_once_it_has_been_understood_as_no_disclosure(
    make: Maker, conversation: str
) -> None:
    with make.store.write() as session:
        session.query(Message).filter_by(waiting=True).one().waiting = False
    assert _transcript(make, conversation, Role.VISITOR).said[-1].text == "he hits her"


def test_the_console_says_who_can_read_a_message_that_waits(make: Maker, conversation: str) -> None:
    templates = Environment(loader=FileSystemLoader(ROOT / "web" / "templates"), autoescape=True)
    page = templates.from_string(
        '{% import "console/_parts.html" as parts with context %}{{ parts.transcript(talk, day, day, day) }}'
    )
    sentence = "A message that has not been understood yet; safeguarding colleagues can read it."
    for role, shown in ((Role.COORDINATOR, False), (Role.SAFEGUARDING, True)):
        text = page.render(talk=_transcript(make, conversation, role), day=str)
        assert ("he hits her" in text) is shown
        assert (sentence in text) is not shown
