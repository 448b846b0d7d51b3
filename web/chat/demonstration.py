"""A page such as a council might have, to see the chat at its place."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.api.chat import Using

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_demonstration(request: Request, parts: Using) -> Response:
    """The demonstration page, for the first agency there is."""
    agency = next(iter(parts.agencies.values()))
    response: Response = request.app.state.templates.TemplateResponse(request, "chat/demonstration.html", {"agency": agency})
    return response
