"""Read the days in a text: "Tuesday", "the 8th", "next week", "after the 8th", "from Monday to Wednesday". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from enquiry.agencies.agency import WEEKDAYS

# Whether a moment in local time is as the text says.
Condition = Callable[[datetime], bool]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
MONTH = re.compile(rf"\b({_MONTH})\b|(?:\d|\dst|\dnd|\drd|\dth|of) (may)\b|\b(may) \d")  # "may" alone is a verb
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|ur|nes|day|sday|nesday|rsday|ursday|urday)?s?"
WEEKDAY = re.compile(rf"\b({_WEEKDAY})\b")
WEEKDAYS_FROM_TO = re.compile(
    rf"\b(?:from |between )?({_WEEKDAY})(?: to | until | till | ?- ?)({_WEEKDAY})\b|\bbetween ({_WEEKDAY}) and ({_WEEKDAY})\b"
)
NUMERIC_DATE = re.compile(r"\b([0-9]{1,2})[/-]([0-9]{1,2})(?:[/-](?:[0-9]{4}|[0-9]{2}))?\b")
DAY = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)?\b")
DAY_IN_FULL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")
WEEKEND = re.compile(r"\bweekends?\b")
DAY_AFTER_TOMORROW = re.compile(r"\bday after tomorrow\b")
TOMORROW = re.compile(r"\b(?<!after )tomorrow\b")
TODAY = re.compile(r"\b(?:today|tonight)\b")
# Weeks from this one, and months from this one.
WEEKS = (
    (re.compile(r"\b(?:the )?week after next\b|\bin (?:two weeks|2 weeks|a fortnight)\b|\bweek after that\b"), 2),
    (re.compile(r"\bin (?:three|3) weeks\b"), 3),
    (re.compile(r"\b(?:next|the following) week(?!end)\b|\bweek after this\b|\bin a week\b"), 1),
    (re.compile(r"\bthis week(?!end)\b"), 0),
)
MONTHS_AHEAD = ((re.compile(r"\bnext month\b"), 1), (re.compile(r"\bthis month\b"), 0))
NEXT_WEEKEND, THIS_WEEKEND = re.compile(r"\bnext weekend\b"), re.compile(r"\bthis weekend\b")
_RELATIVE = r"tomorrow|today|tonight|(?:this|next|the following) (?:week|month)"
_DATE = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH}|may)|[0-9]{{1,2}}(?:st|nd|rd|th)|{_WEEKDAY})\b"
# A day that something is to be after or before, and one that is named to be left out.
FROM_A_DAY = re.compile(
    rf"\b(?:after|from|not before|no earlier than|later than)(?: the| on)* {_DATE}(?! (?:to|until|till)\b)"
)
BEFORE_A_DAY = re.compile(rf"\b(?:before|by|until|till|not after|no later than|earlier than)(?: the| on)* {_DATE}")
UNIT_OF_DAYS = rf"(?:{_WEEKDAY}\b|weekends?\b|(?:{_RELATIVE})\b)"
INCLUDES_IT = re.compile(r"^(?:from|not before|no earlier than|by|until|till|not after|no later than)\b")
FARTHEST = 366 * 4 + 1  # days: a 29 February is within them


def days_said(text: str, bounds: Sequence[str], today: date | None) -> Iterator[Condition]:
    """The conditions on the day.

    Args:
        text: without what it says of hours.
        bounds: phrases such as "after the 8th", which are no longer in the text.
        today: None where nothing relative can be told.
    """
    if today is not None:
        yield from _bounded(bounds, today)
        yield from _relative(text, today)
        for pattern, _ in WEEKS:
            text = pattern.sub(" ", text)
    for match in WEEKDAYS_FROM_TO.finditer(text):
        first, last = (_weekday(said) for said in match.groups() if said)
        span = {(first + number) % 7 for number in range((last - first) % 7 + 1)}
        yield lambda local, span=span: local.weekday() in span  # type: ignore[misc]
    text = WEEKDAYS_FROM_TO.sub(" ", text)
    weekdays = {_weekday(said) for said in WEEKDAY.findall(text)} | ({5, 6} if WEEKEND.search(text) else set())
    if weekdays:
        yield lambda local: local.weekday() in weekdays
    if months := {MONTHS.index(next(filter(None, match.groups()))[:3]) + 1 for match in MONTH.finditer(text)}:
        yield lambda local: local.month in months
    for day, month in NUMERIC_DATE.findall(text):
        yield lambda local, day=day, month=month: (local.day, local.month) == (int(day), int(month))  # type: ignore[misc]
    text = NUMERIC_DATE.sub(" ", text)
    if days := {int(said) for said in DAY_IN_FULL.findall(text) or DAY.findall(text)[:1]}:
        yield lambda local: local.day in days


def excluded_days(text: str, today: date | None) -> Iterator[Condition]:
    """What holds on each of the days of a list such as "mondays or tomorrow"."""
    weekdays = {_weekday(said) for said in WEEKDAY.findall(text)} | ({5, 6} if WEEKEND.search(text) else set())
    if weekdays:
        yield lambda local: local.weekday() in weekdays
    if today is not None:
        yield from _relative(text, today)


def _relative(text: str, today: date) -> Iterator[Condition]:
    for pattern, days in ((DAY_AFTER_TOMORROW, 2), (TOMORROW, 1), (TODAY, 0)):
        if pattern.search(text):
            yield _within(today + timedelta(days=days), today + timedelta(days=days))
            return
    monday = today - timedelta(days=today.weekday())
    for pattern, weeks in (*WEEKS, (NEXT_WEEKEND, 1), (THIS_WEEKEND, 0)):
        if pattern.search(text):
            begins = monday + timedelta(weeks=weeks)
            yield _within(begins, begins + timedelta(days=6))
            return
    for pattern, ahead in MONTHS_AHEAD:
        if pattern.search(text):
            first = date(today.year + (today.month - 1 + ahead) // 12, (today.month - 1 + ahead) % 12 + 1, 1)
            yield _within(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
            return


def _bounded(phrases: Sequence[str], today: date) -> Iterator[Condition]:
    for phrase in phrases:
        bound = _date_of(phrase, today)
        if bound is None:
            continue
        including = INCLUDES_IT.search(phrase) is not None
        if FROM_A_DAY.match(phrase):
            yield _within(bound if including else bound + timedelta(days=1), date.max)
        else:
            yield _within(date.min, bound if including else bound - timedelta(days=1))


def _date_of(phrase: str, today: date) -> date | None:
    """The first such day from today on."""
    holds = list(days_said(phrase, (), None))
    ahead = (today + timedelta(days=number) for number in range(FARTHEST))
    return next((day for day in ahead if all(one(datetime(day.year, day.month, day.day)) for one in holds)), None)  # noqa: DTZ001 - a day only


def _within(first: date, last: date) -> Condition:
    return lambda local: first <= local.date() <= last


def _weekday(said: str) -> int:
    return next(number for number, day in enumerate(WEEKDAYS) if day.startswith(said[:3]))
