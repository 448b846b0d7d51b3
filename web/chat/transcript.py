"""A conversation as plain text, to keep."""

from __future__ import annotations

from collections.abc import Iterable

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.dates import LONDON
from enquiry.enums import Author
from web.turns.messages import Shown

SPEAKERS = {
    Author.ENQUIRER: "page.transcript_you",
    Author.ASSISTANT: "page.transcript_assistant",
    Author.STAFF: "page.transcript_staff",
}


def transcript(messages: Iterable[Shown], agency: Agency, wording: Wording) -> str:
    """The messages with who said them and when, in local time."""
    parts = [wording.say("page.transcript_title", agency), wording.say("page.transcript_note", agency)]
    for message in messages:
        moment = message.at.astimezone(LONDON)
        speaker = wording.say(SPEAKERS[Author(message.author)])
        lines = [f"{speaker}, {moment.day} {moment:%B %Y at %H:%M}", message.text]
        lines += [f"  - {choice['title']}" for choice in message.choices]
        lines += [f"  {link['title']}: {link['url']}" for link in message.links]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
