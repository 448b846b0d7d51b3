"""The meaning of a message after a disclosure: a question about what comes next, a denial, or something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.afterwards.denials import is_plain, says_so, tells_something, without_questions, wonders
from bot.afterwards.examples import DENIAL, HALF_TRUE, OTHER
from bot.arrays import Floats
from bot.intents.classifier import Classifier
from bot.text.normalise import phrase
from bot.text.questions import is_question
from bot.text.reading import read

ASKED = 0.24  # from here on a question counts
HANDICAP = 0.2  # what is asked at any time must be likelier by so much: after a disclosure people ask about that
DENIED = 0.3  # from here on a denial counts where the words speak of a misunderstanding
LIKE_A_DENIAL = 0.45  # and from here on where none does: behind a safety message, which people do answer
LIKE_A_DENIAL_OF_LINES = 0.65  # behind a line below a reply: most people go on with what they were at
# Danger now, and who must not ring, go before a half truth that is about as likely.
BEFORE_A_HALF_TRUTH = ("happening_now", "safe_contact")
AS_LIKELY = 0.2
TRUER = 0.05  # by so much a denial must be likelier than one that tells something itself

Encode = Callable[[Sequence[str]], Floats]
Denies = Literal["true", "half"]


@dataclass(frozen=True)
class HeardAfterwards:
    """What was heard.

    `asks` is what is asked, with its `confidence`, and whether it is likelier than all that is asked at any time (`ahead`). `denies` says
    whether the message takes a disclosure back, wholly or only by half. `says_so`: it speaks of a misunderstanding and of nothing else.
    """

    asks: str | None = None
    confidence: float = 0.0
    ahead: bool = False
    denies: Denies | None = None
    says_so: bool = False


class AfterwardsReader:
    """Reads one message at a time; holds no state of a conversation."""

    def __init__(self, classifier: Classifier, encode: Encode, button: str) -> None:
        """Take what was learned.

        Args:
            classifier: of the questions, denials, half truths, and what is typed at any time.
            encode: makes sentence vectors.
            button: the text of the button that puts a flag right.
        """
        self._classifier = classifier
        self._encode = encode
        self._button = phrase(button)

    def hear(self, text: str, vector: Floats, *, sure: bool = True) -> HeardAfterwards:
        """Look at one message.

        Args:
            text: normalised. vector: its sentence vector.
            sure: whether the disclosure is, so that the whole safety message was said, or only a line below a reply.
        """
        if phrase(text) == self._button:
            return HeardAfterwards(denies="true", says_so=True)
        scores = self._scores(text, vector)
        denial = self._denial(text, vector, LIKE_A_DENIAL if sure else LIKE_A_DENIAL_OF_LINES)
        asks, confidence = max(
            ((label, score) for label, score in scores.items() if label not in (DENIAL, HALF_TRUE, OTHER)),
            key=lambda one: one[1],
        )
        if denial == "half" and asks in BEFORE_A_HALF_TRUTH and confidence >= scores[HALF_TRUE] - AS_LIKELY:
            denial, counts = None, confidence >= ASKED
        else:
            counts = (
                denial is None
                and confidence >= ASKED
                and confidence >= scores[OTHER] - HANDICAP
                and confidence >= max(scores[DENIAL], scores[HALF_TRUE])
            )
        return HeardAfterwards(
            asks=asks if counts else None,
            confidence=round(confidence, 4) if counts else 0.0,
            ahead=counts and confidence >= scores[OTHER],
            denies=denial,
            says_so=denial is not None and says_so(text),
        )

    def _denial(self, text: str, vector: Floats, height: float) -> Denies | None:
        """Check whether a message takes something back; what it asks beside that is left out.

        Args:
            height: how like a denial it has to be where it speaks of no misunderstanding. People say "no" and "fine" and "sorry" of much
                else, and what is wrongly taken back is lost.
        """
        told = without_questions(text)
        if is_plain(told):
            return "true"
        if is_question(read(text)) and not says_so(text):
            return None  # it asks, whatever "not" stands in it
        scores = self._scores(told, vector if told == text else self._encode([told])[0])
        best = max(scores, key=lambda label: scores[label])
        if best == HALF_TRUE:
            return "half"
        like_one = scores[DENIAL] >= DENIED if says_so(told) else best == DENIAL and scores[DENIAL] >= height
        if not like_one or wonders(told):
            return None
        whole = scores[DENIAL] - scores[HALF_TRUE] >= TRUER and not tells_something(told)
        return "true" if whole else "half"

    def _scores(self, text: str, vector: Floats) -> dict[str, float]:
        row = self._classifier.confidences([text], vector[None, :])[0]
        return dict(zip(self._classifier.labels, map(float, row), strict=True))
