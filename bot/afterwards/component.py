"""Questions and denials after a disclosure, as a Rasa component. It looks at nothing while a conversation is not about one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.afterwards.denials import without_questions
from bot.afterwards.examples import DENIAL, Labelled, load_examples, others
from bot.afterwards.reader import AfterwardsReader
from bot.arrays import Floats
from bot.encoder.encoder import kept_vectors, load_encoder
from bot.fingerprint import code_fingerprint
from bot.intents.component import label_of

FILES = {
    "afterwards": "data/afterwards.yml",
    "denials": "data/safeguarding/denials.yml",
    "wording": "data/wording/assistant.yml",
}
BUTTON = "button_not_meant"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class Afterwards(GraphComponent):
    """Sets `afterwards` ({asks, confidence, ahead, denies, says_so}) on a message that is typed after a disclosure.

    The web process says so in the metadata: `after_disclosure` is the category, `after_certainty` its weight.
    """

    def __init__(
        self, files: dict[str, Path], storage: ModelStorage, resource: Resource, reader: AfterwardsReader | None = None
    ) -> None:
        self._files = files
        self._storage = storage
        self._resource = resource
        self._reader = reader

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return dict(FILES)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Hash the files and the code that reads them: a change to any needs a new model."""
        return code_fingerprint(*_files(config).values())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Afterwards:
        return cls(_files(config), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Afterwards:
        files = _files(config)
        with model_storage.read_from(resource) as folder:
            examples: Labelled = [(text, label) for text, label in json.loads((folder / "examples.json").read_text())]
            vectors: Floats = load_file(str(folder / "vectors.safetensors"))["vectors"]
        known = {text: vector for (text, _), vector in zip(examples, vectors, strict=True)}

        def encode(texts: Any) -> Floats:
            if all(text in known for text in texts):
                return np.stack([known[text] for text in texts])
            encoded: Floats = load_encoder().encode(list(texts))
            return encoded

        reader = AfterwardsReader.learn(examples, encode, _button(files["wording"]))
        return cls(files, model_storage, resource, reader)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the examples with their vectors, and a few of everything that is typed at any time."""
        own = load_examples(self._files["afterwards"], self._files["denials"])
        typed = [(one.get(TEXT), label_of(one)) for one in training_data.intent_examples if one.get(TEXT)]
        # A denial is looked for apart from what is asked beside it.
        shown = [(without_questions(text) if label == DENIAL else text, label) for text, label in own]
        examples = [*dict.fromkeys(shown), *others(typed, own)]
        encode = kept_vectors().of
        with self._storage.write_to(self._resource) as folder:
            (folder / "examples.json").write_text(json.dumps(examples))
            save_file({"vectors": encode([text for text, _ in examples])}, str(folder / "vectors.safetensors"))
        self._reader = AfterwardsReader.learn(examples, encode, _button(self._files["wording"]))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            after = (message.get("metadata") or {}).get("after_disclosure")
            doc, vector = message.get("listened"), message.get("listened_vector")
            if self._reader is None or not after or not doc or vector is None:
                continue
            heard = self._reader.hear(doc.text, np.asarray(vector, dtype=np.float32))
            message.set("afterwards", asdict(heard), add_to_output=True)
        return messages


def _files(config: dict[str, Any]) -> dict[str, Path]:
    return {name: Path(config.get(name) or usual) for name, usual in FILES.items()}


def _button(wording: Path) -> str:
    sentences: dict[str, Any] = yaml.load(wording.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return str(sentences[BUTTON])
