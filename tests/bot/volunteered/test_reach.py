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
        (
            "can someone ring me please, Dawn Pickering, 07700 900123, after 7 is best",
            None,
            None,
            (Fact("contact_name", "Dawn Pickering"), PHONE, Fact("contact_time", "after 7 is best")),
        ),
        ("07700 90012 or sam@example.com", None, None, (EMAIL,)),  # one digit short, and another way
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
        ("is it Castle Donington, Coalville, 07700 900123?", None),
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


MAY, MAY_NOT = Fact("safe_to_message", "yes"), Fact("safe_to_message", "no")


def when(time: str) -> Fact:
    return Fact("contact_time", time)


@pytest.mark.parametrize(
    ("text", "asked", "answer", "found"),
    [
        ("07700 900123, after six, and no voicemails please", "contact", "07700900123", (MAY_NOT, when("after six"))),
        (
            "Sam, 07700 900123, after 6 is best and please dont leave a message my wife doesnt know yet",
            "contact_name",
            "Sam",
            (PHONE, MAY_NOT, when("after 6 is best")),
        ),
        ("07700900123 call me any evening, text is fine", "contact", "07700900123", (MAY, when("any evening"))),
        (
            "I'm Sam, 07700 900123, thursdays or fridays after school",
            None,
            None,
            (SAM, PHONE, when("thursdays or fridays after school")),
        ),
        ("07700 900123. Mornings only as I work nights", "contact", "07700900123", (when("mornings only"),)),
        ("please don't leave a message, my husband doesn't know", "household", None, (MAY_NOT,)),
        ("yes but not before 10 im on lates", "safe_to_message", "yes", (when("not before 10"),)),
        ("after 4 but don't leave any messages", "contact_time", "after 4", (MAY_NOT,)),
        ("07700 900123 my two are 4 and 6", "contact", "07700900123", ()),
        ("Evening Star", "contact_name", "Evening Star", ()),
        ("we have evenings free and a spare room", "bedroom", "yes", ()),
        ("can you ring after 6?", "contact_name", None, ()),
    ],
)
def test_when_to_ring_and_whether_a_message_may_be_left_are_found_beside_a_number(
    text: str, asked: str | None, answer: object, found: tuple[Fact, ...]
) -> None:
    assert told(text, asked, answer) == found


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123, you can't leave a message",
        "07700 900123, it isn't safe to leave a message",
        "07700 900123 but it's not ok to text me",
        "07700 900123, I wouldn't be happy for you to leave a message",
        "07700 900123, texts are not private here",
        "07700 900123, ok to leave a message only if he doesn't hear it",
        "07700 900123, fine to text me unless it's the evening",
        "07700 900123, a message is ok as long as you don't say fostering",
    ],
)
def test_a_message_that_may_not_be_left_or_not_always_is_never_taken_for_one_that_may(text: str) -> None:
    assert MAY not in told(text, "contact", "07700900123")
