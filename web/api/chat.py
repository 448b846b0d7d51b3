"""The chat API: start a conversation, talk, listen, keep a copy, be forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from starlette.responses import PlainTextResponse, StreamingResponse
from structlog.contextvars import bind_contextvars

from enquiry.bookings.attempt import Door
from enquiry.retention.forget import forget_conversation
from enquiry.store.models import Conversation
from web.api.shapes import (
    AssistantStatus,
    ConversationOpened,
    Forgotten,
    MessageOut,
    Messages,
    NewConversation,
    NewMessage,
    ProblemOut,
    Said,
)
from web.chat.start import open_with_welcome
from web.chat.transcript import transcript
from web.dependencies import Parts
from web.problems import Problem
from web.rate_limits import TooFast
from web.turns.conversation_keys import ExpiredKey, WrongKey
from web.turns.messages import LONGEST_MESSAGE, EmptyMessage, MessageTooLong
from web.turns.turns import AgencyGone, ConversationGone

HEARTBEAT_SECONDS = 15.0
# What another process adds (a member of staff on another day's replica) is found by looking.
LOOK_SECONDS = 3.0
# One for each place the chat is open in. Each one looks into the store again and again.
MOST_STREAMS = 5

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "content": {"application/problem+json": {}}}
    for status in (401, 403, 404, 410, 422, 429)
}
router = APIRouter(prefix="/api", tags=["chat"], responses=PROBLEMS)


def parts_of(request: Request) -> Parts:
    """What the application is made of."""
    parts: Parts = request.app.state.parts
    return parts


Using = Annotated[Parts, Depends(parts_of)]


async def allowed_conversation(
    conversation_id: str, parts: Using, authorization: Annotated[str, Header(include_in_schema=False)] = ""
) -> str:
    """The id of a conversation whose key was sent along and which is still there."""
    say = parts.wording.say
    scheme, _, key = authorization.partition(" ")
    unauthorised = {"WWW-Authenticate": "Bearer"}
    if scheme.lower() != "bearer" or not key.strip():
        raise Problem(401, say("page.not_signed"), unauthorised)
    try:
        own = parts.keys.conversation_of(key.strip())
    except ExpiredKey:
        raise Problem(401, say("page.key_expired"), unauthorised) from None
    except WrongKey:
        raise Problem(401, say("page.key_wrong"), unauthorised) from None
    if own != conversation_id:
        raise Problem(403, say("page.other_conversation"))
    bind_contextvars(conversation_id=own)
    if not await asyncio.to_thread(_is_here, parts, own):
        raise Problem(404, say("page.conversation_unknown"))
    return own


Allowed = Annotated[str, Depends(allowed_conversation)]


@router.post("/conversations", status_code=201)
async def start_conversation(request: Request, wanted: NewConversation, parts: Using) -> ConversationOpened:
    """Start a conversation with a fostering service."""
    agency = parts.agencies.get(wanted.agency)
    if agency is None:
        raise Problem(404, parts.wording.say("page.agency_unknown"))
    try:
        parts.limits.count_conversation(request.client.host if request.client else "")
    except TooFast as fast:
        minutes = -(-fast.seconds // 60)
        sentence = parts.wording.say("page.too_many_chats", agency, minutes=minutes)
        raise Problem(429, sentence, {"Retry-After": str(fast.seconds)}) from None
    conversation_id, messages = await asyncio.to_thread(open_with_welcome, parts, agency)
    return ConversationOpened(
        id=conversation_id,
        token=parts.keys.key_for(conversation_id),
        messages=[MessageOut.of(each) for each in messages],
    )


@router.post("/conversations/{conversation_id}/messages")
async def send_message(own: Allowed, sent: NewMessage, parts: Using) -> Said:
    """Send a message and get what is said to it."""
    say = parts.wording.say
    try:
        parts.limits.count_message(own)
        turn = await parts.turns.take(own, sent.text, str(sent.client_key) if sent.client_key else None)
    except TooFast as fast:
        raise Problem(429, say("page.too_fast", seconds=fast.seconds), {"Retry-After": str(fast.seconds)}) from None
    except EmptyMessage:
        raise Problem(422, say("page.message_empty")) from None
    except MessageTooLong as long:
        raise Problem(422, say("page.message_too_long", length=long.length, limit=LONGEST_MESSAGE)) from None
    except ConversationGone:
        raise Problem(404, say("page.conversation_unknown")) from None
    except AgencyGone:
        raise Problem(410, say("page.agency_gone")) from None
    return Said(message=MessageOut.of(turn.message), messages=[MessageOut.of(each) for each in turn.replies])


@router.get("/conversations/{conversation_id}/messages")
async def read_messages(own: Allowed, parts: Using) -> Messages:
    """All messages so far."""
    messages = await asyncio.to_thread(parts.turns.read, own)
    return Messages(messages=[MessageOut.of(each) for each in messages])


@router.get("/conversations/{conversation_id}/events", response_class=StreamingResponse)
async def listen(
    own: Allowed,
    parts: Using,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Number of the last message that is known.")] = 0,
    last_event_id: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """Server-sent events: one `message` each, its id being the message's number; take up again with Last-Event-ID."""
    if parts.hub.listeners(own) >= MOST_STREAMS:
        raise Problem(429, parts.wording.say("page.too_many_open"), {"Retry-After": str(int(HEARTBEAT_SECONDS))})
    known = (
        int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 10 else after
    )
    return StreamingResponse(
        _events(parts, own, known), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


@router.get("/conversations/{conversation_id}/transcript", response_class=PlainTextResponse)
async def download_transcript(own: Allowed, parts: Using) -> PlainTextResponse:
    """The conversation as plain text, to keep."""
    return await asyncio.to_thread(transcript_response, parts, own)


@router.delete("/conversations/{conversation_id}")
async def forget(own: Allowed, parts: Using) -> Forgotten:
    """Forget this conversation: what may be deleted is, and what was booked is given back."""
    await asyncio.to_thread(forget_now, parts, own)
    return Forgotten(forgotten=True)


@router.get("/status")
async def status(parts: Using) -> AssistantStatus:
    """Whether the assistant can answer now."""
    return AssistantStatus(assistant=parts.assistant.presence.value)


def forget_now(parts: Parts, conversation_id: str) -> None:
    """Forget a conversation and end what listens to it."""
    with parts.store.write() as session:
        gone = forget_conversation(session, conversation_id, parts.attempt(Door.WORKER))
    if not gone:
        # A disclosure keeps a part of it for the safeguarding schedule; its key opens it no more.
        parts.keys.withdraw(conversation_id)
    parts.assistant.forget(conversation_id)
    parts.hub.tell(conversation_id)


def transcript_response(parts: Parts, conversation_id: str) -> PlainTextResponse:
    """A conversation as a text file to download."""
    messages = parts.turns.read(conversation_id)
    with parts.store.read() as session:
        conversation = session.get(Conversation, conversation_id)
        agency = parts.agencies.get(conversation.agency) if conversation else None
    if agency is None:
        raise Problem(410, parts.wording.say("page.agency_gone"))
    name = parts.wording.say("page.transcript_file")
    return PlainTextResponse(
        transcript(messages, agency, parts.wording), headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _is_here(parts: Parts, conversation_id: str) -> bool:
    with parts.store.read() as session:
        return session.get(Conversation, conversation_id) is not None


async def _events(parts: Parts, conversation_id: str, known: int) -> AsyncIterator[str]:
    hub = parts.hub
    if hub.listeners(conversation_id) >= MOST_STREAMS:
        # Several asked at the same moment, before the first of them began to listen.
        return
    event = hub.join(conversation_id)
    silent = 0.0
    try:
        yield ": hello\n\n"
        while not hub.closing:
            try:
                fresh = await asyncio.to_thread(parts.turns.read, conversation_id, known)
            except ConversationGone:
                yield "event: forgotten\ndata: {}\n\n"
                return
            for message in fresh:
                yield f"id: {message.number}\nevent: message\ndata: {MessageOut.of(message).model_dump_json()}\n\n"
                known = message.number
            silent = 0.0 if fresh else silent + LOOK_SECONDS
            if silent >= HEARTBEAT_SECONDS:
                yield ": still here\n\n"
                silent = 0.0
            await hub.wait(event, LOOK_SECONDS)
    finally:
        hub.leave(conversation_id, event)
