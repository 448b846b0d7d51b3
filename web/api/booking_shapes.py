"""The shapes of the booking API, as its OpenAPI description shows them. Nothing in what it answers is about a person."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from enquiry.enums import Needs
from web.api.shapes import ProblemOut


class FreeEvent(BaseModel):
    """An information event that is to come."""

    id: str
    title: str
    venue: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    places_left: int
    waiting: int = Field(description="Households on the waiting list.")


class FreeVisit(BaseModel):
    """A time at which somebody can come for an initial visit."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime = Field(description="When it is over at the latest: some visitors stay longer than others.")


class FreeEvents(BaseModel):
    """The coming events, soonest first; full ones too, as one may wait for a place there."""

    events: list[FreeEvent]


class FreeVisits(BaseModel):
    """The free times, soonest first."""

    visits: list[FreeVisit]


class Choice(BaseModel):
    """What is to be booked: an event, or a visit by its moment."""

    event_id: str | None = Field(default=None, max_length=32)
    starts_at: AwareDatetime | None = Field(default=None, description="For a visit: one of the free times.")


class NewBooking(Choice):
    """A place at an event, or a visit at home, for one household."""

    agency: str = Field(max_length=40, examples=["leicestershire"])
    name: str = Field(default="", max_length=80)
    contact: str = Field(
        max_length=254, description="A phone number or an e-mail address.", examples=["name@example.com"]
    )
    safe_to_message: bool = Field(default=True, description="Whether messages may be sent there.")
    people: int = Field(default=1, description="1 to 4; for an event.")
    needs: list[Needs] = Field(default=[], max_length=len(Needs))
    language: str = Field(default="", max_length=40, description="Of the interpreter, where one is needed.")
    wait: bool = Field(default=False, description="Join the waiting list of an event.")
    client_key: UUID | None = Field(
        default=None,
        description="The sender's own id of the request. Sent again with the same one, it is the same booking.",
    )


class Booking(BaseModel):
    """A booking as it stands. The key opens it: to look at, move and give back."""

    reference: str
    key: str
    status: Literal["waiting", "offered", "booked", "attended", "missed", "lapsed", "cancelled"]
    event_id: str | None
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    people: int | None
    offer_until: AwareDatetime | None


class NotFree(ProblemOut):
    """What was asked for can't be had; `next` is what can."""

    next: list[FreeEvent | FreeVisit] = Field(default_factory=list)
