"""Things told of coming to an event while one is booked, whatever was asked: kept, said back, and not asked again.

"Dawn, 9 December, just me" answers three questions at once. The assistant finds how many come and what they need
(bot/answers/coming.py); which date is meant is found here, where the dates are known.
"""

from __future__ import annotations

from typing import Any

from actions.ask import all_events, every_event
from actions.book import book_event, standing_place
from actions.chosen_booking import so_many
from actions.turn import Turn
from enquiry.conversations.date_phrases.told import DATE, DAY_OF_WEEK, IN_MONTH, DateTold, Missed, date_told
from enquiry.conversations.next_question import can_hold_a_booking, path_complete
from enquiry.dates import in_words
from enquiry.enums import Goal
from enquiry.journey.record import answers_of, forget_answers, record_answer

EVENT, PEOPLE, WAITS = "event", "event_places", "event_wait"
TOLD_BESIDE = (PEOPLE, "event_needs", "event_language")
MISSED = {DAY_OF_WEEK: "no_event_on_day", DATE: "no_event_on_date", IN_MONTH: "no_event_in_month"}
MOST_DATES = 5


def books_an_event(turn: Turn) -> bool:
    """Whether a place at an event is being booked, and none stands yet."""
    if turn.conversation.enquiry is None or turn.conversation.collecting_stopped or turn.flagged:
        return False
    wanted = turn.goal is Goal.EVENT or (
        turn.goal is Goal.SCREENING and answers_of(turn.enquiry).get("next_step") == "event"
    )
    return wanted and standing_place(turn) is None


def coming(turn: Turn) -> dict[str, Any]:
    """What the message tells of coming to an event."""
    told: dict[str, Any] = turn.understood.get("coming") or {}
    return told


def date_in(turn: Turn) -> DateTold:
    """The date that the message tells, among all there are."""
    return date_told(turn.text, all_events(turn), turn.now)


def keep_for_event(turn: Turn) -> None:
    """Keep what is told beside the answer to the question asked; a day with no event is said."""
    if not books_an_event(turn):
        return
    reading = turn.understood.get("reading") or {}
    answered = reading.get("question") if turn.intent == "answer" else None
    if answered != EVENT:
        told = date_in(turn)
        if told.missed:
            say_missed(turn, told.missed)
        if told.offer:
            keep_date(turn, told.offer)
    for name in TOLD_BESIDE:
        if name != answered and name in coming(turn):
            _keep(turn, name, coming(turn)[name])


def keep_date(turn: Turn, event_id: str) -> None:
    """Keep the event that is meant; who would have waited for another is asked afresh."""
    if answers_of(turn.enquiry).get(EVENT) == event_id:
        return
    record_answer(turn.session, turn.enquiry, EVENT, event_id, turn.now)
    forget_answers(turn.session, turn.enquiry, WAITS)
    when = next(one.starts_at for one in all_events(turn) if one.id == event_id)
    turn.kept_for_event.append(in_words(when))
    turn.conversation.misunderstood = 0


def say_missed(turn: Turn, missed: Missed) -> None:
    """Say that there is no event on the day that was named, and which dates there are, unless they stand on buttons below."""
    turn.say(MISSED[missed.kind], when=missed.name)
    dates = dates_in_lines(turn)
    shown_below = path_complete(turn.situation(), turn.criteria, turn.agency) or turn.intent == "book_event"
    if dates and not shown_below:
        turn.say("event_dates", dates=dates)
    turn.conversation.misunderstood = 0


def dates_in_lines(turn: Turn) -> str:
    """The next dates, a line each; nothing where there is none."""
    return "\n".join(f"• {one.title}" for one in every_event(turn)[:MOST_DATES])


def book_what_is_told(turn: Turn) -> None:
    """Book once the date, the number and a way to reach them are known, however they came; until then say back what was kept."""
    kept = turn.kept_for_event
    if books_an_event(turn) and not turn.tried_to_book and (kept or turn.asked != WAITS):
        answers = answers_of(turn.enquiry)
        known = answers.get(EVENT) not in (None, "none") and PEOPLE in answers and WAITS not in answers
        ready = known and can_hold_a_booking(answers)
        if ready and path_complete(turn.situation(), turn.criteria, turn.agency):
            book_event(turn, int(answers[PEOPLE]))
    if kept and not (turn.tried_to_book and standing_place(turn)):
        turn.say("event_noted", answers=", ".join(kept))
    turn.kept_for_event = []


def _keep(turn: Turn, name: str, value: Any) -> None:
    question = turn.criteria.question(name)
    if answers_of(turn.enquiry).get(name) == value or not question.takes(value):
        return  # a number that is too large is talked about where it is asked
    record_answer(turn.session, turn.enquiry, name, value, turn.now)
    turn.kept_for_event.append(so_many(turn, value) if name == PEOPLE else question.title_of(value))
    turn.conversation.misunderstood = 0
