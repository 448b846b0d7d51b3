"""What people tell about themselves unasked: taken where it is plain, left alone wherever it is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.normalise import normalise
from bot.volunteered.component import FactFinder

ROOT = Path(__file__).resolve().parents[3]
SLUG = "leicestershire"
PRIVATE = ("offences", "childrens_services", "right_to_live_work", "health", "contact_name", "contact")
HAVE_OR_AM = re.compile(r"\b(?:i|we)(?:'m|'ve|'re| am| are| have| \w+)")


@pytest.fixture(scope="module")
def finder() -> FactFinder:
    return FactFinder(ROOT / "data" / "criteria.yml", ROOT / "data" / "agencies")


def told(finder: FactFinder, text: str) -> dict[str, Any]:
    return {fact.question: fact.value for fact in finder.facts(normalise(text), SLUG)}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("I'm 34, we've a spare room and a labrador", {"age": "25_plus", "bedroom": "yes", "dogs": "yes"}),
        ("im 34 got a spare room and a lab can i foster", {"age": "25_plus", "bedroom": "yes", "dogs": "yes"}),
        ("we've got a spare room, is that enough?", {"bedroom": "yes"}),
        (
            "my two kids are 5 and 9, we live in Charnwood and I work part time",
            {"children": ["5-10"], "area": "in_area", "availability": "part_time"},
        ),
        ("my husband and i have a spare room and no dogs", {"bedroom": "yes", "dogs": "no"}),
        ("I live with my husband and our two kids aged 5 and 9", {"household": 2, "children": ["5-10"]}),
        (
            "I live alone with my cat. I'm 52 and retired",
            {"household": 1, "age": "25_plus", "availability": "retired_or_not_working"},
        ),
        ("I'm a retired nurse, 67, with a spare room", {"availability": "retired_or_not_working", "bedroom": "yes"}),
        ("we don't smoke, no kids, 2 spare bedrooms", {"smoking": "no", "children": ["none"], "bedroom": "yes"}),
        ("we haven't got a spare room, would that rule us out?", {"bedroom": "no"}),
        ("i vape, does that matter?", {"smoking": "yes"}),
        ("We live in Birmingham, can I foster with you", {"area": "elsewhere"}),
        ("i have three kids aged 4, 7 and 11", {"children": ["0-4", "5-10", "11-15"]}),
        ("we have a spare room if that helps", {"bedroom": "yes"}),
        (
            "I've brought up three kids and now i'm retired",
            {"experience": ["own_children"], "availability": "retired_or_not_working"},
        ),
        ("neither of us smokes", {"smoking": "no"}),
        (
            "im 58 retired and live on my own with a whippet",
            {"age": "25_plus", "availability": "retired_or_not_working", "household": 1, "dogs": "yes"},
        ),
    ],
)
def test_what_is_plainly_told_is_taken(finder: FactFinder, text: str, facts: dict[str, Any]) -> None:
    assert told(finder, text) == facts


@pytest.mark.parametrize(
    "text",
    [
        # questions about something in general, and what is only supposed
        "do you need a spare room",
        "is 34 too old?",
        "would a labrador be a problem",
        "how many spare rooms do we have to have",
        "if i'm 34 and we have a spare room can we foster?",
        "what if we have a dog",
        "can I foster if I have a labrador?",
        "do you think i have a spare room big enough",
        "we have a spare room when my son moves out",
        "suppose we have a labrador",
        # somebody else
        "my sister has a labrador",
        "my friend is 34",
        "we have a friend with a labrador",
        "my mum has two spare rooms",
        "my neighbour says we have a labrador",
        "my daughters labrador is 5",
        "she's 34 and has a spare room",
        "we have foster kids 5 and 9",
        "my kids live with their dad, they're 5 and 9",
        "I have a spare room in my mum's house",
        # wishes, plans, the past
        "we want a dog",
        "we're thinking of getting a labrador",
        "we used to have a labrador",
        "our labrador died last year",
        "we will have a spare room next year",
        "I've always wanted to have a spare room for a child",
        "i was 34 when we met",
        # what something else takes back or leaves open
        "we've got a spare room but it's tiny",
        "we have a spare room but my son sleeps in it",
        "we have a spare room we use as an office",
        "I have three kids, my son is 7",
        "my son is 12 and wants us to foster",
        "my partner is 23, I'm 34",
        "I don't smoke",
        "we have a dog",
        "we have an xl bully",
        "we've a labrador cross, don't know with what",
        "I work full time",
        # numbers and places that are something else
        "I'm 20 weeks pregnant",
        "I'm 30 minutes from Hinckley",
        "I'm 100% sure about this",
        "i am 1 of 6",
        "we're 3",
        "I live near Melton",
        "I live on Melton Road in Leicester",
        "we live in a flat",
        # what is private, and who may be a child
        "I have a caution from years ago",
        "we've no criminal record",
        "I was in care as a kid",
        "I'm British",
        "I'm 16",
        "I have depression",
        "my name is Sam, 07700 900123",
    ],
)
def test_what_is_not_plain_is_left_to_be_asked(finder: FactFinder, text: str) -> None:
    assert told(finder, text) == {}


@pytest.mark.parametrize("joined", ["I'm 34 and I'm 22", "we have no dogs. We have a labrador"])
def test_two_facts_that_speak_against_each_other_are_none(finder: FactFinder, joined: str) -> None:
    assert told(finder, joined) == {}


def test_a_place_means_what_the_agency_says_it_means(finder: FactFinder) -> None:
    assert {fact.question for fact in finder.facts("we live in melton", "somebody-elses-agency")} == set()


PIECES = (
    "do you need",
    "would you mind",
    "is it ok that",
    "can you foster with",
    "what about",
    "a spare room",
    "a labrador",
    "two kids 5 and 9",
    "34",
    "smoking",
    "a dog",
    "no dogs",
    "in Blaby",
    "on shifts",
    "the neighbour",
    "my sister has",
    "they have",
    "she is",
    "and",
    "or",
    ",",
    "nobody smokes",
    "there's a spare room",
    "our kids are 5 and 9",
    "my two kids",
    "with a whippet",
    "retired",
    "people who are 40",
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(lambda words: " ".join(words) + "?"))
def test_nothing_is_ever_volunteered_by_a_question_without_a_statement_about_oneself(
    finder: FactFinder, text: str
) -> None:
    assert not HAVE_OR_AM.search(normalise(text))
    assert told(finder, text) == {}


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(st.sampled_from((*PIECES, "i'm", "we have", "i live with", "?", "but", "if")), max_size=20).map(
            " ".join
        ),
    )
)
def test_no_text_makes_it_stumble_and_nothing_private_is_taken(finder: FactFinder, text: str) -> None:
    assert not set(told(finder, text)) & set(PRIVATE)
