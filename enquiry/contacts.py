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
MOST_SLIPS = 2  # digits
# What begins like a British number, and its digits after the 0.
BRITISH_RUN = re.compile(r"(?<![\w+])(\+44[\s-]?(?:\(0\))?|0044[\s-]?|\(?0)[\s-]?([1237](?:[\s().-]*\d){5,})(?!\w)")
# Of the addresses that most people in Britain have; and what is a letter away from one of them and real.
PROVIDERS = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "live.co.uk",
    "live.com",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "btinternet.com",
    "sky.com",
    "talktalk.net",
    "virginmedia.com",
    "ntlworld.com",
)
NO_SLIPS = ("ymail.com", "mail.com", "email.com", "live.ca", "love.com", "skye.com")


class Fault(StrEnum):
    """A reason why nobody could be reached on what was typed."""

    DIGIT_MISSING = "digit_missing"
    DIGIT_TOO_MANY = "digit_too_many"
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
    if (number := fault_of_number(text)) is not Fault.NEITHER:
        return number
    if "@" in text:
        return Fault.ADDRESS
    short = re.search(r"(?:\+|\b00)?\(?\d(?:[\s().-]*\d){6,}", text)
    if short is None:
        return Fault.NEITHER
    digits = re.sub(r"\D", "", short.group())
    national = re.sub(rf"^(?:(?:00)?{BRITAIN}0?|0)", "", digits)
    return Fault.DIGIT_MISSING if len(national) < BRITISH_MOBILE else Fault.NEITHER


def fault_of_number(typed: str) -> Fault:
    """Whether a text holds a British number that is a digit or two short or long, whatever else it says.

    Only what begins like one counts: a date or a price is no number with a digit missing.
    """
    text = WITH_AN_AT.sub(" ", INVISIBLE.sub("", typed))
    if tidy_contact(text) is not None:
        return Fault.NEITHER
    for run in BRITISH_RUN.findall(text):
        digits = len(re.sub(r"\D", "", run[1]))
        fewest = BRITISH_MOBILE if run[1].startswith(MOBILES_BEGIN) else SHORTEST_BRITISH
        if fewest - MOST_SLIPS <= digits < fewest:
            return Fault.DIGIT_MISSING
        if BRITISH_MOBILE < digits <= BRITISH_MOBILE + MOST_SLIPS:
            return Fault.DIGIT_TOO_MANY
    return Fault.NEITHER


def likely_meant(address: str) -> str | None:
    """The address that was likely meant where its provider is a slip away from one that most people have; None for any other.

    Nothing is changed by it: it is asked about, since a name like "gmaill.com" may be somebody's own.
    """
    name, at, place = address.lower().rpartition("@")
    if not at or place in PROVIDERS or place in NO_SLIPS:
        return None
    ending = next((one for one in SLIPS_OF_AN_ENDING if place.endswith(one)), None)
    mended = place.removesuffix(ending) + ".com" if ending else place
    near = next((one for one in PROVIDERS if mended == one or _a_slip_apart(mended, one)), None)
    meant = near or (mended if ending else None)
    return f"{name}@{meant}" if meant else None


def _a_slip_apart(typed: str, meant: str) -> bool:
    """Whether one letter is left out, put in, another one, or has changed places with its neighbour."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = next(
        (place for place, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    left, right = typed[at:], meant[at:]
    swapped = left[:2] == right[1::-1] and len(right) > 1 and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped


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
