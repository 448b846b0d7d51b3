"""Sender as a Rasa component: who is writing, and how they feel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder.encoder import kept_vectors
from bot.fingerprint import code_fingerprint
from bot.intents.classifier import Classifier
from bot.intents.saved import load_classifier, save_classifier
from bot.intents.thresholds import is_ahead
from bot.text.normalise import normalise

# What is told of a message, by the list of data/senders.yml it is learned from. The first entry of each is nothing to tell.
TELLS = {"speaker": "speakers", "feeling": "feelings"}
# Less than of the topics: a word of comfort to somebody who is well, or a child's answer to a grown-up, is worse than none.
WRONG_AT_MOST = 0.08

# Whoever goes through the questions of an enquiry, or books, is treated as a child only where they say so.
ONLY_OUTRIGHT_AT_A_QUESTION = ("child",)


class Senders:
    """Tells who is writing and how they feel, where that is said outright or surely heard."""

    def __init__(self, file: Path, learned: dict[str, Classifier]) -> None:
        """Take what was learned.

        Args:
            file: data/senders.yml; its `says_so` are regular expressions of what somebody says outright, its `only_with` of words without
                which something is not told at all: a word of sympathy to somebody who has lost nobody is worse than none.
            learned: a classifier for each thing that is told.
        """
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self._learned = learned
        self._nothing = {tells: raw[entries][0]["id"] for tells, entries in TELLS.items()}
        self._outright = {
            tells: [(entry["id"], re.compile(entry["says_so"])) for entry in raw[entries] if entry.get("says_so")]
            for tells, entries in TELLS.items()
        }
        self._only_with = {
            entry["id"]: re.compile(entry["only_with"])
            for entries in TELLS.values()
            for entry in raw[entries]
            if entry.get("only_with")
        }

    def tell(self, tells: str, text: str, vector: Any, *, at_question: bool = False) -> str | None:
        """Tell the speaker or the feeling of a normalised text; None where there is nothing to tell.

        Args:
            tells: "speaker" or "feeling".
            text: the message, normalised.
            vector: its sentence vector.
            at_question: whether the person is going through questions; a child is not told from the sound of their words there.
        """
        for name, outright in self._outright[tells]:
            if outright.search(text):
                return str(name)
        model = self._learned[tells]
        found = model.guesses([text], vector[None, :])[0]
        guesses = [{"label": one.label, "confidence": one.confidence} for one in found]
        best = str(guesses[0]["label"])
        if best == self._nothing[tells] or not is_ahead(guesses, model.thresholds):
            return None
        if at_question and best in ONLY_OUTRIGHT_AT_A_QUESTION:
            return None
        needed = self._only_with.get(best)
        return best if needed is None or needed.search(text) else None


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class Sender(GraphComponent):
    """Sets `speaker` and `feeling`: ids of data/senders.yml, or None."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        senders: Senders | None = None,
    ) -> None:
        self._file = Path(config["senders"])
        self._model_storage = model_storage
        self._resource = resource
        self._senders = senders

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Name the file it is learned from."""
        return {"senders": "data/senders.yml"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Sender:
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        # A step whose result Rasa has cached is asked again with a configuration that lacks our keys.
        return code_fingerprint(Path({**cls.get_default_config(), **config}["senders"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of data/senders.yml."""
        raw = yaml.load(self._file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        with self._model_storage.write_to(self._resource) as folder:
            for tells, entries in TELLS.items():
                texts, names = examples_of(raw[entries])
                model, _ = Classifier.train(texts, names, kept_vectors().of(texts), wrong_at_most=WRONG_AT_MOST)
                save_classifier(model, Path(folder), tells)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            heard = message.get("listened").text if self._senders else ""
            at_question = bool((message.get("metadata") or {}).get("question"))
            for tells in TELLS:
                told = (
                    self._senders.tell(tells, heard, message.get("listened_vector"), at_question=at_question)
                    if self._senders and heard
                    else None
                )
                message.set(tells, told, add_to_output=True)
        return messages

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Sender:
        with model_storage.read_from(resource) as folder:
            learned = {tells: load_classifier(Path(folder), tells)[0] for tells in TELLS}
        return cls(config, model_storage, resource, Senders(Path(config["senders"]), learned))


def examples_of(entries: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """List the examples of a list of data/senders.yml, normalised, and the id of each."""
    found = {
        normalise(text): entry["id"] for entry in entries for text in entry["examples"].splitlines() if text.strip()
    }
    return list(found), list(found.values())
