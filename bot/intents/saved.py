"""A trained classifier in files, without pickle."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix

from bot.intents.classifier import Classifier
from bot.intents.thresholds import Thresholds
from bot.learning.tfidf import Features


def save_classifier(model: Classifier, folder: Path, name: str = "classifier", **beside: Any) -> None:
    """Write a classifier.

    Args:
        name: of its two files.
        beside: what else is kept with it; it has to fit into JSON.
    """
    arrays = {
        "weights": model.weights,
        "vectors": model.vectors,
        "starts": model.starts,
        "idf": model.features.idf,
        "data": model.rows.data,
        "indices": model.rows.indices,
        "ends": model.rows.indptr,
    }
    save_file(arrays, str(folder / f"{name}.safetensors"))
    vocabulary = sorted(model.features.vocabulary, key=lambda term: model.features.vocabulary[term])
    words = {"labels": model.labels, "vocabulary": vocabulary, "thresholds": list(astuple(model.thresholds)), **beside}
    (folder / f"{name}.json").write_text(json.dumps(words))


def load_classifier(folder: Path, name: str = "classifier") -> tuple[Classifier, dict[str, Any]]:
    """Read a classifier back, and all that was kept with it."""
    words = json.loads((folder / f"{name}.json").read_text())
    arrays = load_file(str(folder / f"{name}.safetensors"))
    features = Features({term: column for column, term in enumerate(words["vocabulary"])}, arrays["idf"])
    shape = (len(arrays["vectors"]), len(words["vocabulary"]))
    rows = csr_matrix((arrays["data"], arrays["indices"], arrays["ends"]), shape=shape)
    thresholds = Thresholds(*words["thresholds"])
    model = Classifier(
        words["labels"], features, rows, arrays["vectors"], arrays["starts"], arrays["weights"], thresholds
    )
    return model, words
