"""Evening out of typed text before it is looked at: quotes and dashes, capitals and spaces, short forms, misspellings.

`normalise` keeps the sentence as it was typed; nearly everything reads what it gives. `contract` writes "im" and "i am" as "i'm", for
statements that people make about themselves. `WordNormaliser` goes furthest: plain words with every short form in full, for the
patterns that find a disclosure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.text.numbers import WORD_NUMBERS

ON_A_KEYBOARD = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u00a0": " ",
    }
)
CONTRACTIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(long), short)
    for long, short in (
        (r"\bim\b|\bi m\b|\bi am\b", "i'm"),
        (r"\b(i|we)ve\b|\b(i|we) ve\b", r"\1\2've"),
        (r"\b(do|does|have|has|is|are)nt\b|\b(do|does|have|has|is|are) not\b", r"\1\2n't"),
        (r"\bwe are\b", "we're"),
    )
)
# Short forms with the apostrophe gone. "ill", "id", "were", "well", "shell" and "hell" are words of their own, so
# those are written out only where the apostrophe was typed.
SHORT_FORMS: Mapping[str, str] = {
    **{
        f"{verb}nt": f"{verb} not"
        for verb in "do does did is are was were have has had would could should must".split()
    },
    "cant": "can not",
    "cannot": "can not",
    "wont": "will not",
    "aint": "is not",
    "shant": "shall not",
    "im": "i am",
    "iam": "i am",
    "ive": "i have",
    "hes": "he is",
    "shes": "she is",
    "its": "it is",
    "theyre": "they are",
    "theyve": "they have",
    "weve": "we have",
    "youre": "you are",
    "youve": "you have",
    "theres": "there is",
    "thats": "that is",
    "whats": "what is",
    "wheres": "where is",
    "whos": "who is",
    "youll": "you will",
    "theyll": "they will",
    "theyd": "they would",
    "lemme": "let me",
    "gimme": "give me",
    "yo": "year old",
    "yrs": "years",
    "yr": "year",
    "yearold": "year old",
}
SHORT_FORMS_WITH_APOSTROPHE: Mapping[str, str] = {
    f"{who}'{short}": f"{who} {full}"
    for short, full, people in (
        ("ll", "will", "i we he she it"),
        ("d", "would", "i we he she you"),
        ("re", "are", "we"),
    )
    for who in people.split()
}
AGES_IN_DIGITS: Mapping[str, str] = {word: str(value) for word, value in WORD_NUMBERS.items() if 7 <= value <= 17}
START, END = "^", "$"
SENTENCE_END = re.compile(r"[.!?;\n]+")
BETWEEN_WORDS = re.compile(r"[^a-z0-9']+")
NUMBER_AND_LETTERS = re.compile(r"\b(\d+)([a-z]+)\b")
REPEATED = re.compile(r"([a-z])\1{2,}")
LONG_ENOUGH_TO_MEND = 7  # letters


def tidy(text: str) -> str:
    """Write a text with the quotes, dashes and spaces of a keyboard, one space at a time."""
    return " ".join(text.translate(ON_A_KEYBOARD).split())


def normalise(text: str) -> str:
    """Write a text in the form in which texts are compared: tidy, and in small letters. Idempotent."""
    return tidy(text.lower())


def trim_punctuation(text: str) -> str:
    """Take off the marks at both ends of a text."""
    return text.strip(" .!,")


def trim_marks(text: str) -> str:
    """Take off the marks at both ends of a text, those of a question too."""
    return text.strip(" .!?,;")


def phrase(text: str) -> str:
    """Write a known phrase (a button, a way to say an answer) in the form in which it is compared with a whole message."""
    return trim_punctuation(normalise(text))


def contract(text: str) -> str:
    """Write "im", "i am", "weve", "do not" and the like in a normalised text as "i'm", "we've", "don't"."""
    for long, short in CONTRACTIONS:
        text = long.sub(short, text)
    return text


class WordNormaliser:
    """Writes messages as plain words: short forms in full, misspellings mended, ages in digits."""

    def __init__(self, vocabulary: Iterable[str], spellings: Mapping[str, str]) -> None:
        """Prepare for a vocabulary.

        Args:
            vocabulary: every word that a pattern may ask for.
            spellings: wrong to right, words and phrases.
        """
        self._vocabulary = frozenset(vocabulary)
        self._spellings = {wrong: right for wrong, right in spellings.items() if " " not in wrong}
        self._misspelt_phrases = [
            (re.compile(rf"\b{re.escape(wrong)}\b"), right) for wrong, right in spellings.items() if " " in wrong
        ]
        self._slips = _slips(self._vocabulary)

    def sentences(self, text: str) -> list[list[str]]:
        """Give the sentences of a text, each as its words between START and END; one without words is left out."""
        plain = NUMBER_AND_LETTERS.sub(r"\1 \2", normalise(text))
        for wrong, right in self._misspelt_phrases:
            plain = wrong.sub(right, plain)
        written = (
            [word for typed in BETWEEN_WORDS.split(part) for word in self._words_of(typed.strip("'"))]
            for part in SENTENCE_END.split(plain)
        )
        return [[START, *words, END] for words in written if words]

    def words(self, text: str) -> list[str]:
        """Give the words of a text."""
        return words_of(self.sentences(text))

    def plain(self, text: str) -> str:
        """Write a text in the form in which whole messages are compared: its words, no punctuation."""
        return " ".join(self.words(text))

    def _words_of(self, typed: str) -> list[str]:
        if typed in SHORT_FORMS_WITH_APOSTROPHE:
            return SHORT_FORMS_WITH_APOSTROPHE[typed].split()
        word = typed.replace("'", "")
        if not word:
            return []
        if word not in self._vocabulary and REPEATED.search(word):
            twice = REPEATED.sub(r"\1\1", word)
            word = twice if twice in self._vocabulary else REPEATED.sub(r"\1", word)
        for table in (SHORT_FORMS, self._spellings, AGES_IN_DIGITS):
            word = table.get(word, word)
        if word not in self._vocabulary:
            word = self._slips.get(word, word)
        return word.split()


def words_of(sentences: Iterable[Sequence[str]]) -> list[str]:
    """List the words of sentences without the marks of their ends."""
    return [word for words in sentences for word in words[1:-1]]


def _slips(vocabulary: frozenset[str]) -> dict[str, str]:
    """List slips of the finger in long words: a letter left out, two letters swapped.

    A letter put for another is left to the sentence vector: too many of those are other words.
    """
    mended: dict[str, str] = {}
    for word in sorted(word for word in vocabulary if len(word) >= LONG_ENOUGH_TO_MEND and word.isalpha()):
        slips: set[str] = set()
        for at in range(1, len(word) - 1):
            slips.add(word[:at] + word[at + 1 :])
            slips.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
        for slip in slips - vocabulary:
            mended.setdefault(slip, word)
    return mended
