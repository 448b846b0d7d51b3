"""Answers that name one or more of several things: a place, a kind of week, time with children, a next step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Dict, List, Pattern, Sequence, Set

from spacy.tokens import Doc

from bot.answer_rules import ASK_AGAIN, HOWEVER
from bot.reading import UNSURE, is_question, polarity, postcode, read, wavers

if TYPE_CHECKING:
    from bot.answers import Question

NOT_HOME = r"\b(?:not|near|nr|outside|close to|next to|from|work in|off|by|towards|between|used to live in|moved from)"
NOT_HOME += r"(?: in| to)? (?:the )?"


def area(doc: Doc, places: Dict[str, str], elsewhere: Sequence[str]) -> Any:
    """A postcode, or which side of the boundary a named council is on.

    Args:
        doc: the text.
        places: what names of this agency's councils mean, in lower case.
        elsewhere: names of places that are other councils' for any agency that does not list them.
    """
    text = re.sub(r"\bnot [a-z]{1,2}\d[a-z\d]?\b", " ", doc.text)
    typed = postcode(read(text))
    if typed:
        return ASK_AGAIN if re.search(r"\b(?:near|outside) " + typed.split()[0].lower(), text) else typed
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if re.search(r"\b(?:moving|about to move)\b", text):
        return ASK_AGAIN
    text = re.sub(r"\bn\.?w\.? ", "north west ", text.replace("&", "and"))
    found = {meaning for name, meaning in _with_parts(places).items() if _lives(name, text)}
    if not found and any(_lives(name, text) for name in elsewhere):
        found = {"elsewhere"}
    if len(found) == 1:
        return found.pop()
    return ASK_AGAIN if found or any(re.search(rf"\b{re.escape(name.split()[0])}\b", text) for name in places) else None


def _with_parts(places: Dict[str, str]) -> Dict[str, str]:
    """Also each half of a double name: people say "Hinckley" for "Hinckley and Bosworth"."""
    halves = {half.strip(): meaning for name, meaning in places.items() if " and " in name for half in name.split(" and ")}
    return {**halves, **places}


def _lives(name: str, text: str) -> bool:
    found = re.search(rf"({NOT_HOME})?\b{re.escape(name)}\b", text)
    return found is not None and not found.group(1)


WEEKS: Dict[str, Pattern[str]] = {
    "mostly_home": re.compile(
        r"\b(?:stay[- ]at[- ]home|house ?(?:wife|husband)|home (?:all day|most|full time)|work(?:ing)? (?:mostly |"
        r"mainly )?from home|wfh|at home|maternity|homemaker)\b"
    ),
    "part_time": re.compile(
        r"\bpart[- ]?times?\b|\b(?:[1-4]|one|two|three|four|couple of) (?:days?|mornings|afternoons|evenings)\b|\b(?:[5-9]|1\d|"
        r"2\d) ?(?:hours|hrs)\b|\bjob ?share\b|\bterm[- ]time\b|\bmornings only\b"
    ),
    "shifts": re.compile(r"\bshifts?\b|\bnights?\b|\brotas?\b|\bon[- ]call\b|\bearlies\b|\blates\b|\b(?:4|four) on\b"),
    "retired_or_not_working": re.compile(
        r"\b(?:retired|retirement|unemployed|redundan\w+|out of work|between jobs|pension\w*|(?:not|don'?t|dont|n't|stopped|"
        r"no longer) work(?:ing)?)\b"
    ),
    "full_time_flexible": re.compile(
        r"\b(?:flexi\w*|choose my|own (?:hours|boss)|self[- ]employed.*full|hybrid|my own hours|can (?:move|change|pick) my)\b"
    ),
    "full_time_fixed": re.compile(
        r"\b(?:9|nine|8|8\.30|8:30|eight|7|seven)(?:am)? ?(?:to|-|till?|til|until) ?(?:5|five|4|four|6|six|3|5\.30|5:30|4\.30)|"
        r"\b(?:fixed|set|office|regular) hours\b"
    ),
}
SOMEBODY_ELSE = re.compile(r"\b(?:sick|signed off|self[- ]employed|student|uni|husband|wife|partner|hubby|he|she)\b")  # or not plain
FULL = re.compile(r"\bfull[- ]?time\b")


def availability(question: Question, doc: Doc) -> Any:
    """How a week looks; two patterns in one answer are asked about again."""
    text = doc.text
    if is_question(doc) or wavers(doc) or UNSURE.search(text) or polarity(doc) is True:
        return ASK_AGAIN
    found: Set[str] = {name for name, pattern in WEEKS.items() if pattern.search(text)}
    if SOMEBODY_ELSE.search(text) and not re.search(r"\b(?:both|we)\b.*\b(?:retired|part)", text):
        return ASK_AGAIN
    if FULL.search(text):
        found &= {"full_time_flexible", "full_time_fixed", "shifts"}
        return found.pop() if len(found) == 1 else ASK_AGAIN
    if found == {"part_time", "shifts"} or len(found) > 1:
        return ASK_AGAIN
    return found.pop() if found else None


NO_OWN = re.compile(
    r"\b(?:no|not got|don'?t have|never had|haven'?t (?:got|had)|without) (?:any )?(?:of my own|kids|children)(?: of (?:my|"
    r"our) own)?\b"
)
KNOWS: Dict[str, Pattern[str]] = {
    "own_children": re.compile(
        r"\b(?:my|our) own(?! (?:business|home|house))\b|\b(?:my|our) (?:\w+ )?(?:kids|children|sons?|daughters?|boys|girls|"
        r"step ?\w+)\b|\b(?:raised|brought up|bringing up|raising) (?:my|our|\d|a|an|the|them|two|three|four|five|six)\b|"
        r"\b(?:i'?ve|i have|we'?ve|we have|got) (?:got )?(?:a |\w+ )?(?:kids|children|"
        r"sons?|daughters?|boys|girls)\b|\b(?:mum|mam|dad|mother|father|parent) (?:of|to) (?:a |\d|two|three|four|five|six|my)"
    ),
    "family": re.compile(
        r"\b(?:nieces?|nephews?|grand ?(?:children|child|kids?|sons?|daughters?)|god ?(?:children|child|son|daughter)|"
        r"babys[ai]t\w*|cousins?|(?:my )?(?:younger|little|baby|kid) (?:brothers?|sisters?|siblings?)|(?:friends'?|friend's|"
        r"family'?s?) (?:kids|children))\b"
    ),
    "work": re.compile(
        r"\b(?:teach(?:er|ing|es)?|ta|nursery|child ?minder|childminding|school|nurse|midwife|nanny|au pair|youth worker|"
        r"social worker|support worker|dinner lady|play ?worker|paediatric\w*|(?:work|job|worked|working) (?:with|in|as|at))\b"
    ),
    "volunteering": re.compile(
        r"\b(?:volunt\w+|cubs?|scouts?|brownies|guides|beavers|rainbows|sunday school|coach(?:ing)?|youth (?:club|group)|"
        r"mentor\w*|football team)\b"
    ),
    "care_experience": re.compile(
        r"\b(?:i (?:was|grew up|went|been|spent)|i'?ve been|grew up|brought up|raised|was) (?:\w+ ){0,3}in (?:foster )?care\b|"
        r"\bcare[- ](?:leaver|experienced?)\b|\b(?:i was|was|been) fostered\b|\blooked after child\b"
    ),
}


def experience(question: Question, doc: Doc) -> Any:
    """Every kind of time with children that is named."""
    text = NO_OWN.sub(" ", doc.text)
    if is_question(doc) or wavers(doc) or UNSURE.search(text):
        return ASK_AGAIN
    found: List[str] = [name for name, pattern in KNOWS.items() if pattern.search(text)]
    if "volunteering" in found and "work" in found and not re.search(r"\band\b|,|&", text):
        found.remove("work")
    if found:
        return found
    if re.search(r"\b(?:not (?:much|a lot|loads|any|very much)|none|little|hardly any|no experience|nothing)\b", text):
        return ["little_or_none"]
    said = polarity(doc)
    if said is False and not HOWEVER.search(text):
        return ["little_or_none"]
    return ASK_AGAIN if said else None


STEPS: Dict[str, Pattern[str]] = {
    "event": re.compile(r"\b(?:events?|evenings?|information session|info session)\b"),
    "initial_visit": re.compile(r"\b(?:home visits?|visits?|come (?:round|over|to (?:us|me|my|our))|at (?:home|ours|mine))\b"),
    "phone_call": re.compile(
        r"\b(?:ring (?:me|us)|give (?:me|us) a (?:ring|bell|buzz)|call(?: me| us|back| back)?|phone (?:me|call|us)|speak to|"
        r"talk to|chat on)\b"
    ),
    "nothing": re.compile(
        r"\b(?:nothing|no thank(?:s| you)|think (?:about it|it over)|"
        r"not (?:yet|now|right now|at the moment|today)|leave it|later|bye|no more)\b"
    ),
}


def next_step(question: Question, doc: Doc) -> Any:
    """What someone would like to do next, when it is one thing."""
    text = re.sub(r"\bnot (?:the |an |a )?(?:event|visit|call)\b|\b(?:i'?ll|we'?ll|i will) (?:ring|call|phone)\b.*", " ", doc.text)
    request = re.match(r"(?:could|can|would|will) (?:you|someone|i|we) (?:please )?(?:give|ring|call|phone|book|have|come)\b", text)
    if (is_question(doc) and not request) or wavers(doc):
        return ASK_AGAIN
    found = [name for name, pattern in STEPS.items() if pattern.search(text)]
    if len(found) > 1 or (polarity(doc) is True and not found):
        return ASK_AGAIN
    return found[0] if found else ("nothing" if re.fullmatch(r"(?:no|nope|nah|n)[ .!]*", text) else None)
