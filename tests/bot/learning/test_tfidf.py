"""The words and pieces of words that a text is compared by."""

from __future__ import annotations

import numpy as np

from bot.learning.tfidf import Features, terms

TEXTS = ["can I foster on my own", "can I foster with a dog", "how much are carers paid"]


def test_words_pairs_and_pieces_are_counted() -> None:
    found = set(terms("Foster care"))
    assert {"w:foster", "w:care", "p:foster care", "c: fo", "c:ster"} <= found


def test_capitals_and_curly_quotes_make_no_difference() -> None:
    assert list(terms("I\u2019m SINGLE")) == list(terms("i'm single"))


def test_every_row_has_length_one() -> None:
    rows = Features.learn(TEXTS).rows(TEXTS)
    assert np.allclose(np.sqrt(rows.multiply(rows).sum(axis=1)), 1.0, atol=1e-5)


def test_a_typing_slip_keeps_most_of_the_likeness() -> None:
    features = Features.learn(TEXTS)
    rows = features.rows([*TEXTS, "how much are carrers payed"]).toarray()
    assert rows[:3].dot(rows[3]).argmax() == 2


def test_text_without_any_known_term_is_an_empty_row() -> None:
    features = Features.learn(TEXTS)
    assert features.rows(["", "zzz", "\U0001f44d"]).nnz == 0
