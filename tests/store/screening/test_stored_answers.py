"""What is read of people's answers for a rehearsal says nothing of who they are, and never crosses to another service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from enquiry.agencies.agency import Agency
from enquiry.journey.record import record_answer
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.rehearsal.history import MOST_KEPT, keep_rehearsal, rehearsals_of
from enquiry.screening.rehearsal.report import Count, Report
from enquiry.screening.rehearsal.stored_answers import answer_sets
from enquiry.settings import ROOT
from enquiry.store.engine import Store
from enquiry.store.models import Enquiry, Rehearsal
from tests.support.criteria_changes import with_choice
from tests.support.maker import Maker

TODAY = load_criteria(ROOT / "data" / "criteria.yml")
PERSON = {
    "contact_name": "Amina Example",
    "contact": "+447700900123",
    "safe_to_message": "yes",
    "contact_time": "after the school run",
}
Answered = Callable[..., str]


@pytest.fixture
def answered(make: Maker, store: Store, now: datetime) -> Answered:
    """Keeps the answers of a new enquiry; gives its id."""

    def keep(agency: str | None = None, **answers: Any) -> str:
        enquiry_id = make.enquiry(**({"agency": agency} if agency else {}))
        with store.write() as session:
            for name, value in answers.items():
                record_answer(session, session.get_one(Enquiry, enquiry_id), name, value, now)
        return enquiry_id

    return keep


def read(store: Store, agency: Agency, *versions: Any) -> list[dict[str, Any]]:
    with store.read() as session:
        return sorted(answer_sets(session, agency, versions or (TODAY,)), key=lambda one: str(sorted(one.items())))


def test_answers_come_by_question_without_name_and_contact(store: Store, agency: Agency, answered: Answered) -> None:
    answered(route="foster_new", household=3, children=["5-10", "11-15"], **PERSON)
    assert read(store, agency) == [{"route": "foster_new", "household": 3, "children": ["5-10", "11-15"]}]


def test_the_sets_of_two_households_are_kept_apart(store: Store, agency: Agency, answered: Answered) -> None:
    answered(route="foster_new", smoking="no")
    answered(route="short_breaks", dogs="no")
    assert read(store, agency) == [{"route": "short_breaks", "dogs": "no"}, {"route": "foster_new", "smoking": "no"}]


def test_a_postcode_district_becomes_a_side_of_the_boundary(store: Store, agency: Agency, answered: Answered) -> None:
    answered(area="LE9")
    answered(area="SW1A")
    assert read(store, agency) == [{"area": "elsewhere"}, {"area": "in_area"}]


@pytest.mark.parametrize("typed", ["my name is Amina", ["Amina"], {"name": "Amina"}, 4_000, True, None])
def test_what_is_no_answer_to_any_version_stays_behind(
    store: Store, agency: Agency, answered: Answered, typed: Any
) -> None:
    answered(smoking=typed, household=typed, children=typed, next_step="event", no_such_question="Amina")
    assert "Amina" not in str(read(store, agency))
    assert "4000" not in str(read(store, agency))


def test_an_answer_that_only_the_changed_version_has_is_read(store: Store, agency: Agency, answered: Answered) -> None:
    answered(housing="narrowboat")
    assert read(store, agency) == []
    assert read(store, agency, TODAY, with_choice(TODAY, "housing", "narrowboat")) == [{"housing": "narrowboat"}]


def test_whoever_gave_only_a_name_is_passed_over(store: Store, agency: Agency, answered: Answered) -> None:
    answered(**PERSON)
    answered()
    assert read(store, agency) == []


def test_another_service_s_answers_are_not_read(store: Store, agency: Agency, answered: Answered) -> None:
    answered(agency="coventry", smoking="yes")
    answered(smoking="no")
    assert read(store, agency) == [{"smoking": "no"}]
    assert read(store, replace(agency, slug="coventry")) == [{"smoking": "yes"}]


def report(agency: str, version: str = "2026-12-01") -> Report:
    return Report(agency, "2026-11-22", version, Count(1, 2), Count(1, 1), Count(0, 1), Count(), Count())


def test_the_last_rehearsals_are_kept_and_the_oldest_let_go(store: Store, now: datetime) -> None:
    for number in range(MOST_KEPT + 3):
        with store.write() as session:
            keep_rehearsal(session, report("leicestershire", f"v{number}"), now + timedelta(minutes=number))
    with store.read() as session:
        kept = rehearsals_of(session, "leicestershire")
    assert [one.to_version for one in kept] == [f"v{number}" for number in range(MOST_KEPT + 2, 2, -1)]
    assert kept[0].report == report("leicestershire", kept[0].to_version)


def test_a_service_sees_its_own_rehearsals_only_and_lets_go_of_no_others(store: Store, now: datetime) -> None:
    with store.write() as session:
        keep_rehearsal(session, report("coventry"), now - timedelta(days=1))
        for _ in range(MOST_KEPT + 1):
            keep_rehearsal(session, report("leicestershire"), now)
    with store.read() as session:
        assert len(rehearsals_of(session, "leicestershire")) == MOST_KEPT
        assert [one.report and one.report.agency for one in rehearsals_of(session, "coventry")] == ["coventry"]
        assert rehearsals_of(session, "leicester_city") == ()


def test_a_report_of_another_release_is_listed_without_its_content(store: Store, now: datetime) -> None:
    with store.write() as session:
        session.add(Rehearsal(agency="coventry", from_version="a", to_version="b", report={"shape": "another"}, at=now))
    with store.read() as session:
        (kept,) = rehearsals_of(session, "coventry")
    assert (kept.to_version, kept.report) == ("b", None)
