"""The page of the criteria: for managers, with their own service's rehearsals in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from enquiry.enums import Role
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.rehearsal.answer_sets import answer_grid
from enquiry.screening.rehearsal.compare import rehearse
from enquiry.screening.rehearsal.history import keep_rehearsal
from enquiry.screening.rehearsal.report import Count, Report
from enquiry.settings import ROOT
from enquiry.store.models import Rehearsal
from tests.support.console_example import NOW, Example
from tests.support.criteria_changes import asking, leading, with_choice

from .conftest import Browser

TODAY = load_criteria(ROOT / "data" / "criteria.yml")


@pytest.fixture
def manager(staff: Callable[[Role], Browser]) -> Browser:
    return staff(Role.MANAGER)


def keep(example: Example, report: Report, minutes: int = 0) -> None:
    with example.store.write() as session:
        keep_rehearsal(session, report, NOW - timedelta(minutes=minutes))


def a_report(agency: str, version: str) -> Report:
    return Report(agency, TODAY.version, version, Count(3, 7), Count(3, 7), Count(), Count(), Count())


def test_the_version_in_force_and_how_to_rehearse_are_there_from_the_start(manager: Browser) -> None:
    page = manager.text("/console/criteria")
    assert f"Version {TODAY.version} is in force" in page
    assert "./hearth rehearse criteria --against data/criteria.yml.new" in page
    assert "There has been no rehearsal yet." in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_other_roles_have_neither_page_nor_link(staff: Callable[[Role], Browser], role: Role) -> None:
    browser = staff(role)
    assert browser.get("/console/criteria").status_code == 403
    assert "/console/criteria" not in browser.get("/console").text


def test_a_manager_finds_it_in_the_navigation(manager: Browser) -> None:
    assert 'href="/console/criteria"' in manager.get("/console").text


def test_whoever_is_not_signed_in_is_led_to_the_door(stranger: Browser) -> None:
    answer = stranger.get("/console/criteria")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in?next=/console/criteria")


def test_a_report_is_read_as_tables_with_examples(manager: Browser, example: Example) -> None:
    agency = example.agency
    changed = replace(
        with_choice(leading(TODAY, "driving", "no", "private_call"), "housing", "narrowboat"), version="2027-01-01"
    )
    sets = list(answer_grid(TODAY, TODAY, agency, 1500))
    keep(example, rehearse(sets[:40], sets, TODAY, changed, agency))
    page = manager.text("/console/criteria")
    assert "The last rehearsal: Version 2027-01-01, tried on Mon 23 Nov, 2:30pm" in page
    assert "Compared 40 1,500" in page
    assert "A person talks with them first" in page
    assert "Note for the visitor would become Talk first" in page
    assert "Nobody drives" not in page.split("Examples")[0]
    assert "Private call" in page
    assert "Made up." in page
    assert "Narrowboat" in page


def test_what_would_be_asked_again_is_told(manager: Browser, example: Example) -> None:
    sets = list(answer_grid(TODAY, TODAY, example.agency, 5))
    changed = asking(TODAY, "swimming", yes="continue")
    keep(example, rehearse(sets, [], TODAY, changed, example.agency))
    page = manager.text("/console/criteria")
    assert "Swimming It was not asked of them 5 0" in page
    assert "No outcome would change." in page


def test_a_manager_sees_the_own_service_s_rehearsals_only(manager: Browser, example: Example) -> None:
    keep(example, a_report("leicestershire", "ours"))
    keep(example, a_report("coventry", "theirs"))
    page = manager.text("/console/criteria")
    assert "Version ours" in page
    assert "theirs" not in page


def test_the_latest_is_first_and_earlier_ones_can_be_opened(manager: Browser, example: Example) -> None:
    keep(example, a_report("leicestershire", "older"), minutes=90)
    keep(example, a_report("leicestershire", "newer"))
    page = manager.text("/console/criteria")
    assert page.index("The last rehearsal: Version newer") < page.index("Earlier ones") < page.index("Version older")


def test_a_rehearsal_against_criteria_no_longer_in_force_says_so(manager: Browser, example: Example) -> None:
    keep(example, replace(a_report("leicestershire", "next"), from_version="long ago"))
    assert "It was compared with version long ago, which is not the one in force now." in manager.text(
        "/console/criteria"
    )


def test_a_report_of_another_release_is_a_sentence(manager: Browser, example: Example) -> None:
    with example.store.write() as session:
        session.add(
            Rehearsal(agency="leicestershire", from_version="a", to_version="b", report={"shape": "another"}, at=NOW)
        )
    assert "This one was kept by another release of Hearth" in manager.text("/console/criteria")


def test_what_stands_in_a_criteria_file_is_shown_as_text(manager: Browser, example: Example) -> None:
    keep(
        example,
        replace(a_report("leicestershire", "<script>alert(1)</script>"), new_answers=(("<b>Home", "{{ 7 * 7 }}"),)),
    )
    shown = manager.get("/console/criteria").text
    assert "<script>alert" not in shown
    assert "&lt;b&gt;Home: {{ 7 * 7 }}" in shown
