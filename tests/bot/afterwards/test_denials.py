"""The words of a denial: what ends a flag, and what tells something all the same."""

from __future__ import annotations

import time

import pytest

from bot.afterwards.denials import is_plain, says_so, tells_something, without_questions, wonders


@pytest.mark.parametrize(
    "text",
    [
        "I'm fine",
        "im fine thanks",
        "No, I haven't hurt anyone.",
        "no i havent",
        "nobody is being hurt",
        "You've got the wrong end of the stick",
        "that's not what I meant",
        "I'm not in danger",
        "we're all fine here",
        "it's not like that",
        "I'm 45, I'm not a child",
    ],
)
def test_a_denial_that_says_nothing_else_is_plain(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm fine, he only does it when he's drunk",
        "I'm fine he shouts",
        "no I haven't eaten",
        "nobody is being hurt yet",
        "I'm 15",
        "I'm not in danger today",
        "no",
        "ok thanks",
        "",
    ],
)
def test_what_says_more_or_nothing_is_not(text: str) -> None:
    assert not is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "its nothing really, he only does it when he's had a drink",
        "I'm safe, he's asleep now",
        "forget I said anything",
        "please don't tell anyone",
        "nobody's been hurt so far",
        "not me, it's my sister",
        "she promised it was the last time",
        "I just manage, I'm used to it",
        "no I'm nearly 18",
        "it was just a bruise",
        "he checks my phone",
    ],
)
def test_words_that_tell_something_are_seen(text: str) -> None:
    assert tells_something(text)


@pytest.mark.parametrize(
    "text", ["I meant the dog", "nobody here is in danger", "I was only joking", "we are all safe and well, thank you"]
)
def test_an_innocent_denial_tells_nothing(text: str) -> None:
    assert not tells_something(text)


def test_a_misunderstanding_is_told_from_an_answer() -> None:
    assert says_so("that is not what i asked, i meant the film")
    assert not says_so("no I haven't")


def test_what_is_asked_beside_a_denial_is_left_out() -> None:
    assert without_questions("No one is in danger. Can I foster if I rent?") == "no one is in danger."
    assert without_questions("can I foster?") == "can i foster?"


def test_whoever_is_not_certain_takes_nothing_back() -> None:
    assert wonders("maybe I misread it")
    assert not wonders("you misread it")


@pytest.mark.parametrize(
    "text", ["no " * 700, "i'm fine " * 220, "nobody is " * 200, "he is just " * 180, "i i'm " * 330]
)
def test_a_long_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    says_so(text), tells_something(text), is_plain(text), wonders(text)
    assert time.process_time() - began < 1
