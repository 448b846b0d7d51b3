"""From what someone says of where they live to a side of the boundary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.agencies import Agency
from enquiry.areas import KNOWN, area_of, district_of


@pytest.mark.parametrize(
    ("typed", "district"),
    [
        ("le9 5ab", "LE9"),
        ("LE67", "LE67"),
        ("EC1A 1BB", "EC1A"),
        (" le9 ", "LE9"),
        ("LE95AB", "LE9"),
        ("Blaby", None),
        ("", None),
        ("LE9 5ABC", None),
    ],
)
def test_a_postcode_gives_its_district(typed: str, district: str | None) -> None:
    assert district_of(typed) == district


def test_every_district_of_the_agency_lies_on_the_side_its_file_says(agency: Agency) -> None:
    for districts, side in (
        (agency.area.districts_in_area, "in_area"),
        (agency.area.districts_border, "border"),
        (agency.area.districts_shared, "not_sure"),
    ):
        assert {area_of(district, agency.area) for district in districts} == {side}


def test_no_district_lies_on_two_sides(agency: Agency) -> None:
    rule = agency.area
    assert not rule.districts_in_area & (rule.districts_border | rule.districts_shared)
    assert not rule.districts_border & rule.districts_shared


@pytest.mark.parametrize("value", KNOWN)
def test_an_answer_stands_for_itself(value: str, agency: Agency) -> None:
    assert area_of(value, agency.area) == value


def test_a_district_far_away_is_elsewhere_and_an_unreadable_one_is_not_sure(agency: Agency) -> None:
    assert area_of("SW1A", agency.area) == "elsewhere"
    assert area_of("the moon", agency.area) == "not_sure"


@given(st.text(max_size=200))
def test_any_text_is_one_of_the_four(agency: Agency, text: str) -> None:
    assert area_of(text, agency.area) in KNOWN
