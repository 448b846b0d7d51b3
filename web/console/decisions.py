"""The weekly list: what is to be decided and who is to be told; the decisions; and recording one on the page of an enquiry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.bookings.visits.outcomes import AT_A_VISIT, BY_PHONE, tell_applicant
from enquiry.enums import Decision
from enquiry.journey.decisions import ReasonTooLong, VisitFirst, record_decision
from enquiry.queries.decisions import MOST_DECISIONS, decisions
from enquiry.queries.enquiries import find_enquiry
from enquiry.queries.weekly import find_decision, still_to_decide, still_to_tell
from enquiry.staff.permissions import Permission
from enquiry.store.models import Staff
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.enquiries import DecisionForm, known_reference, show_enquiry
from web.console.pages import Pages, page
from web.forms import Field
from web.permissions import Reader
from web.text import cut_line

router = APIRouter(prefix="/console", route_class=ConsoleRoute)
MayReadDecisions = Annotated[Reader, May(Permission.READ_DECISIONS)]
MayTellDecision = Annotated[Reader, May(Permission.TELL_DECISION)]
MayDecide = Annotated[Reader, May(Permission.DECIDE)]


@router.get("/decisions")
def list_decisions(request: Request, reader: MayReadDecisions, number: str = "1", said: str = "") -> Response:
    """Show the weekly list, and then the decisions of this agency, the latest first."""
    return _list(request, reader, number=number, said=said)


@router.post("/decisions/{decision_id}/told")
def keep_telling(request: Request, reader: MayTellDecision, decision_id: str, how: Field = "") -> Response:
    """Write down that a person has told the applicant, and how. Idempotent: the first one counts."""
    with request.app.state.store.read() as session:
        find_decision(session, reader.agency, decision_id)
    if how not in (BY_PHONE, AT_A_VISIT):
        return _list(request, reader, status=422, untold=decision_id)
    with request.app.state.store.write() as session:
        decision = find_decision(session, reader.agency, decision_id)
        tell_applicant(session, decision, session.get_one(Staff, reader.id), how, request.app.state.clock())
    return RedirectResponse("/console/decisions?said=told", status_code=303)


def _list(
    request: Request, reader: Reader, *, number: str = "1", said: str = "", status: int = 200, untold: str = ""
) -> Response:
    at = forms.page_in(number)
    with request.app.state.store.read() as session:
        lines, total = decisions(session, reader.agency, page=at)
        deciding, telling = still_to_decide(session, reader.agency), still_to_tell(session, reader.agency)
    values = {"lines": lines, "pages": Pages(at, total, MOST_DECISIONS), "deciding": deciding, "telling": telling}
    return page(request, "console/decisions.html", status=status, said=said, untold=untold, **values)


@router.post("/enquiries/{reference}/decisions")
def keep_decision(
    request: Request,
    reader: MayDecide,
    reference: str,
    decision: Field = "",
    reason: Field = "",
    visited: Field = "",
    seen: Annotated[str | None, Form()] = None,
) -> Response:
    """Record a decision; what was typed comes back when it can't be kept."""
    known = known_reference(reference)
    filled = DecisionForm(decision, reason, visited == "yes")
    if decision not in set(Decision):
        return show_enquiry(request, reader, known, status=422, problem="decision_missing", decision_form=filled)
    try:
        text = forms.long_text("reason_empty", "reason_long")(reason)
        with request.app.state.store.write() as session:
            recorded = record_decision(
                session,
                find_enquiry(session, reader.agency, known),
                session.get_one(Staff, reader.id),
                Decision(decision),
                text,
                request.app.state.clock(),
                visited=filled.visited,
                seen=cut_line(seen) if seen is not None else None,
            )
            said = "decided_both" if recorded.meanwhile else "decided_before" if recorded.again else "decided"
    except forms.Unfit as unfit:
        return show_enquiry(request, reader, known, status=422, problem=unfit.sentence, decision_form=filled)
    except ReasonTooLong:
        return show_enquiry(request, reader, known, status=422, problem="reason_long", decision_form=filled)
    except VisitFirst:
        return show_enquiry(request, reader, known, status=422, problem="visit_first", decision_form=filled)
    return RedirectResponse(f"/console/enquiries/{known}?said={said}", status_code=303)
