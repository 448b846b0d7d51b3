"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import re

import phonenumbers

LONGEST_EMAIL = 254  # characters, RFC 5321
BRITAIN = 44
SHORTEST_BRITISH = 9  # digits after the 0; fewer is a number without its area code, which nobody can ring
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def masked(contact: str) -> str:
    """A phone number or e-mail address that its owner knows again and somebody looking on does not learn: `j…@gmail.com`, `…456`."""
    name, at, place = contact.rpartition("@")
    return f"{name[:1]}…@{place}" if at else f"…{contact[-3:]}"


def can_be_texted(number: str) -> bool:
    """Whether a text may reach a number: a British mobile, or one from abroad, where nobody can tell by the number.

    Numbers made up for examples (07700 900123) count as mobiles; no directory of numbers knows them.
    """
    return number.startswith("+447") or not number.startswith(f"+{BRITAIN}")


def as_written(contact: str) -> str:
    """A kept number as people write it (`07700 900123`); anything else as it is."""
    if not contact.startswith(f"+{BRITAIN}"):
        return contact
    return phonenumbers.format_number(phonenumbers.parse(contact), phonenumbers.PhoneNumberFormat.NATIONAL)


def contact_in(typed: str) -> str | None:
    """The phone number or e-mail address that stands somewhere in a text, tidied, or None."""
    found = EMAIL.search(typed)
    candidates = (
        [found.group()]
        if found
        else [match.raw_string for match in phonenumbers.PhoneNumberMatcher(typed, "GB", leniency=0)]
    )
    return next((tidy for one in candidates if (tidy := tidy_contact(one))), None)


def tidy_contact(typed: str) -> str | None:
    """A phone number in its international form, an e-mail address in lower case, or None where it can be neither.

    Possible rather than valid numbers are taken: a number that a directory does not know yet is still someone's.
    """
    text = typed.strip().strip(".,;").strip()
    if "@" in text:
        return text.lower() if len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) else None
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    if number.country_code == BRITAIN and len(str(number.national_number)) < SHORTEST_BRITISH:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
