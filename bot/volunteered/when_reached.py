"""Wishes that stand beside a number: when to ring, and whether a message may be left there.

Both keep somebody safe at home, so neither may be lost in a line like "07700 900123, after six, and no voicemails please".
"""

from __future__ import annotations

import re

from bot.volunteered.facts import Fact

TIME, MESSAGE = "contact_time", "safe_to_message"
DAY = r"(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?s?"
CLOCK = (
    r"(?:\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?| o'?clock| ?ish)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"half \w+)"
)
PART = (
    r"(?:mornings?|afternoons?|evenings?|nights?|lunch ?times?|tea ?times?|week ?days?|week ?ends?|school hours|"
    r"work hours)"
)
MOMENT = rf"(?:{CLOCK}|{PART}|lunch|tea|dinner|work|school|noon|midday|the school run|bed ?time|{DAY})"
ONE_TIME = (
    rf"(?:any ?time|whenever|(?:after|before|from|until|till?|by|between|around|about) {MOMENT}(?:(?: and | to | or |-){MOMENT})?"
    rf"|{PART}|{DAY})"
)
# "any evening after six", "not before ten", "thursdays or fridays only".
A_TIME = re.compile(
    rf"\b(?:(?:not|only|best|except|any|on|every|in the|at|early|late|most) )*{ONE_TIME}"
    rf"(?:(?:,? (?:or|and|on|in the|at|if poss\w*|but)(?: not| only| preferably)?)? {ONE_TIME})*"
    r"(?: (?:only|is best|best|if possible))*(?!\w)"
)
# "I work nights" tells about them, and says nothing about when to ring.
AT_WORK = re.compile(r"\b(?:work(?:s|ing)?|shifts?|on|do|doing|am|lates) (?:\w+ )?$")
SAYS_NO_MORE = re.compile(
    r"(?:\W|\b(?:please|pls|thanks?|thank you|ring|call|me|is|are|best|good|for|really|and|or|but)\b)*"
)
MESSAGES = r"(?:messages?|voice ?mails?|voice messages?|answer ?phone|texts?|word)"
SECRET_FROM = r"(?:husband|wife|partner|family|kids|parents?|mum|dad|ex|other half|he|she|they|nobody|no one)"
MAY_NOT = re.compile(
    r"(?:\b(?:don'?t|do not|dont|never|not|without|cannot|cant|mustnt|wont)\b|n't\b)[^.;]{0,24}"
    r"\b(?:leav(?:e|ing)|text(?:ing)?|voice ?mail|message)\b"
    rf"|\bno {MESSAGES}\b"
    rf"|\b{MESSAGES} (?:\w+ ){{0,2}}?(?:not|never|isn't|aren't|isnt|arent)\b"
    rf"|\b{SECRET_FROM}\b[^.;]{{0,20}}(?:n't|nt|\bnot(?: to)?|\bcannot|\bnever) (?:know|find out|see|hear)\b"
    r"|\bnobody (?:knows|here knows|at home knows)\b"
)
# Where anything is denied or depends on something, a yes is not taken for one: it is asked, and who may be overheard says so.
DENIES = re.compile(
    r"\b(?:no|not|never|nobody|without|cannot|cant|dont|isnt|wont|unless|except|only if|as long as|if|rather)\b|n't\b"
)
MAY = re.compile(
    r"\b(?:ok|okay|fine|happy|safe|alright|all right|no problem|can|feel free|free|welcome)\b[^.;]{0,12}"
    rf"\b(?:leave|text|send)\b[^.;]{{0,12}}\b(?:{MESSAGES}|me|one)\b"
    rf"|\b(?:leave|leaving) (?:a |me a )?{MESSAGES}(?: there)?(?:'s| is|s)? (?:ok|okay|fine|alright|all right|no problem)\b"
    rf"|\b{MESSAGES} (?:is|are|'s) (?:ok|okay|fine|alright|all right|welcome|best)\b"
    rf"|(?:^|[,;]\s*)(?:please |just |or |you can )?leave (?:me )?a {MESSAGES}\b"
)


def told_about_reaching(text: str, *, beside_a_contact: bool) -> tuple[Fact, ...]:
    """Find when somebody would like to be rung, and whether a message may be left.

    Args:
        text: as normalised, without the contact itself.
        beside_a_contact: whether it stands beside one, or answers a question about reaching them. A plain "don't leave a message"
            counts wherever it is typed.
    """
    forbids = MAY_NOT.search(text)
    facts = [Fact(MESSAGE, "no")] if forbids and (beside_a_contact or "messag" in text or "voice" in text) else []
    if not beside_a_contact:
        return tuple(facts) if re.search(r"\bleav", text) else ()
    if not forbids and MAY.search(text) and not DENIES.search(text):
        facts.append(Fact(MESSAGE, "yes"))
    if time := _time_in(text):
        facts.append(Fact(TIME, time))
    return tuple(facts)


def says_only_when(text: str) -> bool:
    """Check whether a text names times, and says nothing beside them."""
    return _time_in(text) is not None and SAYS_NO_MORE.fullmatch(A_TIME.sub(" ", text)) is not None


def _time_in(text: str) -> str | None:
    """Give what a text says of times of day and days, as it was typed."""
    named = [found.group(0) for found in A_TIME.finditer(text) if not AT_WORK.search(text[: found.start()])]
    return ", ".join(named) or None
