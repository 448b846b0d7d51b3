"""Answers that name one or more of several things: a place, a kind of week, time with children, a next step."""

from __future__ import annotations

import re
from re import Pattern
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.yes_no import ASK_AGAIN, HOWEVER
from bot.text.contact_patterns import DISTRICT, postcode
from bot.text.normalise import normalise
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.agency_words import AgencyWords
    from bot.answers.question import Question

NOT_HOME = r"\b(?:not|near|nr|outside|close to|next to|from|work in|off|by|towards|between|used to live in|moved from)"
NOT_HOME += r"(?: in| to)? (?:the )?"


LONGEST_PLACE = 3  # words of a phrase that is looked for inside a text


def area(question: Question, doc: Doc, words: AgencyWords) -> Any:
    """A postcode, or which side of the boundary a named council is on.

    Args:
        question: the question, whose phrases name places for any agency that does not list them.
        doc: the text.
        words: what names of this agency's councils mean, and how people there say where they live.
    """
    text = re.sub(rf"\bnot {DISTRICT}\b", " ", doc.text)
    typed = postcode(normalise(text))
    if typed:
        return ASK_AGAIN if re.search(r"\b(?:near|outside) " + typed.split()[0].lower(), text) else typed
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if re.search(r"\b(?:moving|about to move)\b", text):
        return ASK_AGAIN
    text = re.sub(r"\bleics\b", "leicestershire", re.sub(r"\bn\.?w\.? ", "north west ", text.replace("&", "and")))
    found = {meaning for name, meaning in _with_parts(words.names).items() if _lives(name, text)}
    if not found:
        heard = [name for name in words.heard if _lives(name, text)]
        # "county not the city" says more than "the city" within it.
        found = {words.heard[name] for name in heard if not any(name != other and name in other for other in heard)}
    if not found:
        for value in ("border", "in_area", "elsewhere"):
            if any(_lives(name, text) for name in question.said_as(value) if len(name.split()) <= LONGEST_PLACE):
                found.add(value)
    if len(found) == 1:
        return found.pop()
    return (
        ASK_AGAIN
        if found or any(re.search(rf"\b{re.escape(name.split()[0])}\b", text) for name in words.names)
        else None
    )


def _with_parts(places: dict[str, str]) -> dict[str, str]:
    """Also each half of a double name: people say "Hinckley" for "Hinckley and Bosworth"."""
    halves = {
        half.strip(): meaning for name, meaning in places.items() if " and " in name for half in name.split(" and ")
    }
    return {**halves, **places}


def _lives(name: str, text: str) -> bool:
    found = re.search(rf"({NOT_HOME})?\b{re.escape(name)}\b", text)
    return found is not None and not found.group(1)


WEEKS: dict[str, Pattern[str]] = {
    "mostly_home": re.compile(
        r"\b(?:stay[- ]at[- ]home|house ?(?:wife|husband)|home (?:all day|most|full time)|work(?:ing)? (?:mostly |"
        r"mainly )?from (?:home|the (?:spare room|kitchen|house))|wfh|at home|home ?maker|home[- ]?based|full[- ]?time (?:mum|mam|"
        r"dad|parent|mother|father|carer for)|(?:in|around|about|here) (?:all day|most of the (?:day|time|week))|always (?:in|about|home)|"
        r"look after (?:the|my) (?:house|own|home))\b"
    ),
    "part_time": re.compile(
        r"\bpart[- ]?times?\b|\b(?:[1-4]|one|two|three|four|couple of) (?:days?|mornings|afternoons|evenings)\b|\b(?:[5-9]|1\d|2\d|"
        r"ten|twelve|fifteen|sixteen|eighteen|twenty|twenty[- ]five) ?(?:hours|hrs)\b|\bjob ?share\b|\bterm[- ]time\b|"
        r"\bmornings only\b|\bhalf days\b|\breduced hours\b|\b(?:mon|tues?|weds?|wednesday|thurs?|fri|sat|sun)\w*,? (?:and |& |"
        r"n )?(?:tues?|weds?|wednesday|thurs?|fri|sat|sun)\w*(?:,? (?:and )?(?:weds?|thurs?|fri|sat|sun)\w*)? only\b"
    ),
    "shifts": re.compile(
        r"\bshifts?\b|\bnights?\b|\brotas?\b|\bon[- ]call\b|\bearlies\b|\blates\b|\b(?:\d|two|three|four|five|"
        r"six|seven) (?:days |nights )?on\b|\ball (?:sorts of )?hours\b|\bodd hours\b|\brotat\w+|\btwilight\b|"
        r"\bone week\b.*\bthe next\b|\bdifferent (?:hours )?every week\b|\bnights off\b"
    ),
    "retired_or_not_working": re.compile(
        r"\b(?:retired|retirement|unemployed|redundan\w+|out of work|between jobs|pension\w*|maternity|jobless|signing on|"
        r"universal credit|no job|not in work|out of work|made redundant|lost my job|finished work|gave up work|(?:not|don'?t|"
        r"dont|n't|stopped|"
        r"no longer) work(?:ing)?)\b"
    ),
    "full_time_flexible": re.compile(
        r"\b(?:flexi\w*|(?:shift|move|change|juggle|swap|rearrange|fit) (?:my|the|them|things|it|hours)(?: own)?|start late|start early|"
        r"nobody minds if i|they'?re (?:\w+ ){0,2}good about|choose my|own (?:hours|boss)|self[- ]employed.*full|hybrid|my own hours|"
        r"can (?:move|change|pick) my|"
        r"(?:choose|set|pick) (?:my|our) (?:own )?(?:hours|diary|times)|(?:boss|manager|work|employer|they)(?:'s| is|"
        r" are)? (?:\w+ )?(?:understanding|flexible|great|good|lets?|will bend|let me)|hours to suit|whenever|when i (?:like|"
        r"fancy|want)|compressed|remote|mix of|please myself|set my own)\b"
    ),
    "full_time_fixed": re.compile(
        r"\b(?:9|nine|8|8\.30|8:30|eight|7|seven)(?:am)? ?(?:to|-|till?|til|until) ?(?:5|five|4|four|6|six|3|5\.30|5:30|4\.30)|"
        r"\b(?:fixed|set|office|regular) hours\b|\b(?:no|not|isn'?t|zero) (?:any |very |at all )?flexi\w*|\bno give\b|"
        r"\b(?:mon|monday)s?\s*(?:-|to|till?)\s*fri\w*|\bsame (?:\w+ )?every (?:week|day)\b|\bno home working\b|\bno (?:wiggle|leeway)|"
        r"\bcan'?t (?:change|move|swap)\b|\bfull[- ]?time.*\b(?:fixed|office|on site|teacher|factory|warehouse|bank|shop|"
        r"school)\b|\b(?:teach|work) full[- ]?time (?:in|at|as)\b|\b(?:five|5) days\b"
    ),
}
SOMEBODY_ELSE = re.compile(
    r"\b(?:sick|signed off|self[- ]employed|student|uni|husband|wife|partner|hubby|he|she)\b"
)  # or not plain
FULL = re.compile(r"\bfull[- ]?time\b|\b(?:3[05-9]|4\d|thirty seven|forty) ?(?:hours|hrs)\b")


def availability(question: Question, doc: Doc) -> Any:
    """How a week looks; two patterns in one answer are asked about again."""
    # "shift my hours" tells of choice, not of shifts
    text = re.sub(
        r"\bno home working\b", " no leeway ", re.sub(r"\bshift (?=my|the|things|it|hours)", "move ", doc.text)
    )
    if is_question(doc) or wavers(doc) or UNSURE.search(text) or polarity(doc) is True:
        return ASK_AGAIN
    found: set[str] = {name for name, pattern in WEEKS.items() if pattern.search(text)}
    if re.search(r"\b(?:no|not|isn'?t|zero) (?:any |very |at all )?flexi|\bcan'?t (?:change|move|swap|choose)\b", text):
        found.discard("full_time_flexible")
    if re.search(r"\bfull[- ]?time (?:mum|mam|dad|parent|mother|father)\b", text):
        return "mostly_home"
    others = re.sub(r"\bself[- ]employed\b", " ", text) if found and FULL.search(text) else text
    if SOMEBODY_ELSE.search(others) and not re.search(r"\b(?:both|we)\b.*\b(?:retired|part)", text):
        return ASK_AGAIN
    if FULL.search(text):
        found &= {"full_time_flexible", "full_time_fixed", "shifts"}
        if found == {"full_time_flexible", "full_time_fixed"} and not re.search(
            r"\bflexi|\bhybrid|\bchoose|\bset my|\bmix of", text
        ):
            found = {"full_time_fixed"}
        elif found == {"full_time_flexible", "full_time_fixed"}:
            found = {"full_time_flexible"}
        return found.pop() if len(found) == 1 else ASK_AGAIN
    if found == {"part_time", "shifts"} and re.search(r"\bdays?\b.*\bnights?\b.*\b(?:off|then)\b", text):
        return "shifts"
    if found == {"part_time", "shifts"} or len(found) > 1:
        return ASK_AGAIN
    return found.pop() if found else None


NO_OWN = re.compile(
    r"\b(?:no|not got|don'?t have|never had|haven'?t (?:got|had)|without) (?:any )?(?:of my own|kids|children)(?: of (?:my|"
    r"our) own)?\b"
)
KNOWS: dict[str, Pattern[str]] = {
    "own_children": re.compile(
        r"\b(?:my|our) own(?! (?:business|home|house|foster))\b|\b(?:my|our) (?:\w+ )?(?:kids|children|sons?|daughters?|boys|girls|"
        r"step ?\w+)\b|\b(?:raised|brought up|bringing up|raising) (?:my|our|\d|a|an|the|them|two|three|four|five|six)\b|"
        r"\b(?:i'?ve|i have|we'?ve|we have|got) (?:got )?(?:a |\w+ )?(?:kids|children|"
        r"sons?|daughters?|boys|girls)\b|\b(?:mum|mam|dad|mother|father|parent) (?:of|to) (?:a |\d|two|three|four|five|six|my)|"
        r"^(?:i have |i'?ve (?:got )?|got |with |yes )?(?:\d|one|two|three|four|five|six) (?:kids|children|boys|girls|sons|"
        r"daughters|grown)\b"
    ),
    "family": re.compile(
        r"\b(?:nieces?|nephews?|grand ?(?:children|child|kids?|sons?|daughters?)|god ?(?:children|child|son|daughter)|"
        r"babys[ai]t\w*|cousins?|(?:my )?(?:younger|little|baby|kid) (?:brothers?|sisters?|siblings?)|(?:friends'?|friend's|"
        r"family'?s?) (?:kids|children)|(?:mates?|friends?|neighbours?|sisters?|brothers?)'?s? (?:little |two |three )?(?:boys?|girls?|"
        r"kids|"
        r"children|lads?|one|son|daughter)|(?:nan|gran|grandma|grandad|nana) (?:to|of))\b"
    ),
    "work": re.compile(
        r"\b(?:teach(?:er|ing|es)?|ta|nursery|child ?minder|childminding|(?<!after )school(?! run)|nurse|midwife|nanny|au pair|"
        r"youth worker|"
        r"social worker|support worker|dinner lady|play ?worker|paediatric\w*|(?:work|job|worked|working) (?:with|in|as|at))\b"
    ),
    "volunteering": re.compile(
        r"\b(?:volunt\w+|cubs?|scouts?|brownies|guides|beavers|rainbows|sunday school|coach(?:ing)?|youth (?:club|group)|"
        r"mentor\w*|football team)\b"
    ),
    "care_experience": re.compile(
        r"\b(?:i (?:was|grew up|went|been|spent)|i'?ve been|grew up|brought up|raised|was) (?:\w+ ){0,3}in (?:foster )?care\b|"
        r"\bmy (?:own )?foster (?:mum|dad|parents?|carers?|family)\b|\bfoster kid myself\b|\b\w+ placements growing up\b|"
        r"\bcare[- ](?:leaver|experienced?)\b|\b(?:i was|was|been) fostered\b|\blooked after child\b"
    ),
}


def experience(question: Question, doc: Doc) -> Any:
    """Every kind of time with children that is named."""
    text = NO_OWN.sub(" ", doc.text)
    if is_question(doc):
        return ASK_AGAIN
    if re.search(
        r"\b(?:not (?:really |exactly )?(?:been|had|spent|done|around)|zero|zilch|nil|practically none|"
        r"next to (?:nothing|none)|can'?t say (?:i have|there)|cant say i have|haven'?t (?:really )?(?:been|had|spent)|beginner|"
        r"barely)\b",
        text,
    ) and not HOWEVER.search(text):
        return ["little_or_none"]
    if wavers(doc) or UNSURE.search(text):
        return ASK_AGAIN
    found: list[str] = [name for name, pattern in KNOWS.items() if pattern.search(text)]
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


STEPS: dict[str, Pattern[str]] = {
    "event": re.compile(r"\b(?:events?|evenings?|information session|info session)\b"),
    "initial_visit": re.compile(
        r"\b(?:home visits?|visits?|(?:come|came|pop(?:ped|ping)?|drop(?:ping)?|call(?:ing)?) (?:round|"
        r"over|in|here|to (?:us|me|my|our))|at (?:home|ours|mine))\b"
    ),
    "phone_call": re.compile(
        r"\b(?:ring (?:me|us)|give (?:me|us) a (?:ring|bell|buzz)|call(?: me| us|back| back)?|phone (?:me|call|us)|speak to|"
        r"talk to|chat on)\b"
    ),
    "nothing": re.compile(
        r"\b(?:nothing|no thank(?:s| you)|think (?:about it|it over)|sleep on it|mull|not ready|another (?:day|time)|come back|"
        r"for now|all for (?:now|today)|"
        r"not (?:yet|now|right now|at the moment|today)|leave it|later|bye|no more)\b"
    ),
}


def next_step(question: Question, doc: Doc) -> Any:
    """What someone would like to do next, when it is one thing."""
    text = re.sub(
        r"\bnot (?:the |an |a )?(?:event|visit|call)\b|\b(?:i'?ll|we'?ll|i will) (?:ring|call|phone)\b.*", " ", doc.text
    )
    first = r"\b(?:talk|speak|chat) (?:to|with|it over with) (?:my|the|him|her)\b.*"
    if re.search(first, text):
        return "nothing" if re.search(r"\b(?:first|need|have|before)\b", text) else ASK_AGAIN
    request = re.match(
        r"(?:please )?(?:could|can|would|will) (?:you|someone|i|we) (?:please )?(?:give|ring|call|phone|book|have|"
        r"come|pop|visit|drop|somebody|speak|talk)\b",
        text,
    )
    if (is_question(doc) and not request) or wavers(doc):
        return ASK_AGAIN
    found = [name for name, pattern in STEPS.items() if pattern.search(text)]
    if len(found) > 1 or (polarity(doc) is True and not found):
        return ASK_AGAIN
    return found[0] if found else ("nothing" if re.fullmatch(r"(?:no|nope|nah|n)[ .!]*", text) else None)
