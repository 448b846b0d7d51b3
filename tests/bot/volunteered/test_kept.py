"""Replies to "Shall I forget this chat?": only a plain yes deletes anything."""

from __future__ import annotations

import pytest

from bot.text.reading import read
from bot.volunteered.kept import keeps_it


@pytest.mark.parametrize("text", ["no hang on keep it, i might come back", "keep it", "dont delete it", "wait"])
def test_keep_it_is_a_no(text: str) -> None:
    assert keeps_it(read(text).text)


@pytest.mark.parametrize(
    "text", ["yes", "yes please, i dont want you to keep it", "yes forget it", "delete everything", "go on then"]
)
def test_a_yes_is_none(text: str) -> None:
    assert not keeps_it(read(text).text)
