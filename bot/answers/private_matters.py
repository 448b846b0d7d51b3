"""Answers about what is talked through in private: offences, and dealings with children's services."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.other_people import of_another
from bot.answers.prefers_to_talk import owns_up, talks_instead
from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, NEGATED, yes_or_no
from bot.text.polarity import opening, polarity
from bot.text.preferences import RATHER_NOT, RATHER_TALK
from bot.text.questions import is_question

ADMITS = re.compile(
    r"\b(?:afraid so|(?:did|done|doing) (?:some )?time|been inside|got done|(?:was|were|been|got) (?:\w+ )?(?:convicted|arrested|"
    r"cautioned|charged)|convictions?|cautions?|criminal record|(?:got|have|has|'ve) a record|prison|in trouble|drink driv\w+|"
    r"(?:a bit|yes|once|something|there was|we had|they) .*\bwhen (?:i|we|my|he|she) (?:was|were)\b|(?:got|were|was) involved|"
    r"child protection|took my|when (?:i|we) (?:was|were) (?:little|small|young(?:er)?|a (?:kid|child|teen\w*|baby))|(?:had|have|"
    r"has) (?:a )?social workers?|on a plan|referral|referred)\b"
)
QUALIFIED = re.compile(
    r"\b(?:recent\w*|serious|major|bad|lately|any ?more|since|just|these days|now|yet|much|big|adult|for years)\b"
)
PLAIN_NOT = re.compile(
    r"not (?:me|us|him|a (?:thing|sausage|dicky ?bird|single|jot)|one|once|ever|any|anything|either|at all|so much|"
    r"guilty|to (?:my|our)|for|that (?:i|we)|in (?:my|our|all)|here|as far|even|got)\b"
)


def private_matter(question: Question, doc: Doc) -> Any:
    """Read whether there is something to talk through in private. A "no" with a condition is no plain no."""
    text = doc.text
    asks = is_question(doc) and "?" in text
    if talks_instead(text) or re.search(
        r"\b(?:happy|want) to (?:go (?:through|over)|explain|discuss)\b|\bneed (?:that|a) \w* ?chat\b|"
        r"\bup ?front about\b|\bsay something about\b|\bsomething (?:\w+ )?(?:to|he'?d|she'?d|we'?d|i'?d) (?:\w+ )*(?:explain|go|"
        r"discuss|talk|say)",
        text,
    ):
        return "yes_talk" if owns_up(text) and not asks else "prefer_to_talk"
    if re.search(
        r"\b(?:through|for|at) (?:my )?work\b|\bmy job\b|\bwork(?:ed)? (?:for them|(?:with|for|in|as) (?:a )?social)",
        text,
    ):
        return ASK_AGAIN
    if of_another(text):
        return ASK_AGAIN
    if re.match(r"not\b", opening(text)) and not PLAIN_NOT.match(opening(text)):
        return ASK_AGAIN
    unclear = NEGATED.search(text) or re.search(r"\b(?:maybe|depends|possibly|what you)\b", text) or is_question(doc)
    if ADMITS.search(text) and not unclear:
        return "yes_talk"
    if re.search(r"\b(?:never|not) so much as\b", text):
        return "no"
    if re.search(
        r"\b(?:all clear|squeaky|clean as|clean record|nothing like that|not that i (?:know|am aware|'?m aware)|nowt|"
        r"not me|no never)\b",
        text,
    ) and not HOWEVER.search(text):
        return "no"
    if polarity(doc) is False and QUALIFIED.search(text) and not (RATHER_TALK.search(text) or RATHER_NOT.search(text)):
        return ASK_AGAIN
    if re.search(r"\byes\b", text) and not NEGATED.search(text) and not is_question(doc):
        return "yes_talk"
    return yes_or_no(question, doc)
