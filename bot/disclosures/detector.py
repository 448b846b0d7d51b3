"""Detection of a safeguarding disclosure in a message: rules and a trained model, each making good what the other misses.

Tuned for recall: missing one is far worse than a false alarm. What is said and who is told is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from spacy.tokens import Doc

from bot.arrays import Floats
from bot.disclosures.features import DisclosureFeatures
from bot.disclosures.matching import Matcher
from bot.disclosures.model import DisclosureModel
from bot.disclosures.rules import DANGER_NOW, NEGATIONS, Rulebook
from bot.text.normalise import words_of
from bot.text.questions import is_question
from bot.text.reading import read

BY_RULE = 0.95
# Scores of the model. Chosen on examples held out from the training; docs/decisions/0029, 0030 and 0036 have the figures.
FAINT = 0.25  # from here on something is heard
# From here on the model's word alone is enough. The lower heights are for what can't wait, or is met with words that accuse nobody.
LOUD = 0.8
LOUD_IN_DANGER = 0.62
LOUD_AT_ONCE = 0.48
LOUD_CHILD = 0.6  # who writes may well be a grown-up speaking of a child
LOUD_WORRY = 0.82  # a worry about a child is told and asked about in the same words as what children do; the lines give the same numbers
LOUD_THREAT = 0.87  # a threat is nearly always plain; on less than that nobody is treated as one
QUESTION = 0.1  # on top of a loud one, for a question: most of those are topics
CLAUSE = 0.35  # on top, for a clause: there are more of them than messages, and each may be a false alarm
SHORT = 10  # words
SHORTNESS = 0.09  # on top of a faint one, for a short text: it says little, and many short texts say nothing
NEGATED = 0.21  # on top of that, for one with a "not" in it: the vector of what is denied is near that of what is told
CLAUSE_LOUD = 0.3  # on top of a loud one, for a clause
AGREES = 0.42  # from here on the model agrees with a rule
AGREES_ON_A_TOPIC = 0.55  # and here where people ask about it as an ordinary question too
RULE_HOLDS = 0.3  # and from here on a rule counts at all: below it the words stand there but mean something else
URGENT = 2  # ranks
URGENT_SHARE = 1 / 3  # of both that is enough for these
REACH = 0.8  # of the best category's score: of all that come so near, the most urgent is taken
MOST_CLAUSES = 2  # those that look most like one by their words
SHORTEST_TO_SCORE = 2  # words: the vector of "no" or "34" says nothing
# What nobody is taken for on the model's word alone, where anything else was found.
NEVER_ALONE = frozenset({"user_is_child", "threat_to_staff", "enquirer_may_harm"})
LOUD_FOR = {
    "child_immediate_danger": LOUD_AT_ONCE,
    "suicidal_or_self_harm": LOUD_AT_ONCE,
    "enquirer_may_harm": LOUD_AT_ONCE,
    "user_is_child": LOUD_CHILD,
    "worried_about_child": LOUD_WORRY,
    "threat_to_staff": LOUD_THREAT,
}

Clauses = Sequence[tuple[str, Floats]]
Sentences = list[list[str]]


@dataclass(frozen=True)
class Disclosure:
    """A disclosure that was found: its category, how, the score (0 to 1), and what weight it has.

    It is `sure` where a rule has found it and the model does not plainly disagree, or where the model alone hears it loudly; else it is
    `faint`: something may have been told, and what the message asks is answered all the same. `also_a_topic`: people ask about it as an
    ordinary question too.
    """

    category: str
    by: Literal["rule", "model"]
    confidence: float
    certainty: Literal["sure", "faint"]
    also_a_topic: bool = False


class DisclosureDetector:
    """Looks for a disclosure in one message at a time; holds no state of a conversation."""

    def __init__(
        self,
        rulebook: Rulebook,
        features: DisclosureFeatures,
        model: DisclosureModel,
        buttons: frozenset[str] = frozenset(),
    ) -> None:
        """Make the detector.

        Args:
            rulebook: the rules and examples, read from data/safeguarding.yml.
            features: what the model sees of the words. model: the trained model.
            buttons: texts of buttons, which are never a disclosure.
        Raises:
            ValueError: the model knows other categories than the rulebook.
        """
        if set(model.labels[:-1]) != set(rulebook.examples):
            raise ValueError("The model was trained on other categories of disclosure; train again.")
        self._rulebook = rulebook
        self._features = features
        self._model = model
        self._normaliser = rulebook.normaliser()
        self._matcher = Matcher(rulebook)
        self._ordinary = frozenset(self._normaliser.plain(text) for text in (*rulebook.near_misses, *buttons))
        self._known: dict[str, str] = {
            self._normaliser.plain(text): category for category, texts in rulebook.examples.items() for text in texts
        }

    def detect(self, doc: Doc, vector: Floats, clauses: Clauses = (), *, at_private: bool = False) -> Disclosure | None:
        """Look at one message.

        Args:
            doc: the message as spaCy read it; only its text is used.
            vector: its sentence vector, 384 numbers of length one.
            clauses: its clauses, each with its vector: what is said in passing is lost in the vector of the whole.
            at_private: it was typed to a private question, where only danger goes before what is private.
        Returns:
            the disclosure in it that weighs most, or None.
        """
        sentences = self._normaliser.sentences(doc.text)
        words = words_of(sentences)
        written = " ".join(words)
        if written in self._ordinary:
            return None
        if written in self._known:
            return Disclosure(self._known[written], "rule", 1.0, "sure")
        if len(words) < SHORTEST_TO_SCORE:
            found = [Disclosure(name, "rule", BY_RULE, "sure") for name in self._by_rule(sentences)]
        else:
            found = list(self._by_score(doc, sentences, vector, clauses, at_private))
        if not found:
            return None
        heard = min(found, key=lambda one: self._weight(one, at_private))
        return replace(heard, also_a_topic=heard.category in self._rulebook.topics_too)

    def _by_score(
        self, doc: Doc, sentences: Sentences, vector: Floats, clauses: Clauses, at_private: bool
    ) -> Iterator[Disclosure]:
        """Look at a message, and at those of its clauses by themselves that look most like a disclosure by their words."""
        written = [self._normaliser.sentences(text) for text, _ in clauses]
        rows = self._features.rows([words_of(one) for one in (sentences, *written)])
        chosen: list[int] = np.argsort(self._model.by_words_alone(rows[1:]))[:MOST_CLAUSES].tolist()
        vectors = np.stack([vector, *(clauses[at][1] for at in chosen)])
        # All at once: most of the time goes into reading the examples from memory.
        scores = self._model.scores(rows[[0, *(1 + at for at in chosen)]], vectors)
        whole = scores[0] + self._model.layers_word(vector)
        yield from self._judge(sentences, whole, is_question(doc), at_private)
        for at, score in zip(chosen, scores[1:], strict=True):
            if self._normaliser.plain(clauses[at][0]) not in self._ordinary:
                yield from self._judge(written[at], score, is_question(read(clauses[at][0])), at_private, clause=True)

    def _judge(
        self, sentences: Sentences, scores: Floats, asks: bool, at_private: bool, *, clause: bool = False
    ) -> Iterator[Disclosure]:
        """Weigh the rules' hits and the model's scores for one text; of one that asks, and of a clause, more is asked of the model."""
        says_so = 1.0 - float(scores[-1])
        heard = says_so - (CLAUSE if clause else 0.0)
        best = REACH * float(scores[:-1].max())
        near = [label for label, score in zip(self._model.labels[:-1], scores[:-1], strict=True) if score >= best]
        guess = min(near, key=lambda label: self._rulebook.rank(label, at_private))
        loud = says_so - (CLAUSE_LOUD if clause else 0.0) - (QUESTION if asks else 0.0) >= _loud(guess)
        for name in self._by_rule(sentences):
            share = URGENT_SHARE if self._rulebook.ranks[name] <= URGENT else 1.0
            if says_so >= share * RULE_HOLDS:
                # At a private question it takes both to go before what is private.
                waits = at_private and self._rulebook.gives_way(name)
                agrees = AGREES_ON_A_TOPIC if name in self._rulebook.topics_too else AGREES
                sure = loud if waits else says_so >= share * agrees
                yield Disclosure(name, "rule", BY_RULE, "sure" if sure else "faint")
        if heard >= FAINT + _doubt(sentences):
            sure = loud and not (at_private and self._rulebook.gives_way(guess))
            yield Disclosure(guess, "model", min(1.0, max(0.0, says_so)), "sure" if sure else "faint")

    def _by_rule(self, sentences: Sequence[list[str]]) -> Iterator[str]:
        for sentence in sentences:
            yield from (rule.category for rule, _ in self._matcher.hits(sentence))

    def _weight(self, found: Disclosure, at_private: bool) -> tuple[bool, bool, bool, bool, bool, tuple[int, int]]:
        """Order what was found: sure before faint, what can't wait before all else, what a rule says before a guess."""
        guessed = found.by == "model" and found.category in NEVER_ALONE
        return (
            found.certainty == "faint",
            guessed,
            self._rulebook.ranks[found.category] > URGENT,
            found.category not in DANGER_NOW,
            found.by == "model",
            self._rulebook.rank(found.category, at_private),
        )


def _doubt(sentences: Sentences) -> float:
    """How much more is asked of a short text, and of one that takes back what it says."""
    words = words_of(sentences)
    if len(words) > SHORT:
        return 0.0
    return SHORTNESS + (0.0 if NEGATIONS.isdisjoint(words) else NEGATED)


def _loud(category: str) -> float:
    if category in LOUD_FOR:
        return LOUD_FOR[category]
    return LOUD_IN_DANGER if category in DANGER_NOW or category == "adult_at_risk" else LOUD
