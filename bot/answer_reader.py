"""The answer reader as a Rasa component."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.answers import AnswerReader, Choice, Question
from bot.encoder import load_encoder
from bot.reading import normalise


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class ReadAnswers(GraphComponent):
    """Sets `reading`: {question, value, exact, corrects} of the question the person is looking at, or of the one before."""

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
                 reader: Optional[AnswerReader] = None) -> None:
        self._criteria = Path(config["criteria"])
        self._agencies = Path(config["agencies"])
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Where the questions and the agencies stand."""
        return {"criteria": "data/criteria.yml", "agencies": "data/agencies"}

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "ReadAnswers":
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        # A step whose result Rasa has cached is asked again with a configuration that lacks our keys.
        config = {**cls.get_default_config(), **config}
        files = [Path(config["criteria"]), *sorted(Path(config["agencies"]).glob("*.yml")), Path(__file__).with_name("answers.py")]
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the vectors of every known way to say a choice, and the files as they are now."""
        questions = load_questions(self._criteria.read_text(encoding="utf-8"))
        vectors = {
            name: load_encoder().encode([phrase for choice in question.choices for phrase in choice.said_as])
            for name, question in questions.items()
        }
        with self._model_storage.write_to(self._resource) as folder:
            save_file(vectors, str(folder / "phrases.safetensors"))
            (folder / "criteria.yml").write_text(self._criteria.read_text(encoding="utf-8"), encoding="utf-8")
            for file in self._agencies.glob("*.yml"):
                (folder / f"agency-{file.name}").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "ReadAnswers":
        with model_storage.read_from(resource) as folder:
            vectors = load_file(str(folder / "phrases.safetensors"))
            questions = load_questions((folder / "criteria.yml").read_text(encoding="utf-8"))
            places = {file.stem[len("agency-"):]: place_names(file.read_text(encoding="utf-8")) for file in folder.glob("agency-*.yml")}
        return cls(config, model_storage, resource, AnswerReader(questions, places, vectors))

    def process(self, messages: List[Message]) -> List[Message]:
        if self._reader is None:
            return messages
        for message in messages:
            looked_at = message.get("metadata") or {}
            message.set("reading", self._reading(message, looked_at), add_to_output=True)
        return messages

    def _reading(self, message: Message, looked_at: Dict[Text, Any]) -> Optional[Dict[Text, Any]]:
        assert self._reader is not None
        doc, agency = message.get("doc"), looked_at.get("agency")
        vector = np.asarray(message.get("sentence_vector"), dtype=np.float32)
        question, previous = looked_at.get("question") or None, looked_at.get("previous_question") or None
        found = self._reader.answer(question, previous, doc, vector, agency)
        return asdict(found) if found else None


def load_questions(text: str) -> Dict[str, Question]:
    """The questions of the criteria file, as far as reading needs them."""
    questions = {}
    for raw in yaml.load(text, Loader=yaml.CSafeLoader)["questions"]:
        choices = []
        for one in raw["choices"]:
            said_as = [one["title"], str(one["value"]).replace("_", " "), *one.get("heard_as", [])]
            choices.append(Choice(one["value"], tuple(dict.fromkeys(normalise(str(phrase)).strip(" .!,") for phrase in said_as))))
        questions[raw["id"]] = Question(raw["id"], raw["kind"], tuple(choices), raw.get("least", 0), raw.get("most", 0))
    return questions


def place_names(text: str) -> Dict[Text, Text]:
    """Names of places and what they mean for an agency: {"charnwood": "in_area", …}."""
    area = yaml.load(text, Loader=yaml.CSafeLoader)["area"]
    names = {name.lower(): "in_area" for name in area["in_area"]}
    names.update({name.lower(): "border" for name in area["border"]})
    return names
