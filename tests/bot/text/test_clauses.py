"""The clauses of a message that says several things."""

from __future__ import annotations

import pytest

from bot.text.clauses import clauses


def test_what_says_several_things_is_taken_apart_and_a_single_thing_is_not() -> None:
    assert clauses("how much do you pay? also my partner hits me") == ["how much do you pay", "my partner hits me"]
    assert clauses("my partner hits me") == []


@pytest.mark.parametrize("many", [2, 12, 13, 125])
def test_a_message_of_many_sentences_has_few_parts_and_none_is_left_out(many: int) -> None:
    parts = clauses(" ".join(f"this is sentence number{at}." for at in range(many)))
    assert len(parts) <= 12
    assert ". ".join(parts) == ". ".join(f"this is sentence number{at}" for at in range(many))
