"""Answers to `housing`: whose home it is."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

RELATIVE = (
    r"(?:mum|mam|mom|mother|dad|father|parents?|folks|nan|gran|grandma|grandad|grandparents|brother|sister|sibling|aunt|auntie|uncle|"
    r"cousin|son|daughter|in[- ]?laws|mother[- ]in[- ]law|father[- ]in[- ]law|family|relatives?)"
)
RENTS = re.compile(
    r"\b(?:rent(?:s|ed|ing|ers?)?|landlords?|landlady|tenan\w+|council (?:house|flat|bungalow|property|place|home)|housing "
    r"(?:association|trust)|social housing|letting|private(?:ly)? let|lets?\b(?= (?:from|off|through))|on a let|h\.?a\.? "
    r"(?:house|flat)|shorthold|from the council)\b"
)
OWNS = re.compile(
    r"\b(?:own(?:s|ed|er|ers|ing)?|mortgag\w+|home ?owners?|bought|purchased|paid (?:it )?(?:off|for)|outright|freehold|leasehold|"
    r"property ladder|(?:it'?s|is) (?:all )?(?:ours|mine)|built it|in my name|in our names?|belongs to (?:me|us))\b"
)
OF_FAMILY = re.compile(
    rf"\b(?:my|his|her|our|the|hubby'?s|partner'?s|wife'?s|husband'?s|at) (?:\w+ )?{RELATIVE}(?:'?s|s')? ?(?:house|home|place|"
    rf"flat|own\w*|bungalow|"
    rf"annexe|let us|name)?\b|\bliv(?:e|ing) (?:with|at) (?:my |our |his |her )?(?:\w+ )?{RELATIVE}\b|\bwith (?:my |our )?{RELATIVE}\b|"
    rf"\bback (?:home )?(?:with|at)\b.*{RELATIVE}|\bmumsy\b"
)
ANOTHER_HOME = re.compile(
    r"\b(?:hotel|travelodge|\w*boats?|barge|caravan|motorhome|van\b|army|forces|raf|navy|barracks|quarters|tied|(?:comes|came|"
    r"goes) with (?:my|the|"
    r"his|her) (?:job|work)|"
    r"vicarage|manse|rectory|shared ownership|part[- ](?:buy|own\w*|rent)|above the (?:pub|shop)|hostel|temporary|static|travellers?'?|"
    r"sofa surfing|house ?sit\w*|emergency accommodation|refuge|warden|co-?op|lodging|lodger|almshouse)\b"
)
DENIES_OWNING = re.compile(
    r"\b(?:don'?t|dont|do not|not|never|used to|can'?t afford to|couldn'?t|hoping to|want to|saving to)\b[^,.]{0,16}"
    r"\b(?:own\w*|rent\w*|buy|bought|mortgage)\b"
)


def housing(question: Question, doc: Doc) -> Any:
    """Read whose home it is. Two kinds in one answer are asked about again."""
    if is_question(doc) or UNSURE.search(doc.text):
        return ASK_AGAIN
    if re.search(r"\bex\b", doc.text):
        return ASK_AGAIN
    if re.search(
        r"\bown(?:s)? it,? (?:and |but )?(?:we|i) (?:just )?pay\b|\b(?:we|i) pay (?:them|him|her) (?:monthly|weekly|rent|"
        r"every)\b",
        doc.text,
    ):
        return "rent"
    text = DENIES_OWNING.sub(" ", doc.text.replace("pub landlord", "pub"))
    if ANOTHER_HOME.search(text):
        return (
            ASK_AGAIN
            if re.search(r"\b(?:mortgage|landlord)\b", text) and not re.search(r"\bpart\b|\bshared\b", text)
            else "other"
        )
    rents, family = RENTS.search(text), OF_FAMILY.search(text)
    owns = OWNS.search(
        re.sub(r"\bon (?:my|our|his|her) own\b|\bown (?:room|bedroom|car)\b|\bown\b(?= (?:landlord|tenan))", " ", text)
    )
    if rents and re.search(r"\brent (?:it |that )?(?:out|to)\b|\blandlords? (?:to|myself|ourselves)\b", text):
        return ASK_AGAIN
    if rents and owns:
        return "rent" if re.search(r"\blandlord\w* (?:who |that )?owns?\b|\bowned by\b", text) else ASK_AGAIN
    if rents:
        return "rent"
    if owns and family:
        return (
            "own"
            if re.search(
                r"\b(?:inherited|left (?:it )?to (?:me|us)|with my (?:brother|sister)|"
                r"jointly)\b",
                text,
            )
            else "with_family"
        )
    if owns or family:
        return "own" if owns else "with_family"
    return ASK_AGAIN if polarity(doc) is not None else None
