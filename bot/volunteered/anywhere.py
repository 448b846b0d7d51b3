"""Corrections of an answer given earlier, typed at another question or after the last one: "change my postcode", "actually we have three
bedrooms".

The value is taken where it can be read. Where it can't, the question is asked again: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from spacy.tokens import Doc

from bot.text.contact_patterns import POSTCODE
from bot.text.names import name_in
from bot.text.questions import is_question
from bot.volunteered.corrections import corrections, named_question, replacement
from bot.volunteered.facts import Fact

CHANGES_IT = "change"  # of an answer: it is to be asked again
NAME = "contact_name"

Values = Callable[[str, str], Any]

MOST_WORDS = 20
LEADS = (
    r"^(?:(?:oh|oops|ok|okay|well|so|um+|er+m*|hi|hello|sorry|actually|wait|hang on|hold on|no|yes|please|and|but|also|just|"
    r"(?:can|could|may) (?:i|we|you)(?: please| just)*|(?:i|we)(?:'d| would)? (?:want|need|like|have)(?: you)? to|(?:i|we) wanna|"
    r"i think i|"
    r"is it possible to|let me|(?:i'd|i would) rather)(?![\w'])[\s,.!:-]*)*"
)
# It begins with what is to be done, or says that something is amiss.
ASKS_TO_CHANGE = re.compile(
    rf"{LEADS}(?:change|chang|correct|update|amend|fix|edit|alter|redo|put right)\b(?! (?:my|our) mind)(?! (?:an?|some|any|one of) )|"
    r"\b(?:gave|typed|put|given|entered|told|said|picked|chose|pressed)(?: you)?(?: in)?(?: the| a| my)? wrong\b|"
    r"\b(?:my|the|our)(?: \w+){1,4} (?:is|was|are|were|should|needs?)(?: \w+)? (?:wrong|incorrect|changing|to (?:be )?chang\w+)|"
    r"\b(?:my|the|our)(?: \w+){1,4} (?:isn't|wasn't|aren't|is not|was not) (?:right|correct)|"
    r"\bmistake (?:with|in|on|about|at|for)\b|^wrong\b|\bneed to (?:change|correct)\b"
)
LOOKS_BACK = re.compile(
    r"^(?:(?:oh|oops|no|well|um+|er+m*|hi|ah)[\s,.!-]+)*(?:sorry|actually|wait|hang on|hold on|correction|i meant|i mean|"
    r"i made a mistake|"
    r"my mistake|scrap that|i was wrong|i forgot|forgot to (?:say|mention))\b|\bactually\b|\b(?:my mistake|i meant|correction|"
    r"forgot|should have (?:said|put))\b"
)
STATES = re.compile(
    r"\b(?:i|we|there|it|my|our|he|she|they|you)(?:'ve|'m|'re|'s)?(?: \w+){0,3}? (?:have|got|has|is|are|am|was|were|live|lives|work|"
    r"works|own|"
    r"rent|smoke|smokes|vape|vapes|keep|do)\b|\b(?:i|we|there|it|he|she|they)(?:'ve|'m|'re|'s)\b"
)
INSTEAD = re.compile(r"\b(?:to|it's|it is|its|should be|make it|put|is now|is)\s+(\S.*)$", re.I)
ABOUT_IT = re.compile(r"\b(?:change|correct|update|wrong|mistake|answer|question|please|sorry|mind)\b")


def asks_to_change_an_answer(doc: Doc) -> bool:
    """Check whether a text plainly asks to change something, or says that it is wrong."""
    return ASKS_TO_CHANGE.search(doc.text) is not None


def put_right(doc: Doc, asked: str | None, names: Mapping[str, tuple[str, ...]], values: Values) -> Fact | None:
    """Find the answer to another question that a text puts right; CHANGES_IT for a value where it gives none.

    Args:
        doc: the message.
        asked: the question that the person is looking at, if any.
        names: the known ways to name each question.
        values: the reader of answers: from a question and a statement to a value, or None.
    """
    text = doc.text
    if len(text.split()) > MOST_WORDS or text.count("?") > 1:
        return None
    if asks_to_change_an_answer(doc):
        which = named_question(text, names)
        if which is None or which == asked:
            return None
        return _new_value(doc, which, values) or Fact(which, CHANGES_IT)
    if LOOKS_BACK.search(text) and not is_question(doc) and not ABOUT_IT.search(LOOKS_BACK.sub(" ", text)):
        found = [fact for fact in corrections(text, values) if fact.question not in (asked, "contact")]
        if found:
            return found[0]
        which = named_question(text, names) if STATES.search(text) else None
        return Fact(which, CHANGES_IT) if which not in (None, asked, "contact") else None
    return None


def _new_value(doc: Doc, which: str, values: Values) -> Fact | None:
    if which == NAME:
        typed = INSTEAD.search(doc.user_data["typed"])
        named = name_in(typed.group(1)) if typed else None
        return Fact(NAME, named.name) if named else None
    if which == "area" and (postcode := POSTCODE.search(doc.text)):
        value = values(which, postcode.group(0))
        return Fact(which, value) if value is not None else None
    if better := replacement(doc.text, which, values):
        return better
    said = INSTEAD.search(doc.text)
    value = values(which, said.group(1)) if said else None
    return Fact(which, value) if value is not None else None
