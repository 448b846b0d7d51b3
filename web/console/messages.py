"""Messages sent: what went out, what waits, and what could not be delivered and needs a person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from enquiry.outbox.queue import send_again
from enquiry.queries.handoffs import NotThere
from enquiry.queries.messages import MOST_MESSAGES, MessageState, count_undelivered, message_page, messages
from enquiry.staff.permissions import Permission
from web.console.auth import ConsoleRoute, May
from web.console.pages import page
from web.permissions import Reader

router = APIRouter(prefix="/console/messages", route_class=ConsoleRoute)
MayReadMessages = Annotated[Reader, May(Permission.READ_MESSAGES)]
MaySendAgain = Annotated[Reader, May(Permission.SEND_AGAIN)]
MOST_PAGES = 10_000


@router.get("")
def all_messages(request: Request, reader: MayReadMessages, state: str = "", number: str = "1") -> Response:
    """List the messages by state; those that could not be delivered come first where there are any."""
    at = min(max(int(number), 1), MOST_PAGES) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    with request.app.state.store.read() as session:
        undelivered = count_undelivered(session, reader.agency, reader.role)
        shown = MessageState(state) if state in set(MessageState) else None
        if shown is None and state != "all" and undelivered:
            shown = MessageState.UNDELIVERED
        lines, total = messages(session, reader.agency, reader.role, state=shown, page=at)
    last = max(1, -(-total // MOST_MESSAGES))
    values: dict[str, Any] = {
        "lines": lines,
        "total": total,
        "number": at,
        "last": last,
        "state": shown.value if shown else "all",
    }
    return page(
        request, "console/messages.html", count=undelivered, states=[one.value for one in MessageState], **values
    )


@router.get("/{message_id}")
def one_message(request: Request, reader: MayReadMessages, message_id: str, said: str = "") -> Response:
    """Show a message with its text."""
    with request.app.state.store.read() as session:
        found = message_page(session, reader.agency, reader.role, _id(message_id))
    return page(request, "console/message.html", message=found, said=said)


@router.post("/{message_id}/send-again")
def try_again(request: Request, reader: MaySendAgain, message_id: str) -> Response:
    """Try once more to send what was given up. Pressed twice, it is sent once."""
    with request.app.state.store.read() as session:
        message_page(session, reader.agency, reader.role, _id(message_id))
    with request.app.state.store.write() as session:
        again = send_again(session, message_id, reader.agency, request.app.state.clock())
    said = "sent_again" if again else "not_sent_again"
    return RedirectResponse(f"/console/messages/{message_id}?said={said}", status_code=303)


def _id(message_id: str) -> str:
    """What can't be an id is not looked for."""
    if not (message_id.isascii() and message_id.isalnum()):
        raise NotThere(message_id)
    return message_id
