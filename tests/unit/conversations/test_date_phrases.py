"""Which of the offered dates a text means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.conversations.date_phrases.choose import Offer, chosen, fits, names_a_date, names_a_weekday, picked_out
from enquiry.dates import LONDON, in_words


def offer(name: str, *moment: int) -> Offer:
    """An offer at a local time."""
    starts_at = datetime(*moment, tzinfo=LONDON).astimezone(UTC)  # type: ignore[arg-type,misc]
    return Offer(name, in_words(starts_at), starts_at)


EVENTS = (offer("a", 2026, 12, 2, 18, 30), offer("b", 2026, 12, 23, 18, 30), offer("c", 2027, 1, 13, 18, 30))
VISITS = (
    offer("mon10", 2026, 11, 30, 10, 0),
    offer("mon5", 2026, 11, 30, 17, 30),
    offer("tue1", 2026, 12, 1, 13, 30),
    offer("thu10", 2026, 12, 3, 10, 0),
)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("the first one", "a"),
        ("2nd please", "b"),
        ("last", "c"),
        ("3", "c"),
        ("2 December", "a"),
        ("23rd", "b"),
        ("january", "c"),
        ("13/1", "c"),
        ("02/12/2026", "a"),
        ("the 2nd of december", "a"),
        ("None of these", "none"),
        ("no", "none"),
        ("can't make any", "none"),
        ("another time", "none"),
        ("wednesday", None),
        ("evening", None),
        ("yes", None),
        ("4", None),
        ("fifth", None),
        ("3 December", None),
        ("december", None),
        ("", None),
        ("banana", None),
        ("not the first, the second", None),
        ("can\u2019t do the 2nd of december", None),
    ],
)
def test_an_event_is_chosen_by_place_date_or_month(text: str, id_: str | None) -> None:
    assert chosen(text, EVENTS) == id_


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("tuesday", "tue1"),
        ("tues", "tue1"),
        ("thurs please", "thu10"),
        ("monday morning", "mon10"),
        ("Mon evening", "mon5"),
        ("monday 5.30pm", "mon5"),
        ("monday 17:30", "mon5"),
        ("monday at 10", "mon10"),
        ("half five", "mon5"),
        ("1.30", "tue1"),
        ("1:30pm", "tue1"),
        ("10am", None),
        ("monday", None),
        ("thursday evening", None),
        ("10 o'clock thursday", "thu10"),
        ("5.30am", None),
        ("monday 10.15", None),
        ("1 december", "tue1"),
        ("that may suit", None),
    ],
)
def test_a_visit_is_chosen_by_weekday_and_time(text: str, id_: str | None) -> None:
    assert chosen(text, VISITS) == id_


@pytest.mark.parametrize("text", ["yes", "ok", "that one", "that's fine"])
def test_a_single_offer_is_chosen_by_agreeing(text: str) -> None:
    assert chosen(text, EVENTS[:1]) == "a"


def test_agreeing_to_another_date_than_the_single_one_is_not_a_choice() -> None:
    assert chosen("yes, 9 december", EVENTS[:1]) is None


@pytest.mark.parametrize(
    "moment",
    [(2027, 3, 28, 10, 0), (2027, 3, 27, 18, 30), (2026, 10, 25, 10, 0), (2026, 10, 24, 23, 30), (2027, 3, 29, 0, 30)],
)
def test_a_date_beside_the_change_of_the_clocks_is_read_in_local_time(moment: tuple[int, ...]) -> None:
    here = offer("here", *moment)
    other = Offer("other", in_words(here.starts_at + timedelta(days=2)), here.starts_at + timedelta(days=2))
    local = here.starts_at.astimezone(LONDON)
    assert chosen(f"{local:%A}", (here, other)) == "here"
    assert chosen(f"{local.day} {local:%B}", (here, other)) == "here"
    assert chosen(here.title, (other, here)) == "here"


def test_the_same_hour_twice_when_the_clocks_go_back_stays_two_offers() -> None:
    early = Offer("summer", "first 1.30am", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    late = Offer("winter", "second 1.30am", datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert chosen("1.30am", (early, late)) is None
    assert chosen("second 1.30am", (early, late)) == "winter"


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the time zone is given beside them
offers = st.lists(moments, max_size=6, unique_by=in_words).map(
    lambda found: tuple(Offer(f"id{n}", in_words(at), at) for n, at in enumerate(found))
)
typed = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["the", "2nd", "wed", "6.30", "pm", "not", "may", "31/12", "first", "at", "9", "evening"]),
        max_size=6,
    ).map(" ".join),
)


@settings(max_examples=60, deadline=None)
@given(typed, offers)
def test_nothing_is_chosen_that_was_not_offered(text: str, offered: tuple[Offer, ...]) -> None:
    assert chosen(text, offered) in {None, "none", *(one.id for one in offered)}


@given(offers)
def test_every_title_chooses_itself(offered: tuple[Offer, ...]) -> None:
    for one in offered:
        assert chosen(one.title, offered) == one.id
        assert chosen(f"  {one.title.upper()}. ", offered) == one.id


def test_a_button_of_an_event_that_has_filled_up_since_still_means_it() -> None:
    full = Offer("a", f"{EVENTS[0].title}, County Hall (full: waiting list)", EVENTS[0].starts_at)
    assert chosen(f"{EVENTS[0].title}, County Hall", (full, *EVENTS[1:])) == "a"


# Thursday. The times of visits as a person might be offered them over five weeks, also across the turn of the year.
NOW = datetime(2026, 12, 17, 12, 0, tzinfo=UTC)
TIMES = tuple(
    offer(f"{day:%a}{day.day}-{hour}", day.year, day.month, day.day, hour, minute)
    for day in (datetime(2026, 12, 18, tzinfo=UTC) + timedelta(days=n) for n in range(35))
    for hour, minute in ((10, 0), (13, 30), (17, 30))
    if day.weekday() < 5
)


def found(text: str, now: datetime = NOW) -> list[datetime]:
    """The local times that fit what was typed."""
    return [one.starts_at.astimezone(LONDON) for one in fits(text, TIMES, now) or []]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Tuesday evening", lambda at: at.weekday() == 1 and at.hour >= 17),
        ("next week after 5", lambda at: at.isocalendar().week == 52 and at.hour >= 17),
        ("tomorrow", lambda at: (at.month, at.day) == (12, 18)),
        ("the week after next in the morning", lambda at: at.isocalendar().week == 53 and at.hour < 12),
        ("after 6pm on wednesday", lambda at: False),
        ("after 5.30pm on wednesday", lambda at: at.weekday() == 2 and at.hour == 17),
        ("not before 3", lambda at: at.hour >= 15),
        ("before noon or by 12", lambda at: at.hour < 12),
        ("any evening", lambda at: at.hour >= 17),
        ("the 8th", lambda at: at.day == 8),
        ("first thing monday", lambda at: at.weekday() == 0 and at.hour < 11),
        ("at the weekend", lambda at: False),
        ("not on a tuesday, mornings", lambda at: at.weekday() != 1 and at.hour < 12),
        ("between 1 and 4", lambda at: 13 <= at.hour < 16),
        ("any time in january", lambda at: at.month == 1),
        ("Tuesday evening or Thursday morning", lambda at: (at.weekday(), at.hour) in ((1, 17), (3, 10))),
        ("monday or tuesday, evenings", lambda at: at.weekday() < 2 and at.hour >= 17),
        ("mornings or evenings", lambda at: at.hour < 12 or at.hour >= 17),
        ("I can't do mornings", lambda at: at.hour >= 12),
        ("not tomorrow, and not on mondays or fridays", lambda at: at.weekday() not in (0, 4)),
        ("I can't do tuesday but wednesday is fine", lambda at: at.weekday() == 2),
        ("not next week", lambda at: at.isocalendar().week != 52),
        ("after the 8th", lambda at: (at.year, at.month, at.day) > (2027, 1, 8)),
        ("after 8 january", lambda at: (at.year, at.month, at.day) > (2027, 1, 8)),
        ("before christmas", lambda at: at.year == 2026 and at.day < 25),
        ("from monday", lambda at: (at.year, at.month, at.day) >= (2026, 12, 21)),
        ("from monday to wednesday", lambda at: at.weekday() <= 2),
        ("thursday to friday", lambda at: at.weekday() in (3, 4)),
        ("from 1 to 4", lambda at: at.hour == 13),
        ("1-6pm", lambda at: at.hour >= 13),
        ("after half past five", lambda at: (at.hour, at.minute) >= (17, 30)),
        ("half one", lambda at: (at.hour, at.minute) == (13, 30)),
        ("ten o'clock on a wednesday", lambda at: at.weekday() == 2 and at.hour == 10),
        ("after five on mondays", lambda at: at.weekday() == 0 and at.hour >= 17),
        ("I work until 5 so after that", lambda at: at.hour >= 17),
        ("my kids are at school till 3, after that please", lambda at: at.hour >= 15),
        ("I work 9-5 monday to friday", lambda at: at.hour >= 17),
        ("the kids are at school from 9 to 3.30", lambda at: at.hour >= 16),
        ("I finish at half four on tuesdays", lambda at: at.weekday() == 1 and at.hour >= 17),
        ("until 12", lambda at: at.hour < 12),
        ("before noon", lambda at: at.hour < 12),
        ("next month", lambda at: at.month == 1),
        ("the 7th or the 8th", lambda at: at.day in (7, 8)),
        ("8 january at 10", lambda at: (at.month, at.day, at.hour) == (1, 8, 10)),
        ("8/1 in the evening", lambda at: (at.month, at.day) == (1, 8) and at.hour >= 17),
        ("in two weeks", lambda at: at.isocalendar().week == 53),
        ("the day after tomorrow", lambda at: False),
    ],
)
def test_a_wish_in_words_is_what_fits_and_nothing_else(text: str, holds: Callable[[datetime], bool]) -> None:
    assert found(text) == [at for at in (one.starts_at.astimezone(LONDON) for one in TIMES) if holds(at)]


@pytest.mark.parametrize("text", ["banana", "you choose", "whenever suits you", "", "my dog is called Rex"])
def test_what_says_nothing_of_a_time_is_no_wish(text: str) -> None:
    assert fits(text, TIMES, NOW) is None


def test_next_week_in_the_last_days_of_the_year_is_in_the_new_one() -> None:
    assert {at.date().isoformat() for at in found("next week", datetime(2026, 12, 30, 9, 0, tzinfo=UTC))} == {
        f"2027-01-{day:02d}" for day in range(4, 9)
    }


def test_after_five_is_local_time_on_both_sides_of_the_clock_change() -> None:
    sides = (
        offer("summer", 2027, 10, 29, 17, 30),
        offer("winter", 2027, 11, 1, 17, 30),
        offer("early", 2027, 11, 1, 16, 30),
    )
    assert [one.id for one in fits("after 5", sides, NOW) or []] == ["summer", "winter"]


# What can be said of a day and of an hour, each with what it means, told apart from how it is read.
Means = Callable[[datetime, datetime], bool]  # of a time, and of the present moment, both local


def _weeks_on(at: datetime, now: datetime) -> int:
    monday = now.date() - timedelta(days=now.weekday())
    return (at.date() - monday).days // 7


DAYS_SAID: dict[str, Means] = {
    "": lambda at, now: True,
    "on a monday": lambda at, now: at.weekday() == 0,
    "wednesday or friday": lambda at, now: at.weekday() in (2, 4),
    "not on tuesdays": lambda at, now: at.weekday() != 1,
    "at the weekend": lambda at, now: at.weekday() >= 5,
    "tomorrow": lambda at, now: (at.date() - now.date()).days == 1,
    "this week": lambda at, now: _weeks_on(at, now) == 0,
    "next week": lambda at, now: _weeks_on(at, now) == 1,
    "the week after next": lambda at, now: _weeks_on(at, now) == 2,
    "thursday next week": lambda at, now: at.weekday() == 3 and _weeks_on(at, now) == 1,
    "on the 22nd": lambda at, now: at.day == 22,
    "any day in march": lambda at, now: at.month == 3,
}
HOURS_SAID: dict[str, Means] = {
    "": lambda at, now: True,
    "in the morning": lambda at, now: at.hour < 12,
    "in the evening": lambda at, now: at.hour >= 17,
    "not in the afternoon": lambda at, now: not 12 <= at.hour < 17,
    "after 5": lambda at, now: at.hour >= 17,
    "not before 3": lambda at, now: at.hour >= 15,
    "before 11.30": lambda at, now: (at.hour, at.minute) < (11, 30),
    "between 2 and 4": lambda at, now: (14, 0) <= (at.hour, at.minute) <= (16, 0),
    "at 5.30pm": lambda at, now: (at.hour, at.minute) == (17, 30),
}
# Around both changes of the clocks, a leap day and the turn of the year.
LAST_DAYS = st.sampled_from(
    [datetime(*day, tzinfo=LONDON) for day in ((2027, 3, 25), (2026, 10, 22), (2028, 2, 27), (2026, 12, 28))]
)
_half_hours = st.integers(min_value=0, max_value=48 * 35 - 1)


@settings(max_examples=150, deadline=None)
@given(
    LAST_DAYS,
    st.sampled_from(list(DAYS_SAID)),
    st.sampled_from(list(HOURS_SAID)),
    st.booleans(),
    st.sampled_from(["", " please", " would be best", ", thank you"]),
    st.lists(_half_hours, max_size=30, unique=True),
)
def test_what_is_chosen_or_offered_for_a_wish_is_just_what_fits_it(
    day: datetime, of_days: str, of_hours: str, hours_first: bool, more: str, steps: list[int]
) -> None:
    now = day.replace(hour=9)
    free = [
        Offer(str(step), f"time {step}", day.astimezone(UTC) + timedelta(minutes=30 * step)) for step in sorted(steps)
    ]
    said = [one for one in ((of_hours, of_days) if hours_first else (of_days, of_hours)) if one]
    fitting = [
        one
        for one in free
        if DAYS_SAID[of_days](one.starts_at.astimezone(LONDON), now)
        and HOURS_SAID[of_hours](one.starts_at.astimezone(LONDON), now)
    ]
    text = " ".join(said) + more
    assert fits(text, free, now) == (fitting if said else None)
    picked = chosen(text, free, now)
    assert picked in (None, "none", *(one.id for one in fitting))


def test_a_date_of_next_week_may_be_chosen_by_a_day_alone() -> None:
    assert chosen("tomorrow", (EVENTS[0], VISITS[3]), datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == "a"


@pytest.mark.parametrize(
    ("text", "date", "weekday"),
    [
        ("the 3rd", True, False),
        ("9 december", True, False),
        ("9/12", True, False),
        ("tuesday evening", False, True),
        ("Thursday 3rd of December", True, True),
        ("monday or wednesday", False, False),
        ("any evening", False, False),
        ("", False, False),
    ],
)
def test_a_date_and_a_day_of_the_week_are_told_apart(text: str, date: bool, weekday: bool) -> None:
    assert (names_a_date(text), names_a_weekday(text)) == (date, weekday)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("the second one", "mon5"),
        ("3", "tue1"),
        ("Monday 30 November at 10am", "mon10"),
        ("none of these", "none"),
        ("tuesday", None),
        ("evening", None),
    ],
)
def test_what_points_at_the_list_picks_one_out_and_what_only_tells_a_time_does_not(text: str, id_: str | None) -> None:
    assert picked_out(text, VISITS) == id_
