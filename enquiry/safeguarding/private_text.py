"""Decide whether a text somebody typed may stay in the transcript. Details of offences and of health never do.

Criminal-offence and health data may be held only by those who need it (UK GDPR, articles 9 and 10; Data Protection Act 2018,
sections 10 and 11), and a chat needs neither: a call is the place for them. What staff need where somebody may be in danger is
decided by the category of the disclosure (data/safeguarding.yml).
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from enquiry.datafiles.mistakes import Says
from enquiry.datafiles.models import DataFile
from enquiry.safeguarding.categories import Category
from enquiry.screening.criteria import Question

MOST_BETWEEN = 4
MOST_WORDS = 30  # longer than any answer by plain words alone; a story is not one
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc]")
# Signs between words. Whatever else is no letter makes its word an unknown one.
_BETWEEN = re.compile('[\\s.,;:!?\u2026/()"\u201c\u201d\u2013\u2014-]+')
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b[6-9]0s\b")


@dataclass(frozen=True)
class PrivateWords:
    """The words of data/private_text.yml."""

    plain: frozenset[str]
    denied: re.Pattern[str]  # "no convictions or cautions"
    reasons: frozenset[str]
    details: re.Pattern[str]


def _words(text: Any, info: ValidationInfo) -> tuple[str, ...]:
    # An unquoted "no" among others is text; alone it is false.
    if not isinstance(text, str) or not text.split():
        raise ValueError(f"{{subject}} has no words as `{info.field_name}`", "Write them with spaces between them.")
    for word in text.split():
        # An unreachable word looks like a rule and is none.
        if words_of(word.rstrip("*")) != (word.rstrip("*"),):
            raise ValueError(
                f"{{subject}} holds {word!r} in `{info.field_name}`", "Write it small, without apostrophe or sign."
            )
    return tuple(text.split())


WordList = Annotated[tuple[str, ...], BeforeValidator(_words), Says(remedy="Write words with spaces between them.")]


class PrivateTextFile(DataFile):
    """data/private_text.yml: six lists of words."""

    no_keys = (
        "the file must hold exactly plain, denials, only_denied, between, reasons and details. Write the six lists."
    )

    plain: WordList
    denials: WordList
    only_denied: WordList
    between: WordList
    reasons: WordList
    details: WordList


_NEVER = re.compile(r"(?!)")
# Where the words can't be read: nothing typed to a private question is plain enough to be kept.
KEEPS_NOTHING = PrivateWords(plain=frozenset(), denied=_NEVER, reasons=frozenset(), details=_NEVER)


def load_private_words(file: Path) -> PrivateWords:
    """Read the lists.

    Raises:
        BrokenFile: a list is missing, unknown or no text, or a word of it would never be met with.
        OSError: the file can't be read.
    """
    lists = PrivateTextFile.read(file)
    any_of = {name: "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) for name, words in lists}
    denial, between, thing = any_of["denials"], any_of["between"], any_of["only_denied"]
    return PrivateWords(
        plain=frozenset(lists.plain) | frozenset(lists.denials),
        denied=re.compile(
            rf"\b(?:{denial})(?: (?:{between})){{0,{MOST_BETWEEN}}} (?:{thing})"
            rf"(?:(?: (?:or|and|nor))?(?: any| a)?(?: (?:{between}))? (?:{thing}))*\b"
        ),
        reasons=frozenset(lists.reasons),
        details=re.compile(rf"\b(?:{any_of['details']})\b"),
    )


def not_kept(question: Question | None) -> bool:
    """Whether a question is private: what is typed to it is kept only where it tells nothing."""
    return question is not None and (question.sensitive or not question.keeps_text)


def may_keep(
    text: str,
    words: PrivateWords,
    *,
    at_private: bool,
    after_private: bool = False,
    buttons: Collection[str] = (),
    disclosed: Category | None = None,
) -> bool:
    """Whether a text may stay as it was typed.

    Args:
        at_private: it was typed to, or is about, a private question.
        after_private: it was typed just after one, or to the list of answers, where details may still follow.
        buttons: texts of buttons, each as `as_button` gives it: who chooses one has typed nothing.
        disclosed: what it was understood to disclose.
    """
    if disclosed is not None:
        return disclosed.keeps(at_private)
    if at_private:
        return as_button(text) in buttons or _is_plain(words_of(text), words)
    return not (after_private and holds_details(text, words))


def holds_details(text: str, words: PrivateWords) -> bool:
    """Whether a text sounds like an offence or an illness, so that the person is told where to talk about it."""
    said = " ".join(words_of(text))
    return words.details.search(said) is not None or _YEAR.search(said) is not None


def gives_reason(text: str, words: PrivateWords) -> bool:
    """Whether a text goes on to say why, where an answer is all that is needed."""
    return not words.reasons.isdisjoint(words_of(text))


def as_button(text: str) -> str:
    """A text as buttons are compared: only its words count."""
    return " ".join(words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, small and without apostrophes."""
    small = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold()).replace("\ufe0f", "")
    return tuple(word for word in _BETWEEN.split(small) if word)


def _is_plain(said: tuple[str, ...], words: PrivateWords) -> bool:
    if not said or len(said) > MOST_WORDS:
        return False
    return words.plain.issuperset(words.denied.sub("", " ".join(said)).split())
