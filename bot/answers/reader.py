"""The reader of answers: from a text to the value it gives to a question, or None when the question must be asked again.

A wrong reading is worse than a second question, so every rule says ASK_AGAIN where a text could mean two things. What the rules read
is weighed with what was learned from data/answers/ and the `heard_as` phrases of data/criteria.yml; what is not sure then is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from bot.answers.agency_words import NO_WORDS, AgencyWords
from bot.answers.learned import ASKS, QUESTION, WAVERS, FindsChoices, Phrases
from bot.answers.needs import HARD_FOR
from bot.answers.offered import SAYS_WHICH
from bot.answers.picked import picked
from bot.answers.prefers_to_talk import refuses
from bot.answers.question import ASK_AGAIN, LEARNED_KINDS, Question, Reading
from bot.answers.rules import by_rule, rules_by_question
from bot.answers.yes_no import NEGATED
from bot.arrays import Floats
from bot.text.contacts import contacts_in, written_out
from bot.text.listening import listened_to
from bot.text.names import name_before_a_question
from bot.text.normalise import normalise, trim_punctuation
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question
from bot.text.reading import read

TAKES_BACK = re.compile(
    r"\b(?:sorry,? (?:i )?(?:meant|mean|that|it|should|wrong|no|not|\d)|meant|correction|oops|my mistake|mistake|my bad|"
    r"(?:change|correct) (?:my|that|it)|"
    r"got (?:that|it) wrong|(?:last|previous|earlier) (?:one|question|answer)|misread|mis-?typed|typo|wrong (?:number|"
    r"answer|one|button)|should (?:be|have been|have said|say))\b|"
    r"^(?:oh,? )?(?:wait|hang on|hold on),? (?:no|actually|sorry)\b|"
    r"\b(?:sorry|actually|wait|i mean),? .*\bnot (?:\d+|one|two|three|four|five|six)\b"
)
# Weaker: many people begin an ordinary answer so. It takes back only what can't be an answer to the question being asked.
LEADS_BACK = re.compile(r"^(?:(?:oh|sorry|actually|wait|hang on|hold on|no|i mean)\b[ ,.!]*)+")
PREFER_NOT = "prefer_not"
LOOKS_BACK = re.compile(r"^(?:sorry|actually|wait|oh|hang on|hold on|no|i mean)\b|\bactually\b")
# When no question stands any more, only words that plainly take something back.
PLAINLY_BACK = re.compile(
    r"\b(?:meant|actually|instead|should be|should have been|change (?:it|that)|make (?:it|that))\b"
)
MOST_WORDS_OF_A_NAME = 3
READ_WITH_CONTACTS = ("phone_or_email", "name")
ANY_TEXT = ("text", "name", "offered")
BARE_YES = ("yes", "yeah", "yep", "yes please", "y", "yh", "yup")
ASKS_FOR_A_WISH = ("route", "other_matter", "next_step", "change_how")
# What a rule reads there is never outweighed: a child's safety comes first.
BEFORE_ALL_ELSE = {"other_matter": ("child_safety", "i_am_a_child")}
# A vector hardly hears "not": what is left of "any age but not babies" is counted by rule alone.
SETTLED = {"ages": re.compile(r"\b(?:any|all|every|whatever)\b.*\bnot\b")}
REFUSED = {"heard_from": "skip"}  # what whoever would rather not say has chosen, where that is no wish to talk


class AnswerReader:
    """Reads answers to the questions of data/criteria.yml."""

    def __init__(
        self, questions: Mapping[str, Question], agencies: Mapping[str, AgencyWords], learned: FindsChoices
    ) -> None:
        """Take what reading needs.

        Args:
            questions: by id.
            agencies: by agency, what names of places mean, and its own buttons.
            learned: what was learned from the ways people answer.
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
        *,
        told: tuple[Doc, Floats] | None = None,
    ) -> Reading | None:
        """Read what a text answers: the question being asked, or the one before.

        Args:
            question_id: the question the person is looking at.
            previous_id: the one they answered before it.
            doc: the text, read once.
            vector: its sentence vector.
            agency: slug of the agency, for names of places.
            told: what it tells beside its own questions, with its sentence vector; None where it asks nothing.
        Returns:
            None where no question is being asked.
        """
        if question_id is None or question_id not in self._questions:
            return self._late_correction(previous_id, doc, vector, agency)
        exact = self.titled(question_id, doc.text, agency) or picked(self._questions[question_id], doc.text) is not None
        value = self.read(question_id, doc, vector, agency)
        if told and not exact and self._may_stand_beside_a_question(question_id, told[0]):
            # "Two. Can they share?" answers, and asks: each part is taken for what it is.
            beside = self.read(question_id, *told, agency)
            if beside is not None and question_id not in ASKS_FOR_A_WISH:
                return Reading(question_id, beside, exact=False, corrects=False, beside=True)
        if question_id == "contact_name" and value is None and is_question(doc):
            if named := name_before_a_question(doc.user_data.get("typed", doc.text)):
                return Reading(question_id, named.name, exact=False, corrects=False, beside=True)
        if previous_id is not None and previous_id in self._questions and not exact and not is_question(doc):
            kind = self._questions[question_id].kind
            unsettled = value is None or kind in ANY_TEXT or self._by_rule(question_id, doc, agency) is None
            weak = LOOKS_BACK.search(doc.text) is not None and unsettled
            if weak or is_correction(doc):
                earlier = self.read(previous_id, doc, vector, agency)
                if value is not None and kind not in ANY_TEXT and not is_correction(doc):
                    earlier = self._by_rule(previous_id, doc, agency)  # of two guesses neither outweighs the other
                fits = (
                    self._questions[previous_id].kind not in ANY_TEXT
                )  # where nearly any text would, nothing says that it is meant
                if earlier is None and fits and (said := LEADS_BACK.sub("", doc.text)) != doc.text:
                    earlier = self._by_rule(previous_id, read(said), agency)
                # "No" to this question is not "I'd rather not say" to the one before.
                refused = (
                    kind not in ANY_TEXT and self._questions[previous_id].kind in ANY_TEXT and earlier == PREFER_NOT
                )
                if earlier is not None and not refused:
                    return Reading(previous_id, earlier, exact=False, corrects=True)
        return Reading(question_id, value, exact=exact, corrects=False)

    def _may_stand_beside_a_question(self, question_id: str, told: Doc) -> bool:
        """Check whether what a message tells beside its question may be the answer: "no Saturdays? go on then, the 20th"."""
        kind = self._questions[question_id].kind
        return kind in LEARNED_KINDS or (kind == "offered" and SAYS_WHICH.search(told.text) is not None)

    def _late_correction(self, previous_id: str | None, doc: Doc, vector: Floats, agency: str | None) -> Reading | None:
        """Read a correction after the last question, when only words count that plainly take an answer back."""
        if (
            previous_id is None
            or previous_id not in self._questions
            or is_question(doc)
            or not PLAINLY_BACK.search(doc.text)
            or contacts_in(written_out(doc.text))
        ):
            return None
        # Nothing is asked now, so it may well be about something else: what was only learned is no correction.
        open_to_any = self._questions[previous_id].kind in ANY_TEXT
        read_by = (
            self.read(previous_id, doc, vector, agency) if open_to_any else self._by_rule(previous_id, doc, agency)
        )
        return Reading(previous_id, read_by, exact=False, corrects=True) if read_by is not None else None

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
        plain = trim_punctuation(doc.text)
        if plain in question.asked_again or (plain in BARE_YES and _yes_says_too_little(question)):
            return None
        if question.kind in LEARNED_KINDS and refuses(doc.text):
            return REFUSED.get(question.id) or ("prefer_to_talk" if question.has("prefer_to_talk") else None)
        found = by_rule(question, doc, words)
        if question.kind in LEARNED_KINDS:
            return self._weighed(question, found, vector, doc)
        return None if found is ASK_AGAIN else found

    def _by_rule(self, question_id: str, doc: Doc, agency: str | None) -> Any:
        found = by_rule(self._questions[question_id], doc, self._agencies.get(agency or "", NO_WORDS))
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
        if plain in BARE_YES and _yes_says_too_little(question):
            return None
        for choice in question.choices:
            if plain in choice.said_as:
                return choice.value
        return None

    def _weighed(self, question: Question, found: Any, vector: Floats, doc: Doc) -> Any:
        """Weigh what the rules found with what was learned.

        A question is read by rule, but where a wish is asked for ("could we do it in March?"). What no choice says is the rules' alone
        (a postcode, seven people), and so is the name of a place: a guess would send a neighbour away.
        """
        by_rules = None if found is ASK_AGAIN else found
        if by_rules in BEFORE_ALL_ELSE.get(question.id, ()):
            return by_rules
        if by_rules is not None and (settled := SETTLED.get(question.id)) and settled.search(doc.text):
            return by_rules
        said = noticed(question, found, doc)
        asks = is_question(doc) and question.id not in ASKS_FOR_A_WISH
        if asks or (by_rules is not None and said is None) or (question.kind == "place" and found is not None):
            return by_rules
        indexes = self.learned.choices(question.id, doc.text, vector, said or ())
        values = [question.choices[index].value for index in indexes]
        if not values or (
            len(values) > 1 and any(choice.alone and choice.value in values for choice in question.choices)
        ):
            return None
        if question.kind == "any_of":
            # A vector hardly hears "not": beside one, nothing is added to what the rules found in "no large print, just a ramp".
            if by_rules is not None and not set(values) <= set(by_rules) and NEGATED.search(doc.text):
                return by_rules if set(by_rules) <= set(values) else None
            # "I don't see well" is no "no".
            return None if by_rules is None and values == ["none"] and HARD_FOR.search(doc.text) else values
        value = values[0]
        if question.kind == "place" and value != "not_sure" and len(doc.text.split()) <= MOST_WORDS_OF_A_NAME:
            return None
        # A vector hardly hears "not": what opens with a no is never taken for a yes, nor the other way round.
        opens = polarity(doc)
        contrary = (opens is False and str(value).startswith("yes")) or (opens is True and value in ("no", "none"))
        return None if contrary and value != by_rules else value


def _yes_says_too_little(question: Question) -> bool:
    """Check whether a bare yes could be two answers: "yes, banned" or "yes, not banned"."""
    return sum(str(choice.value).startswith("yes") for choice in question.choices) > 1


def noticed(question: Question, found: Any, doc: Doc) -> tuple[int, ...] | None:
    """Write what the rules found in a text, and that it asks or wavers, as learning takes it; None where no choice says it."""
    indexes = [question.index_of(value) for value in (found if isinstance(found, list) else [found])]
    if found is None or found is ASK_AGAIN:
        indexes = [ASKS] if found is ASK_AGAIN else []
    if is_question(doc):
        indexes.append(QUESTION)
    if wavers(doc):
        indexes.append(WAVERS)
    return None if None in indexes else tuple(index for index in indexes if index is not None)


def is_correction(doc: Doc) -> bool:
    """Check whether a text takes back something said before ("sorry, I meant two")."""
    return TAKES_BACK.search(doc.text) is not None


def read_by_rule(questions: Mapping[str, Question], phrases: Mapping[str, Phrases]) -> dict[str, list[tuple[int, ...]]]:
    """Read each phrase by rule alone, by question: learning finds from it how far a question's rules are to be trusted."""
    return {
        name: [
            _by_rule(questions[name], text) if fresh else ()
            for text, fresh in zip(known.texts, known.fresh, strict=True)
        ]
        for name, known in phrases.items()
    }


def _by_rule(question: Question, text: str) -> tuple[int, ...]:
    doc = read(text)
    return noticed(question, by_rule(question, doc, NO_WORDS), doc) or ()
