"""Answers to what only asks whether to go on: the smaller questions, the private ones, passing on, a child in placement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.readers.ages import CHILD_WORDS
from bot.answers.yes_no import ASK_AGAIN, HOWEVER, NEGATED, yes_or_no
from bot.text.numbers import N
from bot.text.polarity import UNSURE, opening, polarity, wavers
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

GOES_ON = re.compile(
    r"\b(?:go (?:on|ahead|for it)|carry on|crack on|fire away|ask (?:away|them|me(?! later))|keep (?:going|(?:them|it) coming)|continue|"
    r"bring (?:it|them) on|might as well|may as well|why not|let'?s (?:do|go|get|finish|crack|hear)|lets (?:do|go|get|finish|crack|hear)|"
    r"get (?:it|them|this|that) (?:all )?(?:over|done|out)|proceed|on you go|shoot|hit me|just ask|(?:happy|i'?ll|ready) (?:to )?(?:answer|"
    r"carry)|sooner the better|in one (?:go|sitting)|all at once|the lot|(?:i'?ve|i have|have|got) (?:got )?(?:\w+ )?(?:minutes|mins|"
    r"time)(?! left))\b"
)
NOT_ON = re.compile(
    r"\b(?:not|don'?t|dont|rather not|wouldn'?t|no need to) (?:\w+ )?(?:go on|carry on|continue|ask|keep going|proceed)\b"
)
LATER = re.compile(
    r"\b(?:later|visit(?:or|s)?|skip|another (?:time|day)|some other (?:time|day)|not (?:now|today|tonight|right now|yet|at the moment)|"
    r"next time|when (?:they|you|we|someone|somebody|the \w+) (?:come|comes|meet|visit\w*|turn up)|in person|face to face|can wait|"
    r"(?:leave|save|keep|hold) (?:it|them|those|that|these|the rest)(?: for now)?(?! coming)|(?:had|got) enough|enough (?:questions|for)|"
    r"no more|tired(?: now)?|(?:do|enough|it) for (?:today|now|tonight)|(?:got|have) to (?:go|dash|run)|no time|tomorrow|"
    r"stop(?:ping)? (?:there|here|now)|best not|plenty|too many|(?:not a |no )good time)\b"
)
RATHER_THAN = re.compile(
    r"\b(?:rather than|instead of|not|than) (?:\w+ ){0,2}(?:later|at the visit|in person|wait\w*)\b|\bsooner "
    r"(?:rather )?than later\b"
)
TELLS = re.compile(r"(?:please )?do (?:it|them|those|that)\b|(?:when|while|once)\b(?! (?:is|will|would|do|does|can)\b)")
MAY_WAIT = re.compile(
    r"^(?:can|could|may|shall) (?:they|it|that|those|these|we|i) (?:\w+ )?(?:wait|leave|skip|do (?:it|them|that|"
    r"those) (?:later|at|when))\b"
)
EITHER = re.compile(
    r"\b(?:don'?t mind|not (?:fussed|bothered)|either|up to you|you (?:decide|choose)|whichever|whatever)\b(?! "
    r"(?:answering|doing|now))"
)
NOW = re.compile(r"\bnow\b")


def the_rest(question: Question, doc: Doc) -> Any:
    """Whether the smaller questions are asked now or left for the visit."""
    if MAY_WAIT.search(doc.text):
        return "at_visit"
    if (is_question(doc) and not TELLS.match(doc.text)) or UNSURE.search(doc.text) or EITHER.search(doc.text):
        return ASK_AGAIN
    text = RATHER_THAN.sub(" now ", doc.text)
    later = LATER.search(text) is not None or talks_instead(text)
    goes_on = GOES_ON.search(text) is not None or NOW.search(LATER.sub(" ", text)) is not None
    if NOT_ON.search(text):
        later, goes_on = True, False
    if later != goes_on:
        return "at_visit" if later else "now"
    if later or wavers(doc):
        return ASK_AGAIN
    said = polarity(doc)
    if said is None:
        return None
    return "now" if said else "at_visit"


HERE = re.compile(
    r"\b(?:rather|prefer(?: to)?|sooner|happy to|happier to|easier to|fine to|ok to|okay to) (?:just )?(?:(?:do|answer|say|tell|keep|"
    r"have) (?:it|them|that|you|these|those) )?(?:all )?(?:here|online|in (?:the |this )?chat|on (?:the |this )?(?:chat|computer)|type|"
    r"typ\w+|carry on|go on|go ahead|keep going|continue|answer\w*|get (?:it|them) (?:over|done))\b|^(?:here|chat|typing|online)(?:'s|"
    r" is) (?:fine|ok|okay|good|easier|better)\b|\bnothing to hide\b|\bdon'?t mind (?:answering|you asking|saying|telling|at all)\b"
)
TO_SOMEONE = re.compile(
    r"^(?:to |a |by )?(?:talk|person|phone|call|human)\b|\b(?:in person|an? (?:real |actual )?(?:person|human)|phone call|i'?ll talk|"
    r"too personal)\b"
)
LEADING_NO = re.compile(r"^no\b[ ,]*")
HARDLY = re.compile(r"\b(?:but|only if|depends|as long as|unless|except|some of)\b")


def personal(question: Question, doc: Doc) -> Any:
    """Whether the private questions are asked here. A "no" is a wish to talk: it is never held against anyone."""
    text = doc.text
    if (
        HERE.search(text)
        and not re.search(r"\b(?:not|don'?t want|no)\b", HERE.sub(" ", LEADING_NO.sub("", text)))
        and not is_question(doc)
    ):
        return "go_on"
    if talks_instead(text) or TO_SOMEONE.search(opening(text)):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text) or wavers(doc):
        return ASK_AGAIN
    if NOT_ON.search(text):
        return "prefer_to_talk"
    if HARDLY.search(text) or EITHER.search(text):
        return ASK_AGAIN
    said = polarity(doc)
    if GOES_ON.search(text):
        return "go_on"
    if said is True:
        return "go_on"
    return (
        "prefer_to_talk"
        if said is False and not re.search(r"\b(?:problem|worries|bother|issue|objection)\b", text)
        else None
    )


THEMSELVES = re.compile(
    r"\bi'?(?:ll|d| will| would| can| could)? (?:just |probably |rather |prefer to |sooner |like to |want to )*(?:ring|call|phone|email|"
    r"e-mail|contact|message|speak to|talk to|try|find|look (?:it|them) up|get in touch|do (?:it|that)|drop|give (?:them|it))\b(?! (?:me|"
    r"back)\b)|\b(?:myself|(?:give|send|tell|text) me (?:the|their|a|that) (?:\w+ )?(?:number|details|email))\b|\b(?:have|got) (?:the|"
    r"their) number\b|\blet me (?:do|ring|call|phone)\b"
)
THEY_RING = re.compile(
    r"\b(?:they|someone|somebody|them)(?: can| could| may| should| to|'ll| will)? (?:ring|call|phone|contact|get in touch with|email|text|"
    r"give)(?: me| us)?\b|\b(?:pass|send|forward|give) (?:it|that|them|my (?:\w+ )?(?:number|name|details)|me)(?: \w+){0,2} ?(?:on|along|"
    r"over|to them)?\b|\bplease do\b(?! not)|\b(?:can|may|could) have my\b|\bhave them (?:ring|call|phone)\b"
)
FREELY = re.compile(
    r"(?:if (?:you|that|it)'?s?|go (?:ahead|for it|on)|by all means|feel free|you (?:may|can)|happy (?:for|with|to)|"
    r"please|i'?d appreciate)\b"
)
WITHHOLDS = re.compile(
    r"\b(?:don'?t|dont|do not|rather (?:you )?(?:not|didn'?t)|not|never|no)\b(?: \w+){0,3} (?:pass(?:ing|ed)?|give|giving|share|sharing|"
    r"send|number|details|name)\b|\bkeep my\b|\bleave it\b"
)


def pass_on(question: Question, doc: Doc) -> Any:
    """Whether name and number may be passed on. Where there is doubt they stay here."""
    text, said = doc.text, polarity(doc)
    asks = is_question(doc)
    if THEMSELVES.search(text) and said is not True:
        return "no"
    if WITHHOLDS.search(text) and not re.search(r"\bno (?:problem|worries|bother)\b", text):
        return ASK_AGAIN if asks or said is True else "no"
    if THEY_RING.search(text) and (
        not asks or re.match(r"(?:please |yes,? )?(?:can|could|would|will|get) (?:they|you|someone)\b", text)
    ):
        return "yes" if said is not False else ASK_AGAIN
    if asks or THEMSELVES.search(text) or re.search(r"\b(?:think (?:about|on)|only)\b", text):
        return ASK_AGAIN
    if FREELY.match(opening(text)) and said is not False and not NEGATED.search(text):
        return "yes"
    if said is True and HOWEVER.search(text) and not NEGATED.search(text):
        return "yes"  # "yes but after five": when is asked next
    return yes_or_no(question, doc)


PLACED = re.compile(
    rf"\b(?:have|'ve|got|has|there'?s|there is|looking after|caring for|fostering)(?: (?:a|an|the|one|{N}|currently|"
    rf"just))* (?:\w+ ){{0,3}}?(?:child(?:ren)?|kids?|boys?|girls?|lads?|lass|teen\w*|bab(?:y|ies)|toddlers?|siblings?|brothers?|sisters?|"
    rf"placements?|little ones?|{N})\b|\b(?:he|she|they)(?:'s|'re|'ve| is| are| has| have)(?: been)? (?:with (?:us|me)|here|living)\b|"
    rf"\bin placement\b|^(?:just |only )?(?:{N}|a|an)(?: (?:of them|\w+ ){{0,2}}(?:child(?:ren)?|kids?|boys?|girls?|lads?|teen\w*|bab(?:y|"
    rf"ies)|toddlers?|siblings?|brothers?|sisters?|year old))?(?: (?:at the (?:minute|moment)|now|currently|here|with us))*$"
)
NOBODY_PLACED = re.compile(
    r"\b(?:between placements|no placements?|empty|vacan(?:t|cy)|waiting for|(?:moved|gone|went) (?:on|home|back)|on hold|none (?:at|right|"
    r"just|now)|no ?(?:one|body) (?:at|right|just|now|here|placed|yet)|not (?:at the (?:moment|minute)|currently|now|right now|just now|"
    r"at present))\b"
)
NOT_SETTLED = re.compile(
    r"\b(?:soon|next|coming|due|about to|leaving|might|may be|weekends?|respite|on and off|sometimes|now and then|used to|had|own|birth|"
    r"adopted|grand\w+|staying put|over 18)\b"
)


def carer_child(question: Question, doc: Doc) -> Any:
    """Whether a foster child lives with someone now. Who it is, is nobody's business here."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text) or wavers(doc):
        return ASK_AGAIN
    if re.search(r"\b(?:just|only) (?:my|our) own\b", text):
        return "no"
    nobody = NOBODY_PLACED.search(text) is not None or re.match(r"(?:0|zero)\b", text) is not None
    if NOT_SETTLED.search(text):
        return ASK_AGAIN if not nobody or HOWEVER.search(text) else "no"
    if nobody:
        return "no" if said is not True and not HOWEVER.search(text) else ASK_AGAIN
    if (
        said is not False
        and not NEGATED.search(text)
        and not HOWEVER.search(text)
        and (PLACED.search(text) or (said is True and CHILD_WORDS.search(text)))
    ):
        return "yes"
    return yes_or_no(question, doc)
