"""Hello: short, what is kept, and when somebody is back."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from enquiry.agencies.agency import load_agencies
from enquiry.content.wording import load_wording
from enquiry.settings import ROOT
from web.chat.welcome import welcome

AGENCIES = load_agencies(ROOT / "data" / "agencies")
WORDING = load_wording(ROOT / "data" / "wording")
OPEN = datetime(2026, 12, 3, 12, tzinfo=UTC)


def said(agency: str, now: datetime = OPEN, phone_hours: str | None = None) -> str:
    told = dataclasses.replace(AGENCIES[agency], phone_hours=phone_hours)
    return " ".join(message.text for message in welcome(WORDING, told, now))


@pytest.mark.parametrize("agency", AGENCIES)
def test_it_is_short_and_says_what_it_is_what_is_kept_and_whom_to_call_in_danger(agency: str) -> None:
    text = said(agency)
    assert len(text.split()) < 35
    for words in ("automated assistant", "We keep what you type, and staff can read it", "call 999"):
        assert words in text


@pytest.mark.parametrize(
    ("now", "back"),
    [
        (datetime(2026, 12, 5, 12, tzinfo=UTC), "Our team is back at 8:30am on Monday."),
        (datetime(2026, 12, 3, 22, tzinfo=UTC), "Our team is back at 8:30am tomorrow."),
        (datetime(2026, 12, 3, 5, tzinfo=UTC), "Our team is back at 8:30am today."),
        (datetime(2026, 12, 24, 22, tzinfo=UTC), "Our team is back at 8:30am on Tuesday."),
    ],
)
def test_while_nobody_is_there_it_says_when_somebody_is_back(now: datetime, back: str) -> None:
    assert said("coventry", now, phone_hours="Weekdays.").endswith(back)


def test_while_somebody_is_there_or_the_hours_are_not_known_it_says_nothing_of_them() -> None:
    assert "back" not in said("coventry", phone_hours="Weekdays.")
    assert "back" not in said("leicestershire", datetime(2026, 12, 5, 12, tzinfo=UTC))
