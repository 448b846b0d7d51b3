"""Answers to `landlord`: what the landlord thinks of it."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

WORRIES = re.compile(
    r"\b(?<!not )(?:worried|worries me|scared|afraid|dread\w*|dare\w*|nervous|concerned|anxious|frightened)\b|\b(?:refuse[sd]?|object(?:s|"
    r"ed)?|evict\w*|kick(?:ed|s)? (?:us|me|off|out)|chuck(?:ed)? (?:us|me)|(?:he|she|they|landlord|landlady)(?:'d| would|'ll| will| might|"
    r" may| could| has| have|'s)? (?:probably |just |already |definitely )?(?:say no|said no|not (?:agree|allow|like|want|be happy|let)|"
    r"turned (?:us|me) down)|(?:won'?t|wont|wouldn'?t|wouldnt|doesn'?t|don'?t|didn'?t) (?:let|allow|agree|like|want|be (?:happy|keen)|"
    r"have it)|not allowed|not (?:be )?(?:keen|happy)|against (?:it|the (?:rules|tenancy|contract))|(?:a|be|some|much) (?:problem|trouble|"
    r"issue)|cause trouble|awkward|funny about|putting it off|wants? us out|strict|rent up|lose (?:the|my|our) (?:flat|house|home|tenancy)|"
    r"not sure (?:he|she|they)'?d)\b"
)
NO_WORRY = re.compile(r"\b(?:no (?:problems?|issues?|objections?|worries)|not (?:worried|a problem|bothered))\b")
AGREES = re.compile(
    r"\b(?:agreed?s?|(?:said|says) (?:yes|ok|okay|fine|great|it'?s|that'?s|we can|i can|go ahead)|(?:fine|ok|okay|happy|cool|good|great|"
    r"lovely) (?:with|for|about)|(?:gave|given|got|have|has|had)(?: (?:us|me|her|his|their|the|landlord'?s|written))* (?:permission|"
    r"consent|go[- ]ahead|blessing|approval|ok|okay)|all for it|on board|green light|in writing|made up (?:for|about)|delighted|thrilled|"
    r"over the moon|the nod|thumbs up|cleared it|supportive|signed (?:it )?off|(?:doesn'?t|don'?t|didn'?t) mind|approved?|(?:is|are|was|"
    r"were|he'?s|she'?s|they'?re) (?:\w+ )?(?:fine|ok|okay|happy|cool|supportive|chuffed|pleased|lovely about it))\b"
)
NOT_ASKED = re.compile(
    r"\b(?:not|n't|nt|never|no|hasn'?t|haven'?t|havent|hasnt|don'?t|doesn'?t|dont|didn'?t|yet to|still to|need to|have to|going to|gonna|"
    r"will|plan(?:ning)? to|about to|intend to|want to|wanted to|i'?ll|we'?ll)\b(?: \w+){0,4} (?:ask(?:ed)?|tell|told|mention(?:ed)?|"
    r"spoke[n]?|speak|said|say|know|let|raised?|contact(?:ed)?|bring|brought|approach(?:ed)?|check(?:ed)?|find out|come back|repl(?:y|ied)|"
    r"answer(?:ed)?|respond(?:ed)?|heard|decided|ring|rung|call|clue|idea)\b|\bnot (?:yet|so far)\b|\bwaiting (?:to|for|on)\b|\b(?:no|any|"
    r"had no) (?:reply|answer|response)\b|\bheard nothing\b|\bkept it (?:to|quiet)\b|\bonly just (?:started|begun)\b|\bkeeping it (?:to|"
    r"quiet)\b|\bnot got (?:round|that far)\b"
)
GUESSES = re.compile(
    r"\b(?:think|sure|should|hopefully|hope|expect|imagine|would|'d|reckons?|probably|might|if|guess|doubt|as long as|"
    r"provided|unless)\b"
)


def landlord(question: Question, doc: Doc) -> Any:
    """Read what the landlord thinks of it. To know of it is not yet to agree, so a bare "yes" is asked about again."""
    text = doc.text
    if is_question(doc) or re.search(r"\b(?:no|not|don'?t have|haven'?t got|without) (?:a |any )?landlord\b", text):
        return ASK_AGAIN
    plain = NO_WORRY.sub(" fine with it ", text)
    if WORRIES.search(plain) and not (polarity(doc) is True and AGREES.search(plain)):
        return "worried"
    not_asked = NOT_ASKED.search(plain) is not None
    if AGREES.search(plain) and not GUESSES.search(plain):
        return (
            ASK_AGAIN
            if re.search(
                r"\b(?:but|as long as|if|unless|not|n't|hasn'?t|haven'?t)\b",
                re.sub(r"\b(?:doesn'?t|don'?t|didn'?t) mind\b", " ", plain),
            )
            and not not_asked
            else ("not_yet" if not_asked else "agreed")
        )
    if not_asked:
        return "not_yet"
    if UNSURE.search(text) or GUESSES.search(plain) or wavers(doc):
        return ASK_AGAIN
    said = polarity(doc)
    if said is False:
        return "not_yet" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said is True else None
