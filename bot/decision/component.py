"""The decision as a Rasa component: it turns what was found into the intent that the rules are written for."""

from __future__ import annotations

import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.decision.after import After
from bot.decision.decide import decide
from bot.decision.heard import hear
from bot.decision.wishes import plain_wish

logger = logging.getLogger(__name__)

NAME = "contact_name"
OPEN_QUESTIONS = (NAME, "contact_time", "event", "visit_slot")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class Decide(GraphComponent):
    """Sets the intent, and `decision`, `topics`, the `parts` of each, `wish`, `kind`, `candidates`, `asks` and `value` beside it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Decide:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get("thresholds") is None:
                continue
            reading, after = message.get("reading"), _after(message)
            disclosure = message.get("disclosure") if after is None else after.beside(message.get("disclosure"))
            heard = hear(
                message.get("listened"),
                message.get("guesses"),
                message.get("thresholds"),
                disclosure,
                reading,
                open_question=bool(reading and reading["question"] in OPEN_QUESTIONS),
                asked_again=message.get("doc").user_data["asked_again"] == NAME,
                question_guesses=message.get("question_guesses") or (),
                clause_guesses=message.get("clause_guesses") or (),
                plain=_plain(message),
                after=after,
                speaker=message.get("speaker"),
                coming=message.get("coming"),
            )
            found = decide(heard)
            if message.get("disclosure"):
                told = {**disclosure, "certainty": found.told} if disclosure and found.told else None
                message.set("disclosure", told, add_to_output=True)
            logger.debug("%s, by the rule %s", found.decision, found.rule)
            message.set(INTENT, {"name": found.intent, "confidence": found.confidence}, add_to_output=True)
            message.set("decision", found.decision, add_to_output=True)
            message.set("topics", [topic for topic, _ in found.asked_for], add_to_output=True)
            message.set("parts", [part for _, part in found.asked_for], add_to_output=True)
            message.set("wish", found.wish, add_to_output=True)
            message.set("kind", found.kind, add_to_output=True)
            message.set("value", found.value, add_to_output=True)
            message.set("asks", found.asks, add_to_output=True)
            message.set("candidates", list(found.candidates), add_to_output=True)
        return messages


def _plain(message: Message) -> str | None:
    """What the message plainly wishes; "I'm back, where were we" only where something was asked before.

    Where they are asked whether to forget it all, "yes delete it" is the answer, and not the wish once more.
    """
    wish, looked_at = plain_wish(message.get("doc").text), message.get("metadata") or {}
    begun = looked_at.get("question") or looked_at.get("previous_question")
    if wish == "forget_me" and looked_at.get("question") == "forget_sure":
        return None
    return None if wish == "start_screening" and not begun else wish


def _after(message: Message) -> After | None:
    """What the conversation is about since a disclosure, and what was heard of that in the message."""
    looked_at, heard = message.get("metadata") or {}, message.get("afterwards")
    if not looked_at.get("after_disclosure") or heard is None:
        return None
    if looked_at.get("chosen") and not heard["denies"]:
        return None  # a button says what it says: "Carry on with the questions" is no question about them
    return After(
        category=looked_at["after_disclosure"],
        sure=looked_at.get("after_certainty") == "sure",
        asks=heard["asks"],
        confidence=heard["confidence"],
        ahead=heard["ahead"],
        denies=heard["denies"],
        says_so=heard["says_so"],
    )
