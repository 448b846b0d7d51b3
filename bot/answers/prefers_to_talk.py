"""Texts of people who would rather say it to a person, and of those who own up to something while saying so."""

from __future__ import annotations

import re

from bot.text.polarity import opening
from bot.text.preferences import RATHER_NOT, RATHER_TALK

NOT_IN_WRITING = re.compile(
    r"\b(?:not (?:putting|typing|saying|writing) (?:that|it|this)|(?:don'?t|dont|not|rather not|sooner not) (?:\w+ ){0,3}(?:type|"
    r"write|put) (?:it|that|this)|not (?:on|over|in) (?:here|chat|writing|a chat)|in person|face to face|over the phone|on the phone|"
    r"by phone)\b|"
    r"(?:\b(?:not|wont|never|cant|sooner|rather|off)|n't)\b(?: [\w']+){0,6}? (?:typ(?:e|ing|ed)|text|writ(?:e|ing|ten)|chat(?: ?box)?|"
    r"messages?|computer|screen|website|keyboard|robot|machine|down)\b(?! (?:house|the road|to))|\bhard to type\b|\bto a person not\b"
)
TO_A_PERSON = re.compile(
    r"\b(?:say|saying|said|speak\w*|talk\w*|tell\w*|explain\w*|go(?:ing)? over|go(?:ing)? through|discuss\w*|word)\b(?: [\w']+){0,4} "
    r"(?:to|with) (?:an? )?(?:real |actual )?(?:person|human|somebody|someone|people)\b|\bhave a (?:word|chat|conversation)\b|"
    r"\b(?:one|better|easier) (?:for|in) (?:a |an )?(?:phone |proper |private )?(?:conversation|chat|call)\b|"
    r"\bfor a (?:phone |private )?conversation\b|\b(?:better|easier) (?:said|to say|to talk|spoken|out loud)\b|, ring me\b|"
    r"\b(?:till?|until|when|once) (?:\w+ )?(?:someone|somebody|you|we|i) (?:phones?|rings?|calls?|speaks?|talks?|meet)\b|"
    r"\bin (?:confidence|private)\b|\bprivate(?:ly)? (?:chat|talk|word|call)\b|\bwith my voice\b|\b(?:quiet|private) word\b"
)
# A "not" that refuses to say: it is no "no" to the question.
HOLDS_BACK = re.compile(
    r"^(?:no,? )?(?:i'?m |i am |we'?re )?not (?:really |very |that |too |so )?(?:comfortable|something|answering|saying|sharing|telling|"
    r"keen|happy|going to|gonna|one for|for (?:text|here|typing)|willing|prepared)\b"
)
# Whoever says no more than that they would not say has said neither yes nor no.
REFUSES = re.compile(
    r"^(?:(?:no|sorry|um+|er+m*|well|oh|that'?s|it'?s|hmm+)[ ,.!-]+)*(?:"
    r"no comment|(?:i'?d |i would |we'?d |id |would )?(?:rather|prefer|sooner) not(?: to)?(?: really)?(?: (?:say|answer|tell|discuss|"
    r"go into|share|talk about|get into|give|type|write|put)\b.*)?|"
    r"(?:i |we )?(?:don'?t|dont|do not|won'?t|wont|am not going to|wouldn'?t|not|'?m not|i'?m not|not going to|can'?t|cant)"
    r"(?: really| actually)?(?: (?:want|wish|like|care|wanna|going|prepared|willing|comfortable|happy))?(?: to| with)? "
    r"(?:go(?:ing)? into|answer(?:ing)?|say(?:ing)? (?:that|it|here|on|over)|get(?:ting)? into|discuss(?:ing)?|shar(?:e|ing)|"
    r"tell(?:ing)? you|disclos(?:e|ing)|talk(?:ing)? about)\b.*|"
    r"not (?:on |in |over |by )?(?:here|chat|text|this)\b(?! (?:now|often)).*|i refuse\b.*)[ .!]*$"
)
OWNS_UP = re.compile(
    r"\bthere(?: is|'?s| was| were| are| has been| have been)\b(?! (?:no|nothing|not|n't|none)\b)|\b(?:a bit of|some) history\b|"
    r"\b(?:has|have|got|'s got|'ve got|had) (?:something|a thing|one thing)\b|\bgo (?:through|over) something\b|\bago,? (?:yes|yeah)\b|"
    r"\bneed (?:that|a|the) (?:private |quiet )?(?:chat|talk|call|word)\b|\bdo want to\b|\bsay something about\b|"
    r"\b(?:has|have|'s got|with) something to\b|\b(?:we|i)(?:'?ve| have)? had (?:contact|a (?:visit|social worker|case)|dealings)\b|"
    r"\bthey came (?:round|out|to)\b|\bup ?front about\b|\bone thing\b|\bgot a record\b"
)


def talks_instead(text: str) -> bool:
    """Check whether someone would rather say it to a person, or not in writing."""
    said = re.sub(r"\bno,? thank(?:s| you)\b", " ", text)
    return any(pattern.search(said) for pattern in (RATHER_TALK, RATHER_NOT, NOT_IN_WRITING, TO_A_PERSON, HOLDS_BACK))


def refuses(text: str) -> bool:
    """Check whether a text says no more than that somebody would not say ("no comment", "don't want to go into that on here")."""
    return REFUSES.match(text) is not None


def holds_back(text: str) -> bool:
    """Check whether a text that opens with "not" refuses to say, rather than says no."""
    return HOLDS_BACK.search(opening(text)) is not None


def owns_up(text: str) -> bool:
    """Check whether a text says that there is something, beside who is to hear it."""
    says_yes = re.match(r"(?:yes|yeah|yep|yeh|aye)\b(?! (?:i'?d|id) (?:rather|prefer))", opening(text))
    return OWNS_UP.search(text) is not None or says_yes is not None
