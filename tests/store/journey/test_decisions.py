"""Decisions are a named person's, have a reason, stay in order, and can be looked at again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bench.support.attempts import worker
from enquiry.enums import Decision, Outcome, Role, Stage
from enquiry.journey.decisions import (
    MayNotDecide,
    ReasonMissing,
    ReasonTooLong,
    VisitFirst,
)
from enquiry.journey.record import record_outcome
from enquiry.journey.stages import NeedsDecision
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import DecisionRecord, Enquiry, OutboxMessage, Staff
from tests.support import racing
from tests.support.deciding import VISITED, decide, go, history, journey, staff
from tests.support.diary import Diary
from tests.support.maker import Maker
from tests.support.racing import contenders


@pytest.mark.parametrize("role", [Role.RECRUITMENT, Role.MANAGER])
@pytest.mark.parametrize(
    ("decision", "stage"),
    [(Decision.PROGRESSING, "progressing"), (Decision.NOT_PROGRESSING, "not_yet"), (Decision.WAIT, "not_yet")],
)
def test_a_decision_is_kept_with_name_and_reason_and_moves_the_enquiry(
    make: Maker, role: Role, decision: Decision, stage: str
) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam", role)
    go(make, enquiry, *VISITED)
    decide(make, enquiry, sam, decision, "  They move house in June. ")
    assert make.stage(enquiry) == stage
    with make.store.read() as session:
        found = session.get_one(Enquiry, enquiry)
        kept = found.decisions[0]
        assert (kept.decision, kept.reason, kept.staff.name, kept.at) == (
            decision,
            "They move house in June.",
            "Sam",
            make.now,
        )
        assert found.changes[-1].who == "Sam"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VISITOR, Role.SAFEGUARDING])
def test_other_roles_do_not_decide(make: Maker, role: Role) -> None:
    enquiry, someone = make.enquiry(), staff(make, "Kit", role)
    with pytest.raises(MayNotDecide):
        decide(make, enquiry, someone, Decision.WAIT)
    assert history(make, enquiry) == []


def test_another_agencys_manager_does_not_decide(make: Maker) -> None:
    enquiry, someone = make.enquiry(), staff(make, "Kit", Role.MANAGER, agency="elsewhere")
    with pytest.raises(MayNotDecide):
        decide(make, enquiry, someone, Decision.WAIT)
    assert history(make, enquiry) == []


@pytest.mark.parametrize(
    ("reason", "problem"), [("", ReasonMissing), (" \n\t ", ReasonMissing), ("x" * 2001, ReasonTooLong)]
)
def test_a_decision_has_a_reason_that_can_be_kept(make: Maker, reason: str, problem: type[Exception]) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    with pytest.raises(problem):
        decide(make, enquiry, sam, Decision.NOT_PROGRESSING, reason)
    assert (history(make, enquiry), make.stage(enquiry)) == ([], "new")


@pytest.mark.parametrize("wrong", [{"reason": "  "}, {"decision": "rejected"}, {"staff_id": "nobody"}])
def test_the_database_itself_keeps_no_decision_without_a_reason_a_person_or_a_known_word(
    make: Maker, wrong: dict[str, str]
) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    values = {"enquiry_id": enquiry, "staff_id": sam, "decision": "wait", "reason": "x", "at": make.now, **wrong}
    with pytest.raises(IntegrityError), make.store.write() as session:
        session.add(DecisionRecord(**values))


@pytest.mark.parametrize(
    ("stages", "to"), [(VISITED, Stage.PROGRESSING), (VISITED, Stage.NOT_YET), ([], Stage.NOT_YET)]
)
def test_without_a_decision_nothing_leads_to_going_on_or_to_not_yet(
    make: Maker, stages: list[Stage], to: Stage
) -> None:
    enquiry = make.enquiry()
    go(make, enquiry, *stages)
    before = make.stage(enquiry)
    with pytest.raises(NeedsDecision):
        go(make, enquiry, to)
    assert make.stage(enquiry) == before


def test_a_decision_that_says_something_else_does_not_open_the_way(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    go(make, enquiry, *VISITED)
    decide(make, enquiry, sam, Decision.NOT_PROGRESSING)
    with pytest.raises(NeedsDecision):
        go(make, enquiry, Stage.PROGRESSING)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_outcome_of_the_questions_is_a_decision(make: Maker, outcome: Outcome) -> None:
    enquiry = make.enquiry()
    with make.store.write() as session:
        record_outcome(session, session.get_one(Enquiry, enquiry), outcome, [], "v", make.now)
    assert (make.stage(enquiry), history(make, enquiry)) == ("screened", [])


def test_going_on_comes_after_a_visit(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    with pytest.raises(VisitFirst):
        decide(make, enquiry, sam, Decision.PROGRESSING)
    decide(make, enquiry, sam, Decision.WAIT)
    with pytest.raises(VisitFirst):
        decide(make, enquiry, sam, Decision.PROGRESSING)
    assert make.stage(enquiry) == "not_yet"


@pytest.mark.parametrize(
    "stages",
    [[], VISITED[:2], VISITED[:3], [Stage.EVENT_BOOKED], [Stage.WITHDRAWN], [Stage.CLOSED], [Stage.REDIRECTED]],
    ids=str,
)
def test_who_says_that_the_visit_took_place_can_decide_wherever_the_enquiry_stands(
    make: Maker, stages: list[Stage]
) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    go(make, enquiry, *stages)
    decide(make, enquiry, sam, Decision.PROGRESSING, visited=True)
    assert journey(make, enquiry)[-2:] == ["visited", "progressing"]


def test_a_booked_visit_whose_time_is_over_took_place(make: Maker, diary: Diary) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    make.visitor()
    diary.visit(enquiry, make.moment(days=3))
    with pytest.raises(VisitFirst):
        decide(make, enquiry, sam, Decision.PROGRESSING)
    decide(make, enquiry, sam, Decision.PROGRESSING, later=timedelta(days=4))
    assert journey(make, enquiry) == ["new", "visit_booked", "visited", "progressing"]


@pytest.mark.parametrize("left", [Stage.WITHDRAWN, Stage.REDIRECTED, Stage.CLOSED])
def test_who_has_left_stays_where_they_are_when_it_is_decided_to_wait(make: Maker, left: Stage) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    go(make, enquiry, left)
    decide(make, enquiry, sam, Decision.WAIT, visited=True)
    assert (make.stage(enquiry), history(make, enquiry)) == (left, [("Sam", "wait")])


def test_a_decision_can_be_changed_both_ways_and_every_one_is_kept(make: Maker) -> None:
    enquiry, sam, ruth = make.enquiry(), staff(make, "Sam"), staff(make, "Ruth", Role.MANAGER)
    go(make, enquiry, *VISITED)
    decide(make, enquiry, sam, Decision.NOT_PROGRESSING)
    decide(make, enquiry, ruth, Decision.PROGRESSING, "The room is free after all.")
    decide(make, enquiry, ruth, Decision.WAIT, "Not before the summer.")
    assert history(make, enquiry) == [("Sam", "not_progressing"), ("Ruth", "progressing"), ("Ruth", "wait")]
    assert journey(make, enquiry)[-3:] == ["not_yet", "progressing", "not_yet"]


def test_a_visit_given_back_after_not_yet_leads_to_not_yet_again(make: Maker, diary: Diary) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    make.visitor()
    decide(make, enquiry, sam, Decision.WAIT)
    diary.give_back(diary.visit(enquiry, make.moment()))
    assert make.stage(enquiry) == "not_yet"


def test_the_same_form_sent_twice_is_one_decision(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    first = decide(make, enquiry, sam, Decision.WAIT, seen="none")
    again = decide(make, enquiry, sam, Decision.WAIT, seen="none", later=timedelta(hours=3))
    assert (first.again, again.again, again.decision.id) == (False, True, first.decision.id)
    assert len(history(make, enquiry)) == 1


def test_the_same_decision_from_a_form_that_shows_the_first_is_another_one(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    first = decide(make, enquiry, sam, Decision.WAIT, seen="none")
    decide(make, enquiry, sam, Decision.WAIT, seen=first.decision.id)
    assert len(history(make, enquiry)) == 2


def test_without_a_form_the_same_decision_within_a_minute_is_one(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    decide(make, enquiry, sam, Decision.WAIT)
    assert decide(make, enquiry, sam, Decision.WAIT, later=timedelta(seconds=59)).again
    assert not decide(make, enquiry, sam, Decision.WAIT, later=timedelta(minutes=2)).again
    assert len(history(make, enquiry)) == 2


@pytest.mark.parametrize("seen", ["none", "nonsense", "x" * 5000])
def test_a_colleagues_decision_in_the_meantime_is_named_and_both_are_kept(make: Maker, seen: str) -> None:
    enquiry, sam, ruth = make.enquiry(), staff(make, "Sam"), staff(make, "Ruth", Role.MANAGER)
    assert decide(make, enquiry, sam, Decision.WAIT, seen="none").meanwhile is None
    second = decide(make, enquiry, ruth, Decision.NOT_PROGRESSING, seen=seen)
    assert second.meanwhile is not None
    assert second.meanwhile.staff_id == sam
    assert history(make, enquiry) == [("Sam", "wait"), ("Ruth", "not_progressing")]


def test_two_who_decide_at_the_same_moment_are_both_kept_in_order_and_one_is_told(make: Maker) -> None:
    enquiry, sam, ruth = make.enquiry(), staff(make, "Sam"), staff(make, "Ruth", Role.MANAGER)
    go(make, enquiry, *VISITED)
    with contenders(2) as pool:
        runs = [
            pool.submit(racing.decide, make.store.url, enquiry, who, what, "x", make.now)
            for who, what in ((sam, "not_progressing"), (ruth, "progressing"))
        ]
        told = [run.result(timeout=120) for run in runs]
    kept = history(make, enquiry)
    assert sorted(kept) == [("Ruth", "progressing"), ("Sam", "not_progressing")]
    assert sorted(told) == ["", kept[0][0]]
    assert make.stage(enquiry) == {"progressing": "progressing", "not_progressing": "not_yet"}[kept[-1][1]]
    with make.store.read() as session:
        first, second = (one.at for one in session.get_one(Enquiry, enquiry).decisions)
        assert first < second


def test_one_who_sends_the_form_from_two_windows_at_the_same_moment_decides_once(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    with contenders(2) as pool:
        runs = [pool.submit(racing.decide, make.store.url, enquiry, sam, "wait", "x", make.now) for _ in range(2)]
        assert sorted(run.result(timeout=120) for run in runs) == ["", "again "]
    assert history(make, enquiry) == [("Sam", "wait")]


@pytest.mark.parametrize("decision", list(Decision))
def test_recording_a_decision_sends_nothing_to_anybody(make: Maker, decision: Decision) -> None:
    enquiry, sam = make.enquiry(contact_email="jo@people.example", safe_to_message=True), staff(make, "Sam")
    decide(make, enquiry, sam, decision, visited=True)
    assert make.count(OutboxMessage) == 0


def test_what_is_forgotten_takes_its_decisions_with_it(make: Maker) -> None:
    enquiry, sam = make.enquiry(), staff(make, "Sam")
    decide(make, enquiry, sam, Decision.WAIT)
    conversation = make.conversation_of(enquiry)
    with make.store.write() as session:
        forget_conversation(session, conversation, worker(make.now))
    assert (make.count(DecisionRecord), make.count(Staff)) == (0, 1)
