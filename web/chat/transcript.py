"""A conversation as plain text, to keep."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import PlainTextResponse

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.dates import LONDON
from enquiry.enums import Author
from enquiry.store.models import Conversation
from web.dependencies import Application
from web.problems import Problem
from web.turns.messages import ChatMessage

SPEAKERS = {
    Author.ENQUIRER: "page.transcript_you",
    Author.ASSISTANT: "page.transcript_assistant",
    Author.STAFF: "page.transcript_staff",
}


def transcript(messages: Iterable[ChatMessage], agency: Agency, wording: Wording) -> str:
    """Write down the messages with who said them and when, in local time."""
    app = [wording.say("page.transcript_title", agency), wording.say("page.transcript_note", agency)]
    for message in messages:
        moment = message.at.astimezone(LONDON)
        speaker = wording.say(SPEAKERS[Author(message.author)])
        lines = [f"{speaker}, {moment.day} {moment:%B %Y at %H:%M}", message.text]
        lines += [f"  - {choice.title}" for choice in message.choices]
        lines += [f"  {link.title}: {link.url}" for link in message.links]
        app.append("\n".join(lines))
    return "\n\n".join(app) + "\n"


def transcript_response(app: Application, conversation_id: str) -> PlainTextResponse:
    """A conversation as a text file to download. Blocks: call it in a thread."""
    messages = app.turns.read(conversation_id)
    with app.store.read() as session:
        conversation = session.get(Conversation, conversation_id)
        agency = app.agencies.get(conversation.agency) if conversation else None
    if agency is None:
        raise Problem(410, app.wording.say("page.agency_gone"))
    name = app.wording.say("page.transcript_file")
    return PlainTextResponse(
        transcript(messages, agency, app.wording), headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
