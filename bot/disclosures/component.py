"""The disclosure detector as a Rasa component. What it finds is decided upon elsewhere; it sets no intent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.answers.answers_files import answers_files
from bot.disclosures.detector import DisclosureDetector
from bot.disclosures.rules import example_files, load_rulebook
from bot.disclosures.training import (
    learn,
    load_detector,
    make_training_texts,
    phrases_of,
    private_questions,
    said_before,
    save_model,
    titles_of,
)
from bot.encoder.encoder import kept_vectors
from bot.fingerprint import code_fingerprint

OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class DisclosureDetection(GraphComponent):
    """Sets `disclosure` ({category, by, confidence, certainty}) on a message that holds one.

    It needs `listened`, its vector and `clauses`, and looks at which question is being asked.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        detector: DisclosureDetector | None = None,
        private: frozenset[str] = frozenset(),
    ) -> None:
        self._safeguarding = Path(config["safeguarding"])
        self._criteria = Path(config["criteria"])
        self._senders = Path(config["senders"])
        self._answers = Path(config["answers"])
        self._model_storage = model_storage
        self._resource = resource
        self._detector = detector
        self._private = private

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "safeguarding": "data/safeguarding.yml",
            "criteria": "data/criteria.yml",
            "senders": "data/senders.yml",
            "answers": "data/answers",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Hash the files and the code that reads them: a change to any needs a new model."""
        files = {**cls.get_default_config(), **config}
        safeguarding = Path(files["safeguarding"])
        beside = (Path(files["criteria"]), Path(files["senders"]), *answers_files(Path(files["answers"])))
        return code_fingerprint(safeguarding, *example_files(safeguarding), *beside)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DisclosureDetection:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DisclosureDetection:
        """Read the model back. Raises ValueError when data/safeguarding.yml has other categories than at the training."""
        with model_storage.read_from(resource) as folder:
            detector = load_detector(Path(folder), load_rulebook(Path(config["safeguarding"])))
        return cls(config, model_storage, resource, detector, private_questions(Path(config["criteria"])))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and near misses; the topics, commands and answers are what a disclosure is not."""
        rulebook = load_rulebook(self._safeguarding)
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        # What children and parents ask about themselves is answered, but is no sign that nothing was told.
        theirs = answered_to_themselves(self._senders)
        harmless = [message.get(TEXT) for message in examples if message.get("topic") not in theirs]
        encode = kept_vectors().of
        said = [*phrases_of(self._criteria), *said_before(self._criteria, self._answers)]
        training = make_training_texts(rulebook, [*harmless, *said], encode)
        features, model = learn(rulebook, training, encode(training.texts))
        with self._model_storage.write_to(self._resource) as folder:
            save_model(Path(folder), features, model, buttons_of(examples) | titles_of(self._criteria))
            self._detector = load_detector(Path(folder), rulebook)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            heard, vector = message.get("listened"), message.get("listened_vector")
            looked_at = message.get("metadata") or {}
            if self._detector is None or not heard or vector is None or looked_at.get("chosen"):
                continue  # a button is our own text
            asked = looked_at.get("question")
            found = self._detector.detect(
                heard,
                np.asarray(vector, dtype=np.float32),
                message.get("clauses") or (),
                at_private=asked in self._private,
            )
            if found:
                message.set("disclosure", asdict(found), add_to_output=True)
        return messages


def answered_to_themselves(senders: Path) -> frozenset[str]:
    """Find the topics of data/senders.yml that are said to children and parents in the place of others."""
    raw = yaml.load(senders.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return frozenset(one["answers"] for one in raw["speakers"] if one.get("answers"))


def buttons_of(examples: Iterable[Message]) -> frozenset[str]:
    """Find the training examples that are texts of buttons: the commands, and each topic's and part's title, which is its first example."""
    titles: dict[tuple[str, str | None], str] = {}
    commands: set[str] = set()
    for message in examples:
        if message.get("topic"):
            titles.setdefault((message.get("topic"), message.get("part")), message.get(TEXT))
        elif message.get(INTENT) != OUT_OF_SCOPE:
            commands.add(message.get(TEXT))
    return frozenset(titles.values()) | commands
