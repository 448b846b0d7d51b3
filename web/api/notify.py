"""Calls from GOV.UK Notify: somebody answered a text, or a message did not arrive. See docs/messages.md."""

from __future__ import annotations

import hmac
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

from enquiry.outbox.delivery import mark_not_arrived
from enquiry.outbox.failures import Failures, Reason
from enquiry.outbox.opt_outs import take_reply
from web.api.shapes import problems
from web.problems import Problem

router = APIRouter(prefix="/api/notify", tags=["notify"], responses=problems(401, 404, 422))
_bearer = HTTPBearer(auto_error=False, description="The token of HEARTH_NOTIFY_CALLBACK_TOKEN")

# Every other status is on the way, or there.
NOT_ARRIVED = {
    "permanent-failure": Reason.PERMANENT_FAILURE,
    "temporary-failure": Reason.TEMPORARY_FAILURE,
    "technical-failure": Reason.TECHNICAL_FAILURE,
}
OURS = re.compile(r"[0-9a-f]{32}")


class Received(BaseModel):
    """A text somebody sent to our number. Nothing of it is kept."""

    source_number: str = Field(max_length=40, examples=["447700900123"])
    message: str


class Delivered(BaseModel):
    """What became of a message."""

    reference: str | None = Field(
        default=None, max_length=200, description="The id of our message; null when another sent it."
    )
    status: str = Field(max_length=40, examples=["delivered", "permanent-failure"])


def from_notify(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    """Let GOV.UK Notify in, and nobody else. Without a token in the settings there is nothing here."""
    state = request.app.state
    token: str = state.settings.notify_callback_token
    if not token:
        raise Problem(404, state.wording.say("page.not_found"))
    if sent is None or not hmac.compare_digest(sent.credentials.encode(), token.encode()):
        raise Problem(401, state.wording.say("page.callback_unknown"), {"WWW-Authenticate": "Bearer"})


@router.post("/received", status_code=204, dependencies=[Depends(from_notify)])
def text_received(request: Request, received: Received) -> Response:
    """Take a text that begins with STOP: no more messages go to that number. START: they do again."""
    with request.app.state.store.write() as session:
        take_reply(session, received.source_number, received.message, request.app.state.clock())
    return Response(status_code=204)


@router.post("/delivered", status_code=204, dependencies=[Depends(from_notify)])
def message_delivered(request: Request, delivered: Delivered) -> Response:
    """Put a message that did not arrive among the undelivered ones, for a person to look at."""
    reason = NOT_ARRIVED.get(delivered.status)
    if delivered.reference and reason and OURS.fullmatch(delivered.reference):
        with request.app.state.store.write() as session:
            mark_not_arrived(
                session, delivered.reference, reason, Failures(request.app.state.wording), request.app.state.clock()
            )
    return Response(status_code=204)
