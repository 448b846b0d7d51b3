"""Carry on by a link, on any device. Opening the link only shows a button: mail scanners open links, too."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from enquiry.agencies.agency import Agency
from web.chat.cookies import conversation_in_cookie, remember
from web.chat.pages import ELSEWHERE
from web.chat.resume import OpensNothing, look, reopen
from web.dependencies import App, Application, KnownAgency, address_of
from web.forms import FormRoute
from web.problems import Problem
from web.rate_limits import Counted, TooFast

router = APIRouter(prefix="/chat/{slug}/return", include_in_schema=False, route_class=FormRoute)


@router.get("/{secret}")
def show(request: Request, agency: KnownAgency, secret: str, app: App) -> Response:
    """Say what the link does, and ask."""
    _count(request, app)
    try:
        conversation_id = look(app, secret, agency)
    except OpensNothing:
        return _render(request, agency, 404)
    here_already = conversation_in_cookie(request, app, agency)
    return _render(request, agency, 200, secret=secret, another=here_already not in (None, conversation_id))


@router.post("/{secret}")
async def carry_on(request: Request, agency: KnownAgency, secret: str, app: App) -> Response:
    """Take the conversation up on this device, in the place of the one that was open here."""
    _count(request, app)
    try:
        conversation_id = await asyncio.to_thread(reopen, app, secret, agency)
    except OpensNothing:
        return _render(request, agency, 404)
    # Where the chat is open on another device it shows the welcome, too.
    app.notifier.notify(conversation_id)
    # `returned` lets the page's script put away what it remembers of another conversation.
    response = RedirectResponse(f"/chat/{agency.slug}?returned=1#latest", 303)
    remember(response, app, agency, conversation_id)
    return response


def _count(request: Request, app: Application) -> None:
    try:
        app.rate_limits.count(Counted.RETURN, address_of(request))
    except TooFast as fast:
        sentence = app.wording.say("page.too_many_returns", seconds=fast.seconds)
        raise Problem(429, sentence, fast.headers) from None


def _render(request: Request, agency: Agency, status: int, **values: object) -> Response:
    """Render the page: with a button when the link opens something, else with a way on that is the same whatever the reason."""
    context = {"agency": agency, "here": f"/chat/{agency.slug}", "elsewhere": ELSEWHERE, "secret": None, **values}
    response: Response = request.app.state.templates.TemplateResponse(
        request, "chat/return.html", context, status_code=status
    )
    return response
