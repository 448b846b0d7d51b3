"""From what someone says of where they live to a side of the boundary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.agencies.areas import (
    KNOWN,
    area_of,
    district_of,
    found_councils,
    load_councils,
)
from enquiry.datafiles.source import BrokenFile
from enquiry.settings import ROOT

AGENCIES = load_agencies(ROOT / "data" / "agencies")
COUNCILS = load_councils(ROOT / "data" / "councils.yml")


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


@pytest.mark.parametrize("slug", sorted(AGENCIES))
def test_every_service_takes_its_own_council_s_districts_in_or_asks_again(slug: str) -> None:
    own = next(council for council in COUNCILS if council.agency == slug)
    assert {area_of(district, AGENCIES[slug].area) for district in own.districts} <= {"in_area", "not_sure"}


@pytest.mark.parametrize(
    ("district", "sides"),
    [
        ("LE1", {"leicestershire": "border", "leicester_city": "in_area", "coventry": "elsewhere"}),
        ("LE9", {"leicestershire": "in_area", "leicester_city": "in_area", "coventry": "elsewhere"}),
        ("LE15", {"leicestershire": "border", "leicester_city": "in_area", "coventry": "elsewhere"}),
        ("CV1", {"leicestershire": "elsewhere", "leicester_city": "elsewhere", "coventry": "in_area"}),
        ("CV4", {"leicestershire": "elsewhere", "leicester_city": "elsewhere", "coventry": "not_sure"}),
        ("CV8", {"leicestershire": "elsewhere", "leicester_city": "elsewhere", "coventry": "border"}),
        ("NN1", {"leicestershire": "elsewhere", "leicester_city": "border", "coventry": "elsewhere"}),
    ],
)
def test_a_district_means_what_the_file_of_each_service_says(district: str, sides: dict[str, str]) -> None:
    assert {slug: area_of(district, agency.area) for slug, agency in AGENCIES.items()} == sides


@pytest.mark.parametrize(
    ("typed", "councils"),
    [
        ("LE15", ("Rutland County Council",)),
        ("le15 6hp", ("Rutland County Council",)),
        ("CV1", ("Coventry City Council",)),
        ("PE9", ("Rutland County Council", "Lincolnshire County Council", "Peterborough City Council")),
        ("SW1A", ()),
        ("the moon", ()),
        ("", ()),
    ],
)
def test_a_district_gives_the_councils_it_may_belong_to_and_none_where_nobody_is_sure(
    typed: str, councils: tuple[str, ...]
) -> None:
    assert tuple(council.name for council in found_councils(typed, COUNCILS)) == councils


def test_a_council_whose_service_is_here_says_so() -> None:
    assert [council.agency for council in found_councils("CV1", COUNCILS)] == ["coventry"]
    assert {council.agency for council in COUNCILS} - {None} == set(AGENCIES)


@given(st.text(max_size=20))
def test_whatever_is_typed_the_guess_is_a_list_of_councils_of_the_file(text: str) -> None:
    assert set(found_councils(text, COUNCILS)) <= set(COUNCILS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("councils: []", "there is no list of `councils`"),
        ("- a", "there is no list of `councils`"),
        ("councils: [Rutland]", "is not a council. Begin it with `- name:`."),
        ("councils:\n  - name: A\n    districts: [le1]", "A has no list of postcode districts"),
        ("councils:\n  - name: A", 'A lacks "districts". Write the first parts of postcodes'),
        ("councils:\n  - {name: A, district: [LE1]}", 'A has the unknown key "district". Did you mean "districts"?'),
        ("councils:\n  - {name: A, agency: nowhere, districts: [LE1]}", "which is not in data/agencies"),
        ("councils:\n  - {name: A, districts: [LE1]}\n  - {name: A, districts: [LE2]}", "A stands twice"),
        ("councils: [", "can't be read as YAML"),
    ],
)
def test_a_mistake_in_the_councils_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "councils.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile) as broken:
        load_councils(file)
    assert said in str(broken.value)
    assert str(broken.value).startswith(f"{file}:")
