"""The date that a message tells among other things, and the day that it names and on which there is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enquiry.conversations.date_phrases.choose import Offer
from enquiry.conversations.date_phrases.told import DATE, DAY_OF_WEEK, IN_MONTH, DateTold, Missed, date_told

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
EVENINGS = (
    datetime(2026, 12, 9, 18, 30, tzinfo=UTC),
    datetime(2026, 12, 30, 18, 30, tzinfo=UTC),
    datetime(2027, 1, 20, 18, 30, tzinfo=UTC),
)
OFFERS = [Offer(f"{at.day}/{at.month}", "", at) for at in EVENINGS]
NO_SATURDAY = Missed(DAY_OF_WEEK, "Saturday")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dawn, 9 december, just me cos gary wont come", DateTold("9/12")),
        ("i told you 20th of january, theres two of us", DateTold("20/1")),
        ("the 9th, just me", DateTold("9/12")),
        ("put me down for 9 december, 2 of us, need a ramp", DateTold("9/12")),
        ("for 2 on 30 december", DateTold("30/12")),
        ("not the 9th, the 30th", DateTold("30/12")),
        ("can we do the 30th december instead, and just me", DateTold("30/12")),
        ("the saturday one please, 2 of us", DateTold(None, NO_SATURDAY)),
        ("oh so no saturdays? go on then the 20th of january one", DateTold("20/1", NO_SATURDAY)),
        ("saturday 9 december", DateTold(None, Missed(DATE, "Saturday 9 December"))),
        ("12th december for 2", DateTold(None, Missed(DATE, "12 December"))),
        ("anything in march", DateTold(None, Missed(IN_MONTH, "March"))),
        # Two could be meant, or none at all.
        ("december", DateTold()),
        ("i cant do the 9th", DateTold()),
        ("call me on saturday", DateTold()),
        ("Dawn, born 9 december 1980", DateTold()),
        ("we sat down and talked", DateTold()),
        ("there'll be 2 of us", DateTold()),
    ],
)
def test_the_date_is_told_from_everything_beside_it(text: str, told: DateTold) -> None:
    assert date_told(text, OFFERS, NOW) == told
