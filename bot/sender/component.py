"""Who is writing and how they feel, as a Rasa component."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.encoder.encoder import kept_vectors
from bot.fingerprint import code_fingerprint
from bot.sender.labeller import Labeller
from bot.text.normalise import normalise

# What is told of a message, by the list of data/senders.yml it is learned from, and the entry that is nothing to tell.
TELLS = {"speaker": ("speakers", "may_foster"), "feeling": ("feelings", "none")}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class Sender(GraphComponent):
    """Sets `speaker` and `feeling`: ids of data/senders.yml, or None."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        labellers: dict[str, Labeller] | None = None,
    ) -> None:
        self._senders = Path(config["senders"])
        self._model_storage = model_storage
        self._resource = resource
        self._labellers = labellers or {}

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
        raw = yaml.load(self._senders.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        with self._model_storage.write_to(self._resource) as folder:
            for tells, (entries, nothing) in TELLS.items():
                found = [
                    (normalise(text), entry["id"])
                    for entry in raw[entries]
                    for text in entry["examples"].splitlines()
                    if text.strip()
                ]
                learned = Labeller.train(
                    kept_vectors().of([text for text, _ in found]), [name for _, name in found], nothing
                )
                arrays = {"vectors": learned.vectors, "weights": learned.weights, "heights": learned.heights}
                save_file(arrays, str(folder / f"{tells}.safetensors"))
                (folder / f"{tells}.json").write_text(json.dumps(learned.labels))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            vector = message.get("listened_vector") if message.get("listened").text else None
            for tells, labeller in self._labellers.items():
                message.set(tells, None if vector is None else labeller.label(vector), add_to_output=True)
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
        labellers = {}
        with model_storage.read_from(resource) as folder:
            for tells in TELLS:
                arrays = load_file(str(folder / f"{tells}.safetensors"))
                labels = json.loads((folder / f"{tells}.json").read_text())
                labellers[tells] = Labeller(labels, arrays["vectors"], arrays["weights"], arrays["heights"])
        return cls(config, model_storage, resource, labellers)
