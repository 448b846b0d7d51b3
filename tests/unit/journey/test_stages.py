"""The steps of the journey."""

from __future__ import annotations

from itertools import pairwise

import pytest

from enquiry.enums import Stage
from enquiry.journey.stages import STEPS, may_step


def test_every_stage_has_its_steps() -> None:
    assert set(STEPS) == set(Stage)


def test_every_stage_can_be_reached_from_the_first() -> None:
    reached = {Stage.NEW}
    while more := {to for stage in reached for to in STEPS[stage]} - reached:
        reached |= more
    assert reached == set(Stage)


def test_the_main_way_goes_from_the_first_contact_to_progressing() -> None:
    way = [
        Stage.NEW,
        Stage.SCREENING,
        Stage.SCREENED,
        Stage.EVENT_BOOKED,
        Stage.EVENT_ATTENDED,
        Stage.VISIT_BOOKED,
        Stage.VISITED,
        Stage.PROGRESSING,
        Stage.CLOSED,
    ]
    assert all(may_step(stage, to) for stage, to in pairwise(way))


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.SCREENED, Stage.EVENT_BOOKED])
def test_a_person_can_step_out_at_any_time(stage: Stage) -> None:
    assert {Stage.WITHDRAWN, Stage.NOT_YET, Stage.REDIRECTED, Stage.CLOSED} <= STEPS[stage]


@pytest.mark.parametrize("stage", [Stage.NOT_YET, Stage.WITHDRAWN, Stage.REDIRECTED, Stage.CLOSED])
def test_a_person_who_left_can_come_back(stage: Stage) -> None:
    assert Stage.SCREENING in STEPS[stage]


@pytest.mark.parametrize(
    ("stage", "to"),
    [
        (Stage.NEW, Stage.VISITED),
        (Stage.SCREENED, Stage.PROGRESSING),
        (Stage.EVENT_BOOKED, Stage.PROGRESSING),
        (Stage.CLOSED, Stage.PROGRESSING),
    ],
)
def test_nobody_progresses_without_a_visit(stage: Stage, to: Stage) -> None:
    assert not may_step(stage, to)
