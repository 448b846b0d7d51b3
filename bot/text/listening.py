"""The part of a message that is listened to: what is left of it once what answers the question as a whole is taken out.

A name, an address, a number, a reference, a language, a place or a time is that and nothing else where it is asked for. Nobody looks
for a topic or a disclosure in it. What stands beside it is listened to like any message, and so is all that is no such answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.text.coming_words import only_tells_of_coming
from bot.text.contact_patterns import BOOKING_REFERENCE, POSTCODE
from bot.text.contacts import without_contacts, written_out
from bot.text.names import could_be_a_name, name_in
from bot.text.numbers import NUMBER

OFFERS_TIMES = ("contact_time", "event", "visit_slot")
# Where "there'll be 2 of us, the 9th" is heard whatever was asked.
BOOKS_AN_EVENT = ("contact_name", "contact", "safe_to_message", "event", "event_places", "event_needs")
CONTACT_QUESTIONS = ("contact", "booking_contact")
LEADS_TO_ONE = re.compile(
    r"^(?:(?:hi|hello|hey|yes|yeah|ok|sorry|actually|oops|please|just|it'?s|it is|that'?s|i think|it begins with|(?:the|my) (?:booking )?"
    r"(?:ref(?:erence)?|booking|language|postcode|post code|area|town|village|council)(?: (?:number|no))?(?: is|'s)?|is|"
    r"(?:i|we) (?:live|speak|are|stay)(?: in| at| near)?|(?:i'?m|we'?re)(?: in| from| near)?|from|in|near|we speak|"
    r"speaks?)(?![\w'])[\s,:.=-]*)+",
    re.I,
)
SAYS_NO_MORE = re.compile(
    r"(?:[\W_]|\b(?:please|pls|thanks?|thank you|ta|cheers|i think|i believe|is the reference|for me|and|or)\b)*", re.I
)
# Words of plain English that the names of languages and of places are made of.
IN_A_LANGUAGE = re.compile(
    r"\b(?:british|english|american|irish|polish|romanian|ukrainian|bulgarian|jamaican|gujarati|tagalog|syrian|sign|language|"
    r"bsl|asl|makaton|"
    r"deafblind|manual|finger|spelling|lip|speaker|please|dialect|the|if|or|possible|interpreter)\b",
    re.I,
)
IN_A_PLACE = re.compile(
    r"\b(?:great|little|old|new|north|south|east|west|upper|lower|city|county|town|village|area|district|the|on|in|le|by|"
    r"under|near|of|and|fields?|"
    r"harbour|house|park|road|forest|east|abbey|end|green|hill|home|down|kings?|queens?|parish|council|borough|district|uni|"
    r"hospital|long)\b",
    re.I,
)
MOST_WORDS_OF_ONE = 5
# A time, in any words that are only about times.
OF_TIMES = re.compile(
    rf"\b(?:(?:mon|tue?s?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    rf"apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|christmas|easter|new year|morning|afternoon|"
    r"evening|night|midday|noon|"
    r"lunch ?times?|lunch|tea ?time|dinner ?time|week ?days?|week ?ends?|weeks?|month|tomorrow|today|tonight|mornings|"
    r"afternoons|evenings|nights|"
    rf"any ?time|\d{{1,4}}(?:st|nd|rd|th)?(?:[:.]\d\d)?(?:am|pm|ish)?|o'?clock|half past|quarter (?:past|to)|first|second|"
    rf"third|fourth|last|one|{NUMBER})\b",
    re.I,
)
AROUND_TIMES = re.compile(
    r"[\W_]|\b(?:am|pm|a m|p m|after|before|between|from|until|till?|to|at|on|in|about|around|by|or|and|the|of|any|every|"
    r"next|this|that|either|both|best|"
    r"is|are|it'?s|please|pls|thanks|thank you|only|not|except|but|early|earlier|late|later|ish|for me|me|works?|would be|"
    r"will be|good|better|great|fine|ideal|"
    r"perfect|suits?|time|date|day|event|visit|session|would|like|i'?d|i|we|can do|do|prefer|preferably|maybe|then|all|whole|"
    r"during|weekly|ok|okay|yes|"
    r"school hours|work|hours|available|free|past|quarter|half|same|following|coming|soonest|asap|possible|as|soon)\b",
    re.I,
)


def listened_to(text: str, question: str | None, *, chosen: bool = False) -> str:
    """Give what is left of a text once what answers the question is taken out; nothing where it was all of it.

    Args:
        text: as typed.
        question: the id of the question that the person is looking at, if any.
        chosen: whether the text is a button that was offered; of dates and times it says nothing but itself.
    """
    if chosen and question in OFFERS_TIMES:
        return ""
    written = written_out(text)
    rest = without_contacts(written, halves=question in CONTACT_QUESTIONS)
    if rest != written and (named := name_in(rest)) and named.introduced and not named.beside:
        return ""  # "I'm Sam, 07700 900123" says who can be reached, wherever it is typed
    take_out = TAKES_OUT.get(question or "")
    left = take_out(rest) if take_out and rest else rest
    return "" if question in BOOKS_AN_EVENT and only_tells_of_coming(left) else left


def _beside_the_name(text: str) -> str:
    """What stands beside a name. One that is surely a name is left out; else all is listened to, so that nothing is lost."""
    named = name_in(text)
    if named is None:
        return text
    if only_tells_of_coming(named.beside):
        return ""
    sure = len(named.name.split()) > 1 and all(not word[0].islower() for word in named.name.split())
    return named.beside if sure or not named.beside else text


def _beside_the_reference(text: str) -> str:
    rest = LEADS_TO_ONE.sub("", BOOKING_REFERENCE.sub(" ", text.lower()))
    return "" if BOOKING_REFERENCE.search(text.lower()) and SAYS_NO_MORE.fullmatch(rest) else text


def _unless_a_language(text: str) -> str:
    return "" if _is_one(text, IN_A_LANGUAGE, fewest=1) else text


def _unless_a_place(text: str) -> str:
    rest = POSTCODE.sub(" ", text.lower())
    if rest != text.lower() and SAYS_NO_MORE.fullmatch(LEADS_TO_ONE.sub("", rest)):
        return ""
    return "" if _is_one(text, IN_A_PLACE, fewest=2) else text


def _unless_a_time(text: str) -> str:
    rest = OF_TIMES.sub(" ", text)
    return "" if rest != text and not AROUND_TIMES.sub("", rest) else text


def _is_one(text: str, made_of: re.Pattern[str], *, fewest: int) -> bool:
    """Check whether a text as a whole is a language or a place: built like a name, but for the words that those are made of.

    Args:
        fewest: of such words, where there is no other.
    """
    bare = LEADS_TO_ONE.sub("", text).strip(" .!,")
    if not bare or "?" in bare or len(bare.split()) > MOST_WORDS_OF_ONE:
        return False
    words = re.split(r"[\s,/-]+", made_of.sub(" ", bare).strip())
    rest = " ".join(word for word in words if word)
    return could_be_a_name(rest) if rest else len(bare.split()) >= fewest


TAKES_OUT: Mapping[str, Callable[[str], str]] = {
    "contact_name": _beside_the_name,
    "booking_reference": _beside_the_reference,
    "event_language": _unless_a_language,
    "area": _unless_a_place,
    **dict.fromkeys((*OFFERS_TIMES, "contact"), _unless_a_time),  # "07700 900123, evenings best" is no good evening
}
