"""Decisions about going on: the list, and recording one on the page of an enquiry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.decisions import ReasonTooLong, VisitFirst, may_decide, record_decision
from enquiry.store.models import Staff
from enquiry.views.decisions import MOST_DECISIONS, decisions
from enquiry.views.enquiries import find_enquiry
from enquiry.words import Decision
from web.console import typed
from web.console.enquiries import MOST_PAGES, TypedDecision, known_reference, show_enquiry
from web.console.entrance import ConsoleRoute, SignedIn, stopped
from web.console.pages import page

router = APIRouter(prefix="/console", route_class=ConsoleRoute)
Field = Annotated[str, Form()]


@router.get("/decisions")
def all_decisions(request: Request, reader: SignedIn, number: str = "1") -> Response:
    """The decisions of this agency, the latest first."""
    at = min(max(int(number), 1), MOST_PAGES) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    with request.app.state.store.read() as session:
        lines, total = decisions(session, reader.agency, page=at)
    last = max(1, -(-total // MOST_DECISIONS))
    return page(request, "console/decisions.html", lines=lines, total=total, number=at, last=last)


@router.post("/enquiries/{reference}/decisions")
def keep_decision(
    request: Request,
    reader: SignedIn,
    reference: str,
    decision: Field = "",
    reason: Field = "",
    visited: Field = "",
    seen: Annotated[str | None, Form()] = None,
) -> Response:
    """Record a decision; what was typed comes back when it can't be kept."""
    known = known_reference(reference)
    with request.app.state.store.read() as session:
        find_enquiry(session, reader.agency, known)
    if not may_decide(reader.role):
        return stopped(request, "not_yours_to_decide", 403)
    filled = TypedDecision(decision, reason, visited == "yes")
    if decision not in set(Decision):
        return show_enquiry(request, reader, known, status=422, problem="decision_missing", typed_decision=filled)
    try:
        text = typed.note(reason)
        with request.app.state.store.write() as session:
            recorded = record_decision(
                session,
                find_enquiry(session, reader.agency, known),
                session.get_one(Staff, reader.id),
                Decision(decision),
                text,
                request.app.state.clock(),
                visited=filled.visited,
                seen=typed.line(seen) if seen is not None else None,
            )
            said = "decided_both" if recorded.meanwhile else "decided_before" if recorded.again else "decided"
    except typed.Unfit as unfit:
        problem = "reason_empty" if unfit.problem == "note_empty" else "reason_long"
        return show_enquiry(request, reader, known, status=422, problem=problem, typed_decision=filled)
    except ReasonTooLong:
        return show_enquiry(request, reader, known, status=422, problem="reason_long", typed_decision=filled)
    except VisitFirst:
        return show_enquiry(request, reader, known, status=422, problem="visit_first", typed_decision=filled)
    return RedirectResponse(f"/console/enquiries/{known}?said={said}", status_code=303)
