"""Conditions of being reached, in a person's own words: "but not on a Wednesday", "don't say what it's about, Gary might pick up".

They are a note for whoever rings. No rule understands them: they are found, cut out of what stands around them, and passed on as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.normalise import normalise, tidy
from bot.text.polarity import polarity
from bot.text.reading import read
from bot.volunteered.facts import Fact
from bot.volunteered.moments import CLOCK, DAY, PART, times_in

NOTE = "contact_note"

WHO = (
    r"(?:(?:my|our|the|his|her|their) )?(?!(?:i|you|we|nobody|noone)\b)[a-z][\w'-]*"
    r"(?: (?:kids?|boys?|girls?|mate|one|lad|lass|mum|dad|half))?"
)
# The person tells whoever rings to be discreet: automatic messages can't keep to that, and are held back.
SAYS_NOTHING = (
    r"(?:(?:as long as|only if|so long as) (?:you|they|nobody|noone|no one) )?"
    r"(?:do not|do ?n[o']?t|not to|never|without|must ?n'?t|mustnt|not) (?:to |you |ever |actually )?"
    r"(?:say(?:ing)?|mention(?:ing)?|tell(?:ing)?|let(?:ting)? on|giv(?:e|ing) away|announc(?:e|ing)|talk(?:ing)? about|bring(?:ing)? up)\b"
    r"(?! (?:no(?: more)?|it again|that again)\b)"
)
BEFORE_OTHERS = r"(?:(?:but|just|only) )?(?:not|never|n't \w+) (?:\w+ ){0,2}?in front of\b"
MUST_NOT_HEAR = (
    rf"{WHO} (?:must ?n'?t|mustn?t|must not|can'?t|cannot|should ?n'?t|should not) (?:know|hear|find out|see)\b"
)
PICKS_UP = (
    rf"(?:(?:if|in case|when|unless) )?{WHO} (?:(?:might|may|could|will|can|does|always|usually|sometimes|often|does ?n'?t) )*"
    r"(?:picks? (?:it )?up|picks? (?:the|my) phone up|answers?|gets? (?:to )?(?:it|the phone)|listens? (?:in|to)|"
    r"checks? (?:my|the) (?:phone|messages)|is (?:in|there|around|about|at home)|'?s (?:in|there|around|about))\b"
)
RINGS = r"(?:ring(?:ing)?|call(?:ing)?|phon(?:e|ing)|text(?:ing)?|e-?mail(?:ing)?|bother(?:ing)?|try(?:ing)?)"
WHEN_OFF = rf"(?:(?:on|in|at|during|before|after|a|an|any|the|my|any of the|them|next|this) )*(?:{DAY}|{PART}|{CLOCK}|work|dinner|tea)\b"
NOT_RUNG = (
    rf"(?:(?:can you|please|just|but) )*(?:do not|do ?n[o']?t|not|never|no) (?:to |be )?{RINGS}\b(?: me| us)?(?! back)"
)
NOT_THEN = rf"(?:(?:but|just|only) )?(?:not|never|except|apart from|anytime but|any ?time but|any day but) (?!before\b|after\b){WHEN_OFF}"
ONLY_SO = rf"(?:only (?:ever )?{RINGS}\b|{RINGS} (?:me )?only\b)"
WITHHELD = r"(?:ring |call |please )?(?:from |use |with )?a? ?(?:withheld|hidden|private) number\b|withh[oe]ld (?:the|your) number"
ON_WHICH = (
    r"(?:but )?(?:not )?on (?:my|the) (?:(?:mums?|mum's|dads?|dad's|work|own|house|home|daughters?|sons?|other|\w+'s) )+"
    r"(?:number|phone|mobile|landline)\b|not (?:on )?(?:the|my) (?:landline|house phone|home phone|work phone)"
)
DISCREET = re.compile(rf"\b(?:{SAYS_NOTHING}|{BEFORE_OTHERS}|{MUST_NOT_HEAR})", re.I)
# Where somebody speaks about being reached, any of them counts.
ANY = re.compile(
    rf"\b(?:{SAYS_NOTHING}|{BEFORE_OTHERS}|{MUST_NOT_HEAR}|{PICKS_UP}|{NOT_RUNG}|{NOT_THEN}|{ONLY_SO}|{WITHHELD}|{ON_WHICH})",
    re.I,
)
# Elsewhere it has to be plain that it is meant for whoever rings.
WHAT_IT_IS = (
    r"(?:what|who|where|why|anything|owt|nothing|it'?s|you(?:'re|r| are)|social|fostering|(?:the )?council|"
    r"to (?!you\b|me\b)\w+|my \w+ )"
)
PLAIN = re.compile(
    rf"\b(?:{SAYS_NOTHING}(?= (?:that )?(?:it is |you are |its )?{WHAT_IT_IS})|{NOT_RUNG} {WHEN_OFF}|{NOT_RUNG}(?= (?:if|when|while|on)\b)"
    rf"|(?:ring|call|phone|speak|talk) (?:\w+ )?(?:not|never) in front of"
    rf"|{ONLY_SO}(?= (?:\w+ )?(?:between|after|before|on|in|at|if|when|my)\b)"
    rf"|(?:do not|do ?n[o']?t|never) (?:ring|call|phone|speak|talk)\b.{{0,12}} in front of"
    rf"|(?:if|in case|when) {WHO} (?:picks? (?:it )?up|answers?|gets? (?:to )?the phone)\b)",
    re.I,
)
PASSES_ON = re.compile(
    r"\b(?:tell|let) (?:them|whoever|the team|her|him)\b|\bpass (?:it|that|this) on\b|"
    r"\b(?:who|whoever|when they|when you) (?:rings?|calls?)\b",
    re.I,
)
# What a sentence begins with that asks about the service, rather than of it.
ASKS = re.compile(r"^(?:why|what|when|where|who|how|do|does|did|is|are|will|would|have|has)\b", re.I)
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
TRAILS = re.compile(
    r"[\s,]*(?:\b(?:and |so |but )?(?:can|could|will|would) (?:you|u) (?:please |pls |just )?(?:tell|let|pass|make sure|note|put)\b.*|"
    r"\b(?:and |so |please )*(?:tell|let) (?:them|the team|whoever|her|him)\b.*|\bdid (?:you|u) (?:get|note|put)\b.*|"
    r"\bso no\b|\b(?:please|pls|thanks|thank you|thankyou|ta|ok|okay|love|duck|if (?:that's|thats|it's) ok(?:ay)?))[\s.!?]*$",
    re.I,
)
LEADS = re.compile(
    r"^(?:(?:but|just|and|so|only(?= if| as)|oh|then|please|can you|could you|make sure|cos|because)\b[\s,]*)+", re.I
)
# What stands before it where it is the whole of the message: no more than a lead.
SAYS_NO_MORE = re.compile(
    r"(?:\W|\b(?:oh|and|but|so|also|just|please|sorry|hi|hello|hiya|hey|yes|yeah|no|ok|okay|right|one|more|thing|by|the|way|forgot|to|say|"
    r"i|well|actually|can|you|tell|them|whoever|rings|let|know|that|make|sure|did|get|put|note|down|pass|it|on)\b)*",
    re.I,
)
LONGEST = 200  # characters


@dataclass(frozen=True)
class Condition:
    """A condition of being reached.

    Attributes:
        words: it, as it was typed.
        discreet: whether somebody else must not hear who rings or what about.
        beside: the rest of the message.
        alone: whether the rest says nothing.
    """

    words: str
    discreet: bool
    beside: str
    alone: bool


def condition_in(typed: str, *, about_reaching: bool) -> Condition | None:
    """Find the condition in a message; None where there is none.

    Args:
        typed: the message, without a number or an address.
        about_reaching: whether it stands beside one, or answers a question about reaching them.
    """
    passes_on = PASSES_ON.search(typed) is not None
    found, beside = [], []
    for sentence in SENTENCE.split(tidy(typed)):
        pattern = ANY if about_reaching or passes_on else PLAIN
        match = None if ASKS.match(sentence) else pattern.search(sentence)
        if match is None:
            beside.append(sentence)
            continue
        found.append(LEADS.sub("", TRAILS.sub("", sentence[match.start() :])).strip(" ,.;!?"))
        beside.append(sentence[: match.start()])
    words = "; ".join(one for one in found if one)[:LONGEST]
    if not words:
        return None
    rest = re.sub(r"[\s,]+(?:but|and|so|just|only)?[\s,]*$", "", " ".join(beside).strip(), flags=re.I)
    return Condition(words, DISCREET.search(words) is not None, rest, SAYS_NO_MORE.fullmatch(rest) is not None)


def note(condition: Condition) -> tuple[Fact, ...]:
    """Give a condition as what was told for whoever rings."""
    return (Fact(NOTE, {"words": condition.words, "discreet": condition.discreet, "alone": condition.alone}),)


def says_yes_before(condition: Condition) -> bool:
    """Check whether a plain yes stands before the condition ("yeah that's fine but …"), in words that deny nothing."""
    said = normalise(condition.beside)
    return bool(said) and polarity(read(said)) is True


def is_a_time(condition: Condition) -> bool:
    """Check whether it only says when to ring ("only ring between 10 and 2"): that is the best time, in their own words."""
    return not condition.discreet and times_in(normalise(condition.words)) is not None
