"""Which of the offered dates a text means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies import LONDON
from enquiry.letters import in_words
from enquiry.offers import Offer, chosen


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
        ("half five", None),
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
    "moment", [(2027, 3, 28, 10, 0), (2027, 3, 27, 18, 30), (2026, 10, 25, 10, 0), (2026, 10, 24, 23, 30), (2027, 3, 29, 0, 30)]
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
    st.lists(st.sampled_from(["the", "2nd", "wed", "6.30", "pm", "not", "may", "31/12", "first", "at", "9", "evening"]), max_size=6).map(
        " ".join
    ),
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
