"""Conditions of being reached are found in people's own words, and nothing else is taken for one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.text.reading import read
from bot.volunteered.conditions import condition_in
from bot.volunteered.overheard import said_of_being_reached
from bot.volunteered.with_a_condition import with_a_condition

ABOUT_IT = "dont say what its about, gary might pick up"
BETWEEN = "only ring between 10 and 2 when hes at work, on my mums number"


@pytest.mark.parametrize(
    ("typed", "words", "discreet"),
    [
        (f"yes but {ABOUT_IT}", ABOUT_IT, True),
        ("yeah thats fine but not on a wednesday im at bingo", "not on a wednesday im at bingo", False),
        ("after 7 but not in front of gary he'll only get upset", "not in front of gary he'll only get upset", True),
        (
            "yeah go on leave a message, but if our kid answers he'll only forget",
            "if our kid answers he'll only forget",
            False,
        ),
        ("ok but use a withheld number", "use a withheld number", False),
        ("Yes as long as you don't say fostering", "as long as you don't say fostering", True),
    ],
)
def test_a_condition_is_kept_as_it_was_typed(typed: str, words: str, discreet: bool) -> None:
    found = condition_in(typed, about_reaching=True)
    assert found is not None
    assert (found.words, found.discreet) == (words, discreet)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("oh and i put bingo wednesday, did you get that? dont ring wednesday", "dont ring wednesday"),
        ("not wednesdays, can you tell them", "not wednesdays"),
        (
            "dont say its social services if my flatmate picks up",
            "dont say its social services if my flatmate picks up",
        ),
        ("if my flatmate answers just hang up", "if my flatmate answers just hang up"),
        ("can you ask them not to ring on a wednesday please", "not to ring on a wednesday"),
    ],
)
def test_it_is_found_wherever_it_is_typed(typed: str, words: str) -> None:
    found = condition_in(typed, about_reaching=False)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    "typed",
    (
        "not wednesdays|do they ring on wednesdays|i dont say much|dont say that to me|we dont tell anyone|"
        "i work mornings not wednesdays|why do they not ring on wednesdays|my kids answer back|we never mention it|what if he picks up"
    ).split("|"),
)
def test_what_is_about_something_else_is_no_condition_elsewhere(typed: str) -> None:
    assert condition_in(typed, about_reaching=False) is None


@pytest.mark.parametrize(
    ("typed", "read_as", "value"),
    [
        (f"yes but {ABOUT_IT}", None, "yes"),
        (f"yes but {ABOUT_IT}", "yes", "yes"),
        ("yeah go on leave a message, but if our kid answers he'll only forget", None, "yes"),
        ("no and dont say who you are if he picks up", "no", "no"),
        # A condition alone is no yes, whatever it sounded like.
        ("dont say its social services if my flatmate picks up", "yes", None),
        ("dont say its social services if my flatmate picks up", "no", None),  # nor is its "don't" a no
        ("please dont text me at work", "no", "no"),
        ("as long as you don't say fostering", "yes", None),
        ("yes but don't leave a message if he picks up", "yes", None),
    ],
)
def test_a_message_may_be_left_only_after_a_plain_yes(typed: str, read_as: Any, value: Any) -> None:
    found = with_a_condition("safe_to_message", read(typed), read_as)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("typed", "value", "noted"),
    [
        ("after 7 but not in front of gary he'll only get upset", "after 7", True),
        (BETWEEN, BETWEEN, False),
        ("mornings, not wednesdays im at bingo", "mornings, not wednesdays im at bingo", False),
        ("dont say who you are", None, True),
    ],
)
def test_at_the_best_time_all_of_it_is_kept(typed: str, value: str | None, noted: bool) -> None:
    found = with_a_condition("contact_time", read(typed), typed)
    assert found is not None
    assert found.value == value
    assert ("contact_note" in [fact.question for fact in found.beside]) is noted


def test_another_question_has_no_condition_of_being_reached() -> None:
    assert with_a_condition("availability", read("not on wednesdays"), None) is None


@pytest.mark.parametrize(
    ("category", "by", "confidence", "stays"),
    [
        ("domestic_abuse", "model", 0.7, "faint"),
        ("domestic_abuse", "model", 0.9, "sure"),
        ("domestic_abuse", "rule", 0.5, "sure"),
        ("enquirer_under_investigation", "model", 0.41, None),
        ("threat_to_staff", "model", 0.6, None),
        (
            "suicidal_or_self_harm",
            "model",
            0.4,
            "sure",
        ),  # "dont ring tuesday, there wont be anybody here": as it was heard
        ("child_immediate_danger", "model", 0.5, "sure"),
    ],
)
def test_what_is_heard_beside_one_is_quieter_and_no_danger_is_lost(
    category: str, by: str, confidence: float, stays: str | None
) -> None:
    heard = said_of_being_reached({"category": category, "certainty": "sure", "by": by, "confidence": confidence})
    assert (heard or {}).get("certainty") == stays
