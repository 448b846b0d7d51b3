"""Wishes about the conversation itself: back, how many, what is kept, leave it out, start again, forget it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from actions.ask import ask, nothing_follows
from actions.small_talk import Say
from actions.take_answer import take_answer
from actions.turn import ConversationAction
from actions.wishes import BeSure, Confirm, GoBack, HowManyLeft, LeaveOut, WhatIsKept
from enquiry.agencies.agency import Agency
from enquiry.conversations.next_question import PUT_RIGHT, ask_next
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, record_answer
from enquiry.screening.decide import next_question
from tests.support.answer_sets import AGENCIES, CRITERIA
from tests.support.maker import Maker
from tests.support.plain_answers import KEPT
from tests.support.turns import a_turn

STEPS: dict[str, type[ConversationAction]] = {
    "go_back": GoBack,
    "how_many_left": HowManyLeft,
    "what_is_kept": WhatIsKept,
    "leave_out": LeaveOut,
    "start_again": BeSure,
    "forget_me": BeSure,
    "confirm": Confirm,
    "not_understood": Say,
}


@dataclass
class Heard:
    """What came of a message."""

    text: str
    offered: list[str] = field(default_factory=list)
    asked: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    progress: str = ""
    forgotten: bool = False
    phone: str | None = None
    several: list[str] = field(default_factory=list)


Say_ = Callable[..., Heard]


@pytest.fixture
def say(make: Maker, agency: Agency) -> Say_:
    """Say something in a conversation with these answers, and have asked behind it what is next."""

    def said(
        intent: str,
        answers: dict[str, Any],
        *,
        text: str = "",
        goal: Goal = Goal.SCREENING,
        value: Any = None,
        asked: str | None = None,
        reading: str | None = None,
        in_loop: bool = True,
        contact: dict[str, Any] | None = None,
    ) -> Heard:
        enquiry_id = make.enquiry(**(contact or {}))
        with make.store.write() as session:
            turn = a_turn(
                session,
                make,
                agency,
                make.conversation_of(enquiry_id),
                {"intent": {"name": intent}, "text": text, "value": value, "metadata": {}},
                in_loop=in_loop,
            )
            turn.enquiry.goal = goal.value
            for name, answer in answers.items():
                record_answer(session, turn.enquiry, name, answer, make.now)
            looked_at = asked or (ask_next(turn.situation(), CRITERIA, agency) if in_loop else None)
            turn.understood["metadata"] = {"question": looked_at}
            if intent in STEPS:
                STEPS[intent](turn.context).act(turn)
            else:
                turn.understood["reading"] = {"question": reading, "corrects": reading != looked_at}
                take_answer(turn)
            if in_loop and not nothing_follows(turn):
                ask(turn)
            session.flush()
            last = turn.replies[-1]
            return Heard(
                text="\n".join(reply["text"] for reply in turn.replies),
                offered=[one["title"] for one in last["choices"]],
                asked=last["question"],
                answers=answers_of(turn.enquiry),
                progress=last.get("progress", ""),
                forgotten=any(reply.get("forgotten") for reply in turn.replies),
                phone=turn.enquiry.contact_phone,
                several=[one["title"] for one in last["choices"] if one.get("several")],
            )

    return said


def until(question: str, **more: Any) -> dict[str, Any]:
    """Plain answers to everything that is asked before a question."""
    given: dict[str, Any] = {}
    while (name := next_question(Goal.SCREENING, given, CRITERIA, AGENCIES["leicestershire"])) not in (question, None):
        given[str(name)] = {**KEPT, **more}[str(name)]
    return given


@pytest.mark.parametrize(
    ("at", "before"),
    [("age", "applying_with"), ("smoking", "bedroom"), ("health", "personal"), ("contact", "contact_name")],
)
def test_back_asks_the_question_before_again_and_its_answer_is_gone(say: Say_, at: str, before: str) -> None:
    heard = say("go_back", until(at))
    assert heard.asked == before
    assert before not in heard.answers


def test_back_and_back_again_goes_on_going_back(say: Say_) -> None:
    given = say("go_back", until("smoking")).answers
    assert say("go_back", given).asked == "children"


def test_back_says_what_the_answer_was_unless_it_is_private(say: Say_) -> None:
    assert 'You had said "Yes"' in say("go_back", until("smoking")).text
    assert "You had said" not in say("go_back", until("changes")).text


def test_from_the_list_of_answers_back_is_the_last_question_and_the_list_comes_again(say: Say_) -> None:
    heard = say("go_back", until("nothing"))
    assert heard.asked == "contact_time"
    assert (
        say("answer", heard.answers, value="Mornings", text="Mornings", reading="contact_time").asked == "check_answers"
    )


def test_from_the_next_step_back_is_the_list(say: Say_) -> None:
    assert say("go_back", {**until("nothing"), "check_answers": "yes"}).asked == "check_answers"


def test_at_the_first_question_there_is_nothing_to_go_back_to(say: Say_) -> None:
    heard = say("go_back", {})
    assert (heard.asked, "no question to go back to" in heard.text) == ("route", True)


@pytest.mark.parametrize(
    ("answers", "left", "total"), [({}, 32, 32), (until("dogs"), 21, 31), (until("personal"), 17, 31)]
)
def test_how_many_are_left_is_the_number_from_the_rules(
    say: Say_, answers: dict[str, Any], left: int, total: int
) -> None:
    assert f"About {left} of {total} are left" in say("how_many_left", answers).text


def test_of_the_smaller_questions_it_tells_both_numbers(say: Say_) -> None:
    assert (
        "At most 3 of the smaller ones are left, and then about 17 of 31" in say("how_many_left", until("driving")).text
    )


def test_the_last_one_is_said_to_be_the_last_and_after_it_there_are_none(say: Say_) -> None:
    assert "This is the last one" in say("how_many_left", until("contact_time")).text
    assert "None" in say("how_many_left", {**until("nothing"), "check_answers": "yes"}, in_loop=False).text


def test_on_the_way_to_an_event_it_is_only_a_few(say: Say_) -> None:
    assert "Only 2 more" in say("how_many_left", {"contact_name": "Sam"}, goal=Goal.EVENT).text


def test_what_is_kept_is_a_short_list_with_how_to_change_it_and_nothing_private_in_it(say: Say_) -> None:
    given = {**until("language", health="yes"), "contact": "+447700900123"}
    heard = say("what_is_kept", given)
    for line in (
        "Bedroom for a child: Yes",
        "Adults at home: Just me",
        "Phone or email: 07700 900123",
        "Private questions: answered",
    ):
        assert f"• {line}" in heard.text
    assert "Health" not in heard.text
    assert heard.text.count("Private questions") == 1
    assert "change my postcode" in heard.text
    assert heard.asked == "language"


def test_before_anything_was_told_nothing_is_kept(say: Say_) -> None:
    assert "nothing down for you" in say("what_is_kept", {}).text


@pytest.mark.parametrize(
    ("at", "kept", "following", "told"),
    [
        ("care_type", ("care_type", "not_sure"), "applying_with", "left that out"),
        ("the_rest", ("the_rest", "at_visit"), "personal", "visitor"),
        ("housing", ("the_rest", "at_visit"), "personal", "visitor"),
        ("heard_from", ("heard_from", "skip"), "contact_name", "left that out"),
        ("contact_name", ("contact_name", "prefer_not"), "contact", "without a name"),
        ("contact", ("contact", "prefer_not"), "check_answers", "nobody can get back to you"),
        ("contact_time", ("contact_time", "Any time"), "check_answers", "left that out"),
    ],
)
def test_what_may_be_left_out_is_and_what_happens_is_said(
    say: Say_, at: str, kept: tuple[str, Any], following: str, told: str
) -> None:
    heard = say("leave_out", until(at))
    assert heard.answers[kept[0]] == kept[1]
    assert heard.asked == following
    assert told in heard.text


@pytest.mark.parametrize(
    "at", ["route", "age", "area", "right_to_live_work", "bedroom", "smoking", "offences", "language"]
)
def test_what_the_next_step_depends_on_is_not_left_out_and_a_person_is_offered(say: Say_, at: str) -> None:
    heard = say("leave_out", until(at))
    assert heard.asked == at
    assert at not in heard.answers
    assert "can't be left out" in heard.text
    assert {"Talk to a person", "Stop for now"} <= set(heard.offered)


def test_start_again_asks_once_and_then_clears_the_answers_and_asks_the_first_question(say: Say_) -> None:
    given = until("nothing")
    sure = say("start_again", given)
    assert (sure.asked, sure.offered, sure.answers) == ("again_sure", ["Yes, start again", "No, carry on"], given)
    heard = say("confirm", given, asked="again_sure", value="yes")
    assert (heard.asked, heard.answers, heard.phone) == ("route", {}, None)
    kept = say("confirm", given, asked="again_sure", value="no")
    assert (kept.asked, kept.answers) == ("check_answers", given)


@pytest.mark.parametrize("at", ["dogs", "contact_name", "contact", "nothing"])
def test_delete_everything_leads_to_one_button_and_another_to_keep_it(say: Say_, at: str) -> None:
    given = until(at)
    sure = say("forget_me", given)
    assert (sure.asked, sure.offered) == ("forget_sure", ["Yes, forget it", "Keep it"])
    assert not sure.forgotten
    assert say("confirm", given, asked="forget_sure", value="yes").forgotten
    kept = say("confirm", given, asked="forget_sure", value="no")
    assert (kept.forgotten, kept.answers) == (False, given)
    assert kept.asked == ("check_answers" if at == "nothing" else at)


@pytest.mark.parametrize("question", ["area", "contact", "health"])
def test_a_question_to_be_put_right_is_asked_again_and_then_the_one_that_was_interrupted(
    say: Say_, question: str
) -> None:
    given = {**until("language"), "contact": "+447700900123"}
    heard = say("answer", given, value="change", reading=question)
    assert heard.asked == question
    assert heard.answers[question] == given[question]
    new = {"area": "LE9", "contact": "07700 900125", "health": "yes"}[question]
    after = say("answer", heard.answers, value=new, text=new, reading=question, asked=question)
    assert after.asked == "language"
    assert PUT_RIGHT not in after.answers
    assert after.answers[question] != given[question]


def test_left_as_it_is_the_interrupted_question_comes_back(say: Say_) -> None:
    given = say("answer", until("language"), value="change", reading="area").answers
    for intent in ("leave_out", "go_back"):
        heard = say(intent, given)
        assert (heard.asked, heard.answers["area"]) == ("language", given["area"])


def test_with_a_value_the_correction_is_taken_and_said_back(say: Say_) -> None:
    heard = say("answer", until("availability"), value="no", reading="bedroom", text="actually we have one bedroom")
    assert (heard.asked, heard.answers["bedroom"]) == ("availability", "no")
    assert 'changed "Bedroom for a child" to "No"' in heard.text
    told = say("answer", until("smoking"), value="no", reading="dogs", text="actually no dogs here")
    assert (told.asked, told.answers["dogs"]) == ("smoking", "no")
    assert "Dogs: No dogs" in told.text


def test_of_a_number_nobody_has_given_yet_what_can_be_done_is_said(say: Say_) -> None:
    heard = say("answer", until("dogs"), value="change", reading="contact", text="change my phone number")
    assert heard.asked == "dogs"
    assert "no number or email address for you yet. Type it here at any time" in heard.text


def test_each_question_says_which_it_is_and_the_list_does_not(say: Say_) -> None:
    assert say("how_many_left", until("dogs")).progress == "Question 11 of about 31"
    assert say("how_many_left", until("driving")).progress == "Smaller question 4 of about 6"
    assert say("how_many_left", until("nothing")).progress == ""
    assert say("how_many_left", {}, goal=Goal.EVENT).progress == ""


def test_several_choices_are_marked_but_for_the_one_that_rules_them_out(say: Say_) -> None:
    assert say("how_many_left", until("children")).several == ["0 to 4", "5 to 10", "11 to 15", "16 or 17"]
    assert say("how_many_left", until("bedroom")).several == []
