"""The disclosure detector as a Rasa component. What it finds is decided upon elsewhere; it sets no intent."""

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
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from safetensors.numpy import load_file, save_file

from bot.disclosure_rules import load_rulebook
from bot.disclosures import DisclosureDetector
from bot.encoder import load_encoder
from bot.reading import normalise

VECTORS = "vectors.safetensors"
CATEGORIES = "categories.json"
NEAR_MISSES = "near_misses"
CODE = ("disclosures.py", "disclosure_rules.py", "disclosure_text.py")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class DisclosureDetection(GraphComponent):
    """Sets `disclosure` ({category, by, confidence}) on a message that holds one; needs `doc` and `sentence_vector`."""

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
                 detector: Optional[DisclosureDetector] = None) -> None:
        self._path = Path(config["safeguarding"])
        self._model_storage = model_storage
        self._resource = resource
        self._detector = detector

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"safeguarding": "data/safeguarding.yml"}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The file and the code that reads it: a change to either needs a new model."""
        here = Path(__file__).parent
        files = [Path(config.get("safeguarding", cls.get_default_config()["safeguarding"])), *(here / name for name in CODE)]
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> DisclosureDetection:
        return cls(config, model_storage, resource)

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> DisclosureDetection:
        """Read the vectors back. Raises ValueError when data/safeguarding.yml has changed since the training."""
        with model_storage.read_from(resource) as folder:
            vectors = load_file(str(folder / VECTORS))
            categories: List[Text] = json.loads((folder / CATEGORIES).read_text(encoding="utf-8"))
        by_category = {category: vectors[category] for category in categories}
        detector = DisclosureDetector(load_rulebook(Path(config["safeguarding"])), by_category, vectors[NEAR_MISSES])
        return cls(config, model_storage, resource, detector)

    def train(self, training_data: TrainingData) -> Resource:
        """Encode the examples and near misses of the file; Rasa's own training data has no part in it."""
        rulebook = load_rulebook(self._path)
        encoder = load_encoder()
        groups = {**rulebook.examples, NEAR_MISSES: rulebook.near_misses}
        vectors: Dict[Text, np.ndarray] = {
            name: np.ascontiguousarray(encoder.encode([normalise(text) for text in texts])) for name, texts in groups.items()}
        self._detector = DisclosureDetector(rulebook, vectors, vectors[NEAR_MISSES])
        with self._model_storage.write_to(self._resource) as folder:
            save_file(vectors, str(folder / VECTORS))
            (folder / CATEGORIES).write_text(json.dumps(list(rulebook.examples)), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            doc, vector = message.get("doc"), message.get("sentence_vector")
            if self._detector is None or doc is None or vector is None:
                continue
            found = self._detector.detect(doc, vector)
            if found:
                message.set("disclosure", {"category": found.category, "by": found.by, "confidence": found.confidence},
                            add_to_output=True)
        return messages
