"""Facts that people volunteer about themselves: "I'm 34, we've a spare room and a labrador" answers three questions unasked.

A fact that was never told must not be noted, because it is then not asked any more. So a text is first cut into plain statements
in the first person, what asks or supposes is left out, and each question has a gate (bot/volunteered/gates.py) that a statement has
to pass before the question's own reader gives it a value. Whatever is in doubt is simply asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.text.normalise import contract
from bot.text.numbers import NUMBER
from bot.text.questions import is_question
from bot.text.reading import read
from bot.volunteered.gates import GATES, age_of_another, children_left_out, spoils, taken_as_told

Read = Callable[[str, str], Any]  # (question, statement) -> value or None

ABOUT_SELF = re.compile(
    r"\b(?:i|we)(?:'m|'ve|'re| am| are| have| don't| haven't| do| got| own| live| work| smoke| vape| both| also| still| currently)\b"
)
MENTIONS_SELF = re.compile(r"\b(?:i|we|my|our|i'm|i've|we're|we've|us|nobody|no one|there's|there is|just me)\b")

# "i'm 52 retired": two statements.
AGE_AND_STATE = re.compile(r"\b(i'm|we're) (\d\d) (?=(?:retired|single|married|divorced|widowed|unemployed)\b)")
PARTNER = (
    r"(?:husband|hubby|wife|partner|fiance|fiancee|boyfriend|girlfriend|other half|bf|gf|spouse|civil partner|missus)"
)
COUPLE = re.compile(
    rf"\b(?:(?:my|the) {PARTNER} (?:and|&|n) (?:i|me|myself)|(?:me|i) (?:and|&|n) (?:my|the) {PARTNER})"
    r" (?=have\b|live\b|are\b|own\b|don't\b|haven't\b|do\b|both\b|work\b|got\b|smoke\b|vape\b|rent\b)"
)
RUN_ON = re.compile(
    r"(\S+)\s+(?=(?:i'm|i've|i have|i live|i work|i don't|i smoke|i vape|we're|we've|we have|we live|we don't|we both|my husband|my wife|"
    r"my partner|(?<=\d )got (?:a|an|no|two)|(?:can|could|do|does|would|will|is|am|are|should) (?:i|we|it|that|this|there|they|you|u))\b)"
)
GOVERNS = frozenset(
    "if that because when since whether who which than how what where as do can could would should did will think know says said say "
    "believe hope wish everything all house home room one dog dogs kids children suppose like imagine unless until once cos why what's "
    "and but so or".split()
)
SENTENCE = re.compile(r"(?<=[.!?;…])\s+|\.{2,}")
# What follows a number that is an age in a row of ages.
AFTER_NUMBER = r"\s*(?:,|and\b|&|\)|$|years?\b|yrs?\b|months?\b|weeks?\b|yo\b)"
SPLIT = re.compile(
    rf"\s*,(?!\s*{NUMBER}{AFTER_NUMBER})\s*|\s*[()|:]\s*|\s+-+\s+|"
    rf"\s+(?P<and>and|&|n|plus|also|so|because|cos)\s+(?!{NUMBER}{AFTER_NUMBER}|a half)|\s+(?P<but>but|though|although|however|except|"
    rf"only)\s+|"
    rf"\s+(?P<with>with)\s+(?=(?:a|an|no|one|two|three|\d)\b)"
)
SUPPOSES = re.compile(
    r"\b(?:if|whether|unless|suppose|supposing|imagine|assuming|once|when|whenever|until|till|in case|provided|say|pretend|"
    r"what about|how about)\b"
)
BY_THE_WAY = re.compile(
    r"\s*\b(?:if (?:that|it|this)(?:'s| is)? (?:helps?|matters?|relevant|useful|makes|any)\b.*|if you (?:must|"
    r"need to) know)\b"
)
FILLERS = re.compile(
    r"^(?:(?:hi+|hello|hey|hiya|so|well|ok|okay|also|and|but|because|cos|basically|to be honest|tbh|oh|yes|yeah|no(?=,| (?:i|we)\b)|"
    r"actually|currently|fyi|"
    r"btw|by the way|please|thanks|thank you|good (?:morning|evening|afternoon)|evening|morning|at the moment|right|um+|er+m*|now|there|"
    r"a bit about (?:me|us)|about (?:me|us)|for what it's worth)\b[\s,!.-]*)+"
)
HAVE = re.compile(
    r"^(i|we)(?:(?:'ve| have)(?: (?:also|already|still|currently|both|just|only|actually|now))*(?: got)?|"
    r" (?:(?:also|still|currently|both|do|now|already) )*(?:have|got|own|keep))\s+(.+)$"
)
HAVE_NOT = re.compile(
    r"^(i|we)(?: (?:still|also|currently|actually))? (?:don't (?:actually |currently )?(?:have|own)|"
    r"haven't(?: got)?)\s+(.+)$"
)
AM = re.compile(r"^(i'm|we're)(?: (?:also|currently|actually))?\s+(?!being\b)(.+)$")
DOES = re.compile(
    r"^(i|we)(?: (?:also|currently|both|only|just|actually|now|mostly|mainly|do))*\s+((?:live|work|smoke|vape|do|"
    r"don't|rent|raised|brought|"
    r"volunteer|run|help|worked|look)\b.*)$"
)
BARE_VERB = re.compile(r"^(?:live|living|work|working|smoke|vape|rent|don't (?:smoke|vape|work)|volunteer)\b")
BARE_STATE = re.compile(
    r"^(?:retired|unemployed|not working|a stay[- ]at[- ]home|a non[- ]?smoker|in my \w+|living in|based in)\b"
)
BARE_HAVE = re.compile(r"^(?:have|have got|got|having|own)\s+((?!(?:i|we|you|they|he|she|it|the|to|been|any)\b).+)$")
NOUN = re.compile(rf"^(?:a|an|no|some|plenty of|lots of|{NUMBER})\s+[a-z]|^spare (?:bed)?rooms?\b")
OWN = re.compile(r"^(?:my|our) ")
# "it's a 3 bed with one room spare": what the home has.
HOME_WITH = re.compile(
    r"\b(?:it'?s|its|it is|in|got|have) (?:a|an) (?:(?:little|big|nice|council|old|small) )*(?:\w+[ -])?(?:bed(?:room(?:ed)?)?|house|flat|"
    r"bungalow|home|semi|terrace)\b(?: \w+)?,? with (?P<room>(?:a|one|two|1|2) (?:(?:spare|free|empty) (?:bed)?rooms?|(?:bed)?rooms? "
    r"(?:spare|free|going spare)))\b"
)
THERE = re.compile(r"^there(?:'s| is) (a|one|two|no) (.+)$")
NOBODY = re.compile(r"^(?:nobody|no one|noone|neither of us|none of us|no smokers|non[- ]?smok\w+)\b")
HOUSE = re.compile(r"\b(?:house|home|flat|bungalow|place|semi|terrace|cottage|maisonette|detached|apartment)$")
LIVES = re.compile(
    rf"\b(?P<said>i live (?:with\b|alone\b|by myself\b|on my own\b)|we live with\b|it's (?:just|only) (?:me|the two of us|us two|"
    rf"me and|me &)\b|"
    rf"there(?:'s| is) (?:just|only) (?:me|the two of us)\b|just me and (?:my|the)\b|there are {NUMBER} adults\b|we're {NUMBER} adults\b)"
)
NEXT_THOUGHT = re.compile(
    r"(?:\s*,)?\s*(?:\b(?:and|but|so|because)\b)?\s*\b(?:i|i'm|i've|we|we're|we've|what|how|which|that's|"
    r"(?:is|are|am|can|could|would|do|does|will|should) (?:i|we|it|that|this|there|they|you))\b"
)


@dataclass(frozen=True)
class Fact:
    """A value that somebody has volunteered for a question nobody had asked."""

    question: str
    value: Any


def volunteered(text: str, give_value: Read) -> tuple[Fact, ...]:
    """Find what a text tells about the person who types, question by question.

    Args:
        text: as normalised for reading.
        give_value: the reader of answers: from a question and a statement to a value, or None.
    """
    text = simplify(text)
    if not MENTIONS_SELF.search(text) or (text.rstrip(" !)").endswith("?") and not ABOUT_SELF.search(text)):
        return ()
    found: dict[str, list[Any]] = {}
    of_children: list[str] = []
    for statement in [*statements(text), *_who_lives_there(text), *_of_the_home(text)]:
        for question, gate in GATES.items():
            if gate.search(statement) and not spoils(question, statement, text):
                value = give_value(question, statement)
                if value is not None and taken_as_told(question, value, statement):
                    found.setdefault(question, []).append(value)
                    of_children += [statement] if question == "children" else []
    if "children" in found and children_left_out(text, of_children):
        del found["children"]
    if "age" in found and age_of_another(text):
        del found["age"]
    return tuple(Fact(question, value) for question, values in found.items() if (value := _agreed(values)) is not None)


def simplify(text: str) -> str:
    """Write a normalised text so that its statements open alike: "im" as "i'm", "my wife and i have" as "we have"."""
    return COUPLE.sub("we ", AGE_AND_STATE.sub(r"\1 \2, ", contract(text)))


def statements(text: str) -> list[str]:
    """Cut a text into its plain statements in the first person, each with its subject: "a labrador" becomes "we have a labrador"."""
    found: list[str] = []
    for sentence in SENTENCE.split(RUN_ON.sub(_cut, BY_THE_WAY.sub("", text))):
        found.extend(_of_sentence(sentence))
    return found


def _cut(match: re.Match[str]) -> str:
    """Put a comma where someone who never punctuates begins the next thought."""
    word = match.group(1)
    return match.group(0) if word.strip(".,!?;:'") in GOVERNS or word[-1] in ",.!?;:" else f"{word}, "


def _of_sentence(sentence: str) -> list[str]:
    found: list[str] = []
    subject, last = "", ""  # who the last statement was about, and that statement
    place, joined = 0, ""
    for match in [*SPLIT.finditer(sentence), None]:
        clause = FILLERS.sub("", sentence[place : match.start() if match else None].strip(" .!;"))
        clause = clause.rstrip("?").strip()
        if clause.startswith("with "):
            clause, joined = clause[5:], "with"
        if SUPPOSES.search(clause):
            return found
        said = _as_statement(clause, subject, last, joined)
        if joined == "but" and found and not (said and re.match(r"(?:i|we)\b", said)):
            found.pop()  # "we've a spare room but it's tiny": what follows may take it back
        if said:
            found.append(said)
            subject = "we" if said.startswith("we") else ("i" if said.startswith("i") else subject)
            last = said
        elif clause:
            subject, last = "", ""
        if match:
            place = match.end()
            joined = match.lastgroup or ""
    return found


def _as_statement(clause: str, subject: str, last: str, joined: str) -> str | None:
    """Write a clause as a statement with its subject; None where it is no statement.

    Args:
        clause: without what leads up to it.
        subject: "i" or "we", where the statement before has one.
        last: the statement before.
        joined: "and", "but" or "with" before the clause; empty after a comma.
    """
    if have_not := HAVE_NOT.match(clause):
        return f"{have_not.group(1)} don't have {have_not.group(2)}"
    if have := HAVE.match(clause):
        return f"{have.group(1)} have {have.group(2)}"
    if AM.match(clause) or OWN.match(clause) or NOBODY.match(clause):
        return clause
    if does := DOES.match(clause):
        return f"{does.group(1)} {does.group(2)}"
    if there := THERE.match(clause):
        return f"we have {there.group(1)} {there.group(2)}"
    if got := BARE_HAVE.match(clause):
        return f"{subject or 'i'} have {got.group(1)}" if subject or clause.startswith("got ") else None
    if subject and BARE_VERB.match(clause):
        return f"{subject} {clause}"
    if subject and BARE_STATE.match(clause) and last.startswith(("i'm", "we're")):
        return f"{last.split()[0]} {clause}"
    if subject and NOUN.match(clause) and _goes_on(last, joined):
        return f"{subject} have {clause}"
    return None


def _goes_on(last: str, joined: str) -> bool:
    """Check whether a bare noun may be one more thing that somebody has, and not the dog of a friend they have."""
    holds = last.startswith(("i have ", "we have ", "i don't have ", "we don't have "))
    if joined == "with":
        return not holds or HOUSE.search(last) is not None
    return holds or joined == ""


def _who_lives_there(text: str) -> list[str]:
    """Find what is said of the people of a home, which goes on over commas and "and"."""
    found = []
    for sentence in SENTENCE.split(text):
        said = LIVES.search(sentence)
        if said is None or SUPPOSES.search(sentence):
            continue
        if is_question(read(sentence[: said.start()] or "-")):
            continue
        rest = sentence[said.end("said") :]
        following = NEXT_THOUGHT.search(rest)
        found.append((said.group("said") + (rest[: following.start()] if following else rest)).strip(" ,.?!"))
    return found


def _of_the_home(text: str) -> list[str]:
    """Find the room that a home is said to have."""
    found = HOME_WITH.search(text)
    return ["we have a spare room"] if found and not SUPPOSES.search(text) else []


def _agreed(values: list[Any]) -> Any:
    """Find the one value that all statements gave; age groups of several children are put together."""
    if all(isinstance(value, list) for value in values):
        every = sorted(
            {group for value in values for group in value}, key=lambda group: (len(group.split("-")[0]), group)
        )
        return None if "none" in every and len(every) > 1 else every
    return values[0] if all(value == values[0] for value in values) else None
