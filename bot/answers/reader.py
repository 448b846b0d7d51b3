"""The reader of answers: from a text to the value it gives to a question, or None when the question must be asked again.

A wrong reading is worse than a second question, so every rule says ASK_AGAIN where a text could mean two things. What the
rules can't settle is compared with the `heard_as` examples of data/criteria.yml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from bot.answers.agency_words import NO_WORDS, AgencyWords
from bot.answers.learned import NO_CHOICE, FindsChoice, Phrases
from bot.answers.picked import picked
from bot.answers.question import ASK_AGAIN, LEARNED_KINDS, Question, Reading
from bot.answers.rules import by_rule, rules_by_question
from bot.answers.yes_no import NEGATED
from bot.arrays import Floats
from bot.text.contacts import contacts_in, written_out
from bot.text.listening import listened_to
from bot.text.normalise import normalise, trim_punctuation
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question
from bot.text.reading import read

TAKES_BACK = re.compile(
    r"\b(?:sorry,? (?:i )?(?:meant|mean|that|it|should|wrong|no|not|\d)|meant|correction|oops|my mistake|mistake|my bad|"
    r"(?:change|correct) (?:my|that|it)|"
    r"got (?:that|it) wrong|(?:last|previous|earlier) (?:one|question|answer)|misread|mis-?typed|typo|wrong (?:number|"
    r"answer|one|button)|should (?:be|have been|have said|say))\b|"
    r"\b(?:sorry|actually|wait|i mean),? .*\bnot (?:\d+|one|two|three|four|five|six)\b"
)
# Weaker: many people begin an ordinary answer so. It takes back only what can't be an answer to the question being asked.
LOOKS_BACK = re.compile(r"^(?:sorry|actually|wait|oh|hang on|hold on|no|i mean)\b|\bactually\b")
# When no question stands any more, only words that plainly take something back.
PLAINLY_BACK = re.compile(
    r"\b(?:meant|actually|instead|should be|should have been|change (?:it|that)|make (?:it|that))\b"
)
MOST_WORDS_OF_A_NAME = 3
READ_WITH_CONTACTS = ("phone_or_email", "name")
ANY_TEXT = ("text", "name", "offered")


class AnswerReader:
    """Reads answers to the questions of data/criteria.yml."""

    def __init__(
        self, questions: Mapping[str, Question], agencies: Mapping[str, AgencyWords], learned: FindsChoice
    ) -> None:
        """Take what reading needs.

        Args:
            questions: by id.
            agencies: by agency, what names of places mean, and its own buttons.
            learned: what was learned from the questions' phrases, for texts that the rules leave open.
        """
        rules_by_question()  # their patterns are compiled now, and not when somebody gives the first answer
        self._questions = questions
        self._agencies = agencies
        self.learned = learned

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions whose answers can be read."""
        return tuple(self._questions)

    def answer(
        self,
        question_id: str | None,
        previous_id: str | None,
        doc: Doc,
        vector: Floats,
        agency: str | None = None,
    ) -> Reading | None:
        """Read what a text answers: the question being asked, or the one before.

        Args:
            question_id: the question the person is looking at.
            previous_id: the one they answered before it.
            doc: the text, read once.
            vector: its sentence vector.
            agency: slug of the agency, for names of places.
        Returns:
            None where no question is being asked.
        """
        if question_id is None or question_id not in self._questions:
            return self._late_correction(previous_id, doc, vector, agency)
        exact = self.titled(question_id, doc.text, agency) or picked(self._questions[question_id], doc.text) is not None
        value = self.read(question_id, doc, vector, agency)
        if previous_id is not None and previous_id in self._questions and not exact and not is_question(doc):
            weak = LOOKS_BACK.search(doc.text) is not None and (
                value is None or self._questions[question_id].kind in ANY_TEXT
            )
            if weak or is_correction(doc):
                earlier = self.read(previous_id, doc, vector, agency)
                if earlier is not None:
                    return Reading(previous_id, earlier, exact=False, corrects=True)
        return Reading(question_id, value, exact=exact, corrects=False)

    def _late_correction(self, previous_id: str | None, doc: Doc, vector: Floats, agency: str | None) -> Reading | None:
        """Read a correction after the last question, when only words count that plainly take an answer back."""
        if (
            previous_id is None
            or previous_id not in self._questions
            or is_question(doc)
            or not PLAINLY_BACK.search(doc.text)
        ):
            return None
        value = self.read(previous_id, doc, vector, agency)
        return Reading(previous_id, value, exact=False, corrects=True) if value is not None else None

    def read(self, question_id: str | None, doc: Doc, vector: Floats, agency: str | None = None) -> Any:
        """Read the value that a text gives to a question, or None.

        Args:
            question_id: the question the person is looking at; an unknown one reads as None.
            doc: the text, read once.
            vector: its sentence vector.
            agency: slug of the agency, for names of places.
        """
        question = self._questions.get(question_id or "")
        if question is None or not doc.text:
            return None
        if several := picked(question, doc.text):
            return several
        words = self._agencies.get(agency or "", NO_WORDS)
        exact = self._exact(question, doc.text, words)
        if exact is not None:
            return [exact] if question.kind == "any_of" else exact
        if question.kind not in READ_WITH_CONTACTS and contacts_in(written_out(doc.text)):
            # A number is no answer to another question, nor is the name beside it.
            return self.read(question_id, read(listened_to(doc.user_data["typed"], None)), vector, agency)
        if trim_punctuation(doc.text) in question.asked_again:
            return None
        found = by_rule(question, doc, words)
        if found is None and question.kind in LEARNED_KINDS:
            found = self._by_what_was_learned(question, vector, doc)
        return None if found is ASK_AGAIN else found

    def titled(self, question_id: str | None, text: str, agency: str | None = None) -> bool:
        """Check whether a text is one of the known ways to say a choice, to the letter: then nothing else needs to be asked of it."""
        question = self._questions.get(question_id or "")
        words = self._agencies.get(agency or "", NO_WORDS)
        return question is not None and self._exact(question, normalise(text), words) is not None

    def _exact(self, question: Question, text: str, words: AgencyWords) -> Any:
        plain = trim_punctuation(text)
        own = words.titles.get(question.id, {})
        if question.kind == "place":
            # What the agency says of a place goes before what is generally so: "Coventry" is elsewhere to most of them.
            own = {**words.names, **words.heard, **own}
        if plain in own:
            return own[plain]
        if plain == "yes" and sum(str(choice.value).startswith("yes") for choice in question.choices) > 1:
            return None  # "yes, banned" or "yes, not banned": a bare yes says too little
        for choice in question.choices:
            if plain in choice.said_as:
                return choice.value
        return None

    def _by_what_was_learned(self, question: Question, vector: Floats, doc: Doc) -> Any:
        if is_question(doc) or wavers(doc):
            return None
        index = self.learned.choice_index(question.id, doc.text, vector)
        if index == NO_CHOICE:
            return None
        value = question.choices[index].value
        if question.kind == "place" and value != "not_sure" and len(doc.text.split()) <= MOST_WORDS_OF_A_NAME:
            return None  # a place whose name nobody has written down: a guess would send a neighbour away
        # A vector hardly hears "not": what opens with a no is never taken for a yes, nor the other way round.
        said = polarity(doc)
        if (said is False and str(value).startswith("yes")) or (said is True and value in ("no", "none")):
            return None
        # Examples of "not much" lie close to those of "much": only what itself says "not" is taken for the former.
        if value == "little_or_none" and not NEGATED.search(doc.text):
            return None
        return [value] if question.kind == "any_of" else value


def is_correction(doc: Doc) -> bool:
    """Check whether a text takes back something said before ("sorry, I meant two")."""
    return TAKES_BACK.search(doc.text) is not None


def left_open(questions: Mapping[str, Question], phrases: Mapping[str, Phrases]) -> dict[str, list[bool]]:
    """Check whether the rules leave each phrase open, by question: what learning chooses its threshold by."""
    return {
        name: [by_rule(questions[name], read(text), NO_WORDS) is None for text in known.texts]
        for name, known in phrases.items()
    }
