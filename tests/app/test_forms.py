"""What is read out of a form's fields, whichever page it stands on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from web import forms
from web.text import cut_line, one_line, paragraphs, several_lines


def test_every_mistake_is_kept_at_once_each_with_the_name_of_its_sentence() -> None:
    reading = forms.Reading()
    assert reading.read("title", " ", forms.short_text("title_empty", "title_long"), "") == ""
    assert reading.read("places", "many", forms.whole_number(range(1, 10), "places_wrong"), 1) == 1
    assert reading.read("venue", "County Hall", forms.short_text("venue_empty", "venue_long"), "") == "County Hall"
    reading.refuse("ends", "ends_first", limit=3)
    assert reading.problems == {"title": "title_empty", "places": "places_wrong", "ends": "ends_first"}
    assert reading.mistakes["ends"].places == {"limit": 3}
    with pytest.raises(forms.Mistakes) as mistakes:
        reading.check()
    assert mistakes.value.problems == reading.problems


def test_without_a_mistake_nothing_is_raised() -> None:
    reading = forms.Reading()
    assert reading.read("name", "O’Brien", forms.short_text("empty", "long"), "") == "O’Brien"
    reading.check()


@pytest.mark.parametrize("name", ["O'Brien", "O’Brien", "D‘Souza", "Zoë", "李", "نور"])
def test_apostrophes_and_letters_of_any_script_stay_as_they_are(name: str) -> None:
    for clean in (one_line, cut_line, several_lines, paragraphs):
        assert clean(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Rae \t Example ", "Rae Example"), ("Rae\x00\x07Example", "Rae Example")]
)
def test_one_line_has_single_spaces_and_nothing_that_nobody_can_see(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_several_lines_keep_their_breaks_and_lose_control_characters_and_halves_of_characters() -> None:
    assert several_lines(" one\r\ntwo\rthree\x00\ud800 ") == "one\ntwo\nthree"
    assert several_lines("👩‍👧 hello") == "👩‍👧 hello"


def test_a_line_is_cut_where_a_search_or_an_address_can_be_no_longer() -> None:
    assert len(cut_line("x" * 3000)) == 254
    assert cut_line("%00\x00 ") == "%00"


@pytest.mark.parametrize(
    ("clean", "limit"), [(forms.short_text("empty", "long"), 120), (forms.long_text("empty", "long"), 4000)]
)
def test_a_text_may_be_as_long_as_its_limit_and_not_a_character_longer(clean: object, limit: int) -> None:
    assert callable(clean)
    assert clean("x" * limit) == "x" * limit
    for typed, sentence in (("x" * (limit + 1), "long"), (" \n ", "empty")):
        with pytest.raises(forms.Unfit) as unfit:
            clean(typed)
        assert unfit.value.sentence == sentence


@pytest.mark.parametrize("typed", ["", "0", "11", "-1", "1.5", "٣", "1e1", "9" * 5000])
def test_a_number_out_of_bounds_or_in_other_signs_is_refused(typed: str) -> None:
    with pytest.raises(forms.Unfit):
        forms.whole_number(range(1, 11), "wrong")(typed)


@pytest.mark.parametrize("typed", ["2026-12-02", "2/12/2026", " 02-12-2026 "])
def test_a_date_is_read_as_a_date_field_sends_it_or_as_it_is_written(typed: str) -> None:
    assert forms.day("wrong")(typed) == date(2026, 12, 2)


@pytest.mark.parametrize("typed", ["", "tomorrow", "31/2/2026", "2026-12", "1/2/3/4", "99999-1-1"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(forms.Unfit):
        forms.day("wrong")(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("18:30", time(18, 30)), ("9.05", time(9, 5)), ("18:30:00", time(18, 30))]
)
def test_a_time_is_read_as_a_time_field_sends_it(typed: str, meant: time) -> None:
    assert forms.time_of_day("wrong")(typed) == meant


def test_a_time_that_the_clocks_skip_is_none() -> None:
    assert forms.in_london(date(2027, 3, 28), time(1, 30)) is None
    assert forms.in_london(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "soon", "2026-12-01T10:00:00", "9999-12-31T23:59:59-12:00", "x" * 5000])
def test_a_moment_without_a_zone_or_beyond_the_calendar_is_none(typed: str) -> None:
    assert forms.moment_in(typed) is None


def test_a_moment_is_read_with_its_zone() -> None:
    assert forms.moment_in(" 2026-12-01T10:00:00+01:00 ") == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "0" * 31, "G" * 32, "0" * 33, "' or 1=1 --", "\x00" * 32])
def test_what_can_be_no_id_is_nobodys(text: str) -> None:
    assert forms.id_in(text) == ""


@pytest.mark.parametrize(
    ("text", "page"), [("", 1), ("0", 1), ("7", 7), ("x", 1), ("99999999", 10_000), ("9" * 5000, 1)]
)
def test_a_page_of_a_list_is_one_that_there_could_be(text: str, page: int) -> None:
    assert forms.page_in(text) == page
