"""Answers to `driving`: whether anyone at home drives."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

LEARNING = re.compile(
    r"\bl[- ]plates?\b|\bfailed\b.*\b(?:third|second|next|again|rebook\w*|another go|try)\b|\b(?:learning|learner|(?:having|taking|"
    r"started|starting|doing|on|my) (?:\w+ )?(?:driving )?lessons?|lessons|provisional|theory|"
    r"(?:driving )?test (?:is |was )?(?:booked|next|coming|soon|in|on|date)|(?:waiting|booked).{0,16}test|(?:re-?)?taking (?:my|"
    r"his|her) (?:driving )?test|retak\w+)\b"
)
NEVER_LEARNT = re.compile(
    r"\b(?:not|never|haven'?t|havent|didn'?t|no|without|gave up|stopped|don'?t|thinking (?:of|about)|"
    r"meant to|would like)\b[^,.]{0,22}"
    r"\b(?:learn\w*|lessons?|provisional|test)\b"
)
WHO = (
    r"(?:i|we|he|she|they|both(?: of us)?|husband|hubby|wife|missus|partner|(?:other|better) half|boyfriend|girlfriend|bf|gf|"
    r"son|daughter|lad|mum|dad|one of us|everyone|all of us|lodger|sister|brother|fella|him indoors)"
)
DRIVES = re.compile(
    rf"\b{WHO}(?:'ve)? (?:do|does|can|all|both|still)?(?: of us)? ?(?:all |both |still |already |now |do |can |the )?(?:drive|"
    rf"drives|driving|drove)\b|"
    rf"\b{WHO} (?:does|do|can)\b(?! (?:\w+ )?(?:have|not|n't|own|live|need|want))|\bpassed (?:my |his |her |our |the |a |last |"
    rf"in |first |when |at |years )|\bpassed$|\bdriv(?:e|"
    rf"es|ing) (?:for|since|every|all|a|to|lorries|buses|taxis|years)\b|"
    r"\b(?:full|clean|driving|uk|automatic|got (?:a|my|our|his|her)|have (?:a|my|our)) (?:\w+ )?licen[cs]es?\b|\blicen[cs]es? since\b|"
    r"\b(?:cars?|people carrier|motability|4x4|campervan|minibus|van|motor)\b|\b(?:lorry|hgv|taxi|bus|van|delivery|truck|coach|"
    r"tram|ambulance|cab) ?drivers?\b|\b(?:are|both|all) drivers\b|\bcabb(?:y|ie)\b|^drive\b|\bi drive\b"
)
NO_DRIVING = re.compile(
    r"\b(?:don'?t|dont|doesn'?t|doesnt|do not|does not|can'?t|cant|cannot|never|not|unable to|no longer|neither (?:of us )?|"
    r"nobody|no one|none of us|stopped|gave up|"
    r"given up|too (?:nervous|scared|old) to|not allowed to|stop|quit)\b[^,.;]{0,18}\b(?:driv\w*|car|wheel|learnt|learned|passed|"
    r"does|can|licen[cs]e)\b|"
    r"\b(?:no|lost (?:my|his|her)|gave up (?:my|the)|surrendered|handed (?:in|back)|without a|"
    r"haven'?t (?:got )?a?) ?(?:\w+ )?(?:car|licen[cs]e|driver|wheels)s?\b|"
    r"\b(?:the |by |on |use |get )(?:bus|buses|train|tram)\b|\bpublic transport\b|\bbus pass\b|\b(?:epilep\w*)\b|\bfailed\b|"
    r"\b(?:walk|cycle|bike|taxis?|uber)\b(?! ?driver)|\bneither\b|\bnobody\b|\bno one\b|\bnone of us\b|\bget(?:ting)? round to\b|"
    r"\bnon[- ]?drivers?\b"
)
NOW_AND_THEN = re.compile(
    r"\b(?:sometimes|occasional\w*|rarely|not at night|moped|scooter|if i (?:have|need)|could learn|hate|used to|banned|disqualified)\b"
)
LICENCE_ONLY = re.compile(r"\blicen[cs]e\b.*\b(?:but|no car)\b|\bno car\b.*\blicen[cs]e\b")


def driving(question: Question, doc: Doc) -> Any:
    """Read whether anyone at home drives: one who does is enough."""
    text = doc.text
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if re.match(r"(?:it'?s )?(?:only|just) (?:me|him|her|i|my \w+|the \w+)\b(?! bus)", text) or re.search(
        r"\bdo (?:taxis|"
        r"deliveries) for\b",
        text,
    ):
        return "yes" if not re.search(r"\b(?:bus|learning|lessons|provisional|walk|train)\b", text) else ASK_AGAIN
    said = polarity(doc)
    another = re.search(r"\b(?:husband|wife|partner|he|she) (?:does|drives|has|can)\b", text)
    if NOW_AND_THEN.search(text) or (LICENCE_ONLY.search(text) and not another):
        return _now_and_then(text, said)
    learned = NEVER_LEARNT.sub(" ", text)
    rest = NO_DRIVING.sub(" ", learned)
    learns = LEARNING.search(learned) and not re.search(
        r"\bpassed (?:my|his|her|the) (?:driving )?test\b|\bpassed (?:it|last|in|"
        r"first)\b",
        text,
    )
    somebody = DRIVES.search(
        LEARNING.sub(
            " ",
            re.sub(
                r"\b(?:passed (?:my |his |her |the )?theory|theory (?:test )?(?:is )?passed|"
                r"learner drivers?|learning to drive|driving lessons?)\b",
                " ",
                rest,
            ),
        )
    )
    no = NO_DRIVING.search(text) or NEVER_LEARNT.search(text)
    if (
        somebody
        and (not no or re.search(r"\b(?:but|though|although|only|just|and|apart|except)\b|,", text))
        and polarity(doc) is not False
    ):
        return "yes"
    if somebody and no and HOWEVER.search(text):
        return "yes"
    if learns and not re.search(r"\b(?:son|daughter|lad|girl) is only\b", text):
        return "learning"
    if no:
        return ASK_AGAIN if polarity(doc) is True or somebody else "no"
    if wavers(doc):
        return None
    return yes_or_no(question, doc)


def _now_and_then(text: str, said: bool | None) -> Any:
    if said is None or (said and "moped" in text):
        return ASK_AGAIN
    if said:
        return "yes"
    return ASK_AGAIN if HOWEVER.search(text) else "no"
