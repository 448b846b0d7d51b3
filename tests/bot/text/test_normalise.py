"""How typed text is evened out before it is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import WordNormaliser, contract, normalise, phrase, tidy

TYPED = "I\u2019m\u00a034 \u2014  we`ve a \u201cspare\u201d room\n"


def test_quotes_dashes_and_spaces_are_those_of_a_keyboard() -> None:
    assert tidy(TYPED) == "I'm 34 - we've a \"spare\" room"


def test_texts_are_compared_in_small_letters() -> None:
    assert normalise(TYPED) == "i'm 34 - we've a \"spare\" room"


@given(st.text())
def test_normalising_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_known_phrase_has_no_marks_at_its_ends() -> None:
    assert phrase("  Yes, please! ") == "yes, please"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("im 34 and i am tired", "i'm 34 and i'm tired"),
        ("weve a dog", "we've a dog"),
        ("i do not smoke, she doesnt", "i don't smoke, she doesn't"),
        ("we are two", "we're two"),
        ("well, the shed", "well, the shed"),
    ],
)
def test_statements_about_oneself_have_their_short_form(text: str, written: str) -> None:
    assert contract(text) == written


NORMALISER = WordNormaliser(
    {"screaming", "neglected", "not", "help"}, {"negelcted": "neglected", "thank you": "thanks"}
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I don\u2019t", "i do not"),
        ("cant", "can not"),
        ("we'll see", "we will see"),
        ("well see", "well see"),
        ("he's twelve", "he is 12"),
        ("a 7yo", "a 7 year old"),
        ("hellllp", "help"),
        ("negelcted", "neglected"),
        ("screming", "screaming"),
        ("Thank you!", "thanks"),
    ],
)
def test_words_are_written_one_way_for_the_patterns_of_disclosures(text: str, plain: str) -> None:
    assert NORMALISER.plain(text) == plain


def test_each_sentence_has_its_ends_marked_and_one_without_words_is_left_out() -> None:
    assert NORMALISER.sentences("Help me. ?! Now") == [["^", "help", "me", "$"], ["^", "now", "$"]]
