"""Wishes that stand beside a number: when to ring, and whether a message may be left there.

Both keep somebody safe at home, so neither may be lost in a line like "07700 900123, after six, and no voicemails please".
"""

from __future__ import annotations

import re

from bot.text.normalise import normalise
from bot.volunteered.conditions import Condition, is_a_time, note
from bot.volunteered.facts import Fact
from bot.volunteered.moments import A_TIME, times_in

TIME, MESSAGE = "contact_time", "safe_to_message"
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


def told_about_reaching(text: str, *, beside_a_contact: bool, condition: Condition | None = None) -> tuple[Fact, ...]:
    """Find when somebody would like to be rung, whether a message may be left, and what whoever rings has to mind.

    Args:
        text: as normalised, without the contact itself.
        condition: that stands in it.
        beside_a_contact: whether it stands beside one, or answers a question about reaching them. A plain "don't leave a message"
            counts wherever it is typed.
    """
    forbids = MAY_NOT.search(text)
    facts = [Fact(MESSAGE, "no")] if forbids and (beside_a_contact or "messag" in text or "voice" in text) else []
    if not beside_a_contact and not re.search(r"\bleav", text):
        facts = []
    if beside_a_contact and not forbids and MAY.search(text) and not DENIES.search(text):
        facts.append(Fact(MESSAGE, "yes"))
    if time := _time(text, beside_a_contact, condition):
        facts.append(Fact(TIME, time))
    if condition and condition.words != time:
        facts += note(condition)
    return tuple(facts)


def _time(text: str, beside_a_contact: bool, condition: Condition | None) -> str | None:
    """Find when to ring; what only says when is taken as it was typed, with all that it says."""
    if condition is None:
        return times_in(text) if beside_a_contact else None
    if is_a_time(condition):
        return condition.words
    return times_in(normalise(condition.beside)) if beside_a_contact else None


def says_only_when(text: str) -> bool:
    """Check whether a text names times, and says nothing beside them."""
    return times_in(text) is not None and SAYS_NO_MORE.fullmatch(A_TIME.sub(" ", text)) is not None
