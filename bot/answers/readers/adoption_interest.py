"""Answers to `adoption_interest`: whether someone also adopts, or thinks about it."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Doc

from bot.answers.question import ASK_AGAIN, Question
from bot.answers.yes_no import HOWEVER
from bot.text.polarity import polarity
from bot.text.questions import is_question

APPLYING = re.compile(
    r"\b(?:applied|applying|application|stage (?:one|two|1|2)|approved adopters?|in the (?:process|middle)|under ?way|"
    r"going through (?:it|the|with)|(?:adoption )?panel|(?:being )?assess\w*|waiting (?:to be |for a |for )match\w*|matched|"
    r"matching|prep(?:aration)? (?:course|group|training)|adoption (?:agency|social worker|course|training)|signed up|"
    r"already (?:started|doing|with|in|on)|started (?:the|our|it)|family adoption links|currently adopting|we'?re adopting|"
    r"adopting (?:now|at the))\b"
)
THINKING = re.compile(
    r"\b(?:think|thinking|thought about|consider\w*|maybe|possibly|perhaps|might|one day|some ?day|looked into|looking into|torn|"
    r"both|weigh\w*|open to|not ruled|haven'?t ruled|undecided|in (?:the )?future|option|cross(?:ed|es) (?:our|my) minds?|"
    r"wonder(?:ed|ing)|toying|not decided|haven'?t decided|not yet|"
    r"down the line|talked about|on the cards|back of (?:my|our) mind|either|would like to|potentially|in time|eventually|later on)\b"
)
NOT_ADOPTING = re.compile(
    r"\b(?:not on the cards|(?:just|only|purely|solely|definitely) (?:want(?:ed)? to |want |to |interested in )?foster\w*|"
    r"foster\w* (?:only|"
    r"is (?:all|enough|what))|not (?:for (?:us|"
    r"me)|(?:\w+ )?interested|adopting|adoption|at all|thinking|considering)|no (?:interest|plans|desire|thanks)|"
    r"(?<!n't )(?<!nt )(?<!not )ruled (?:it|that) out|don'?t want to adopt|dont want to adopt|never (?:thought|considered|wanted|"
    r"crossed)|rather foster|decided against|"
    r"wouldn'?t|too old to adopt|hasn'?t crossed|prefer (?:to )?foster\w*|not something)\b"
)


def adoption_interest(question: Question, doc: Doc) -> Any:
    """Read whether someone also adopts, or thinks about it. A "maybe" is the answer "thinking" here."""
    text, said = doc.text, polarity(doc)
    if (is_question(doc) and "wondering about" not in text) or re.search(
        r"\b(?:adopted (?:before|already|our|my|years)|"
        r"already adopted|was adopted|i'?m adopted|is adopted|we'?ve adopted|ivf)\b",
        text,
    ):
        return (
            ASK_AGAIN
            if not (
                said is False
                and not is_question(doc)
                and re.search(
                    r"\badopted (?:before|already|our|"
                    r"my)",
                    text,
                )
                is None
            )
            else "no"
        )
    if APPLYING.search(text) and not re.search(
        r"\b(?:not|n'?t|never|haven'?t|yet to|no|might|thinking|about|before|years ago|"
        r"once|stopped|withdr\w*|used to)\b",
        text,
    ):
        return "applying_now"
    if NOT_ADOPTING.search(text):
        return "no" if not re.search(r"\b(?:maybe|might|yet|one day|but|not ruled)\b", text) else None
    if THINKING.search(text):
        return (
            "thinking" if not APPLYING.search(text) or re.search(r"\b(?:not|n'?t|haven'?t|yet)\b", text) else ASK_AGAIN
        )
    if APPLYING.search(text):
        return ASK_AGAIN
    if said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said else None
