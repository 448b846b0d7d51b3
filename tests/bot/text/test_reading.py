"""What one pass over a message keeps, and that no text makes it stumble."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.clauses import clauses
from bot.text.contact_patterns import postcode
from bot.text.contacts import contacts_in, half_a_contact, without_contacts, written_out
from bot.text.listening import TAKES_OUT, listened_to
from bot.text.normalise import normalise
from bot.text.numbers import numbers
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question
from bot.text.reading import read


def test_a_reading_keeps_the_capitals_that_were_typed() -> None:
    doc = read("It\u2019s  Siobhan O\u2019Neill")
    assert doc.text == "it's siobhan o'neill"
    assert doc.user_data["typed"] == "It's Siobhan O'Neill"


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=2000))
def test_any_text_can_be_read(text: str) -> None:
    doc = read(text)
    assert normalise(doc.text) == doc.text
    numbers(doc)
    clauses(doc.text)
    postcode(doc.text)
    contacts_in(written_out(text))
    half_a_contact(written_out(text))
    without_contacts(written_out(text))
    assert all(isinstance(listened_to(text, asked), str) for asked in (None, "contact", *TAKES_OUT))
    assert is_question(doc) in (True, False)
    assert polarity(doc) in (True, False, None)
    assert wavers(doc) in (True, False)
