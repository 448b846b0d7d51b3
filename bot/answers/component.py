"""The answer reader as a Rasa component."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.answers.agency_words import agency_words
from bot.answers.answers_files import answers_files, load_answers
from bot.answers.criteria_file import load_questions, phrases_of, vectors_of
from bot.answers.learned import Learned, LearnedAnswers, learn
from bot.answers.reader import AnswerReader, read_by_rule
from bot.answers.sureness import Sureness
from bot.encoder.encoder import kept_vectors
from bot.fingerprint import code_fingerprint
from bot.learning.tfidf import Features
from bot.text.reading import read

PARTS = (
    "classes",
    "terms",
    "words",
    "vector",
    "rules",
    "bias",
)  # of what was learned of one question, in the order of `Learned`


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class ReadAnswers(GraphComponent):
    """Sets `reading`: {question, value, exact, corrects} of the question the person is looking at, or of the one before."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reader: AnswerReader | None = None,
    ) -> None:
        self._criteria = Path(config["criteria"])
        self._agencies = Path(config["agencies"])
        self._answers = Path(config["answers"])
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the files of the questions, the agencies, and what people said."""
        return {"criteria": "data/criteria.yml", "agencies": "data/agencies", "answers": "data/answers"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReadAnswers:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        # A step whose result Rasa has cached is asked again with a configuration that lacks our keys.
        config = {**cls.get_default_config(), **config}
        agencies = sorted(Path(config["agencies"]).glob("*.yml"))
        return code_fingerprint(Path(config["criteria"]), *agencies, *answers_files(Path(config["answers"])))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every known way to say a choice, and save the files as they are now."""
        text = self._criteria.read_text(encoding="utf-8")
        questions = load_questions(text)
        phrases = phrases_of(questions, load_answers(self._answers))
        vectors = vectors_of(phrases, kept_vectors().of)
        learned = learn(phrases, vectors, read_by_rule(questions, phrases))
        with self._model_storage.write_to(self._resource) as folder:
            save_learned(learned, folder)
            (folder / "criteria.yml").write_text(text, encoding="utf-8")
            for file in self._agencies.glob("*.yml"):
                (folder / f"agency-{file.name}").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ReadAnswers:
        with model_storage.read_from(resource) as folder:
            learned = load_learned(folder)
            criteria = (folder / "criteria.yml").read_text(encoding="utf-8")
            agencies = {
                file.stem[len("agency-") :]: agency_words(file.read_text(encoding="utf-8"), criteria)
                for file in folder.glob("agency-*.yml")
            }
        return cls(config, model_storage, resource, AnswerReader(load_questions(criteria), agencies, learned))

    def process(self, messages: list[Message]) -> list[Message]:
        if self._reader is None:
            return messages
        for message in messages:
            looked_at = message.get("metadata") or {}
            message.set("reading", self._reading(message, looked_at), add_to_output=True)
        return messages

    def _reading(self, message: Message, looked_at: dict[str, Any]) -> dict[str, Any] | None:
        assert self._reader is not None
        doc, agency = message.get("doc"), looked_at.get("agency")
        vector = np.asarray(message.get("sentence_vector"), dtype=np.float32)
        question, previous = looked_at.get("question") or None, looked_at.get("previous_question") or None
        told = message.get("told")
        found = self._reader.answer(question, previous, doc, vector, agency, told=told and (read(told[0]), told[1]))
        return asdict(found) if found else None


def save_learned(learned: LearnedAnswers, folder: Path) -> None:
    """Save what was learned as arrays and a list of words: nothing that runs when it is loaded."""
    arrays = {"idf": learned.features.idf}
    for name, question in learned.questions.items():
        arrays.update({f"{name}.{part}": np.ascontiguousarray(getattr(question, part)) for part in PARTS})
    save_file(arrays, str(folder / "learned.safetensors"))
    vocabulary = sorted(learned.features.vocabulary, key=lambda term: learned.features.vocabulary[term])
    stored = {
        "vocabulary": vocabulary,
        "questions": list(learned.questions),
        "several": sorted(learned.several),
        "sureness": asdict(learned.sureness),
    }
    (folder / "learned.json").write_text(json.dumps(stored), encoding="utf-8")


def load_learned(folder: Path) -> LearnedAnswers:
    """Load what `save_learned` has saved."""
    arrays = load_file(str(folder / "learned.safetensors"))
    stored = json.loads((folder / "learned.json").read_text(encoding="utf-8"))
    questions = {name: Learned(*(arrays[f"{name}.{part}"] for part in PARTS)) for name in stored["questions"]}
    features = Features({term: column for column, term in enumerate(stored["vocabulary"])}, arrays["idf"])
    sureness = Sureness(tuple(stored["sureness"]["weights"]), stored["sureness"]["at_least"])
    return LearnedAnswers(features, questions, frozenset(stored["several"]), sureness)
