"""Ways to reach a person that a message tells unasked, and a wish to change the one that was given."""

from __future__ import annotations

import pytest

from bot.text.contacts import contacts_meant, written_out
from bot.text.reading import read
from bot.volunteered.facts import Fact
from bot.volunteered.reach import asks_to_change, told_ways


def told(text: str, asked: str | None = None, answer: object = None) -> tuple[Fact, ...]:
    return told_ways(read(text), [one.value for one in contacts_meant(written_out(text))], asked, answer)


SAM, PHONE, EMAIL = Fact("contact_name", "Sam"), Fact("contact", "07700900123"), Fact("contact", "sam@example.com")


@pytest.mark.parametrize(
    ("text", "asked", "answer", "found"),
    [
        ("I'm Sam, 07700 900123, sam@example.com", None, None, (SAM, PHONE, EMAIL)),
        ("I'm Sam, 07700 900123, sam@example.com", "contact_name", "Sam", (PHONE, EMAIL)),
        ("I'm Sam, 07700 900123, sam@example.com", "contact", "07700900123", (SAM, EMAIL)),
        ("Hi, it's Sam. 07700 900123", None, None, (SAM, PHONE)),
        (
            "I would like to come to an event full stop my name is Sam and my number is 07700 900123",
            None,
            None,
            (SAM, PHONE),
        ),
        ("sorry my number is 07700 900123", "event", None, (PHONE,)),
        ("07700 900123", "household", None, (PHONE,)),
        ("sorry it's 07700 900123 not 07700 900124", "event", None, (PHONE,)),
        ("can someone ring me on 07700 900123", None, None, (PHONE,)),
        ("after 6, 07700 900123", "contact_time", "after 6", (PHONE,)),
        ("my name is Sam", "household", None, (SAM,)),
    ],
)
def test_what_is_told_of_reaching_them_is_found(
    text: str, asked: str | None, answer: object, found: tuple[Fact, ...]
) -> None:
    assert told(text, asked, answer) == found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is your number 0116 305 0505?", None),
        ("my mum rang 0116 305 0505 and nobody answered", None),
        ("her number is 07700 900123", "household"),
        ("my social worker's email is jo@example.com", "household"),
        ("07700 900123 or 07700 900124", None),
        ("young.family@example.com", "booking_contact"),
        ("I'm scared, 12", None),
        ("my name is on the list", None),
    ],
)
def test_what_may_be_somebody_elses_is_not_noted(text: str, asked: str | None) -> None:
    assert told(text, asked) == ()


@pytest.mark.parametrize(
    "text",
    (
        "change my phone number|I gave you the wrong number|can i change my email|my number is wrong|i need to update my email address|"
        "correct my mobile|that's the wrong email|i've got a new number|i mistyped my email"
    ).split("|"),
)
def test_a_wish_to_change_the_number_is_heard(text: str) -> None:
    assert asks_to_change(read(text))


@pytest.mark.parametrize(
    "text",
    (
        "change my booking|how do i change my answers|what's your number|their number is wrong|is the number on the website wrong|"
        "a new number of children|change the date|my ex changed his number"
    ).split("|"),
)
def test_no_other_wish_is_taken_for_it(text: str) -> None:
    assert not asks_to_change(read(text))
