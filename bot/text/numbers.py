"""Numbers in words and in digits."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(UNITS)},
    **{word: 20 + 10 * place for place, word in enumerate(TENS)},
}
NUMBER_WORD = "|".join(sorted(WORD_NUMBERS, key=lambda word: -len(word)))
# A number inside a pattern: NUMBER as it is, N to be looked at.
NUMBER = rf"(?:\d{{1,3}}|{NUMBER_WORD})"
N = rf"(\d{{1,3}}|{NUMBER_WORD})"
DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th|ish|yrs?|yo|y|f|m)?")


def number_of(token: Token) -> int | None:
    """Give the value of a number word or of digits ("34", "40th"), or None."""
    if token.lower_ in WORD_NUMBERS:
        return WORD_NUMBERS[token.lower_]
    match = DIGITS.fullmatch(token.text)
    return int(match.group(1)) if match else None


def number_in(word: str) -> int:
    """Give the value of what `N` or `NUMBER` has matched."""
    return WORD_NUMBERS[word] if word in WORD_NUMBERS else int(word)


def numbers(doc: Doc) -> list[int]:
    """List the numbers of a message in order; "thirty four" and "thirty-four" are one."""
    found: list[int] = []
    joined = False
    for token in doc:
        value = number_of(token)
        if value is None:
            joined = joined and token.text == "-"
            continue
        if joined and found and found[-1] in range(20, 91, 10) and 0 < value < 10:
            found[-1] += value
            joined = False
        else:
            found.append(value)
            joined = value in range(20, 91, 10) and token.lower_ in WORD_NUMBERS
    return found
