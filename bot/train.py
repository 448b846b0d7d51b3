"""Train the model: `python -m bot.train`. It takes the place of the old one only when it is complete."""

from __future__ import annotations

import json
import os
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.server.logs import configure_logging, silence_libraries

# As bot/intents/component.py names it; importing that takes Rasa, which has to be silenced first.
CLASSIFIER_FILE = "classifier.json"
VECTORS_FILE = "vectors.safetensors"


def train(target: Path) -> dict[str, Any]:
    """Train and put the model in place.

    Args:
        target: where the finished model goes.
    Returns:
        What cross-validation showed, and the thresholds.
    """
    silence_libraries()
    from rasa.model_training import train as rasa_train

    from bot.encoder.encoder import kept_vectors

    configure_logging()

    target.parent.mkdir(parents=True, exist_ok=True)
    kept_vectors().load(target.with_name(VECTORS_FILE))
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        result = rasa_train(
            "domain.yml", "config.yml", ["data/nlu", "data/rules"], output=folder, fixed_model_name="hearth"
        )
        if result.code != 0 or result.model is None:
            raise SystemExit("The model could not be trained; what is above says why.")
        report = read_report(Path(result.model))
        os.replace(result.model, target)
    kept_vectors().save(target.with_name(VECTORS_FILE))
    return report


def read_report(model: Path) -> dict[str, Any]:
    """Read what the classifier reported when it was trained."""
    with tarfile.open(model) as archive:
        for member in archive.getmembers():
            if member.name.endswith(CLASSIFIER_FILE):
                handle = archive.extractfile(member)
                assert handle is not None
                stored = json.load(handle)
                return {**stored["report"], "thresholds": stored["thresholds"], "labels": len(stored["labels"])}
    raise SystemExit("The trained model holds no classifier; check the pipeline in config.yml.")


def report_text(report: dict[str, Any], seconds: float) -> str:
    """Write what was learned and how well, for whoever edits the topics."""
    answer, clarify, lead = report["thresholds"]
    lines = [
        f"Trained on the examples of {report['labels']} labels in {seconds:.0f} s.",
        f"{report['examples']} that were held out, each judged by the others alone: {report['right']:.1%} right, "
        f"{report['right_of_three']:.1%} among the first three; "
        f"{report['right_and_confident']:.1%} answered at once and right, {report['wrong_and_confident']:.1%} at once and wrong.",
        f"Answer from {answer:.2f} when {lead:.2f} ahead of the second, ask back from {clarify:.2f}. Most often taken for another:",
        *(f"  {count} of {said} taken for {taken}" for said, taken, count in report["confused"][:6]),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    started = time.monotonic()
    target = Path(os.environ.get("HEARTH_MODEL", "models/hearth.tar.gz"))
    text = report_text(train(target), time.monotonic() - started)
    target.with_name("hearth.txt").write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
