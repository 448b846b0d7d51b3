"""The chat API: carry on with a conversation by the link that was sent to the person."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request

from web.api.shapes import ConversationTakenUp, ReturnSecret, problems
from web.chat.resume import OpensNothing, reopen
from web.dependencies import App, address_of
from web.problems import Problem
from web.rate_limits import Counted, TooFast
from web.turns.turns import ConversationGone

router = APIRouter(prefix="/api", tags=["chat"], responses=problems(404, 422, 429))


@router.post("/return")
async def take_up_again(request: Request, sent: ReturnSecret, app: App) -> ConversationTakenUp:
    """Carry on with a conversation: its id, a key to it, and all its messages, with a welcome at the end.

    Whatever makes a link open nothing (too old, unknown, withdrawn, not safe to open any more), the answer is the same.
    """
    say = app.wording.say
    try:
        app.rate_limits.count(Counted.RETURN, address_of(request))
        conversation_id = await asyncio.to_thread(reopen, app, sent.secret)
        messages = await asyncio.to_thread(app.turns.read, conversation_id)
    except TooFast as fast:
        raise Problem(429, say("page.too_many_returns", seconds=fast.seconds), fast.headers) from None
    except (OpensNothing, ConversationGone):
        raise Problem(404, say("page.return_gone")) from None
    app.notifier.notify(conversation_id)
    return ConversationTakenUp(
        id=conversation_id,
        token=app.conversation_keys.key_for(conversation_id),
        messages=list(messages),
    )
