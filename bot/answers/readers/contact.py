"""Names, ways to reach someone and times, as people type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.text import contact_patterns
from bot.text.contact_patterns import EMAIL, PHONE, email_address, phone_number
from bot.text.polarity import polarity
from bot.text.preferences import RATHER_NOT, wants_a_person
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

MOST_NAME_WORDS = 4
LONGEST_NAME = 60  # characters
LONGEST_TEXT = 120  # characters
LONGEST_LANGUAGE = 40  # characters
MOST_WORDS_OF_A_LANGUAGE = 6
INTRODUCES = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|ok|sure|sorry|actually|oops|my mistake|i meant?|it should be|it's|its|it is|that's|i'm|"
    r"im|i am|(?:everyone|everybody|people|they|friends|most people|all my friends) calls? me|i go by|i'm known as|known as|"
    r"my name is|my name's|"
    r"my names|the name's|name is|names|name|call me|you can call me|just call me|this is)\b[\s,:!.-]*)+",
    re.I,
)
STOPS_AT = re.compile(
    r"\s*(?:[,.!(]|\b(?:and|but) (?:my|i|i'm|you|we|it)\b|\bplease\b|\bthanks?\b|\bhere\b|\bwithout\b|\bwith\b|\bnot\b).*$",
    re.I,
)
NOT_A_NAME = frozenset(
    "yes no ok okay hello hi hey none nothing nobody what why who when how stop help thanks thank cheers later maybe not sure don't dont "
    "know rather talk ring call email text phone you me my your it that this these wrong question questions name anyone someone somebody "
    "person interested fostering foster carer carers looking want would could can do does is are am was have has had the a an if idk dunno "
    "event visit test skip pass any anything something whatever worried scared busy married single british".split()
)
SMALL_WORDS = frozenset("and & van de der von la le bin ibn al y".split())
SAYS_WHEN = re.compile(
    r"\d|\b(?:am|pm|morning|afternoon|evening|night|tonight|lunch|week|day|noon|any ?time|after|before|between|work|school|"
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?|tomorrow|today|soon|whenever)"
)
SAYS_WHICH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|last|earlier|later|next|1st|2nd|3rd|\d{1,2}(?:th|st|nd|rd)|none|neither|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan\w*|feb\w*|mar\w*|apr\w*|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|"
    r"morning|afternoon|evening)\b"
)
# Questions that say which time is wanted: "can you do Tuesday evening?", "is there anything after 5?".
ASKS_FOR_A_TIME = re.compile(
    r"^(?:(?:and|ok|so|hi|hello|well|then),? )*(?:(?:can|could) (?:you|we|it|they) (?:do|be|come|make|have)|"
    r"(?:is|are) there (?:any|some|one|a )|(?:have|do) you (?:got|have)|(?:what|how) about|any(?:thing)? )"
)
TAKEN_BACK = re.compile(r"\b(?:sorry|actually|meant|oops|mistake|wait|wrong|change)\b")


def name(question: Question, doc: Doc) -> Any:
    """A name with its own capitals, or that the person would rather not say."""
    if RATHER_NOT.search(doc.text) or polarity(doc) is False:
        return "prefer_not"
    if is_question(doc) or wants_a_person(doc):
        return None
    typed = doc.user_data.get("typed", doc.text)
    bare = STOPS_AT.sub("", INTRODUCES.sub("", typed)).strip(" .!,'-")
    words = bare.split()
    if not words or len(words) > MOST_NAME_WORDS or len(bare) > LONGEST_NAME:
        return None
    if any(word.lower() in NOT_A_NAME for word in words) or not all(_could_be_a_name(word) for word in words):
        return None
    return " ".join(word if word.lower() in SMALL_WORDS or not word.islower() else _capitals(word) for word in words)


def _could_be_a_name(word: str) -> bool:
    return word == "&" or re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['.-])*", word) is not None


def _capitals(word: str) -> str:
    return re.sub(r"(^|['-])([^\W\d_])", lambda match: match.group(1) + match.group(2).upper(), word)


def contact(question: Question, doc: Doc) -> Any:
    """The only phone number or e-mail address of a text; with two of them, only the person knows which is best."""
    emails, phones = EMAIL.findall(doc.text), PHONE.findall(EMAIL.sub(" ", doc.text))
    if len(emails) + len(phones) > 1:
        return None
    found = email_address(doc.text) or phone_number(doc.text)
    if found:
        return found
    if phones or emails:
        return None
    return "prefer_not" if polarity(doc) is False or RATHER_NOT.search(doc.text) else None


def time_to_call(question: Question, doc: Doc) -> Any:
    """Nearly any text; what takes something back must at least speak of a time."""
    if not doc.text or is_question(doc) or (TAKEN_BACK.search(doc.text) and not SAYS_WHEN.search(doc.text)):
        return None
    return doc.text[:LONGEST_TEXT]


def offered(question: Question, doc: Doc) -> Any:
    """Nearly any text: which date it means is found out where the dates are known."""
    if not doc.text or (TAKEN_BACK.search(doc.text) and not SAYS_WHICH.search(doc.text)):
        return None
    if is_question(doc) and not (ASKS_FOR_A_TIME.match(doc.text) and SAYS_WHEN.search(doc.text)):
        return None
    return doc.text[:LONGEST_TEXT]


def event_language(question: Question, doc: Doc) -> Any:
    """The name of a language is a few words; which ones there are is not for a list to say."""
    short = 0 < len(doc.text) <= LONGEST_LANGUAGE and len(doc.text.split()) <= MOST_WORDS_OF_A_LANGUAGE
    return (
        None
        if not short or is_question(doc) or wants_a_person(doc) or not any(sign.isalpha() for sign in doc.text)
        else doc.text
    )


def booking_reference(question: Question, doc: Doc) -> Any:
    """The reference of a booking somewhere in a text: two letters and six signs, however they are put together."""
    return contact_patterns.booking_reference(doc.text)
