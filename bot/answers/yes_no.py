"""Answers that are a yes or a no with something beside it: the right to work, what is private, a message.

Each rule gives a value; ASK_AGAIN where a text could mean two things; None where the examples may still settle it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import holds_back, of_another, owns_up, talks_instead
from bot.text.polarity import UNSURE, opening, polarity, wavers
from bot.text.preferences import RATHER_NOT, RATHER_TALK
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

ASK_AGAIN = object()  # settled: no example can tell what is meant
Rule = Callable[["Question", Doc], Any]

HOWEVER = re.compile(r"\b(?:but|although|though|except|apart from|other than|unless|however|only|until)\b")
NEGATED = re.compile(
    r"\b(?:no|not|never|none|don'?t|doesn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|without|nobody|no one|neither|can'?t|won'?t)\b"
)


def yes_or_no(question: Question, doc: Doc) -> Any:
    """Yes, no, not sure, rather talk: the answers that most questions share."""
    if is_question(doc) and not (question.has("prefer_to_talk") and RATHER_TALK.search(doc.text)):
        return ASK_AGAIN
    if question.has("prefer_to_talk") and talks_instead(doc.text):
        return "prefer_to_talk"
    if UNSURE.search(doc.text):
        return "not_sure" if question.has("not_sure") else ASK_AGAIN
    if wavers(doc) or holds_back(doc.text):
        return ASK_AGAIN
    said = polarity(doc)
    if said is None:
        return None
    if HOWEVER.search(doc.text):
        return "yes_talk" if said and question.has("yes_talk") else ASK_AGAIN
    if said:
        return next((value for value in ("yes_talk", "yes") if question.has(value)), None)
    return "no" if question.has("no") else None


def right_to_work(question: Question, doc: Doc) -> Any:
    """The right to live and work here, of the person who types."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if of_another(text):
        return ASK_AGAIN
    if re.search(r"\bstay is permanent\b|\bno (?:limits|time limit|restrictions)\b", text) and not is_question(doc):
        return "yes"
    if UNSURE.search(text) or re.search(r"\bi think (?:i do|so|we do)\b.*\bbut\b", text):
        return "not_sure" if not is_question(doc) else ASK_AGAIN
    if is_question(doc) or re.search(r"\b(?:kids|children|son|daughter)s? (?:was|were|is|are)\b", text):
        return ASK_AGAIN
    mine = re.search(
        r"\b(?:british|uk|irish|dual) (?:citizen|passport|national)|\b(?:british|settled) (?:citizen|status)|"
        r"\bindefinite leave\b|"
        r"\bilr\b|\b(?:i'?m|we'?re|both|i am|we are) (?:both )?(?:british|english|scottish|welsh|irish|citizens?)\b|"
        r"^(?:british|english|scottish|welsh|irish)\b|\b(?:naturalised|citizenship|permanent residen\w+)\b|"
        r"\bborn (?:and (?:bred|raised)|here|in (?:the uk|england|"
        r"britain|leicester))",
        text,
    )
    if (
        re.search(
            r"\b(?:visitor|visiting|tourist|on holiday|not (?:allowed|permitted)|no (?:permission|papers|"
            r"right))\b",
            text,
        )
        and polarity(doc) is not True
    ):
        return "no"
    if re.search(
        r"\bpre-? ?settled\b|\b(?:waiting|applied|applying|appeal|asylum|decision|"
        r"pending)\b",
        text,
    ) and not re.search(r"\bexpired?\b", text):
        return "not_sure" if polarity(doc) is not True else ASK_AGAIN
    if re.search(r"\bexpired?\b", text):
        return ASK_AGAIN
    if mine and not HOWEVER.search(text) and not NEGATED.search(text):
        return "yes"
    if re.search(r"\b(?:husband|wife|partner)\b", text) and not re.search(r"\b(?:both|we)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)


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


def private(question: Question, doc: Doc) -> Any:
    """Whether there is something to talk through in private. A "no" with a condition is no plain no."""
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


def safe_to_message(question: Question, doc: Doc) -> Any:
    """Whether a message may be left. With a condition, only a plain answer will do."""
    text, said = doc.text, polarity(doc)
    if (
        re.search(
            r"\b(?:only|just) me\b|\b(?:no ?one|nobody) else\b|\bplease do\b(?! not)|"
            r"\bmy own phone\b",
            text,
        )
        and not re.search(r"\b(?:don'?t|dont|not|speak)\b", text)
        and not is_question(doc)
    ):
        return "yes"
    if (
        re.search(
            r"\b(?:just|rather you|only) (?:\w+ )?(?:ring|rang|call(?:ed)?|hang)\b|\bonly speak to me\b|\b(?:family|no ?one|"
            r"nobody|husband|wife|partner|they)(?: \w+)? (?:doesn'?t|don'?t|dont|doesnt)? ?knows?\b|\bleave (?:any|"
            r"nothing)\w*\b",
            text,
        )
        and said is not True
    ):
        return "no" if not is_question(doc) else ASK_AGAIN
    if (
        is_question(doc)
        or wavers(doc)
        or HOWEVER.search(text)
        or re.search(r"\b(?:text|email|if|after|before|just)\b", text)
    ):
        return (
            "no"
            if said is False and not is_question(doc) and not re.search(r"\b(?:but|only|if|text|email)\b", text)
            else ASK_AGAIN
        )
    if re.search(r"\bplease (?:do not|don'?t|dont)\b|\b(?:rather|prefer) (?:you )?(?:didn'?t|didnt|not)\b", text):
        return "no"
    if (
        said is None
        and re.search(r"(?:\bis|'s) (?:fine|ok|okay|good|safe|all right|alright)\b", text)
        and not NEGATED.search(text)
    ):
        return "yes"
    return yes_or_no(question, doc)
