"""A page such as a council might have, to see the chat at its place."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.dependencies import App, usual_agency

router = APIRouter(include_in_schema=False)


@router.get("/")
def show_demonstration(request: Request, app: App, agency: str = "") -> Response:
    """Show the demonstration page of one service: the one that is asked for, or else the one in the settings."""
    known = app.agencies
    chosen = known.get(agency) or usual_agency(app)
    others = [other for other in known.values() if other is not chosen]
    response: Response = request.app.state.templates.TemplateResponse(
        request, "chat/demonstration.html", {"agency": chosen, "others": others}
    )
    return response
