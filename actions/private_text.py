"""Texts that may not be kept, and telling the person so: the rules are in enquiry/safeguarding/private_text.py.

The text itself is with the web process, which replaces it in the transaction in which it keeps the replies. It learns of it by
`withheld` on a reply; every action of a turn says so, so that it holds whichever of them is the one that answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enquiry.catalogue import Catalogue
from enquiry.conversations.next_question import CHANGE, CHECK
from enquiry.safeguarding.private_text import gives_reason, holds_details, may_keep, not_kept
from enquiry.screening.criteria import CONTINUE, Question

# What is said to a statement that was read as no answer, or as one to a private question.
STATEMENTS = ("unclear", "not_understood")
# Said to the same message in other words: the sentence about privacy says it, and nobody is invited to say it in their own words.
SAID_ALREADY = ("private_noted", "unclear_choice", "unclear_number")


@dataclass(frozen=True)
class Verdict:
    """What is to be done with a text. `at_private` says that it was typed to a private question."""

    withheld: bool
    tell: bool = False
    at_private: bool = False


# Until it is known: what should go wrong in judging a text must not keep it.
UNDECIDED = Verdict(withheld=True)


def judge(understood: Mapping[str, Any], catalogue: Catalogue, agency: str) -> Verdict:
    """Whether the text of a message may be kept, and whether the person is told that it is not.

    They are told where they told something: not for a button, a command or an ordinary question, nor where a plain "no" in odd
    words was understood. A safety message says it by itself.

    Args:
        understood: what Rasa found in it (the action server's `latest_message`).
        agency: its slug; buttons may name its facts.
    """
    looked_at, reading = understood.get("metadata") or {}, understood.get("reading") or {}
    questions, text = catalogue.criteria[agency].questions, str(understood.get("text") or "")
    asked, read = questions.get(looked_at.get("question") or ""), questions.get(reading.get("question") or "")
    at_private = not_kept(asked) or not_kept(read)
    after = not_kept(questions.get(looked_at.get("previous_question") or "")) or (
        asked is not None and asked.id in (CHECK, CHANGE)
    )
    intent = str((understood.get("intent") or {}).get("name"))
    value = understood.get("value")
    disclosed = catalogue.categories.get(_disclosed(intent, understood, read) or "")
    buttons = catalogue.button_texts.get(agency, frozenset())
    kept = may_keep(
        text, catalogue.private_words, at_private=at_private, after_private=after, buttons=buttons, disclosed=disclosed
    )
    if kept:
        return Verdict(withheld=False, at_private=at_private)
    told = (
        read is not None
        and not _tells_nothing(read, value)
        and (read.sensitive or gives_reason(text, catalogue.private_words))
    )
    statement = intent in STATEMENTS or (intent == "answer" and at_private and told)
    tell = disclosed is None and (statement or holds_details(text, catalogue.private_words))
    return Verdict(withheld=True, tell=tell, at_private=at_private)


def marked(replies: list[dict[str, Any]], verdict: Verdict) -> list[dict[str, Any]]:
    """The replies, with word to the web process that the text of the message is not kept."""
    nothing: dict[str, Any] = {"text": "", "choices": [], "links": [], "question": None}
    return [{**nothing, "withheld": True}, *replies] if verdict.withheld else replies


def _disclosed(intent: str, understood: Mapping[str, Any], read: Question | None) -> str | None:
    """The category of what is disclosed: by itself, or by an answer that calls for a safety message."""
    if intent == "disclosure":
        return (understood.get("disclosure") or {}).get("category")
    choice = read.choice(understood.get("value")) if intent == "answer" and read is not None else None
    return choice.disclosure if choice else None


def _tells_nothing(question: Question, value: Any) -> bool:
    """Whether an answer leads on like any other ("clean as a whistle")."""
    choices = [question.choice(one) for one in (value if isinstance(value, list) else [value])]
    return bool(choices) and all(
        one is not None and one.lead(None).reason == CONTINUE and one.lead(None).rule is None for one in choices
    )
