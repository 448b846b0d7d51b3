"""Ways to reach a person that a message tells unasked: a phone number, an e-mail address, a name.

Somebody else's number must not be taken for theirs. So a contact counts where it stands alone or beside a name, or where the message says
whose it is; and a name only where it is introduced as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from bot.text.contacts import without_contacts, written_out
from bot.text.names import Named, name_between, name_in, name_said_along, name_told_later
from bot.text.normalise import normalise
from bot.text.questions import is_question
from bot.volunteered.conditions import condition_in, note
from bot.volunteered.facts import Fact
from bot.volunteered.when_reached import says_only_when, told_about_reaching

CONTACT, NAME, OF_A_BOOKING = "contact", "contact_name", "booking_contact"
# Asked one after the other: there a number is theirs whatever stands around it.
ABOUT_REACHING = (CONTACT, NAME, "safe_to_message", "contact_time")
OWN = re.compile(
    r"\b(?:my|our)(?: \w+){0,3} (?:is|are|to|should be|has changed)\b|\b(?:my|our)(?: \w+){0,2}:|\b(?:call|ring|phone|text|"
    r"e-?mail|reach|contact|"
    r"message|whatsapp|get|write to)(?: back)? (?:me|us)\b|\b(?:i'?m|i am) on\b|\b(?:sorry|wrong|change|correction|mistake|"
    r"instead|actually|oops)\b"
)
NOT_OWN = re.compile(
    r"\b(?:your|her|his|their|whose)\b|\b(?:worker|school|husband|wife|partner|friend|mum|dad|sister|brother|nan)'s\b"
)
CHANGES = re.compile(
    r"\b(?:chang(?:e|ing)|correct|update|amend|fix|put right|edit|(?:gave|typed|put|given|entered|"
    r"left)(?: you)?(?: in)?(?: the| a| my)? wrong|wrong|"
    r"mis-?typed|typo in|(?:made )?a mistake (?:in|with)|not (?:right|correct)|new)\b"
)
WHAT_CHANGES = re.compile(
    r"\b(?:(?:phone|mobile|telephone|contact|tel|cell) ?(?:number|num|no|details?)?|number|e-?mail(?: address)?)\b"
)
MOST_WORDS = 12
WAYS = frozenset(
    "landline whatsapp facebook messenger instagram snapchat gmail hotmail outlook yahoo icloud post letter anytime".split()
)
FEW_WORDS = 3  # "and my email is"
# What is left of a number that is a digit short, beside another contact: it is no word about whose they are.
LEFT_OF_A_NUMBER = re.compile(r"^(?:[\d\s()+.-]|\b(?:or|and)\b)*$")


def told_ways(doc: Doc, contacts: Sequence[str], asked: str | None, answer: object) -> tuple[Fact, ...]:
    """Find the ways to reach the person that a message tells beside its answer.

    Args:
        doc: the message.
        contacts: those in it.
        asked: the question that the person is looking at.
        answer: what was read as its answer.
    """
    if asked == OF_A_BOOKING:
        return ()  # it finds a booking, which may be somebody else's
    rest = without_contacts(written_out(doc.user_data["typed"]))
    named = _name_told(rest, beside_a_contact=bool(contacts), asked=asked) if asked != NAME else name_in(rest)
    ways = [Fact(CONTACT, value) for value in contacts if value != answer and _only_of_its_kind(value, contacts)]
    if ways and not _theirs(doc, rest, named, asked):
        return ()
    answers = asked in ABOUT_REACHING and not is_question(doc) and (asked != NAME or named is not None)
    about_reaching = bool(ways) or answers
    typed = named.beside if named else rest
    condition = condition_in(typed, about_reaching=about_reaching)
    told = told_about_reaching(normalise(typed), beside_a_contact=about_reaching, condition=condition)
    beside = [one for one in told if one.question != asked]
    if named is None or asked == NAME:
        return (*ways, *beside)
    return (Fact(NAME, named.name), *ways, *beside)


def noted_for_whoever_rings(doc: Doc, asked: str | None) -> tuple[Fact, ...]:
    """Find what a message tells whoever rings, whatever else it is about."""
    about_reaching = asked in ABOUT_REACHING and not is_question(doc)
    condition = condition_in(without_contacts(written_out(doc.user_data["typed"])), about_reaching=about_reaching)
    return note(condition) if condition else ()


def is_only_noted(notes: Sequence[Fact]) -> bool:
    """Check whether a message says nothing but what whoever rings has to mind."""
    return any(one.value["alone"] for one in notes)


def asks_to_change(doc: Doc) -> bool:
    """Check whether a message asks to change the number or address that was given, without giving another."""
    text = doc.text
    return (
        len(text.split()) <= MOST_WORDS
        and CHANGES.search(text) is not None
        and WHAT_CHANGES.search(text) is not None
        and re.search(r"\b(?:my|the|i|that)\b|^(?:change|correct|update|wrong)\b", text) is not None
        and not NOT_OWN.search(text)
        and not re.search(r"^(?:what|why|who|when|where|how|do|does|is|are|will|would)\b", text)
    )


def _theirs(doc: Doc, rest: str, named: Named | None, asked: str | None) -> bool:
    """Check whether a contact is the person's own."""
    said = named.beside if named else rest
    if LEFT_OF_A_NUMBER.match(said) or says_only_when(normalise(said)):
        return True
    if NOT_OWN.search(doc.text):
        return False
    if named and named.introduced and named.name in rest and len(rest.rpartition(named.name)[2].split()) <= FEW_WORDS:
        return True  # who says who they are, and goes on with a number
    return OWN.search(doc.text) is not None or (asked in ABOUT_REACHING and not is_question(doc))


def _name_told(rest: str, *, beside_a_contact: bool, asked: str | None) -> Named | None:
    if later := name_told_later(rest):
        return later
    named = name_in(rest)
    if not beside_a_contact:
        return named if asked == CONTACT and named and _is_said_late(named, rest) else None
    return named if named and named.introduced else name_between(rest) or name_said_along(rest)


def _is_said_late(named: Named, typed: str) -> bool:
    """Check that a name stands where a number is asked, and no way to reach somebody: "Linda", "oh sorry, Maureen"."""
    words = named.name.split()
    plainly = len(words) == 1 or (named.name in typed and named.name.istitle() and len(words) <= FEW_WORDS)
    return plainly and named.name.lower() not in WAYS


def _only_of_its_kind(value: str, contacts: Sequence[str]) -> bool:
    """Check that there is no other number, or no other address: only the person knows which of two is best."""
    return len({one for one in contacts if ("@" in one) == ("@" in value)}) == 1
