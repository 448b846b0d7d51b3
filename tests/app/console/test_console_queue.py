"""What waits for a person, in which order, and who sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from enquiry.dates import time_left
from enquiry.enums import Role
from tests.support.console_example import Example

from .conftest import Browser, Clock, words_of


def order(page: str, *phrases: str) -> bool:
    """Whether the phrases stand on the page in this order."""
    places = [page.find(phrase) for phrase in phrases]
    return -1 not in places and places == sorted(places)


IN_ORDER = (
    "A worry about a child",
    "Someone is afraid of a partner",
    "Talk first",
    "Asked for a call back",
    "Asked for a person",
)


def test_disclosures_come_first_and_then_what_is_due_first(coordinator: Browser) -> None:
    assert order(coordinator.text("/console"), *IN_ORDER)


def test_a_row_says_who_how_soon_when_due_and_who_has_it(coordinator: Browser) -> None:
    page = coordinator.text("/console")
    assert "Tom Example HE-" in page
    assert "Normal Due in 20 minutes Not taken" in page
    assert "No name given Now 40 minutes overdue Not taken" in page


def test_the_queue_never_lists_a_disclosure_for_other_eyes(
    coordinator: Browser, staff: Callable[[Role], Browser]
) -> None:
    assert "cares for or works with children" not in coordinator.text("/console")
    assert "A worry about someone who cares for or works with children" in staff(Role.SAFEGUARDING).text("/console")
    assert "disclosure" not in staff(Role.RECRUITMENT).text("/console").lower()


def test_mine_and_not_taken_show_what_they_say(coordinator: Browser, example: Example) -> None:
    coordinator.post(f"/console/handoffs/{example.handoffs['tom']}/take")
    assert "Tom Example" in coordinator.text("/console?show=mine")
    assert "Dana Example" not in coordinator.text("/console?show=mine")
    free = coordinator.text("/console?show=free")
    assert "Tom Example" not in free
    assert "Dana Example" in free


def test_an_empty_queue_says_so(coordinator: Browser, staff: Callable[[Role], Browser], example: Example) -> None:
    assert "You have nothing open." in coordinator.text("/console?show=mine")
    recruiter = staff(Role.RECRUITMENT)
    for name in ("tom", "dana", "person"):
        recruiter.post(f"/console/handoffs/{example.handoffs[name]}/done", note="Rang.")
    assert "Nothing is waiting." in recruiter.text("/console")


def test_the_reader_sees_their_own_name_and_role(coordinator: Browser) -> None:
    assert "Meera Example, Enquiry coordinator" in coordinator.text("/console")


@pytest.mark.parametrize("show", ["", "everything", "%00", "mine%27"])
def test_an_unknown_filter_shows_everything(coordinator: Browser, show: str) -> None:
    answer = coordinator.get(f"/console?show={show}")
    assert answer.status_code == 200
    assert "Tom Example" in answer.text


def test_the_list_comes_again_only_when_it_would_look_different(
    coordinator: Browser, example: Example, clock: Clock
) -> None:
    mark = re.findall(r"seen=(\w+)", coordinator.get("/console").text)[0]
    assert coordinator.get(f"/console/queue?show=all&seen={mark}").status_code == 204
    clock.now += timedelta(minutes=1)
    assert "41 minutes overdue" in words_of(coordinator.get(f"/console/queue?show=all&seen={mark}"))


def test_a_page_left_open_after_the_session_ended_is_led_to_sign_in_and_not_filled_with_it(
    coordinator: Browser, clock: Clock
) -> None:
    clock.now += timedelta(hours=13)
    answer = coordinator.client.get("/console/queue", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/console/sign-in"
    assert answer.text == ""


def test_every_link_of_the_list_has_an_id_so_that_focus_comes_back_after_a_refresh(coordinator: Browser) -> None:
    listed = coordinator.get("/console/queue").text
    assert all(" id=" in link for link in re.findall(r"<a [^>]*>", listed))


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        (80, (False, 0, 1, 20)),
        (0, (False, 0, 0, 0)),
        (-40, (True, 0, 0, 40)),
        (1500, (False, 1, 1, 0)),
        (-1500, (True, 1, 1, 0)),
    ],
)
def test_time_left_is_told_in_whole_minutes(clock: Clock, minutes: int, left: tuple[bool, int, int, int]) -> None:
    found = time_left(clock.now + timedelta(minutes=minutes), clock.now)
    assert (found.overdue, found.days, found.hours, found.minutes) == left
