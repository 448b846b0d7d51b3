"""Which doors a booking may be asked for through, situation by situation."""

from __future__ import annotations

import pytest

from enquiry.bookings.attempt import ENQUIRERS_OWN, Door
from enquiry.bookings.may_book import Act, Situation, arranged_by_a_person
from enquiry.enums import Outcome

EVERY_ACT = frozenset(Act)
ALL_BUT_GIVING_BACK = EVERY_ACT - {Act.GIVE_BACK}
# What a person arranges, where the enquirer asks for it themselves.
TABLE: dict[Situation, frozenset[Act]] = {
    Situation(): frozenset(),
    Situation(outcome=Outcome.CONTINUE): frozenset(),
    Situation(outcome=Outcome.NOTE): frozenset(),
    Situation(outcome=Outcome.NOT_YET): frozenset({Act.BOOK_VISIT}),
    Situation(outcome=Outcome.OTHER_ROUTE): frozenset({Act.BOOK_VISIT}),
    Situation(outcome=Outcome.TALK_FIRST): frozenset({Act.BOOK_VISIT}),
    **{
        Situation(held_back=True, outcome=outcome): ALL_BUT_GIVING_BACK
        for outcome in (None, Outcome.CONTINUE, Outcome.TALK_FIRST)
    },
}


@pytest.mark.parametrize("door", Door)
@pytest.mark.parametrize("situation", TABLE, ids=str)
def test_every_door_of_the_enquirer_gives_the_same_answer_and_staff_may_do_everything(
    situation: Situation, door: Door
) -> None:
    arranged = {act for act in Act if arranged_by_a_person(act, door, situation)}
    assert arranged == (TABLE[situation] if door in ENQUIRERS_OWN else frozenset())


def test_the_table_knows_every_outcome() -> None:
    assert {situation.outcome for situation in TABLE} == {None, *Outcome}
