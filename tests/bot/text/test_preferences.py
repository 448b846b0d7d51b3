"""Who would rather talk than type."""

from __future__ import annotations

from bot.text.preferences import wants_a_person
from bot.text.reading import read


def test_someone_who_would_rather_talk_is_heard() -> None:
    assert wants_a_person(read("I'd rather talk to someone"))
    assert wants_a_person(read("can someone ring me about that"))
    assert not wants_a_person(read("rather not say"))
    assert not wants_a_person(read("I talk too much"))
