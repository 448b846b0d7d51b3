"""The hours in which a text may reach somebody's phone: 8 in the morning to 8 in the evening, where the service is."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from enquiry.dates import LONDON

FIRST = time(8)
LAST = time(20)


def is_text_hour(moment: datetime) -> bool:
    """Whether a text may go out at this moment: from 8am, and no more at 8pm."""
    return FIRST <= moment.astimezone(LONDON).time() < LAST


def when_to_text(moment: datetime) -> datetime:
    """The moment itself in those hours, else the next 8am; aware UTC.

    8am is told on the clock of that day, so a night in which the clocks change is an hour longer or shorter.
    """
    if is_text_hour(moment):
        return moment.astimezone(UTC)
    local = moment.astimezone(LONDON)
    day = local.date() + timedelta(days=1 if local.time() >= LAST else 0)
    return datetime.combine(day, FIRST, tzinfo=LONDON).astimezone(UTC)
