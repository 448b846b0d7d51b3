"""The classifier as a Rasa component."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.classifier import Bands, Classifier
from bot.features import Features

ASK = "ask"


class NothingToLearn(Exception):
    """No example carries a topic: the importer was not used, and a model without topics must not be made."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(GraphComponent):
    """Guesses the label of a message: a topic id, or the name of another intent. `decision` settles what it means."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, classifier: Optional[Classifier] = None) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "TopicClassifier":
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        here = Path(__file__).parent
        return hashlib.sha256(b"".join((here / name).read_bytes() for name in ("classifier.py", "features.py", "encoder.py"))).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the topics' examples and from the other intents' examples.

        Raises:
            NothingToLearn: no example carries a topic.
        """
        from bot.encoder import check_weights, load_encoder

        check_weights()
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        if not any(message.get("topic") for message in examples):
            raise NothingToLearn("No example carries a topic. Check `importers` in config.yml and the files in data/topics.")
        texts = [message.get(TEXT) for message in examples]
        names = [message.get("topic") or message.get(INTENT) for message in examples]
        self._classifier, report = Classifier.train(texts, names, load_encoder().encode(texts))
        self._persist(report.__dict__)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set `guesses` (best first) and the heights of the bands."""
        if self._classifier is None:
            return messages
        for message in messages:
            found = self._classifier.guesses(message.get(TEXT) or "", np.asarray(message.get("sentence_vector"), dtype=np.float32), most=6)
            message.set("guesses", [{"label": guess.label, "confidence": guess.confidence} for guess in found], add_to_output=True)
            message.set("bands", self._classifier.bands)
        return messages

    def _persist(self, report: Dict[str, Any]) -> None:
        model = self._classifier
        assert model is not None
        with self._model_storage.write_to(self._resource) as folder:
            save_file(
                {"weights": model.weights, "bias": model.bias, "idf": model.features.idf,
                 "examples": np.ascontiguousarray(model.examples), "example_labels": model.example_labels.astype(np.int32)},
                str(folder / "arrays.safetensors"),
            )
            vocabulary = sorted(model.features.vocabulary, key=lambda term: model.features.vocabulary[term])
            (folder / "model.json").write_text(json.dumps(
                {"labels": model.labels, "vocabulary": vocabulary, "bands": [model.bands.answer, model.bands.clarify], "report": report}
            ))

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "TopicClassifier":
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / "model.json").read_text())
            arrays = load_file(str(folder / "arrays.safetensors"))
        features = Features({term: column for column, term in enumerate(kept["vocabulary"])}, arrays["idf"])
        return cls(model_storage, resource, Classifier(
            kept["labels"], features, arrays["weights"], arrays["bias"], arrays["examples"], arrays["example_labels"],
            Bands(*kept["bands"]),
        ))
