"""Questions of the kind `phone_or_email`."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.question import Question
from bot.text.contact_patterns import EMAIL, PHONE, email_address, phone_number
from bot.text.polarity import polarity
from bot.text.preferences import RATHER_NOT


def phone_or_email(question: Question, doc: Doc) -> Any:
    """Read the only phone number or e-mail address of a text; with two of them, only the person knows which is best."""
    emails, phones = EMAIL.findall(doc.text), PHONE.findall(EMAIL.sub(" ", doc.text))
    if len(emails) + len(phones) > 1:
        return None
    found = email_address(doc.text) or phone_number(doc.text)
    if found:
        return found
    if phones or emails:
        return None
    return "prefer_not" if polarity(doc) is False or RATHER_NOT.search(doc.text) else None
