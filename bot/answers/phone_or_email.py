"""Questions of the kind `phone_or_email`."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.text.contacts import contacts_meant, half_a_contact, written_out
from bot.text.polarity import polarity
from bot.text.preferences import RATHER_NOT


def phone_or_email(question: Question, doc: Doc) -> Any:
    """Read the first contact of a text. Of two numbers or two addresses only the person knows which is best."""
    text = written_out(doc.text)
    found = contacts_meant(text)
    if half_a_contact(text) or len({one.is_address for one in found}) < len(found):
        return None
    if found:
        return found[0].value
    return "prefer_not" if polarity(doc) is False or RATHER_NOT.search(doc.text) else None
