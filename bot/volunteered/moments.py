"""Times of day and days of the week as people name them when they say when to ring."""

from __future__ import annotations

import re

DAY = r"(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?s?"
CLOCK = (
    r"(?:\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?| o'?clock| ?ish)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"half \w+)"
)
PART = (
    r"(?:mornings?|afternoons?|evenings?|nights?|lunch ?times?|tea ?times?|week ?days?|week ?ends?|school hours|"
    r"work hours)"
)
MOMENT = rf"(?:{CLOCK}|{PART}|lunch|tea|dinner|work|school|noon|midday|the school run|bed ?time|{DAY})"
ONE_TIME = (
    rf"(?:any ?time|whenever|(?:after|before|from|until|till?|by|between|around|about) {MOMENT}(?:(?: and | to | or |-){MOMENT})?"
    rf"|{PART}|{DAY})"
)
# "any evening after six", "not before ten", "thursdays or fridays only", "not on a wednesday".
A_TIME = re.compile(
    rf"\b(?:(?:not|only|best|except|any|on an?|on my|on|every|in the|at|early|late|most) )*{ONE_TIME}"
    rf"(?:(?:,? (?:or|and|on|in the|at|if poss\w*|but)(?: not| only| preferably)?)? {ONE_TIME})*"
    r"(?: (?:only|is best|best|if possible))*(?!\w)"
)
# "I work nights" tells about them, and says nothing about when to ring.
AT_WORK = re.compile(r"\b(?:work(?:s|ing)?|shifts?|on|do|doing|am|lates) (?:\w+ )?$")
# "Don't ring Wednesday" is no Wednesday.
REFUSED = re.compile(r"(?:\b(?:not|never|no|dont|cant|except|bingo)\b|n't\b)(?: \w+){0,3} $")
BARE_REFUSAL = re.compile(r"^(?:not|except)\b(?! (?:before|after|until|till?)\b)")


def times_in(text: str) -> str | None:
    """Give what a text says of times of day and days, as it was typed; None where it names none, or only times that do not suit."""
    named = [
        found.group(0)
        for found in A_TIME.finditer(text)
        if not AT_WORK.search(text[: found.start()]) and not REFUSED.search(text[: found.start()])
    ]
    return ", ".join(named) if any(not BARE_REFUSAL.match(time) for time in named) else None
