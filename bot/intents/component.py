"""The classifier as a Rasa component."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.arrays import Floats
from bot.encoder.held_out import held_out
from bot.fingerprint import code_fingerprint
from bot.intents.classifier import PART, Classifier
from bot.intents.follow_up import leans_on_the_answer_before, plainly_leans, says_more, together_with
from bot.intents.saved import load_classifier, save_classifier
from bot.intents.thresholds import is_ahead
from bot.text.normalise import normalise

MOST_GUESSES = 8


def label_of(example: Message) -> str:
    """Name what the classifier learns an example as.

    "who/dogs" is a topic, "who/dogs#how_many" a part of it, "out_of_scope:insult" a kind, and "stop" another intent.
    """
    if example.get("kind"):
        return f"{example.get(INTENT)}:{example.get('kind')}"
    if example.get("part"):
        return f"{example.get('topic')}{PART}{example.get('part')}"
    return str(example.get("topic") or example.get(INTENT))


class NothingToLearn(Exception):
    """No example carries a topic: the importer was not used, and a model without topics must not be made."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(GraphComponent):
    """Guesses the label of a message: a topic id, or the name of another intent. `decision` settles what it means."""

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        classifier: Classifier | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier
        self._titles = titles or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return code_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the topics' examples and from the other intents' examples.

        Raises:
            NothingToLearn: no example carries a topic.
        """
        from bot.encoder.encoder import check_weights, kept_vectors

        check_weights()
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        if not any(message.get("topic") for message in examples):
            raise NothingToLearn(
                "No example carries a topic. Check `importers` in config.yml and the files in data/topics."
            )
        texts, labels = [normalise(message.get(TEXT)) for message in examples], [label_of(one) for one in examples]
        self._classifier, report = Classifier.train(texts, labels, kept_vectors().of(texts), held_out(texts))
        # Backwards, since the first example of a topic or a part is its title.
        self._titles = {label: text for label, text in zip(labels[::-1], texts[::-1], strict=True) if "/" in label}
        with self._model_storage.write_to(self._resource) as folder:
            save_classifier(self._classifier, Path(folder), report=asdict(report), titles=dict(self._titles))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `guesses`, best first, and `thresholds`.

        Of a message that says several things also `question_guesses`, those of each question, and `clause_guesses`, of each clause.
        """
        if self._classifier is None:
            return messages
        for message in messages:
            # Its normalised text has no capitals and straight quotes, and is what everything else reads.
            heard = message.get("listened").text
            vectors = {heard: message.get("listened_vector")} if heard else {}
            parts = {name: message.get(f"{name}s") or () for name in ("question", "clause")}
            vectors.update(part for found in parts.values() for part in found)
            guesses = self._guesses(vectors)
            last_answer = (message.get("metadata") or {}).get("last_answer")
            message.set("guesses", self._leaning(heard, guesses.get(heard, []), last_answer), add_to_output=True)
            for name, found in parts.items():
                message.set(f"{name}_guesses", [guesses[text] for text, _ in found])
            message.set("thresholds", self._classifier.thresholds)
        return messages

    def _leaning(self, text: str, guesses: list[dict[str, Any]], last_answer: str | None) -> list[dict[str, Any]]:
        """Read a short question together with what was answered last, where by itself it says too little."""
        title = self._titles.get(last_answer or "")
        assert self._classifier is not None
        alone_enough = is_ahead(guesses, self._classifier.thresholds) and not plainly_leans(text)
        if not title or alone_enough or not leans_on_the_answer_before(text):
            return guesses
        from bot.encoder.encoder import load_encoder

        both = together_with(title, text)
        found = self._guesses({both: load_encoder().encode([both])[0]})[both]
        same = found[0]["label"] == str(last_answer).partition(PART)[0]
        closer = same or not guesses or found[0]["confidence"] >= guesses[0]["confidence"]
        return found if closer and says_more(found, str(last_answer)) else guesses

    def _guesses(self, vectors: Mapping[str, Floats]) -> dict[str, list[dict[str, Any]]]:
        """Guess what each text is, given with its vector."""
        if not vectors:
            return {}
        assert self._classifier is not None
        found = self._classifier.guesses(list(vectors), np.stack(list(vectors.values())), MOST_GUESSES)
        return {text: [asdict(guess) for guess in guesses] for text, guesses in zip(vectors, found, strict=True)}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        with model_storage.read_from(resource) as folder:
            classifier, beside = load_classifier(Path(folder))
        return cls(model_storage, resource, classifier, beside["titles"])
