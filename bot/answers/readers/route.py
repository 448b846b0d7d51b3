"""Answers to `route`: what someone came for."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import NEGATED
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

KIN = (
    r"(?:grand ?(?:child(?:ren)?|kids?|sons?|daughters?|babies|baby)|nephews?|nieces?|great[- ]nephew|great[- ]niece|"
    r"(?:little |baby |half )(?:brothers?|sisters?)|god ?(?:child|son|daughter)|cousins?|step ?(?:son|daughter)|"
    r"(?:brother|sister|friend|cousin|mate|daughter|son|neighbour|aunt|auntie|ex|partner)'?s'? (?:\w+ ){0,2}(?:kids?|children|"
    r"child|boys?|girls?|lad|lads|baby|babies|son|daughter|little (?:one|ones|boy|girl)|two|three|eldest|youngest))"
)
ROUTES: dict[str, re.Pattern[str]] = {
    "look_after_child_i_know": re.compile(
        rf"\b(?:{KIN}|kinship|connected (?:person|carer)|special guardian\w*|sgo|a (?:child|kid|boy|girl|lad) (?:i|we|"
        rf"my \w+) (?:already )?know\w*|family member'?s?|(?:granddad|grandad|nan|gran|grandma|auntie|aunt|uncle) (?:to|of|"
        rf"and (?:i )?want))\b"
    ),
    "transfer": re.compile(
        r"\b(?:transfer\w*|switch\w*|mov(?:e|ing) (?:from|over|across|agenc\w+|to (?:you|the council))|chang(?:e|ing) (?:agenc\w+|"
        r"services?|fostering|councils?|from)|(?:already|currently|existing|current|approved) (?:\w+ ){0,2}(?:foster\w*|carers?)|"
        r"(?:i|we) (?:already |currently )?foster "
        r"(?:with|for|now|already)|(?:we'?re|i'?m|we are|i am) (?:already |currently )?(?:approved|foster carers?|fostering|"
        r"a foster carer|carers)|another (?:agency|council|service|authority|fostering)|leav(?:e|ing) (?:my|our) (?:agency|ifa)|"
        r"my ifa|our ifa|been fostering (?:since|for)|approved elsewhere|bring (?:my|our) approval|"
        r"(?:come|coming|jump) (?:over|across|ship)|fostering .{0,20}(?:for|with) (?:an? )?(?:\w+ )?(?:agency|ifa|council))\b"
    ),
    "short_breaks": re.compile(
        r"\b(?:short[- ]?(?:breaks?|stays?)|respite|weekends?(?: only| a month)?|disab\w+|additional needs|"
        r"special needs|now and (?:again|then) for|once a month for parents|overnight breaks?|give (?:\w+ ){0,2}(?:parents|"
        r"families|mums?) a (?:break|rest))\b"
    ),
    "supported_lodgings": re.compile(
        r"\b(?:supported lodging\w*|lodgings?|care leavers?|leaving care|(?:host|put up|take in|"
        r"room (?:for|to)) (?:a |an |to )?(?:\w+ ){0,2}(?:young (?:person|people|adult)|1[678]|teen\w*|sixteen|seventeen|"
        r"eighteen)|become independent|landlady)\b"
    ),
    "independent_visitor": re.compile(
        r"\b(?:independ[ae]nt visit\w*|somebody'?s visitor|befriend\w*|mentor\w*|spend time with|see a (?:child|kid)|"
        r"visit(?:or)? (?:for|to|a|kids|"
        r"children|someone in)|"
        r"be a visitor|(?:take|taking) (?:a |them |one )?(?:\w+ )?(?:child|kid|young person|kids|children|"
        r"them)? ?(?:\w+ ){0,2}out\b|days? out|"
        r"no overnights?|volunteer\w*|(?:be |a )friend (?:to|for))\b"
    ),
    "adoption": re.compile(
        r"\b(?:ad+opt\w*|(?:ours|yours|mine) (?:for good|for ever|forever)|becomes ours|our surname|for keeps|"
        r"forever child|birth certificate|"
        r"legal(?:ly)? (?:parents?|mum|dad)|legally (?:ours|mine)|forever famil\w+|forever home|permanent(?:ly)? (?:ours|mine|"
        r"parents?))\b"
    ),
}
SOMETHING_ELSE = re.compile(
    r"\b(?:complain\w*|complaint|a job|jobs?\b|vacanc\w+|press|journalist|reporter|student|essay|dissertation|school project|"
    r"homework|none of (?:these|those|them|the above)|something (?:else|different)|other\b$|council tax|donat\w*|"
    r"freedom of information|foi|"
    r"records|my (?:own )?(?:kids?|child|children|son|daughter)(?:'s| is| are| were| was)? (?:in care|taken)|worried about|"
    r"report (?:a|some|my)|in care myself|i was in care|supplier|housing|refugee|ukrain\w*|different reason)\b"
)
JUST_INFO = re.compile(
    r"\b(?:info\w*|just (?:looking|having|browsing|want to know|curious|asking|reading|seeing|checking)|brows\w*|nosey|nosy|"
    r"curious|read(?:ing)? (?:up|about)|find(?:ing)? out|learn more|leaflet|brochure|see what|questions?|have a look|"
    r"look(?:ing)? (?:around|into it)|"
    r"research\w*|know more|no plans|early days|not ready|before (?:i|we) decide|how it works|what it involves|what'?s involved)\b"
)
FOSTERING = re.compile(
    r"\b(?:foster\w*|become a carer|be a carer|sign up|apply|get started|start\b|ready to (?:start|go|apply)|new carer|(?:give|"
    r"offer) (?:a|some|kids?|children) (?:\w+ )*(?:home|stability|love)|take (?:in )?(?:\w+ )?(?:kids|children)|open (?:my|"
    r"our) home|carers?)\b"
)


def route(question: Question, doc: Doc) -> Any:
    """Read what someone would like to do. A named child comes first: that is never to be slowed by a form."""
    text = doc.text
    if is_question(doc) and not re.search(
        r"\b(?:just info\w*|i'?m|i am|we'?re|i want|we want|i'?d (?:like|love)|interested)\b", text
    ):
        return ASK_AGAIN
    text = re.sub(
        r"\b(?:not|rather than|instead of|don'?t want to|no|never)\b (?:\w+ )?(?:adopt\w*|foster\w*|transfer\w*|"
        r"volunteer\w*)",
        " ",
        text,
    )
    if SOMETHING_ELSE.search(text) and not re.search(
        r"\bfoster(?:ing)? (?:a|as a) job\b|\bwith my job\b|\bmy job\b", text
    ):
        return "something_else"
    found = [name for name, pattern in ROUTES.items() if pattern.search(text)]
    if "look_after_child_i_know" in found and not re.search(
        r"\b(?:raised|brought up|experience|have \d? ?grand)\b", text
    ):
        return "look_after_child_i_know"
    if len(found) > 1:
        if set(found) == {"short_breaks", "transfer"} and "respite" in text:
            return "transfer"
        if set(found) == {"short_breaks", "independent_visitor"} and re.search(
            r"\bno overnights?\b|\bbefriend\w*\b", text
        ):
            return "independent_visitor"
        return ASK_AGAIN
    if found:
        return found[0]
    if JUST_INFO.search(text) and not re.search(r"(?<!not )\bready to\b|\bsign up\b", text):
        return "information_only" if not re.search(r"\blooking into\b", text) else None
    if re.search(r"\b(?:neighbour|friend|sister|mum|mate|cousin|aunt|auntie)s? (?:is|are|was|were|does)\b", text):
        return ASK_AGAIN
    if FOSTERING.search(text) and not UNSURE.search(text):
        return "foster_new" if not NEGATED.search(text) else None
    return ASK_AGAIN if polarity(doc) is not None else None
