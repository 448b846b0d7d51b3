"""The shapes of the staff API, as its OpenAPI description shows them."""

from __future__ import annotations

from datetime import datetime

from pydantic import AliasChoices, BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class HandoffOut(_Shape):
    """Something a person has to do, and by when."""

    id: str
    reason: str
    category: str = Field(description="Of a disclosure; else empty.")
    priority: str
    due_by: datetime
    created_at: datetime
    reference: str | None = Field(description="The enquiry's reference, when there is one.")
    taken_by: str | None = Field(validation_alias="taken_by_name", description="Name of who has taken it.")
    done_at: datetime | None
    put_right_at: datetime | None = Field(
        description="When the person, or staff, ended a disclosure: it was not meant that way."
    )


class EnquiryOut(_Shape):
    """One enquiry in the list."""

    reference: str
    name: str = Field(validation_alias=AliasChoices("who", "name"))
    stage: str
    outcome: str | None
    open_handoffs: int = Field(validation_alias=AliasChoices("waiting", "open_handoffs"))
    created_at: datetime
    updated_at: datetime


class ContactOut(_Shape):
    """How to reach a person. No message may be left unless `is_safe`; `note` is what whoever rings has to mind."""

    name: str
    phone: str
    email: str
    best_time: str
    note: str
    is_safe: bool


class ChangeOut(_Shape):
    """One dated step of the journey."""

    stage: str
    who: str
    why: str
    at: datetime


class AnswerOut(_Shape):
    """One answer with what it led to."""

    criterion: str
    question: str
    answer: str
    outcomes: list[str]
    reasons: list[str]
    corrected: int
    at: datetime


class PlaceOut(_Shape):
    """Places at an information event."""

    event_id: str
    starts_at: datetime
    people: int
    reference: str
    status: str


class VisitOut(_Shape):
    """An initial visit."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    reference: str
    status: str


class NoteOut(_Shape):
    """What a member of staff wrote."""

    who: str
    text: str
    at: datetime


class DecisionOut(_Shape):
    """What a named member of staff decided about going on, and why."""

    reference: str = Field(description="The enquiry's reference.")
    decision: str = Field(description="progressing, not_progressing or wait.")
    reason: str
    who: str = Field(description="Name of who decided.")
    at: datetime
    look_again_at: datetime | None = Field(description="When the enquirer asked for it to be looked at again.")


class LookedAtOut(_Shape):
    """Whether a person has looked at the outcome; `who` is null when nobody has."""

    who: str | None
    at: datetime | None
    note: str | None = Field(description="What was done, where the token's role may read it.")


class EnquiryWhole(EnquiryOut):
    """One enquiry with everything the token's role may read, but the transcript."""

    contact: ContactOut
    criteria_version: str | None
    looked_at: LookedAtOut | None = Field(description="Null for an outcome that needs nobody to look at it.")
    decisions: list[DecisionOut] = Field(description="The latest first.")
    changes: list[ChangeOut]
    answers: list[AnswerOut]
    places: list[PlaceOut]
    visits: list[VisitOut]
    handoffs: list[HandoffOut]
    notes: list[NoteOut]


class EventOut(_Shape):
    """One information event."""

    id: str
    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    places: int
    taken: int
    waiting: int = Field(description="Households on the waiting list.")
    offered: int = Field(description="Households that were offered a place and have not answered.")
    offered_until: datetime | None = Field(description="When the next of these offers lapses.")


class SlotOut(_Shape):
    """A visit, or a free time of a visitor, where `visit` is null."""

    visitor: str
    starts_at: datetime
    ends_at: datetime
    visit: str | None = Field(description="Its reference.")
    enquiry: str | None = Field(description="The enquiry's reference.")
    status: str = Field(description="booked, attended, missed or free.")


class Enquiries(BaseModel):
    """A page of enquiries, the latest first."""

    total: int
    enquiries: list[EnquiryOut]


class Handoffs(BaseModel):
    """Open handoffs, in the queue's order."""

    handoffs: list[HandoffOut]


class Decisions(BaseModel):
    """A page of decisions, the latest first."""

    total: int
    decisions: list[DecisionOut]


class Events(BaseModel):
    """Information events to come."""

    events: list[EventOut]


class Visits(BaseModel):
    """Visits of the next three weeks, and free times."""

    slots: list[SlotOut]
