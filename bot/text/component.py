"""The spaCy pass as a Rasa component: every later component looks at the same reading of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.text.contacts import contacts_meant, written_out
from bot.text.listening import listened_to
from bot.text.reading import read


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class SpacyReader(GraphComponent):
    """Sets `doc`, a spaCy Doc of the normalised text; `listened`, one of what topics and disclosures are looked for in; and `contacts`,
    those that it does not take back.

    The question that is being asked decides what is listened to (bot/text/listening.py).
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyReader:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text, looked_at = message.get(TEXT) or "", message.get("metadata") or {}
            doc = read(text)
            heard = listened_to(text, looked_at.get("question"), chosen=bool(looked_at.get("chosen")))
            doc.user_data["asked_again"] = looked_at.get("question") if looked_at.get("asked_again") else None
            message.set("doc", doc)
            message.set("listened", doc if heard == text else read(heard))
            message.set("contacts", [one.value for one in contacts_meant(written_out(text))])
        return messages
