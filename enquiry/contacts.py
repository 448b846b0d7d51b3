"""Phone numbers and e-mail addresses as people type them.

Where one stands in a message of the chat is found by bot/text/contacts.py, which runs apart and can't know this module;
tests/support/contacts_typed.csv holds both to the same answers.
"""

from __future__ import annotations

import re
from enum import StrEnum

import phonenumbers

LONGEST_EMAIL = 254  # characters, RFC 5321
BRITAIN = 44
SHORTEST_BRITISH = 9  # digits after the 0; fewer is a number without its area code, which nobody can ring
BRITISH_MOBILE = 10
MOBILES_BEGIN = "7"
LONGEST_NUMBER = 20  # characters that are kept, with the extension
# Signs that nobody sees and that come along when something is copied.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
APOSTROPHES = str.maketrans("\u2019\u2018\u02bc`", "''''")
WITH_AN_AT = re.compile(r"[^\s<>()\[\]\"\u201c\u201d\u201e,;]*@[^\s<>()\[\]\"\u201c\u201d\u201e,;]*")
ATEXT = r"[\w!#$%&'*+/=?^`{|}~-]"
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
EMAIL = re.compile(rf"(?=.{{1,64}}@){ATEXT}+(?:\.{ATEXT}+)*@(?:{LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z\d-]+)")
SLIPS_OF_AN_ENDING = (".con", ".cmo", ".ocm", ".vom", ".xom", ".comm")
# What stands around a number: "(mobile)", "Tel:".
LABELS = re.compile(r"\(?\b(?:mobile|mob|home|work|tel|telephone|phone|cell|landline)\b[\s:.)]*", re.I)
SEVERAL_DIGITS = 6


class Fault(StrEnum):
    """A reason why nobody could be reached on what was typed."""

    DIGIT_MISSING = "digit_missing"
    ADDRESS = "address"
    NEITHER = "neither"


def masked(contact: str) -> str:
    """A phone number or e-mail address that its owner knows again and somebody looking on does not learn: `j…@gmail.com`, `…456`."""
    name, at, place = contact.rpartition("@")
    return f"{name[:1]}…@{place}" if at else f"…{without_extension(contact)[-3:]}"


def without_extension(number: str) -> str:
    """A kept number as it is rung from outside: an extension is asked for by who answers."""
    return number if "@" in number else number.partition("x")[0]


def can_be_texted(number: str) -> bool:
    """Whether a text may reach a number: a British mobile, or one from abroad, where nobody can tell by the number.

    Numbers made up for examples (07700 900123) count as mobiles; no directory of numbers knows them.
    """
    if number != without_extension(number):
        return False
    return number.startswith(f"+{BRITAIN}{MOBILES_BEGIN}") or not number.startswith(f"+{BRITAIN}")


def as_written(contact: str) -> str:
    """A kept number as people write it (`07700 900123`); anything else as it is."""
    if not contact.startswith(f"+{BRITAIN}"):
        return contact
    return phonenumbers.format_number(phonenumbers.parse(contact), phonenumbers.PhoneNumberFormat.NATIONAL)


def tidy_contact(typed: str) -> str | None:
    """A phone number in its international form, an e-mail address in lower case, or None where it can be neither.

    An address is whole or none: part of it is somebody else's. Possible rather than valid numbers are taken: one that a directory does
    not know yet is still someone's.
    """
    text = INVISIBLE.sub("", typed).translate(APOSTROPHES)
    return _address(text) if "@" in text else _number(text)


def fault_in(typed: str) -> Fault:
    """Why `tidy_contact` can do nothing with a text, as far as it can be told."""
    text = INVISIBLE.sub("", typed)
    if "@" in text:
        return Fault.ADDRESS
    short = re.search(r"(?:\+|\b00)?\(?\d(?:[\s().-]*\d){6,}", text)
    if short is None:
        return Fault.NEITHER
    digits = re.sub(r"\D", "", short.group())
    national = re.sub(rf"^(?:(?:00)?{BRITAIN}0?|0)", "", digits)
    return Fault.DIGIT_MISSING if len(national) < BRITISH_MOBILE else Fault.NEITHER


def _address(text: str) -> str | None:
    found = WITH_AN_AT.findall(text)
    if len(found) != 1 or len(re.findall(r"\d", WITH_AN_AT.sub("", text))) >= SEVERAL_DIGITS:
        return None
    name, _, place = found[0].partition("@")
    bare = f"{name.rpartition(':')[2]}@{place.partition('?')[0].rstrip(".,:!'*_-")}"
    if bare.startswith("'") and found[0].endswith("'"):
        bare = bare[1:]
    bare = bare.lower()
    fits = len(bare) <= LONGEST_EMAIL and EMAIL.fullmatch(bare) and not bare.endswith(SLIPS_OF_AN_ENDING)
    return bare if fits else None


def _number(text: str) -> str | None:
    try:
        number = phonenumbers.parse(LABELS.sub(" ", text).strip(" \t\r\n.,;"), "GB")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    national = str(number.national_number)
    mobile = number.country_code == BRITAIN and national.startswith(MOBILES_BEGIN)
    if number.country_code == BRITAIN and len(national) < (BRITISH_MOBILE if mobile else SHORTEST_BRITISH):
        return None
    extension = "" if mobile or not number.extension else f"x{number.extension}"
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return kept + extension if len(kept + extension) <= LONGEST_NUMBER else kept
