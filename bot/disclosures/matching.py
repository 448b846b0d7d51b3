"""Matching of sentences with the disclosure rules, a question about something in general, a "not" and the past being heeded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.disclosures.rules import Guard, Rule, Rulebook, grams_of

OPENING = 8  # words before a match in which a question about something in general may begin
TAKES_BACK = frozenset({"not", "never", "nobody"})
A_PAST_YEAR = re.compile(r"19\d\d|20[01]\d")
GENERAL_OPENINGS: tuple[tuple[str, ...], ...] = (
    ("what", "if"),
    ("what", "happens"),
    ("do", "you"),
    ("would", "you"),
    ("in", "case"),
)


class Matcher:
    """Holds sentences against the rules."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        # Nearly every pattern lacks one of its words in nearly every message: each stands under those of its part with the fewest.
        self._by_word: dict[str, list[int]] = {}
        for at, rule in enumerate(rulebook.rules):
            for word in rule.needs[0] if rule.needs else ():
                self._by_word.setdefault(word, []).append(at)
        self._always = [at for at, rule in enumerate(rulebook.rules) if not rule.needs]
        self._past = [tuple(entry.split()) for entry in rulebook.words["past"]]

    def hits(self, words: list[str]) -> Iterator[tuple[Rule, str]]:
        """Find the rules that one sentence fulfils, each with the words that do."""
        of_the_past = any(A_PAST_YEAR.fullmatch(word) for word in words) or any(
            _holds(words, phrase) for phrase in self._past
        )
        grams = grams_of(words)
        present = frozenset(phrase for beginning in grams for _, phrase in beginning)
        for at in sorted({*self._always, *(at for word in present for at in self._by_word.get(word, ()))}):
            rule = self._rulebook.rules[at]
            if any(choices.isdisjoint(present) for choices in rule.needs):
                continue
            for start, end in rule.spans(grams):
                if rule.guard is Guard.NOT_OF_THE_PAST and of_the_past:
                    continue
                if rule.guard is Guard.NOT_IN_QUESTIONS and self.asks_in_general(words, start):
                    continue
                if not rule.says_not and TAKES_BACK.intersection(words[max(0, start - 1) : end]):
                    continue
                yield rule, " ".join(words[start:end]).strip("^$ ")

    def asks_in_general(self, words: Sequence[str], start: int) -> bool:
        """Check whether a question about something in general leads up to words[start]."""
        filler = self._rulebook.words["filler"]
        at = next((at for at in range(1, start + 1) if words[at] not in filler), start)
        if words[at] in self._rulebook.words["question"] and start - at <= OPENING:
            return True
        before = words[max(0, start - OPENING) : start + 1]
        return "if" in before or any(_holds(before, phrase) for phrase in GENERAL_OPENINGS)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))
