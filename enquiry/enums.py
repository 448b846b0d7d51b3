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
    POSSIBLE_DISCLOSURE = "possible_disclosure"  # heard faintly: nothing stops, and somebody looks
    TALK_FIRST = "talk_first"
    OTHER_ROUTE = "other_route"
    NOT_YET = "not_yet"
    ASKED_FOR_A_PERSON = "asked_for_a_person"
    QUESTION = "question"  # one the assistant could not answer, passed on in the person's own words
    CALL_BACK = "call_back"
    NOT_UNDERSTOOD = "not_understood"
    ASSISTANT_SILENT = "assistant_silent"
    LOOK_AGAIN = "look_again"
    KEEP_IN_TOUCH = "keep_in_touch"


# What may tell of harm, for queries.
DISCLOSURES = (HandoffReason.DISCLOSURE.value, HandoffReason.POSSIBLE_DISCLOSURE.value)


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
    CHANGE = "change"  # to move a booking or give it back


class BookingStatus(StrEnum):
    """How it stands with a place at an event or a visit."""

    WAITING = "waiting"  # on the waiting list of a full event
    OFFERED = "offered"  # a place became free and is kept for them until they answer, or until the offer lapses
    RESERVED = "reserved"  # a visit's time, kept for ten minutes while the details are typed
    BOOKED = "booked"
    ATTENDED = "attended"  # they came to the event; the visit took place
    MISSED = "missed"  # they did not come; nobody was at home
    LAPSED = "lapsed"  # an offer that was not answered in time
    CANCELLED = "cancelled"

    @property
    def stands(self) -> bool:
        """Whether the household has it before it, and may still give it back."""
        return self in (BookingStatus.WAITING, BookingStatus.OFFERED, BookingStatus.BOOKED)

    @property
    def is_given_back(self) -> bool:
        """Whether it is over without having been: the household may book the same event again."""
        return self in (BookingStatus.LAPSED, BookingStatus.CANCELLED)

    @property
    def was_booked(self) -> bool:
        """Whether somebody was or is expected at the door: on the list of an event, in the diary of a visitor."""
        return self in (BookingStatus.BOOKED, BookingStatus.ATTENDED, BookingStatus.MISSED)

    @property
    def takes_places(self) -> bool:
        """Whether it takes up places at an event. The store's triggers hold to the same list: a change needs a migration."""
        return self.was_booked or self is BookingStatus.OFFERED


# The same as lists of values, for queries.
STANDING = tuple(status.value for status in BookingStatus if status.stands)
GIVEN_BACK = tuple(status.value for status in BookingStatus if status.is_given_back)


class Change(StrEnum):
    """What happened to a booking, for its history."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    BOOKED = "booked"
    MOVED = "moved"
    CHANGED = "changed"  # the number of people, or what they need
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


class Needs(StrEnum):
    """What somebody would like to be got ready for an event. A closed list, so that nobody types a diagnosis."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    LARGE_PRINT = "large_print"
    INTERPRETER = "interpreter"
    SOMETHING_ELSE = "something_else"  # somebody from the team asks
