"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import re

import phonenumbers

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


def tidy_contact(typed: str) -> str | None:
    """A phone number in its international form, an e-mail address in lower case, or None where it can be neither.

    Possible rather than valid numbers are taken: a number that a directory does not know yet is still someone's.
    """
    text = typed.strip().strip(".,;")
    if "@" in text:
        return text.lower() if len(text) <= 254 and EMAIL.fullmatch(text) else None
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
