"""Questions and denials after a disclosure, as a Rasa component. It looks at nothing while a conversation is not about one."""

from __future__ import annotations

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

from bot.afterwards.denials import without_questions
from bot.afterwards.examples import DENIAL, load_examples, others
from bot.afterwards.reader import AfterwardsReader
from bot.encoder.encoder import kept_vectors, load_encoder
from bot.fingerprint import code_fingerprint
from bot.intents.classifier import Classifier
from bot.intents.component import label_of
from bot.intents.saved import load_classifier, save_classifier

FILES = {
    "afterwards": "data/afterwards.yml",
    "denials": "data/safeguarding/denials.yml",
    "stories": "data/safeguarding/stories.yml",
    "wording": "data/wording/assistant.yml",
}
BUTTON = "button_not_meant"
NAME = "afterwards"  # of the classifier's files


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
            classifier, _ = load_classifier(Path(folder), NAME)
        reader = AfterwardsReader(classifier, load_encoder().encode, _button(files["wording"]))
        return cls(files, model_storage, resource, reader)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and from a few of everything that is typed at any time."""
        own = load_examples(*(self._files[name] for name in ("afterwards", "denials", "stories")))
        typed = [(one.get(TEXT), label_of(one)) for one in training_data.intent_examples if one.get(TEXT)]
        # A denial is looked for apart from what is asked beside it.
        shown = [(without_questions(text) if label == DENIAL else text, label) for text, label in own]
        examples = [*dict.fromkeys(shown), *others(typed, own)]
        texts, labels = [text for text, _ in examples], [label for _, label in examples]
        classifier, _ = Classifier.train(texts, labels, kept_vectors().of(texts))
        with self._storage.write_to(self._resource) as folder:
            save_classifier(classifier, Path(folder), NAME)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            looked_at = message.get("metadata") or {}
            doc, vector = message.get("listened"), message.get("listened_vector")
            if self._reader is None or not looked_at.get("after_disclosure") or not doc or vector is None:
                continue
            sure = looked_at.get("after_certainty") == "sure"
            heard = self._reader.hear(doc.text, np.asarray(vector, dtype=np.float32), sure=sure)
            message.set("afterwards", asdict(heard), add_to_output=True)
        return messages


def _files(config: dict[str, Any]) -> dict[str, Path]:
    return {name: Path(config.get(name) or usual) for name, usual in FILES.items()}


def _button(wording: Path) -> str:
    sentences: dict[str, Any] = yaml.load(wording.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return str(sentences[BUTTON])
