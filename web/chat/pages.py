"""The chat as a page: everything works by forms, and the page's script only makes it livelier."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from enquiry.enums import Author
from web.chat.cookies import conversation_in_cookie, let_go, remember
from web.chat.forget import forget_now
from web.chat.start import open_with_welcome
from web.chat.transcript import transcript_response
from web.chat.welcome import welcome
from web.dependencies import App, Application, KnownAgency, address_of
from web.forms import Choices, Field, FormRoute
from web.problems import Problem
from web.rate_limits import Counted, TooFast
from web.turns.messages import LONGEST_MESSAGE, ChatMessage, Choice, EmptyMessage, MessageTooLong, clean
from web.turns.turns import ConversationGone

router = APIRouter(prefix="/chat/{slug}", include_in_schema=False, route_class=FormRoute)
# Where "Leave this site quickly" leads: a page nobody has to explain.
ELSEWHERE = "https://www.bbc.co.uk/weather"


@router.get("")
def show_chat(request: Request, agency: KnownAgency, app: App) -> Response:
    """Show the chat page, with the conversation so far."""
    return _page(request, app, agency)


@router.post("")
async def send_from_form(
    request: Request,
    agency: KnownAgency,
    app: App,
    text: Field = "",
    choice: Field = "",
    several: Choices = (),
    client_key: Field = "",
) -> Response:
    """Take a message from the page's form; a choice is sent like anything typed, and several together in a row."""
    draft = choice or ", ".join(part for part in (*several, text.strip()) if part)
    say = app.wording.say
    try:
        # Looked at first: a conversation is only begun with something to keep in it.
        clean(draft)
        conversation_id = await asyncio.to_thread(_carried_on_or_new, request, app, agency)
        app.rate_limits.count(Counted.MESSAGE, conversation_id)
        turn = await app.turns.take(conversation_id, draft, _key(client_key, draft))
    except EmptyMessage:
        return await _again(request, app, agency, draft, 422, say("page.message_empty"))
    except MessageTooLong as long:
        sentence = say("page.message_too_long", length=long.length, limit=LONGEST_MESSAGE)
        return await _again(request, app, agency, draft, 422, sentence)
    except TooFast as fast:
        too_many_chats = fast.what is Counted.CONVERSATION
        sentence = (
            say("page.too_many_chats", agency, minutes=fast.minutes)
            if too_many_chats
            else say("page.too_fast", seconds=fast.seconds)
        )
        return await _again(request, app, agency, draft, 429, sentence)
    except ConversationGone:
        # Forgotten in another tab a moment ago: what was typed is not lost, and sending it again begins a new chat.
        return await _again(request, app, agency, draft, 404, say("page.conversation_unknown"))
    if turn.forgotten:
        return _forgotten(request, agency, found=True)
    response = RedirectResponse(_address(request, agency) + "#latest", 303)
    remember(response, app, agency, conversation_id)
    return response


@router.get("/{act}/sure")
def ask_again(request: Request, agency: KnownAgency, act: str, app: App) -> Response:
    """Ask before a chat is left behind or forgotten, where no script can ask."""
    if act not in ("start-again", "forget"):
        raise Problem(404, app.wording.say("page.not_found"))
    return _render(request, "chat/sure.html", agency, act=act)


@router.post("/start-again")
def start_again(request: Request, agency: KnownAgency) -> Response:
    """Leave the conversation behind; the next message begins a new one."""
    response = RedirectResponse(_address(request, agency), 303)
    let_go(response, agency)
    return response


@router.post("/forget")
def forget(request: Request, agency: KnownAgency, app: App) -> Response:
    """Forget the conversation, here and at the service."""
    conversation_id = conversation_in_cookie(request, app, agency)
    if conversation_id:
        forget_now(app, conversation_id)
    return _forgotten(request, agency, found=conversation_id is not None)


@router.get("/transcript")
def download(request: Request, agency: KnownAgency, app: App) -> Response:
    """Give the conversation as plain text, to keep."""
    conversation_id = conversation_in_cookie(request, app, agency)
    if conversation_id is None:
        raise Problem(404, app.wording.say("page.conversation_unknown"))
    return transcript_response(app, conversation_id)


@router.get("/leave")
def leave(agency: KnownAgency) -> Response:
    """Leave quickly: this browser forgets the key, so that who looks next does not find the chat open."""
    response = RedirectResponse(ELSEWHERE, 303)
    let_go(response, agency)
    return response


@router.post("/leave")
def leave_by_script(agency: KnownAgency) -> Response:
    """Let this browser forget the key, for the page's script while it leaves by itself."""
    response = Response(status_code=204)
    let_go(response, agency)
    return response


def _forgotten(request: Request, agency: Agency, *, found: bool) -> Response:
    response = _render(request, "chat/forgotten.html", agency, found=found)
    let_go(response, agency)
    return response


def _carried_on_or_new(request: Request, app: Application, agency: Agency) -> str:
    conversation_id = conversation_in_cookie(request, app, agency)
    if conversation_id is None:
        app.rate_limits.count(Counted.CONVERSATION, address_of(request))
        conversation_id, _ = open_with_welcome(app, agency)
    return conversation_id


def _key(stated: str, text: str) -> str | None:
    """The id of what the form sends: the same form with the same text is the same message, with another text another."""
    try:
        return str(uuid5(UUID(stated), text))
    except ValueError:
        return None


async def _again(request: Request, app: Application, agency: Agency, draft: str, status: int, error: str) -> Response:
    return await asyncio.to_thread(_page, request, app, agency, draft, status, error)


def _page(
    request: Request, app: Application, agency: Agency, draft: str = "", status: int = 200, error: str | None = None
) -> Response:
    conversation_id = conversation_in_cookie(request, app, agency)
    messages = app.turns.read(conversation_id) if conversation_id else welcome(app.wording, agency, app.clock())
    return _render(
        request,
        "chat/chat.html",
        agency,
        status=status,
        messages=messages,
        choices=_choices(messages),
        draft=draft,
        error=error,
        conversation=conversation_id,
        key=app.conversation_keys.key_for(conversation_id) if conversation_id else None,
        client_key=uuid4(),
        presence=app.assistant.presence.value,
        waiting=any(message.waiting for message in messages),
    )


def _choices(messages: Sequence[ChatMessage]) -> list[Choice]:
    """The choices that stand: the latest ones since the enquirer last said something."""
    for message in reversed(messages):
        if Author(message.author) is Author.ENQUIRER:
            return []
        if message.choices:
            return message.choices
    return []


def _render(request: Request, template: str, agency: Agency, *, status: int = 200, **values: object) -> Response:
    context = {"agency": agency, "embedded": _embedded(request), "here": f"/chat/{agency.slug}", "elsewhere": ELSEWHERE}
    response: Response = request.app.state.templates.TemplateResponse(
        request, template, {**context, **values}, status_code=status
    )
    return response


def _embedded(request: Request) -> bool:
    return request.query_params.get("embed") == "1"


def _address(request: Request, agency: Agency) -> str:
    return f"/chat/{agency.slug}" + ("?embed=1" if _embedded(request) else "")
