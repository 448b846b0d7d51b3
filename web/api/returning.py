"""The chat API: carry on with a conversation by the link that was sent to the person."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request

from web.api.chat import PROBLEMS, Using
from web.api.shapes import ConversationTakenUp, MessageOut, ReturnSecret
from web.chat.resume import OpensNothing, reopen
from web.problems import Problem
from web.rate_limits import TooFast
from web.turns.turns import ConversationGone

router = APIRouter(prefix="/api", tags=["chat"], responses={status: PROBLEMS[status] for status in (404, 422, 429)})


@router.post("/return")
async def take_up_again(request: Request, sent: ReturnSecret, parts: Using) -> ConversationTakenUp:
    """Carry on with a conversation: its id, a key to it, and all its messages, with a welcome at the end.

    Whatever makes a link open nothing (too old, unknown, withdrawn, not safe to open any more), the answer is the same.
    """
    say = parts.wording.say
    try:
        parts.limits.count_return(request.client.host if request.client else "")
        conversation_id = await asyncio.to_thread(reopen, parts, sent.secret)
        messages = await asyncio.to_thread(parts.turns.read, conversation_id)
    except TooFast as fast:
        raise Problem(
            429, say("page.too_many_returns", seconds=fast.seconds), {"Retry-After": str(fast.seconds)}
        ) from None
    except (OpensNothing, ConversationGone):
        raise Problem(404, say("page.return_gone")) from None
    parts.hub.tell(conversation_id)
    return ConversationTakenUp(
        id=conversation_id,
        token=parts.keys.key_for(conversation_id),
        messages=[MessageOut.of(each) for each in messages],
    )
