"""The chat API: start a conversation, talk, listen, keep a copy, be forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from structlog.contextvars import bind_contextvars

from enquiry.store.models import Conversation
from web.api.shapes import (
    AssistantStatus,
    ConversationOpened,
    Forgotten,
    Messages,
    NewConversation,
    NewMessage,
    Said,
    problems,
)
from web.chat.forget import forget_now
from web.chat.start import open_with_welcome
from web.chat.transcript import transcript_response
from web.dependencies import App, Application, address_of, agency_called
from web.problems import Problem
from web.rate_limits import Counted, TooFast
from web.turns.conversation_keys import ExpiredKey, WrongKey
from web.turns.messages import LONGEST_MESSAGE, EmptyMessage, MessageTooLong
from web.turns.turns import AgencyGone, ConversationGone

HEARTBEAT_SECONDS = 15.0
# What another process adds (a member of staff on another day's replica) is found by looking.
LOOK_SECONDS = 3.0
# One for each place the chat is open in. Each one looks into the store again and again.
MOST_STREAMS = 5

router = APIRouter(prefix="/api", tags=["chat"], responses=problems(401, 403, 404, 410, 422, 429))


async def allowed_conversation(
    conversation_id: str, app: App, authorization: Annotated[str, Header(include_in_schema=False)] = ""
) -> str:
    """The id of a conversation whose key was sent along and which is still there."""
    say = app.wording.say
    scheme, _, key = authorization.partition(" ")
    unauthorised = {"WWW-Authenticate": "Bearer"}
    if scheme.lower() != "bearer" or not key.strip():
        raise Problem(401, say("page.not_signed"), unauthorised)
    try:
        found = app.conversation_keys.conversation_of(key.strip())
    except ExpiredKey:
        raise Problem(401, say("page.key_expired"), unauthorised) from None
    except WrongKey:
        raise Problem(401, say("page.key_wrong"), unauthorised) from None
    if found != conversation_id:
        raise Problem(403, say("page.other_conversation"))
    bind_contextvars(conversation_id=found)
    if not await asyncio.to_thread(_is_here, app, found):
        raise Problem(404, say("page.conversation_unknown"))
    return found


Allowed = Annotated[str, Depends(allowed_conversation)]


@router.post("/conversations", status_code=201)
async def start_conversation(request: Request, wanted: NewConversation, app: App) -> ConversationOpened:
    """Start a conversation with a fostering service."""
    agency = agency_called(wanted.agency, app)
    try:
        app.rate_limits.count(Counted.CONVERSATION, address_of(request))
    except TooFast as fast:
        raise Problem(429, app.wording.say("page.too_many_chats", agency, minutes=fast.minutes), fast.headers) from None
    conversation_id, messages = await asyncio.to_thread(open_with_welcome, app, agency)
    return ConversationOpened(
        id=conversation_id,
        token=app.conversation_keys.key_for(conversation_id),
        messages=list(messages),
    )


@router.post("/conversations/{conversation_id}/messages")
async def send_message(conversation_id: Allowed, sent: NewMessage, app: App) -> Said:
    """Send a message and get what is said to it."""
    say = app.wording.say
    try:
        app.rate_limits.count(Counted.MESSAGE, conversation_id)
        turn = await app.turns.take(conversation_id, sent.text, str(sent.client_key) if sent.client_key else None)
    except TooFast as fast:
        raise Problem(429, say("page.too_fast", seconds=fast.seconds), fast.headers) from None
    except EmptyMessage:
        raise Problem(422, say("page.message_empty")) from None
    except MessageTooLong as long:
        raise Problem(422, say("page.message_too_long", length=long.length, limit=LONGEST_MESSAGE)) from None
    except ConversationGone:
        raise Problem(404, say("page.conversation_unknown")) from None
    except AgencyGone:
        raise Problem(410, say("page.agency_gone")) from None
    return Said(message=turn.message, messages=list(turn.replies), forgotten=turn.forgotten)


@router.get("/conversations/{conversation_id}/messages")
async def read_messages(conversation_id: Allowed, app: App) -> Messages:
    """Give all messages so far."""
    messages = await asyncio.to_thread(app.turns.read, conversation_id)
    return Messages(messages=list(messages))


@router.get("/conversations/{conversation_id}/events", response_class=StreamingResponse)
async def listen(
    conversation_id: Allowed,
    app: App,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Number of the last message that is known.")] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """Stream server-sent events: one `message` each, its id being the message's number; take up again with Last-Event-ID."""
    if app.notifier.listeners(conversation_id) >= MOST_STREAMS:
        raise Problem(429, app.wording.say("page.too_many_open"), {"Retry-After": str(int(HEARTBEAT_SECONDS))})
    known = (
        int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10 else after
    )
    return StreamingResponse(
        _events(app, conversation_id, known), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


@router.get("/conversations/{conversation_id}/transcript", response_class=PlainTextResponse)
async def download_transcript(conversation_id: Allowed, app: App) -> PlainTextResponse:
    """Give the conversation as plain text, to keep."""
    return await asyncio.to_thread(transcript_response, app, conversation_id)


@router.delete("/conversations/{conversation_id}")
async def forget(conversation_id: Allowed, app: App) -> Forgotten:
    """Forget this conversation: what may be deleted is, and what was booked is given back."""
    await asyncio.to_thread(forget_now, app, conversation_id)
    return Forgotten(forgotten=True)


@router.get("/status")
async def status(app: App) -> AssistantStatus:
    """Say whether the assistant can answer now."""
    return AssistantStatus(assistant=app.assistant.presence.value)


def _is_here(app: Application, conversation_id: str) -> bool:
    with app.store.read() as session:
        return session.get(Conversation, conversation_id) is not None


async def _events(app: Application, conversation_id: str, known: int) -> AsyncIterator[str]:
    notifier = app.notifier
    if notifier.listeners(conversation_id) >= MOST_STREAMS:
        # Several asked at the same moment, before the first of them began to listen.
        return
    event = notifier.join(conversation_id)
    silent = 0.0
    try:
        yield ": hello\n\n"
        while not notifier.closing:
            try:
                fresh = await asyncio.to_thread(app.turns.read, conversation_id, known)
            except ConversationGone:
                yield "event: forgotten\ndata: {}\n\n"
                return
            for message in fresh:
                yield f"id: {message.number}\nevent: message\ndata: {message.model_dump_json()}\n\n"
                known = message.number
            silent = 0.0 if fresh else silent + LOOK_SECONDS
            if silent >= HEARTBEAT_SECONDS:
                yield ": still here\n\n"
                silent = 0.0
            await notifier.wait(event, LOOK_SECONDS)
    finally:
        notifier.leave(conversation_id, event)
