"""The cookie that lets a browser without JavaScript take its conversation up again."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from enquiry.agencies.agency import Agency
from web.dependencies import Application
from web.turns.conversation_keys import ExpiredKey, WrongKey
from web.turns.turns import ConversationGone

DAY_SECONDS = 24 * 60 * 60


def cookie_name(agency: Agency) -> str:
    """One cookie an agency, so that two chats in one browser do not meet."""
    return f"hearth_chat_{agency.slug}"


def conversation_in_cookie(request: Request, app: Application, agency: Agency) -> str | None:
    """The id of the conversation this browser carries on, if its key is still good."""
    key = request.cookies.get(cookie_name(agency))
    if not key:
        return None
    try:
        conversation_id = app.conversation_keys.conversation_of(key)
        app.turns.check_agency(conversation_id, agency.slug)
    except (ExpiredKey, WrongKey, ConversationGone):
        return None
    return conversation_id


def remember(response: Response, app: Application, agency: Agency, conversation_id: str) -> None:
    """Give the browser the key of its conversation."""
    response.set_cookie(
        cookie_name(agency),
        app.conversation_keys.key_for(conversation_id),
        max_age=app.settings.token_days * DAY_SECONDS,
        path=f"/chat/{agency.slug}",
        secure=app.settings.address.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def let_go(response: Response, agency: Agency) -> None:
    """Take the key from the browser again."""
    response.delete_cookie(cookie_name(agency), path=f"/chat/{agency.slug}")
