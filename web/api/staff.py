"""The staff API: what the console shows, for machines, with a token of a role."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from enquiry.queries.decisions import decisions
from enquiry.queries.diary import slots
from enquiry.queries.enquiries import enquiries, enquiry_page
from enquiry.queries.events import events
from enquiry.queries.handoffs import NotThere, Show, queue
from enquiry.staff.permissions import Permission
from enquiry.staff.sessions import SecretKind, staff_for
from web.api.shapes import problems
from web.api.staff_shapes import (
    AnswerOut,
    ChangeOut,
    ContactOut,
    DecisionOut,
    Decisions,
    Enquiries,
    EnquiryOut,
    EnquiryWhole,
    EventOut,
    Events,
    HandoffOut,
    Handoffs,
    LookedAtOut,
    NoteOut,
    PlaceOut,
    SlotOut,
    VisitOut,
    Visits,
)
from web.permissions import NotPermitted, PermissionCheck, Reader
from web.problems import Problem
from web.text import cut_line

router = APIRouter(prefix="/api", tags=["staff"], responses=problems(401, 403, 404, 422))
_bearer = HTTPBearer(auto_error=False, description="From ./hearth staff token --role …")


def holder_of_token(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Reader:
    """The member of staff a token acts for."""
    unauthorised = {"WWW-Authenticate": "Bearer"}
    say = request.app.state.wording.say
    if sent is None or not sent.credentials:
        raise Problem(401, say("staff.token_missing"), unauthorised)
    with request.app.state.store.read() as session:
        staff = staff_for(session, sent.credentials, SecretKind.TOKEN, request.app.state.clock())
        if staff is None:
            raise Problem(401, say("staff.token_wrong"), unauthorised)
        return Reader.of(staff)


class TokenMay(PermissionCheck):
    """Gives the member of staff a token acts for, if their role has the permission."""

    async def __call__(self, request: Request, holder: Annotated[Reader, Depends(holder_of_token)]) -> Reader:
        try:
            return self.check(holder)
        except NotPermitted:
            raise Problem(403, request.app.state.wording.say("staff.not_permitted")) from None


def May(permission: Permission) -> Any:
    """What a route declares: `holder: Annotated[Reader, May(Permission.READ_ENQUIRIES)]`."""
    return Depends(TokenMay(permission))


MayReadEnquiries = Annotated[Reader, May(Permission.READ_ENQUIRIES)]
MayReadHandoffs = Annotated[Reader, May(Permission.READ_HANDOFFS)]
MayReadDecisions = Annotated[Reader, May(Permission.READ_DECISIONS)]
MayReadBookings = Annotated[Reader, May(Permission.READ_BOOKINGS)]


@router.get("/enquiries")
def list_enquiries(
    request: Request,
    holder: MayReadEnquiries,
    search: Annotated[str, Query(max_length=254, description="Part of a reference or a name.")] = "",
    page: Annotated[int, Query(ge=1, le=10_000, description="Fifty to a page.")] = 1,
) -> Enquiries:
    """List the enquiries, the latest first."""
    with request.app.state.store.read() as session:
        lines, total = enquiries(session, holder.agency, holder.role, search=cut_line(search), page=page)
    return Enquiries(total=total, enquiries=[EnquiryOut.model_validate(line) for line in lines])


@router.get("/enquiries/{reference}")
def read_enquiry(request: Request, holder: MayReadEnquiries, reference: str) -> EnquiryWhole:
    """Give one enquiry with its journey, answers, bookings, handoffs and notes."""
    try:
        with request.app.state.store.read() as session:
            wanted = cut_line(reference).upper()
            criteria = request.app.state.application.catalogue.criteria[holder.agency]
            found = enquiry_page(
                session,
                holder.agency,
                holder.role,
                wanted,
                criteria,
                request.app.state.clock(),
            )
    except NotThere:
        raise Problem(404, request.app.state.wording.say("staff.enquiry_unknown")) from None
    return EnquiryWhole(
        **EnquiryOut.model_validate(found.line).model_dump(),
        contact=ContactOut.model_validate(found.contact),
        criteria_version=found.outcome.criteria_version if found.outcome else None,
        changes=[ChangeOut.model_validate(change) for change in found.changes],
        looked_at=LookedAtOut.model_validate(found.looked_at) if found.looked_at else None,
        decisions=[DecisionOut.model_validate(line) for line in found.decision.lines],
        answers=[AnswerOut.model_validate(answer) for answer in found.answers],
        places=[PlaceOut.model_validate(place) for place in found.places],
        visits=[VisitOut.model_validate(visit) for visit in found.visits],
        handoffs=[HandoffOut.model_validate(handoff) for handoff in found.handoffs],
        notes=[NoteOut.model_validate(note) for note in found.notes],
    )


@router.get("/handoffs")
def list_handoffs(request: Request, holder: MayReadHandoffs) -> Handoffs:
    """List the open handoffs that the token's role may read: disclosures first, then by due by."""
    with request.app.state.store.read() as session:
        found = queue(session, holder.agency, holder.role, holder.id, Show.ALL)
    return Handoffs(handoffs=[HandoffOut.model_validate(line) for line in found.lines])


@router.get("/decisions")
def list_decisions(
    request: Request,
    holder: MayReadDecisions,
    page: Annotated[int, Query(ge=1, le=10_000, description="Fifty to a page.")] = 1,
) -> Decisions:
    """List what named members of staff decided about going on, the latest first. They are recorded in the console alone."""
    with request.app.state.store.read() as session:
        lines, total = decisions(session, holder.agency, page=page)
    return Decisions(total=total, decisions=[DecisionOut.model_validate(line) for line in lines])


@router.get("/events")
def list_events(request: Request, holder: MayReadBookings) -> Events:
    """List the information events to come, with the places taken."""
    with request.app.state.store.read() as session:
        coming, _over = events(session, holder.agency, request.app.state.clock())
    return Events(events=[EventOut.model_validate(event) for event in coming])


@router.get("/visits")
def list_visits(request: Request, holder: MayReadBookings) -> Visits:
    """List the visits of the next three weeks, and the times at which a visitor is free."""
    with request.app.state.store.read() as session:
        found = slots(session, request.app.state.agencies[holder.agency], request.app.state.clock())
    return Visits(slots=[SlotOut.model_validate(slot) for slot in found])
