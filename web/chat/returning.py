"""Carry on by a link, on any device. Opening the link only shows a button: mail scanners open links, too."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from web.api.chat import Using
from web.chat.cookies import conversation_in_cookie, remember
from web.chat.pages import ELSEWHERE, OWN_FORM, Named
from web.chat.resume import OpensNothing, look, reopen
from web.dependencies import Parts
from web.problems import Problem
from web.rate_limits import TooFast

router = APIRouter(prefix="/chat/{slug}/return", include_in_schema=False)


@router.get("/{secret}")
def show(request: Request, agency: Named, secret: str, parts: Using) -> Response:
    """Say what the link does, and ask."""
    _count(request, parts)
    try:
        conversation_id = look(parts, secret, agency)
    except OpensNothing:
        return _render(request, agency, 404)
    here_already = conversation_in_cookie(request, parts, agency)
    return _render(request, agency, 200, secret=secret, another=here_already not in (None, conversation_id))


@router.post("/{secret}", dependencies=OWN_FORM)
async def carry_on(request: Request, agency: Named, secret: str, parts: Using) -> Response:
    """Take the conversation up on this device, in the place of the one that was open here."""
    _count(request, parts)
    try:
        conversation_id = await asyncio.to_thread(reopen, parts, secret, agency)
    except OpensNothing:
        return _render(request, agency, 404)
    # Where the chat is open on another device it shows the welcome, too.
    parts.hub.tell(conversation_id)
    # `returned` lets the page's script put away what it remembers of another conversation.
    response = RedirectResponse(f"/chat/{agency.slug}?returned=1#latest", 303)
    remember(response, parts, agency, conversation_id)
    return response


def _count(request: Request, parts: Parts) -> None:
    try:
        parts.limits.count_return(request.client.host if request.client else "")
    except TooFast as fast:
        sentence = parts.wording.say("page.too_many_returns", seconds=fast.seconds)
        raise Problem(429, sentence, {"Retry-After": str(fast.seconds)}) from None


def _render(request: Request, agency: Agency, status: int, **values: object) -> Response:
    """The page: with a button when the link opens something, else with a way on that is the same whatever the reason."""
    context = {"agency": agency, "here": f"/chat/{agency.slug}", "elsewhere": ELSEWHERE, "secret": None, **values}
    response: Response = request.app.state.templates.TemplateResponse(
        request, "chat/return.html", context, status_code=status
    )
    return response
