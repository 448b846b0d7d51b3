"""The list of enquiries, one enquiry on one page, and notes on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.journey.notes import add_note
from enquiry.queries.enquiries import (
    MOST_ENQUIRIES,
    enquiries,
    enquiry_page,
    find_enquiry,
)
from enquiry.queries.handoffs import NotThere
from enquiry.staff.permissions import Permission
from enquiry.store.models import Staff
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import Pages, page
from web.forms import Field
from web.permissions import Reader
from web.text import cut_line

router = APIRouter(prefix="/console/enquiries", route_class=ConsoleRoute)
MayReadEnquiries = Annotated[Reader, May(Permission.READ_ENQUIRIES)]
MayAddNotes = Annotated[Reader, May(Permission.ADD_NOTES)]
REFERENCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{4,9}")


@dataclass(frozen=True)
class DecisionForm:
    """What was filled in to record a decision."""

    decision: str = ""
    reason: str = ""
    visited: bool = False


@router.get("")
def list_enquiries(request: Request, reader: MayReadEnquiries, search: str = "", number: str = "1") -> Response:
    """List the enquiries, the latest first; a whole reference leads straight to its page."""
    wanted = cut_line(search)
    at = forms.page_in(number)
    with request.app.state.store.read() as session:
        lines, total = enquiries(session, reader.agency, reader.role, search=wanted, page=at)
    if len(lines) == 1 and REFERENCE.fullmatch(wanted.upper()) and lines[0].reference == wanted.upper():
        return RedirectResponse(f"/console/enquiries/{lines[0].reference}", status_code=303)
    return page(request, "console/enquiries.html", lines=lines, search=wanted, pages=Pages(at, total, MOST_ENQUIRIES))


@router.get("/{reference}")
def show_one(request: Request, reader: MayReadEnquiries, reference: str, said: str = "") -> Response:
    """Show everything about one enquiry."""
    return show_enquiry(request, reader, reference, said=said)


@router.post("/{reference}/notes")
def keep_note(request: Request, reader: MayAddNotes, reference: str, note: Field = "") -> Response:
    """Add a note; what was typed comes back when it can't be kept."""
    known = known_reference(reference)
    try:
        text = forms.long_text("note_empty", "note_long")(note)
    except forms.Unfit as unfit:
        return show_enquiry(request, reader, known, status=422, problem=unfit.sentence, written=note)
    with request.app.state.store.write() as session:
        enquiry = find_enquiry(session, reader.agency, known)
        add_note(session, enquiry, session.get_one(Staff, reader.id), text, request.app.state.clock())
    return RedirectResponse(f"/console/enquiries/{known}?said=note_kept#notes", status_code=303)


def show_enquiry(
    request: Request,
    reader: Reader,
    reference: str,
    *,
    status: int = 200,
    said: str = "",
    problem: str | None = None,
    written: str = "",
    decision_form: DecisionForm | None = None,
) -> Response:
    """Show an enquiry, with what was typed and can't be kept as it is."""
    now = request.app.state.clock()
    with request.app.state.store.read() as session:
        found = enquiry_page(
            session,
            reader.agency,
            reader.role,
            known_reference(reference),
            request.app.state.application.catalogue.criteria[reader.agency],
            now,
        )
    values = {"enquiry": found, "said": said, "problem": problem, "written": written}
    return page(request, "console/enquiry.html", status=status, deciding=decision_form or DecisionForm(), **values)


def known_reference(reference: str) -> str:
    """The reference as it is kept; what can't be one is not looked for."""
    known = reference.upper()
    if not REFERENCE.fullmatch(known):
        raise NotThere(reference)
    return known
