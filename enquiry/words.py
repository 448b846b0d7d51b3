"""The closed sets of the domain: the same words in code, tables, screens and documents."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What a set of answers leads to. There is no "refused": see docs/decisions/."""

    CONTINUE = "continue"
    NOTE = "note"
    TALK_FIRST = "talk_first"
    OTHER_ROUTE = "other_route"
    NOT_YET = "not_yet"


class Stage(StrEnum):
    """Where an enquiry stands on its journey."""

    NEW = "new"
    SCREENING = "screening"
    SCREENED = "screened"
    EVENT_BOOKED = "event_booked"
    EVENT_ATTENDED = "event_attended"
    VISIT_BOOKED = "visit_booked"
    VISITED = "visited"
    PROGRESSING = "progressing"
    NOT_YET = "not_yet"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a message."""

    ASSISTANT = "assistant"
    ENQUIRER = "enquirer"
    STAFF = "staff"


class Role(StrEnum):
    """What a member of staff is there for."""

    COORDINATOR = "coordinator"
    RECRUITMENT = "recruitment"
    VISITOR = "visitor"
    MANAGER = "manager"
    SAFEGUARDING = "safeguarding"


class HandoffReason(StrEnum):
    """Why a person at the service is asked to act."""

    DISCLOSURE = "disclosure"
    TALK_FIRST = "talk_first"
    OTHER_ROUTE = "other_route"
    NOT_YET = "not_yet"
    ASKED_FOR_A_PERSON = "asked_for_a_person"
    CALL_BACK = "call_back"
    NOT_UNDERSTOOD = "not_understood"
    ASSISTANT_SILENT = "assistant_silent"
    LOOK_AGAIN = "look_again"
    KEEP_IN_TOUCH = "keep_in_touch"


class Decision(StrEnum):
    """What a named member of staff decides about going on to an assessment."""

    PROGRESSING = "progressing"
    NOT_PROGRESSING = "not_progressing"
    WAIT = "wait"


class Priority(StrEnum):
    """How soon a person acts: `now` is a live alert at any hour."""

    NOW = "now"
    SAME_DAY = "same_day"
    NORMAL = "normal"


class Goal(StrEnum):
    """What the conversation is after at the moment; each has a path of questions in data/criteria.yml."""

    SCREENING = "screening"
    EVENT = "event"
    CALL = "call"
    LINK = "link"  # a link to carry on later, on any device


class BookingStatus(StrEnum):
    """Whether a place or a visit stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
