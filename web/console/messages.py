"""Messages sent: what went out, what waits, and what could not be delivered and needs a person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.outbox.queue import send_again
from enquiry.queries.messages import MOST_MESSAGES, MessageState, count_undelivered, message_page, messages
from enquiry.staff.permissions import Permission
from web.console.auth import ConsoleRoute, May
from web.console.pages import Pages, page
from web.forms import id_in, page_in
from web.permissions import Reader

router = APIRouter(prefix="/console/messages", route_class=ConsoleRoute)
MayReadMessages = Annotated[Reader, May(Permission.READ_MESSAGES)]
MaySendAgain = Annotated[Reader, May(Permission.SEND_AGAIN)]


@router.get("")
def list_messages(request: Request, reader: MayReadMessages, state: str = "", number: str = "1") -> Response:
    """List the messages by state; those that could not be delivered come first where there are any."""
    at = page_in(number)
    with request.app.state.store.read() as session:
        undelivered = count_undelivered(session, reader.agency, reader.role)
        wanted = MessageState(state) if state in set(MessageState) else None
        if wanted is None and state != "all" and undelivered:
            wanted = MessageState.UNDELIVERED
        lines, total = messages(session, reader.agency, reader.role, state=wanted, page=at)
    values: dict[str, Any] = {"count": undelivered, "states": list(MessageState), "state": wanted or "all"}
    return page(request, "console/messages.html", lines=lines, pages=Pages(at, total, MOST_MESSAGES), **values)


@router.get("/{message_id}")
def show_message(request: Request, reader: MayReadMessages, message_id: str, said: str = "") -> Response:
    """Show a message with its text."""
    with request.app.state.store.read() as session:
        found = message_page(session, reader.agency, reader.role, id_in(message_id))
    return page(request, "console/message.html", message=found, said=said)


@router.post("/{message_id}/send-again")
def try_again(request: Request, reader: MaySendAgain, message_id: str) -> Response:
    """Try once more to send what was given up. Pressed twice, it is sent once."""
    with request.app.state.store.read() as session:
        message_page(session, reader.agency, reader.role, id_in(message_id))
    with request.app.state.store.write() as session:
        again = send_again(session, message_id, reader.agency, request.app.state.clock())
    said = "sent_again" if again else "not_sent_again"
    return RedirectResponse(f"/console/messages/{message_id}?said={said}", status_code=303)
