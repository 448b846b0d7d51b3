"""One handoff: read it, take it, say what was done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.enums import HandoffReason
from enquiry.handoffs.handoff import AlreadyDone, AlreadyTaken, finish_handoff, mark_read, take_handoff
from enquiry.handoffs.putting_right import put_right_by_staff
from enquiry.queries.handoffs import find_handoff, handoff_page
from enquiry.staff.permissions import Permission
from enquiry.store.models import Handoff, Staff
from web import forms
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.forms import Choices, Field
from web.permissions import Reader

router = APIRouter(prefix="/console/handoffs", route_class=ConsoleRoute)
MayReadHandoffs = Annotated[Reader, May(Permission.READ_HANDOFFS)]
MayWorkOnHandoffs = Annotated[Reader, May(Permission.WORK_ON_HANDOFFS)]
# Who a disclosure was passed on to. The names people read stand in the templates.
TOLD = ("first_response", "lado", "police", "nobody")


@router.get("/{handoff_id}")
def show_handoff(request: Request, reader: MayReadHandoffs, handoff_id: str, said: str = "") -> Response:
    """Show what was said, what it means, what is due. Who opens a disclosure is kept."""
    with request.app.state.store.read() as session:
        handoff = find_handoff(session, reader.agency, reader.role, forms.id_in(handoff_id))
        disclosure = handoff.reason == HandoffReason.DISCLOSURE
    if disclosure:
        with request.app.state.store.write() as session:
            mark_read(session, session.get_one(Handoff, handoff_id), reader.id, request.app.state.clock())
    return _page(request, reader, handoff_id, said=said)


@router.post("/{handoff_id}/take")
def take(request: Request, reader: MayWorkOnHandoffs, handoff_id: str) -> Response:
    """Take a handoff, unless somebody has it already: then the page says who."""
    said = "taken"
    try:
        with request.app.state.store.write() as session:
            handoff = find_handoff(session, reader.agency, reader.role, forms.id_in(handoff_id))
            take_handoff(session, handoff, session.get_one(Staff, reader.id), request.app.state.clock())
    except AlreadyTaken:
        said = "taken_by_other"
    except AlreadyDone:
        said = "done_by_other"
    return RedirectResponse(f"/console/handoffs/{handoff_id}?said={said}", status_code=303)


@router.post("/{handoff_id}/done")
def finish(
    request: Request,
    reader: MayWorkOnHandoffs,
    handoff_id: str,
    note: Field = "",
    told: Choices = (),
    misunderstanding: Field = "",
) -> Response:
    """Mark a handoff done, with a note of what was done; for a disclosure also who was told, and whether it was a misunderstanding."""
    chosen = [name for name in TOLD if name in told]
    with request.app.state.store.read() as session:
        handoff = find_handoff(session, reader.agency, reader.role, forms.id_in(handoff_id))
        disclosure = handoff.reason == HandoffReason.DISCLOSURE
    try:
        text = forms.long_text("note_empty", "note_long")(note)
        if disclosure:
            _check_told(chosen)
            text = _with_told(request, reader, text, chosen)
    except forms.Unfit as unfit:
        return _page(
            request,
            reader,
            handoff_id,
            status=422,
            problem=unfit.sentence,
            written=note,
            told=chosen,
            misunderstanding=misunderstanding,
        )
    said = "done"
    try:
        with request.app.state.store.write() as session:
            handoff = find_handoff(session, reader.agency, reader.role, handoff_id)
            staff, now = session.get_one(Staff, reader.id), request.app.state.clock()
            finish_handoff(session, handoff, staff, text, now)
            if misunderstanding:
                put_right_by_staff(session, handoff, staff, request.app.state.application.catalogue.categories, now)
    except AlreadyDone:
        return _page(request, reader, handoff_id, status=409, problem="already_done", written=text)
    return RedirectResponse(f"/console/handoffs/{handoff_id}?said={said}", status_code=303)


def _page(
    request: Request,
    reader: Reader,
    handoff_id: str,
    *,
    status: int = 200,
    said: str = "",
    problem: str | None = None,
    written: str = "",
    told: list[str] | None = None,
    misunderstanding: str = "",
) -> Response:
    with request.app.state.store.read() as session:
        found = handoff_page(session, reader.agency, reader.role, forms.id_in(handoff_id))
    values = {
        "handoff": found,
        "said": said,
        "problem": problem,
        "written": written,
        "told": told or [],
        "misunderstanding": misunderstanding,
    }
    return page(request, "console/handoff.html", status=status, choices_told=TOLD, **values)


def _check_told(chosen: list[str]) -> None:
    if not chosen:
        raise forms.Unfit("told_empty")
    if "nobody" in chosen and len(chosen) > 1:
        raise forms.Unfit("told_contradiction")


def _with_told(request: Request, reader: Reader, text: str, chosen: list[str]) -> str:
    """The note with who was told as its first line: it can't be separated from what was done."""
    template = request.app.state.templates.get_template("console/told.txt")
    duty_team = request.app.state.agencies[reader.agency].facts["safeguarding"]["worried_about_child_team"]
    first: str = template.render(told=chosen, team=duty_team).strip()
    return f"{first}\n{text}"
