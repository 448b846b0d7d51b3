"""Answers to `availability`: how a week looks."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

WEEKS: dict[str, re.Pattern[str]] = {
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
        r"\b(?:flexi\w*|(?:shift|move|change|juggle|swap|rearrange|fit) (?:my|the|them|things|it|hours)(?: own)?(?! (?:post|name|"
        r"number|address|e-?mail|age|answer|council|area|phone|mobile|last|other|bed))|start late|start early|"
        r"nobody minds if i|they'?re (?:\w+ ){0,2}good about|choose my|own (?:hours|boss)|self[- ]employed.*full|hybrid|my own hours|"
        r"can (?:move|change|pick) my (?:own )?(?:hours|days|shifts|week|times|diary|rota)|"
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
# Of somebody else, or not plain.
SOMEBODY_ELSE = re.compile(r"\b(?:sick|signed off|self[- ]employed|student|uni|husband|wife|partner|hubby|he|she)\b")
FULL = re.compile(r"\bfull[- ]?time\b|\b(?:3[05-9]|4\d|thirty seven|forty) ?(?:hours|hrs)\b")


def availability(question: Question, doc: Doc) -> Any:
    """Read how a week looks; two patterns in one answer are asked about again."""
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
