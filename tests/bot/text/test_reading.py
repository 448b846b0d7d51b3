"""What one pass over a message finds in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.reading import (
    email_address,
    is_question,
    normalise,
    numbers,
    opening,
    phone_number,
    polarity,
    postcode,
    read,
    wants_a_person,
    wavers,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thirty-four", [34]),
        ("thirty four and 36", [34, 36]),
        ("my 40th", [40]),
        ("34?", [34]),
        ("2 boys, 7 and 12", [2, 7, 12]),
        ("none", []),
        ("\u00b2", []),
        ("123456", []),
    ],
)
def test_numbers_are_read_in_words_and_in_digits(text: str, found: list[int]) -> None:
    assert numbers(read(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LE9 5AB", "LE9 5AB"),
        ("le115tb", "LE11 5TB"),
        ("LE3, near the Glenfield", "LE3"),
        ("le 9 5ab", "LE9 5AB"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("LE9 5xx", "LE9"),
        ("LE9 5", "LE9"),
        ("near the M1", None),
        ("we live at number b4u", None),
        ("LE8 or LE9", None),
        ("sam@le9.example", None),
        ("Blaby", None),
    ],
)
def test_a_postcode_is_read_as_it_was_typed(text: str, found: str | None) -> None:
    assert postcode(read(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "y",
        "Y!",
        "yeah go on",
        "yep",
        "of course",
        "ok",
        "\U0001f44d",
        "\U0001f44d\U0001f3fd",
        "yess",
        "no problem",
        "we do",
        "erm yes",
    ],
)
def test_a_yes_is_heard_however_it_is_typed(text: str) -> None:
    assert polarity(read(text)) is True


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "n",
        "N.",
        "nope",
        "nah",
        "noo",
        "none",
        "never",
        "definitely not",
        "we don\u2019t",
        "i havent",
        "sadly not",
        "\U0001f44e",
        "not at all",
    ],
)
def test_a_no_is_heard_however_it_is_typed(text: str) -> None:
    assert polarity(read(text)) is False


@pytest.mark.parametrize(
    "text",
    [
        "not really",
        "kind of",
        "maybe",
        "it depends",
        "yes and no",
        "not sure",
        "no idea",
        "labrador",
        "",
        "i don't think so",
        "not inside",
        "n him",
    ],
)
def test_what_wavers_is_neither_yes_nor_no(text: str) -> None:
    assert polarity(read(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "what if I smoke?",
        "does a spouse visa count",
        "why do you need that",
        "is 65 too old?",
        "can i bring my kids?",
        "so what is a district",
        "don't I need a garden",
        "wait, can i change it",
    ],
)
def test_a_question_is_told_from_an_answer(text: str) -> None:
    assert is_question(read(text))


@pytest.mark.parametrize(
    "text", ["34?", "yes", "haven't got one", "does", "my husband does", "no but my husband does", "is fine", "?", ""]
)
def test_an_answer_is_not_taken_for_a_question(text: str) -> None:
    assert not is_question(read(text))


def test_phone_numbers_and_addresses_are_found_in_a_sentence() -> None:
    assert phone_number(read("call 07700 900123 after 6")) == "07700900123"
    assert phone_number(read("07700 9001")) is None
    assert email_address(read("it's Jo.Bloggs@Example.com, thanks")) == "jo.bloggs@example.com"


def test_a_reading_keeps_the_capitals_that_were_typed() -> None:
    doc = read("It\u2019s  Siobhan O\u2019Neill")
    assert doc.text == "it's siobhan o'neill"
    assert doc.user_data["typed"] == "It's Siobhan O'Neill"


def test_what_comes_before_an_answer_is_left_out() -> None:
    assert opening("erm, well no") == "no"
    assert opening("sorry") == "sorry"


def test_someone_who_would_rather_talk_is_heard() -> None:
    assert wants_a_person(read("I'd rather talk to someone"))
    assert wants_a_person(read("can someone ring me about that"))
    assert not wants_a_person(read("rather not say"))
    assert not wants_a_person(read("I talk too much"))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=2000))
def test_any_text_can_be_read(text: str) -> None:
    doc = read(text)
    assert normalise(doc.text) == doc.text
    numbers(doc)
    postcode(doc)
    email_address(doc)
    phone_number(doc)
    assert is_question(doc) in (True, False)
    assert polarity(doc) in (True, False, None)
    assert wavers(doc) in (True, False)
