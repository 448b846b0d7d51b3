"""The encoder: texts of one call are of about one length, and the vector of a text hangs on nothing beside it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder.encoder import BATCH, CALL, batches, load_encoder

SHORT = "do you take people who rent"
LONG = (
    "we live in a three bedroom house near Wigston with a dog, two cats and my husband who works nights at the depot, "
    * 3
)


@given(st.lists(st.integers(0, 2000), max_size=200))
def test_each_text_is_in_one_batch_and_little_of_it_is_padding(lengths: list[int]) -> None:
    gathered = batches(lengths)
    assert sorted(at for batch in gathered for at in batch) == list(range(len(lengths)))
    for batch in gathered:
        assert 0 < len(batch) <= BATCH
        assert len(batch) < 2 or (len(batch) - 1) * (lengths[batch[-1]] - lengths[batch[-2]]) <= CALL


def test_a_text_has_the_same_vector_alone_and_beside_others() -> None:
    encode = load_encoder().encode
    beside = encode([LONG, SHORT, LONG + SHORT, SHORT + " a flat"])
    assert np.allclose(beside[1], encode([SHORT])[0], atol=1e-5)
    assert np.allclose(beside[0], encode([LONG])[0], atol=1e-5)
