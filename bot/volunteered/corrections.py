"""Replies to the list of answers: that it is right, that something is not, which one, or what it should be instead.

Every answer of the list may be put right in a few words ("actually two adults not three", "no we do smoke"), so a text is not read
as an answer to one question here but held against all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from spacy.tokens import Doc

from bot.text.contact_patterns import DISTRICT
from bot.text.contacts import contacts_in, without_contacts, written_out
from bot.text.numbers import NUMBER, NUMBER_WORD
from bot.text.polarity import polarity
from bot.text.questions import is_question
from bot.text.reading import read
from bot.volunteered.facts import Fact, simplify, volunteered
from bot.volunteered.gates import BREED, CHILD

CHECK, CHANGE = "check_answers", "change_what"
RIGHT, NOT_RIGHT = "yes", "no"

Read = Callable[[str, str], Any]

AMISS = re.compile(
    r"\b(?:wrong|incorrect|mistakes?|not (?:right|correct|quite|true)|isn't (?:right|correct|quite)|aren't right|chang(?:e|ed|es|"
    r"ing)|fix|edit|amend|"
    r"alter|update|put right|mis-?typed|misread|typo|out of date|error)\b"
)
LEADS_UP = re.compile(
    r"^(?:(?:sorry|actually|wait|oh|oops|hang on|hold on|um+|er+m*|well|but|yes|yeah|and|except|hmm+|hi|i meant?|"
    r"it should (?:be|say|have been)|it's|that's|should be|change (?:it|that) to|make (?:it|that))\b[\s,.!:-]*)+"
)
LEADS_NO = re.compile(
    rf"^(?:no|nope|nah)\b[\s,.!]*(?=(?:i|i'm|i've|we|we're|we've|it|it's|there|there's|my|our|he|she|they|two|"
    rf"three|only|just|{NUMBER})\b)"
)
INSTEAD = re.compile(
    r"\b(?:to|should be|should say|should have been|is actually|are actually|make it|make that|put)\b\s+(.+)$"
)
HAVING = r"\b(?:have|'ve|got|no|don't|haven't|isn't|there's|there is|keep|lost|died|rehomed)\b"
# What a text must say, beside being read as an answer, before it puts one of the list right.
SAYS: dict[str, re.Pattern[str]] = {
    "age": re.compile(
        r"^(?:i'm|we're)(?: both)?(?: only| actually)? \d{2,3}\b(?! (?:minutes|miles|weeks))|"
        r"\b\d{2,3},? not \d{2,3}\b|\b\d{2,3} (?:years|yrs) old"
    ),
    "area": re.compile(r"\b(?:council|live|postcode|area|district|not [a-z]{4,})\b|^" + DISTRICT),
    "household": re.compile(
        rf"\b{NUMBER} (?:adults?|grown ?-?ups|of us|over 18)\b|\b(?:just|only) me\b|\blive alone\b|\bon my own\b|"
        rf"\blive with\b"
    ),
    "children": re.compile(
        rf"\b{CHILD}\b.*(?:\d|\b(?:{NUMBER_WORD})\b)|\b(?:no|don't have(?: any)?|without) (?:kids|children)\b"
    ),
    "bedroom": re.compile(rf"{HAVING}.*\b(?:bed)?rooms?\b|\b(?:bed)?rooms? is(?:n't)? (?:free|spare)\b"),
    "smoking": re.compile(
        r"\b(?:i|we|he|she|they|nobody|no one|neither|none|husband|wife|partner|lodger|mum|dad|son|"
        r"daughter)\b.*\b(?:smok\w+|vap\w+)\b"
    ),
    "dogs": re.compile(rf"{HAVING}.*\b(?:dogs?|pupp(?:y|ies)|{BREED})\b"),
    "availability": re.compile(
        r"\b(?:i|we|i'm|we're)\b.*\b(?:work\w*|retired|shifts|nights|part[- ]time|full[- ]time|at home|"
        r"from home)\b|^(?:part|full)[- ]time\b"
    ),
}


def corrections(text: str, give_value: Read) -> tuple[Fact, ...]:
    """Find what a text puts right of the list of answers, question by question; nothing where it asks or only complains.

    Args:
        text: as normalised for reading.
        give_value: the reader of answers: from a question and a statement to a value, or None.
    """
    plain = LEADS_NO.sub("", LEADS_UP.sub("", simplify(without_contacts(written_out(text))))).strip()
    if is_question(read(plain)) or AMISS.search(plain):
        return ()
    found = {fact.question: fact.value for fact in volunteered(plain, give_value)}
    for question, says in SAYS.items():
        if question not in found and says.search(plain):
            value = give_value(question, plain)
            if value is not None and value != "not_sure":
                found[question] = value
    contact = _contact(text, give_value)
    return tuple(Fact(question, value) for question, value in {**found, **contact}.items())


def replacement(text: str, question: str, give_value: Read) -> Fact | None:
    """Find the answer in "change my age to 24", once it is known which question is meant."""
    if question in (contact := _contact(text, give_value)):
        return Fact(question, contact[question])
    said = INSTEAD.search(simplify(text))
    value = give_value(question, said.group(1)) if said else None
    return Fact(question, value) if value is not None else None


def _contact(text: str, give_value: Read) -> dict[str, Any]:
    """Find a contact in a text as it was typed: the short forms that statements are written in would change an address."""
    value = give_value("contact", text) if contacts_in(written_out(text)) else None
    return {} if value is None else {"contact": value}


def named_question(text: str, phrases: Mapping[str, tuple[str, ...]]) -> str | None:
    """Find the one question of the list that a text names ("the bedroom is wrong"), or None.

    Args:
        text: as normalised for reading.
        phrases: the known ways to name each question.
    """
    by_length: list[tuple[str, str]] = sorted(
        ((phrase, question) for question, several in phrases.items() for phrase in several),
        key=lambda named: -len(named[0]),
    )
    found = set()
    for phrase, question in by_length:  # the longest first: "time with children" is not about the children at home
        left = re.sub(rf"\b{re.escape(phrase)}\b", " ", text)
        if left != text:
            found.add(question)
            text = left
    return found.pop() if len(found) == 1 else None


def agreement(doc: Doc) -> str | None:
    """Check whether a text says that the list is right or that it is not; None where it says neither or both."""
    text, said = doc.text, polarity(doc)
    if AMISS.search(text) or said is False:
        return NOT_RIGHT
    return RIGHT if said and not re.search(r"\b(?:but|except|apart from|though|only)\b", text) else None
