"""A message written out the one way the disclosure patterns expect it: lower case, short forms in full, misspellings mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

START, END = "^", "$"

# Short forms with the apostrophe gone. "ill", "id", "were", "well", "shell" and "hell" are words of their own, so
# those are written out only where the apostrophe was typed.
SHORT_FORMS: Mapping[str, str] = {
    **{
        f"{verb}nt": f"{verb} not"
        for verb in (
            "do",
            "does",
            "did",
            "is",
            "are",
            "was",
            "were",
            "have",
            "has",
            "had",
            "would",
            "could",
            "should",
            "must",
        )
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
WITH_APOSTROPHE: Mapping[str, str] = {
    "i'll": "i will",
    "i'd": "i would",
    "we're": "we are",
    "we'll": "we will",
    "we'd": "we would",
    "he'll": "he will",
    "she'll": "she will",
    "he'd": "he would",
    "she'd": "she would",
    "it'll": "it will",
    "you'd": "you would",
}
NUMBER_WORDS: Mapping[str, str] = {
    word: str(number)
    for number, word in enumerate(
        "seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split(), start=7
    )
}
APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
SENTENCE_END = re.compile(r"[.!?;\n]+")
BETWEEN_WORDS = re.compile(r"[^a-z0-9']+")
NUMBER_AND_LETTERS = re.compile(r"\b(\d+)([a-z]+)\b")
REPEATED = re.compile(r"([a-z])\1{2,}")
LONG_ENOUGH_TO_MEND = 7
# Where one thing ends and the next begins in a message without full stops.
NEXT_THING = re.compile(
    r"[.!?;\n]+\s*|\s+-+\s+"
    r"|,?\s+(?:and also|also|but also|but|btw|by the way|anyways?|the thing is|thing is|to be honest|tbh|plus|though)\s+"
    r"|,\s+(?=(?:and |i |i'm |im |my |we |he |she |they |there |theres |what |how |can |do |is |are )\b)"
)
LEADS_ON = re.compile(r"^(?:(?:and|also|but|btw|by the way|anyways?|plus|though)\s+)+")
FEWEST_WORDS = 4  # of a part that says something by itself
MOST_PARTS = 12  # each takes a sentence vector: a message of a hundred sentences would hold up everybody else's


class Reader:
    """Writes messages out."""

    def __init__(self, vocabulary: Iterable[str], spellings: Mapping[str, str]) -> None:
        """Args: vocabulary, every word a pattern may ask for; spellings, wrong to right."""
        self._vocabulary: frozenset[str] = frozenset(vocabulary)
        self._spellings = {wrong: right for wrong, right in spellings.items() if " " not in wrong}
        self._misspelt_phrases = [
            (re.compile(rf"\b{re.escape(wrong)}\b"), right) for wrong, right in spellings.items() if " " in wrong
        ]
        self._mended = _slips(self._vocabulary)

    def sentences(self, text: str) -> list[list[str]]:
        """The sentences of a text, each as its words between START and END; one without words is left out."""
        plain = NUMBER_AND_LETTERS.sub(r"\1 \2", text.lower().translate(APOSTROPHES))
        for wrong, right in self._misspelt_phrases:
            plain = wrong.sub(right, plain)
        written = (
            [word for typed in BETWEEN_WORDS.split(part) for word in self._written_out(typed.strip("'"))]
            for part in SENTENCE_END.split(plain)
        )
        return [[START, *words, END] for words in written if words]

    def _written_out(self, typed: str) -> list[str]:
        if typed in WITH_APOSTROPHE:
            return WITH_APOSTROPHE[typed].split()
        word = typed.replace("'", "")
        if not word:
            return []
        if word not in self._vocabulary and REPEATED.search(word):
            twice = REPEATED.sub(r"\1\1", word)
            word = twice if twice in self._vocabulary else REPEATED.sub(r"\1", word)
        for table in (SHORT_FORMS, self._spellings, NUMBER_WORDS):
            word = table.get(word, word)
        if word not in self._vocabulary:
            word = self._mended.get(word, word)
        return word.split()


def words_of(sentences: Iterable[Sequence[str]]) -> list[str]:
    """The words of sentences as the reader gives them, without the marks of their ends."""
    return [word for words in sentences for word in words[1:-1]]


def plain(reader: Reader, text: str) -> str:
    """A text as it is compared with others: written out, no punctuation."""
    return " ".join(words_of(reader.sentences(text)))


def pieces(text: str) -> list[str]:
    """The parts of a message that says several things, or nothing where it says one."""
    parts = [LEADS_ON.sub("", part.strip(" ,")) for part in NEXT_THING.split(text.lower().translate(APOSTROPHES))]
    long_enough = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
    if len([part for part in parts if part]) < 2:
        return []
    together = (
        -(-len(long_enough) // MOST_PARTS) or 1
    )  # neighbours go together where there are too many, so that none is left out
    return [". ".join(long_enough[at : at + together]) for at in range(0, len(long_enough), together)]


def _slips(vocabulary: frozenset[str]) -> dict[str, str]:
    """Slips of the finger in long words: a letter left out, two letters swapped.

    A letter put for another is left to the sentence vector: too many of those are other words.
    """
    mended: dict[str, str] = {}
    for word in sorted(w for w in vocabulary if len(w) >= LONG_ENOUGH_TO_MEND and w.isalpha()):
        slips: set[str] = set()
        for at in range(1, len(word) - 1):
            slips.add(word[:at] + word[at + 1 :])
            slips.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
        for slip in slips - vocabulary:
            mended.setdefault(slip, word)
    return mended
