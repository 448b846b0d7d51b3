"""Training data from the topics, and from what is not about fostering.

Every example of a topic is an example of the intent `ask` that carries the topic's id; every example of a kind in
data/out_of_scope.yml is one of the intent `out_of_scope` that carries the kind's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class TopicImporter(RasaFileImporter):
    """Rasa's own files, and the topics beside them."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        topics: str = "data/topics",
        out_of_scope: str = "data/out_of_scope.yml",
    ) -> None:
        # Rasa guesses what a YAML file is from its lines, so an approved answer could turn a topic file into a story
        # file. Only the folders that hold Rasa's own files are shown to it.
        super().__init__(config_file, domain_path, ["data/nlu", "data/rules"])
        self._topics = Path(topics)
        self._out_of_scope = Path(out_of_scope)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        examples = [*topic_examples(self._topics), *out_of_scope_examples(self._out_of_scope)]
        return super().get_nlu_data(language).merge(TrainingData(examples))


def topic_examples(folder: Path) -> list[Message]:
    """List the examples of every topic and of its parts, with the titles among them, since a title is a button."""
    messages = []
    for file in sorted(folder.glob("*.yml")):
        topics: list[dict[str, Any]] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["topics"]
        for topic in topics:
            messages += _examples(topic, {"topic": topic["id"]})
            for part in topic.get("parts") or ():
                messages += _examples(part, {"topic": topic["id"], "part": part["id"]})
    return messages


def _examples(asked: dict[str, Any], said_of: dict[str, str]) -> list[Message]:
    return [Message(data={TEXT: str(text), INTENT: "ask", **said_of}) for text in [asked["title"], *asked["examples"]]]


def out_of_scope_examples(file: Path) -> list[Message]:
    """List the examples of everything that is not about fostering."""
    kinds: list[dict[str, Any]] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["kinds"]
    return [
        Message(data={TEXT: str(example), INTENT: "out_of_scope", "kind": kind["id"]})
        for kind in kinds
        for example in kind["examples"]
    ]
