"""The encoder: texts are laid end to end, and the vector of a text hangs on nothing beside it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.arrays import Floats
from bot.encoder.encoder import load_encoder, load_tokenizer
from bot.encoder.network import in_rows

SHORT = "do you take people who rent"
LONG = (
    "we live in a three bedroom house near Wigston with a dog, two cats and my husband who works nights at the depot, "
    * 3
)


@lru_cache
def alone(text: str) -> Floats:
    return load_encoder().encode([text])


TEXTS = ["", SHORT, LONG, SHORT + " a flat", "a. " * 500, "x" * 2000, "ŵ ñ 🙂"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(TEXTS), max_size=9))
def test_every_text_has_its_own_vector_in_its_own_place(texts: list[str]) -> None:
    expected = np.concatenate([np.zeros((0, 384), dtype=np.float32), *(alone(text) for text in texts)])
    assert np.allclose(load_encoder().encode(texts), expected, atol=1e-5)


@given(st.lists(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_row_holds_its_texts_end_to_end_and_is_filled_up_with_what_belongs_to_none(rows: list[list[str]]) -> None:
    tokenizer = load_tokenizer()
    cut = [[tokenizer.encode(text).ids for text in row] for row in rows]
    ids, places, texts = in_rows(cut)
    for number, text in enumerate(text for row in cut for text in row):
        assert ids[texts == number].tolist() == text
        assert places[texts == number].tolist() == list(range((texts == number).sum()))
    assert not ids[texts == -1].any()
    assert len(ids) == len(rows)


def test_a_text_has_the_same_vector_alone_and_beside_others() -> None:
    encode = load_encoder().encode
    beside = encode([LONG, SHORT, LONG + SHORT, SHORT + " a flat"])
    assert np.allclose(beside[1], encode([SHORT])[0], atol=1e-5)
    assert np.allclose(beside[0], encode([LONG])[0], atol=1e-5)
