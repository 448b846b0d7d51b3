"""The project's own classifier on any labelled data set, and on public ones beside published results.

A set is two CSV files with the columns `sentence,label`; the label NO_NODES_DETECTED means out of scope. `--public` names
a folder with the files of HINT3 (Arora et al. 2020: sofmattress, curekart) and BANKING77 (Casanueva et al. 2020), as
<name>_train.csv and <name>_test.csv; they are published at hellohaptik/HINT3 and PolyAI-LDN/task-specific-datasets.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import matthews_corrcoef

from bot.arrays import Ints
from bot.encoder.encoder import load_encoder
from bot.intents.classifier import Classifier
from bot.text.normalise import normalise

OUT_OF_SCOPE = "NO_NODES_DETECTED"
HEIGHTS = 200  # thresholds tried
DRAWS = 5
FEW = 10  # examples of each label in a draw
# In-scope accuracy without a threshold, and the best Matthews correlation over thresholds, as published.
PUBLISHED = {
    "sofmattress": {
        "Rasa DIET": (69.3, 0.526),
        "Dialogflow": (73.2, 0.638),
        "LUIS": (59.3, 0.581),
        "Haptik": (72.3, 0.588),
        "BERT": (73.6, 0.617),
    },
    "curekart": {
        "Rasa DIET": (84.1, 0.511),
        "Dialogflow": (75.0, 0.578),
        "LUIS": (72.6, 0.539),
        "Haptik": (80.3, 0.603),
        "BERT": (83.6, 0.553),
    },
}
BANKING_PUBLISHED = {"ConveRT+USE, all": 93.4, "ConveRT+USE, 10 an intent": 85.2}


def read_set(file: Path) -> tuple[list[str], list[str]]:
    """Sentences and labels of a file.

    Raises:
        SystemExit: the file is not such a set; the text says what it needs.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        if not rows:
            raise KeyError("a row")
        return [normalise(row["sentence"]) for row in rows], [row["label"] for row in rows]
    except OSError as error:
        raise SystemExit(f"{file} can't be opened: {error.strerror}.") from error
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise SystemExit(
            f"{file} can't be used ({error}). It needs a head line with the columns sentence,label, in UTF-8."
        ) from error


def score(train: tuple[list[str], list[str]], test: tuple[list[str], list[str]]) -> dict[str, Any]:
    """Train on one set and score on the other.

    Returns:
        `in_scope_accuracy` without a threshold; `best_mcc` over thresholds, as the published figures were found; and with a
        threshold that was chosen on the training set alone, `mcc` and the share of out of scope that was left alone.
    """
    texts, names = train
    if len(set(names) - {OUT_OF_SCOPE}) < 2:
        raise SystemExit("The training set needs at least two labels.")
    model, held_out = Classifier.train(texts, names, load_encoder().encode(texts))
    return {
        "train": len(texts),
        "test": len(test[0]),
        "labels": len(model.labels),
        **_scores(model, *test),
        "left_out_accuracy": round(100 * held_out.right, 1),
    }


def _scores(model: Classifier, texts: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    confidence = model.confidences(texts, load_encoder().encode(texts))
    column = {label: place for place, label in enumerate(model.labels)}
    foreign = column.get(OUT_OF_SCOPE, -1)
    wanted = np.array([column.get(name, -1) if name != OUT_OF_SCOPE else foreign for name in names])
    best, best_confidence = confidence.argmax(axis=1), confidence.max(axis=1)
    in_scope = np.array([name != OUT_OF_SCOPE for name in names])

    def mcc(threshold: float) -> float:
        return float(matthews_corrcoef(wanted, np.where(best_confidence >= threshold, best, foreign)))

    found = {"in_scope_accuracy": round(100 * float((best == wanted)[in_scope].mean()), 1)}
    if in_scope.all():
        return found
    chosen = model.thresholds.clarify
    left_alone = (best_confidence < chosen) | (best == foreign)
    return {
        **found,
        "best_mcc": round(
            max(mcc(threshold) for threshold in np.quantile(best_confidence, np.linspace(0, 1, HEIGHTS))), 3
        ),
        "threshold_from_training": chosen,
        "mcc": round(mcc(chosen), 3),
        "out_of_scope_recall": round(100 * float(left_alone[~in_scope].mean()), 1),
    }


def score_public(folder: Path) -> dict[str, Any]:
    """Every public set that is in the folder."""
    found: dict[str, Any] = {}
    for name in PUBLISHED:
        if (folder / f"{name}_train.csv").is_file():
            found[name] = score(read_set(folder / f"{name}_train.csv"), read_set(folder / f"{name}_test.csv"))
            found[name]["published"] = {
                system: {"in_scope_accuracy": figures[0], "best_mcc": figures[1]}
                for system, figures in PUBLISHED[name].items()
            }
    if (folder / "banking77_train.csv").is_file():
        found["banking77"] = _banking(read_set(folder / "banking77_train.csv"), read_set(folder / "banking77_test.csv"))
    if not found:
        raise SystemExit(f"{folder} holds none of sofmattress_train.csv, curekart_train.csv, banking77_train.csv.")
    return found


def _banking(train: tuple[list[str], list[str]], test: tuple[list[str], list[str]]) -> dict[str, Any]:
    texts, names = train
    vectors, wanted = load_encoder().encode(texts), np.array(names)
    test_vectors, test_names = load_encoder().encode(test[0]), np.array(test[1])

    def accuracy(rows: Ints) -> float:
        model, _ = Classifier.train([texts[i] for i in rows], [names[i] for i in rows], vectors[rows])
        best = np.array(model.labels)[model.confidences(test[0], test_vectors).argmax(axis=1)]
        return 100 * float((best == test_names).mean())

    few = []
    for seed in range(DRAWS):
        chance = np.random.default_rng(seed)
        drawn = [chance.choice(np.flatnonzero(wanted == label), FEW, replace=False) for label in sorted(set(names))]
        few.append(accuracy(np.concatenate(drawn)))
    return {
        "all": round(accuracy(np.arange(len(texts))), 2),
        "ten_an_intent": round(float(np.mean(few)), 2),
        "draws": [round(one, 2) for one in few],
        "published": BANKING_PUBLISHED,
    }
