"""Facts that are told unasked, and replies to the list of answers, as a Rasa component."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from bot.answers.agency_words import agency_words
from bot.answers.coming import coming_in
from bot.answers.criteria_file import load_questions
from bot.answers.languages import language_named
from bot.answers.question import CONFIRMED
from bot.answers.reader import AnswerReader
from bot.arrays import Floats
from bot.text.questions import is_question
from bot.text.reading import read
from bot.volunteered.anywhere import CHANGES_IT, asks_to_change_an_answer, put_right
from bot.volunteered.corrections import (
    AMISS,
    CHANGE,
    CHECK,
    NOT_RIGHT,
    RIGHT,
    agreement,
    corrections,
    named_question,
    replacement,
)
from bot.volunteered.facts import Fact, volunteered
from bot.volunteered.kept import FORGET_SURE, keeps_it
from bot.volunteered.of_the_other import age_of_the_other
from bot.volunteered.overheard import ASKED_FOR, said_of_being_reached
from bot.volunteered.reach import (
    CONTACT,
    OF_A_BOOKING,
    asks_to_change,
    is_only_noted,
    noted_for_whoever_rings,
    told_ways,
)
from bot.volunteered.unnamed import change_told, could_be
from bot.volunteered.with_a_condition import with_a_condition

# Where nearly any text could be the answer.
OPEN = ("contact_name", "contact_time", "event", "visit_slot", "event_language", "booking_reference")
PEOPLE, NEEDS, LANGUAGE, AGE = "event_places", "event_needs", "event_language", "age"
# Bookings and their dates are changed in other ways, and a name or a time could be any text.
NO_ANSWERS = (
    "event",
    "visit_slot",
    "which_booking",
    "change_how",
    "touch_when",
    "booking_reference",
    "booking_contact",
)
NOT_BY_VALUE = (CONTACT, "contact_name", "contact_time", "safe_to_message", "none")
NO_VECTOR = np.zeros(1, dtype=np.float32)


class RulesAlone:
    """Stands in for what was learned: what no rule settles is not noted without asking."""

    def choices(self, question: str, text: str, vector: Floats, by_rule: Sequence[int]) -> tuple[int, ...]:
        return tuple(index for index in by_rule if index >= 0)


class FactFinder:
    """Finds facts that a message tells without having been asked."""

    def __init__(self, criteria: Path, agencies: Path) -> None:
        """Read the questions and the places once.

        Args:
            criteria: data/criteria.yml.
            agencies: the folder with a file for each agency.
        """
        text = criteria.read_text(encoding="utf-8")
        questions = load_questions(text)
        words = {
            file.stem: agency_words(file.read_text(encoding="utf-8"), text) for file in sorted(agencies.glob("*.yml"))
        }
        self._reader = AnswerReader(questions, words, RulesAlone())
        self._names: dict[str, tuple[str, ...]] = (
            {str(choice.value): choice.said_as for choice in questions[CHANGE].choices} if CHANGE in questions else {}
        )

    def facts(self, text: str, agency: str | None) -> tuple[Fact, ...]:
        """Find what a normalised text volunteers."""
        return volunteered(text, self._values(agency))

    def age_of_the_other(self, text: str, agency: str | None) -> tuple[Fact, ...]:
        """Find the age of the other person, told beside one's own."""
        return age_of_the_other(text, self._values(agency))

    def reply_to_list(self, text: str, asked: str, agency: str | None) -> tuple[dict[str, Any], tuple[Fact, ...]]:
        """Read what a text says to the list of answers, in the shape of a reading, and what it puts right.

        Args:
            text: as normalised for reading.
            asked: whether the list is right, or which of it to change.
            agency: slug of the agency, for names of places.
        """
        doc, values = read(text), self._values(agency)
        if is_question(doc):
            return _reading(asked, None), ()
        right = corrections(text, values)
        which = None if right or agreement(doc) == RIGHT else named_question(text, self._names)
        if which and (better := replacement(text, which, values)):
            right = (better,)
        if right:
            return _reading(right[0].question, right[0].value, corrects=True), right
        if which:
            return _reading(CHANGE, which, corrects=True), ()
        if asked == CHANGE:  # asked which: "no" means none
            return _reading(CHANGE, "none" if agreement(doc) == NOT_RIGHT and not AMISS.search(text) else None), ()
        return _reading(CHECK, agreement(doc)), ()

    def put_right(self, doc: Doc, asked: str | None, agency: str | None) -> Fact | None:
        """Find what a message puts right of a question that is not the one being asked."""
        return put_right(doc, asked, self._names, self._values(agency))

    def changed_without_a_name(self, text: str, agency: str | None) -> list[dict[str, Any]] | None:
        """List what a text may mean that changes an answer without naming it; None where it changes none."""
        change = change_told(text)
        if change is None:
            return None
        found = could_be(change, [name for name in self._names if name not in NOT_BY_VALUE], self._values(agency))
        named = named_question(change.new, self._names)
        if not change.points and not any(one["was"] is not None for one in found):
            return None  # "from an agency to the council" is about no answer
        return [one for one in found if one["question"] == named] or found

    def _values(self, agency: str | None) -> Callable[[str, str], Any]:
        return lambda question, statement: self._reader.read(question, read(statement), NO_VECTOR, agency)


def _language(doc: Doc, reading: dict[str, Any]) -> tuple[Fact, ...]:
    """Find the language in "yes please, Polish": whoever names it is not asked which."""
    wanted = reading.get("question") == "language" and reading.get("value") in ("yes_interpreter", "signs")
    named = language_named(doc.text) if wanted else None
    return (Fact(LANGUAGE, named),) if named else ()


def _reading(question: str, value: Any, corrects: bool = False) -> dict[str, Any]:
    return {"question": question, "value": value, "exact": False, "corrects": corrects and value is not None}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class Volunteered(GraphComponent):
    """Sets `volunteered`: a list of {question, value}; where the list of answers is looked at, `reading` as well.

    `coming` is what is told of coming to an event: how many, what to get ready, and whether a day is named.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._finder = FactFinder(Path(config["criteria"]), Path(config["agencies"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the files of the questions and the agencies."""
        return {"criteria": "data/criteria.yml", "agencies": "data/agencies"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Volunteered:
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get("doc") is None:
                continue
            message.set(
                "volunteered",
                [{"question": fact.question, "value": fact.value} for fact in self._found(message)],
                add_to_output=True,
            )
            if coming := self._coming(message):
                message.set("coming", coming, add_to_output=True)
        return messages

    def _changed_without_a_name(
        self, message: Message, asked: str | None, agency: str | None, reading: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Read a change of an answer that is not named; None where there is none."""
        previous = (message.get("metadata") or {}).get("previous_question")
        if message.get("contacts") or asked in NO_ANSWERS or asked in CONFIRMED or not (asked or previous):
            return None
        found = self._finder.changed_without_a_name(message.get("doc").text, agency)
        if found is None:
            return None
        return {**_reading(CHANGE, CHANGES_IT, corrects=True), "could_be": found}

    def _coming(self, message: Message) -> dict[str, Any] | None:
        """Find what it tells of coming to an event, in the words of its questions; whether one is booked is not known here."""
        disclosure, reading = message.get("disclosure") or {}, message.get("reading") or {}
        if disclosure.get("certainty") == "sure" or reading.get("exact"):
            return None
        found = coming_in(message.get("doc").text)
        told = {
            PEOPLE: found.people,
            NEEDS: list(found.needs) or None,
            LANGUAGE: found.language,
            "day": found.day or None,
        }
        return {name: value for name, value in told.items() if value is not None} or None

    def _put_right(
        self, message: Message, asked: str | None, agency: str | None, reading: dict[str, Any]
    ) -> Fact | None:
        """Find what a message puts right of another question; not where it answers the one that is asked, or the one before."""
        if asked in CONFIRMED or message.get("contacts"):
            return None
        found = self._finder.put_right(message.get("doc"), asked, agency)
        answers = reading.get("value") is not None and asked not in OPEN
        return found if found and (not answers or asks_to_change_an_answer(message.get("doc"))) else None

    def _found(self, message: Message) -> tuple[Fact, ...]:
        looked_at, reading, doc = message.get("metadata") or {}, message.get("reading") or {}, message.get("doc")
        asked, agency = looked_at.get("question"), looked_at.get("agency")
        if asked == FORGET_SURE and keeps_it(doc.text):
            message.set("reading", _reading(FORGET_SURE, "no", corrects=True), add_to_output=True)
            return ()
        if reading.get("exact"):
            return ()  # a button says nothing beside itself
        notes = noted_for_whoever_rings(doc, asked)
        if notes or asked in ASKED_FOR:
            message.set("disclosure", said_of_being_reached(message.get("disclosure")), add_to_output=True)
        if (message.get("disclosure") or {}).get("certainty") == "sure":
            return notes  # who discloses something is heard, not noted; but whoever rings has to know
        if (changed := self._changed_without_a_name(message, asked, agency, reading)) is not None:
            message.set("reading", changed, add_to_output=True)
            return notes
        if asked in (CHECK, CHANGE):
            said, right = self._finder.reply_to_list(doc.text, str(asked), agency)
            only_noted = not right and is_only_noted(notes)
            message.set("reading", _reading(str(asked), None) if only_noted else said, add_to_output=True)
            return (*right, *notes)
        if asked in OPEN and is_only_noted(notes):
            message.set("reading", _reading(str(asked), None), add_to_output=True)
        contacts = message.get("contacts") or ()
        if not contacts and (answered := with_a_condition(asked, doc, reading.get("value"))):
            # Where it is an answer, no topic that its words sound like goes before it.
            message.set("reading", _reading(str(asked), answered.value, corrects=True), add_to_output=True)
            return answered.beside
        if (better := self._put_right(message, asked, agency, reading)) is not None:
            message.set("reading", _reading(better.question, better.value, corrects=True), add_to_output=True)
            return notes
        if not contacts and asked not in (CONTACT, OF_A_BOOKING) and asks_to_change(doc):
            message.set("reading", _reading(CONTACT, CHANGES_IT, corrects=True), add_to_output=True)
            return notes
        # What is being asked is read as its answer; only where the message asks something back does its fact count here.
        told = (fact for fact in self._finder.facts(doc.text, agency) if fact.question != asked or is_question(doc))
        other = self._finder.age_of_the_other(doc.text, agency) if asked == AGE and not is_question(doc) else ()
        ways = told_ways(doc, contacts, asked, reading.get("value"))
        return (*told, *other, *_language(doc, reading), *ways, *(note for note in notes if note not in ways))
