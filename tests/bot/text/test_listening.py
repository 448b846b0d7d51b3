"""What is listened to of a message: not the answer to the question, but all that stands beside it."""

from __future__ import annotations

import pytest

from bot.text.listening import listened_to


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "contact",
            "helen_wilson@example.com|young.family@example.com|zoe.smith@example.com|my email is zoe.smith@example.com thanks|"
            "baby.jane@example.com|07700 900123|my mobile is 07911123456|0770090012|dots..two1@example.com|sam@|0116 496 0123 ext 12|"
            "zero seven seven zero zero nine zero zero one two three",
        ),
        ("booking_contact", "young.family@example.com|call me on 07700 900123 please"),
        ("booking_reference", "EV-7K3M2Q|it is EV 7k3m2q I think|my reference is vi-7k3m2q thanks"),
        (
            "event_language",
            "Polish|BSL please|British Sign Language|we speak Urdu|Twi|Kurdish Sorani|Romanian or Moldovan",
        ),
        (
            "area",
            "Great Glen|Burton on the Wolds|Barton in the Beans|Ashby de la Zouch|LE9 5AB|LE11 3TU please|i live in Market Harborough",
        ),
        ("contact_time", "after 6|Evenings|any evening|weekdays 9 to 5|tuesday or thursday afternoons please"),
        ("visit_slot", "Thursday at 1.30pm|the second one|not before 3|next week after 5"),
        ("event", "the 3rd of December|Monday evening"),
        (None, "07700 900123|sam@example.com"),
    ],
)
def test_an_answer_as_a_whole_is_nothing_else(question: str | None, texts: str) -> None:
    assert [text for text in texts.split("|") if listened_to(text, question)] == []


@pytest.mark.parametrize(
    "question", ["contact_name", "contact", "booking_reference", "event_language", "area", "contact_time", "event"]
)
@pytest.mark.parametrize(
    "text",
    [
        "he hits me",
        "my dad hits me",
        "help",
        "stop",
        "rape",
        "my partner controls everything",
        "i'm scared",
        "what is this for",
    ],
)
def test_what_is_no_such_answer_is_listened_to(question: str, text: str) -> None:
    assert listened_to(text, question) == text


@pytest.mark.parametrize(
    ("text", "question", "heard"),
    [
        ("my number's 07700 900123, he's hitting me", "contact", "he's hitting me"),
        ("my husband hits me and my number is 07700 900123", "contact", "my husband hits me"),
        ("my husband hits me, ring 07700 900123", None, "my husband hits me"),
        ("EV-7K3M2Q he hits me", "booking_reference", "EV-7K3M2Q he hits me"),
        ("after 6 but he hits me", "contact_time", "after 6 but he hits me"),
    ],
)
def test_what_stands_beside_the_answer_is_listened_to(text: str, question: str | None, heard: str) -> None:
    assert listened_to(text, question) == heard


# Each is repeated to 2,000 characters: a pattern that tries every way to cut them up would not come to an end.
REPEATED = (
    "my is is ",
    "my my ",
    "you can please ",
    "i'm ",
    "hi ",
    "call me on ",
    "e-mail email ",
    "double ",
    "one ",
    "1 ",
    "0 7",
    "a-",
    "a'a",
    "x",
    "@",
    "half past ",
    "mobile) ",
    "thank you ",
)


@pytest.mark.parametrize("question", [None, "contact", "contact_name", "area", "contact_time", "booking_reference"])
@pytest.mark.parametrize("behind", ["", "@@ x", "07700 900123", "!"])
@pytest.mark.parametrize("repeated", REPEATED)
def test_no_text_keeps_it_busy_for_ever(repeated: str, behind: str, question: str | None) -> None:
    text = (repeated * 2000)[: 2000 - len(behind)] + behind
    assert len(listened_to(text, question)) <= len(text)
