"""What is asked next, from the first question to the last booking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiry.agencies.agency import Agency
from enquiry.conversations.next_question import (
    CHANGE,
    CHECK,
    PUT_RIGHT,
    Situation,
    ask_next,
    next_steps,
    path_complete,
    to_be_checked,
)
from enquiry.enums import Goal, Outcome
from enquiry.screening.decide import decide
from enquiry.screening.next_steps import NEXT_STEPS
from tests.support.answer_sets import CRITERIA, everything
from tests.support.plain_answers import KEPT

# One change to KEPT for each outcome.
CHANGES: dict[Outcome, dict[str, Any]] = {
    Outcome.CONTINUE: {},
    Outcome.NOTE: {"smoking": "yes"},
    Outcome.TALK_FIRST: {"dogs": "not_sure"},
    Outcome.OTHER_ROUTE: {"area": "elsewhere"},
    Outcome.NOT_YET: {"bedroom": "no"},
}


def screening(**answers: Any) -> Situation:
    """Someone who has answered everything and found it right, and this beside or instead."""
    return Situation(Goal.SCREENING, {**KEPT, CHECK: "yes", **answers})


def test_once_all_is_answered_the_list_of_it_is_shown_before_anything_follows(agency: Agency) -> None:
    situation = Situation(Goal.SCREENING, KEPT)
    assert to_be_checked(situation, CRITERIA, agency)
    assert ask_next(situation, CRITERIA, agency) == CHECK
    assert not to_be_checked(screening(), CRITERIA, agency)


def test_what_is_to_be_changed_is_asked_once_more(agency: Agency) -> None:
    assert ask_next(screening(check_answers="no"), CRITERIA, agency) == CHANGE
    assert ask_next(screening(check_answers="no", change_what="dogs"), CRITERIA, agency) == "dogs"
    assert ask_next(screening(check_answers="no", change_what="no longer asked"), CRITERIA, agency) == CHANGE


def test_somebody_who_was_flagged_checks_their_answers_like_anybody_and_books_nothing(agency: Agency) -> None:
    assert ask_next(Situation(Goal.SCREENING, KEPT, flagged=True), CRITERIA, agency) == CHECK
    assert ask_next(Situation(Goal.SCREENING, {**KEPT, CHECK: "yes"}, flagged=True), CRITERIA, agency) is None


def test_nobody_is_led_through_the_list_who_wants_something_else(agency: Agency) -> None:
    for goal in (Goal.CALL, Goal.EVENT):
        assert not to_be_checked(Situation(goal, KEPT), CRITERIA, agency)


@pytest.mark.parametrize("goal", [Goal.SCREENING, Goal.EVENT, Goal.CHANGE])
def test_what_is_to_be_put_right_is_asked_before_anything_else_and_keeps_its_answer_until_then(
    agency: Agency, goal: Goal
) -> None:
    given = {"route": "foster_new", "care_type": "not_sure", "contact": "+447700900456"}
    asked = ask_next(Situation(goal, given), CRITERIA, agency)
    assert asked not in (None, "contact")
    assert ask_next(Situation(goal, {**given, PUT_RIGHT: "contact"}), CRITERIA, agency) == "contact"
    # A question without an answer comes when it is its turn.
    assert ask_next(Situation(goal, {**given, PUT_RIGHT: "dogs"}), CRITERIA, agency) == asked


def test_the_list_comes_only_when_nothing_is_left_to_ask(agency: Agency) -> None:
    given = {name: value for name, value in KEPT.items() if name != "dogs"}
    assert ask_next(Situation(Goal.SCREENING, given), CRITERIA, agency) == "dogs"


def test_every_question_of_the_list_can_be_chosen_by_its_short_name() -> None:
    titles = {choice.value: choice.title for choice in CRITERIA.question(CHANGE).choices if choice.value != "none"}
    assert titles == {name: CRITERIA.question(name).short for name in CRITERIA.screening_questions}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_leaves_its_own_next_steps(agency: Agency, outcome: Outcome) -> None:
    situation = screening(**CHANGES[outcome])
    assert decide(situation.answers, CRITERIA, agency).outcome is outcome
    assert next_steps(situation, CRITERIA, agency) == NEXT_STEPS[outcome]
    assert ask_next(situation, CRITERIA, agency) == ("next_step" if NEXT_STEPS[outcome] else None)


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"next_step": "event"}, "event"),
        ({"next_step": "event", "event": "e1"}, "event_places"),
        ({"next_step": "event", "event": "none"}, None),
        ({"next_step": "initial_visit"}, "visit_slot"),
        ({"next_step": "initial_visit", "visit_slot": "none"}, None),
        ({"next_step": "phone_call"}, None),
        ({"next_step": "nothing"}, None),
    ],
)
def test_the_step_that_was_chosen_is_asked_about(agency: Agency, answers: dict[str, Any], question: str | None) -> None:
    assert ask_next(screening(**answers), CRITERIA, agency) == question


def test_nothing_is_asked_once_it_is_booked(agency: Agency) -> None:
    booked = replace(screening(next_step="event", event="e1", event_places=2), has_place=True)
    assert ask_next(booked, CRITERIA, agency) == "event_needs"
    assert ask_next(replace(booked, answers={**booked.answers, "event_needs": ["none"]}), CRITERIA, agency) is None
    assert (
        ask_next(replace(screening(next_step="initial_visit", visit_slot="v1"), has_visit=True), CRITERIA, agency)
        is None
    )


def test_an_event_alone_needs_only_a_name_and_a_way_to_be_reached(agency: Agency) -> None:
    assert ask_next(Situation(Goal.EVENT, {}), CRITERIA, agency) == "contact_name"
    reached = {"contact_name": "Jo", "contact": "jo@example.org", "safe_to_message": "yes"}
    assert ask_next(Situation(Goal.EVENT, reached), CRITERIA, agency) == "event"
    assert ask_next(Situation(Goal.EVENT, {**reached, "event": "e1"}), CRITERIA, agency) == "event_places"


def test_a_call_ends_with_the_contact_questions(agency: Agency) -> None:
    situation = Situation(Goal.CALL, {name: KEPT[name] for name in CRITERIA.paths[Goal.CALL]})
    assert path_complete(situation, CRITERIA, agency)
    assert ask_next(situation, CRITERIA, agency) is None


def test_a_step_that_is_no_longer_open_is_asked_for_again(agency: Agency) -> None:
    assert ask_next(screening(next_step="initial_visit", bedroom="no"), CRITERIA, agency) == "next_step"


@settings(max_examples=40, deadline=None)
@given(everything, st.sampled_from(["event", "initial_visit", "phone_call", "nothing", "made up"]))
def test_a_visit_is_only_ever_offered_after_continue_or_note(
    agency: Agency, answers: dict[str, Any], wanted: str
) -> None:
    situation = Situation(Goal.SCREENING, {**answers, CHECK: "yes", "next_step": wanted})
    open_ = (
        decide(answers, CRITERIA, agency).outcome in (Outcome.CONTINUE, Outcome.NOTE)
        and CRITERIA.route_of(answers).screened
    )
    assert ("initial_visit" in next_steps(situation, CRITERIA, agency)) is open_
    assert open_ or ask_next(situation, CRITERIA, agency) != "visit_slot"


@settings(max_examples=40, deadline=None)
@given(everything, st.sampled_from(Goal), st.sampled_from(["event", "initial_visit"]))
def test_whoever_was_flagged_is_never_offered_a_booking(
    agency: Agency, answers: dict[str, Any], goal: Goal, wanted: str
) -> None:
    situation = Situation(goal, {**answers, "next_step": wanted}, flagged=True)
    assert next_steps(situation, CRITERIA, agency) == ()
    # Giving back what they have stays possible, and what it takes to find it; and so does looking over their answers.
    assert ask_next(situation, CRITERIA, agency) in (None, "booking_reference", CHECK)


@settings(max_examples=40, deadline=None)
@given(
    everything,
    st.sampled_from(Goal),
    st.sampled_from(["event", "initial_visit", "phone_call", "nothing"]),
    st.sampled_from(["some", "none"]),
)
def test_every_conversation_ends_and_asks_nothing_twice(
    agency: Agency, answers: dict[str, Any], goal: Goal, wanted: str, offer: str
) -> None:
    situation = Situation(goal, {})
    says = {
        **answers,
        CHECK: "yes",
        "event": offer,
        "event_places": 2,
        "visit_slot": offer,
        "event_needs": ["none"],
        "change_how": "give_back",
        "give_back_sure": "yes",
        "booking_reference": "EV-7K3M2Q",
        "booking_contact": "jo@example.org",
    }
    asked: list[str] = []
    while (question := ask_next(situation, CRITERIA, agency)) is not None:
        assert question not in asked
        asked.append(question)
        allowed = next_steps(situation, CRITERIA, agency)
        said = (wanted if wanted in allowed else "nothing") if question == "next_step" else says[question]
        booked_place, booked_visit = (
            situation.has_place or question == "event_places",
            question == "visit_slot" and offer != "none",
        )
        if question == "booking_contact":  # found
            situation = replace(situation, answers={**situation.answers, "which_booking": "EV-7K3M2Q"})
        situation = replace(
            situation, answers={**situation.answers, question: said}, has_place=booked_place, has_visit=booked_visit
        )
    assert len(asked) <= len(CRITERIA.questions)


CHANGING = Situation(Goal.CHANGE, {}, standing=("EV-7K3M2Q", "VI-7K3M2Q"))


@pytest.mark.parametrize(
    ("situation", "question"),
    [
        (CHANGING, "which_booking"),
        (replace(CHANGING, standing=()), "booking_reference"),
        (replace(CHANGING, standing=(), answers={"booking_reference": "EV-7K3M2Q"}), "booking_contact"),
        (replace(CHANGING, answers={"which_booking": "EV-7K3M2Q"}), "change_how"),
        (replace(CHANGING, answers={"which_booking": "EV-7K3M2Q", "change_how": "move"}), "event"),
        (
            replace(CHANGING, answers={"which_booking": "VI-7K3M2Q", "change_how": "move"}, changes_visit=True),
            "visit_slot",
        ),
        (replace(CHANGING, answers={"which_booking": "EV-7K3M2Q", "change_how": "give_back"}), "give_back_sure"),
        (
            replace(
                CHANGING, answers={"which_booking": "EV-7K3M2Q", "change_how": "give_back", "give_back_sure": "no"}
            ),
            None,
        ),
        (replace(CHANGING, answers={"which_booking": "EV-7K3M2Q", "change_how": "leave"}), None),
        (
            replace(
                CHANGING, answers={"which_booking": "VI-7K3M2Q", "change_how": "move"}, changes_visit=True, flagged=True
            ),
            None,
        ),
    ],
)
def test_whoever_changes_a_booking_is_asked_which_and_how_and_then_for_a_date_or_whether_they_are_sure(
    agency: Agency, situation: Situation, question: str | None
) -> None:
    assert ask_next(situation, CRITERIA, agency) == question


@pytest.mark.parametrize(
    ("more", "answers", "question"),
    [
        ({}, {"event": "e1", "event_places": 4}, "event_wait"),
        ({"has_place": True}, {"event": "e1", "event_places": 4, "event_wait": "yes"}, "event_needs"),
        ({"has_place": True, "has_offer": True}, {}, "event_offer"),
        ({"has_place": True}, {"event_needs": ["large_print"]}, None),
        ({"has_place": True}, {"event_needs": ["step_free", "interpreter"]}, "event_language"),
        ({"has_place": True}, {"event_needs": ["interpreter"], "event_language": "Polish"}, None),
    ],
)
def test_without_room_the_waiting_list_is_asked_about_an_offer_is_put_first_and_a_language_only_for_an_interpreter(
    agency: Agency, more: dict[str, Any], answers: dict[str, Any], question: str
) -> None:
    assert ask_next(replace(screening(next_step="event", **answers), **more), CRITERIA, agency) == question
