"""The sentence encoder as a Rasa component."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder.encoder import load_encoder
from bot.text.clauses import clauses
from bot.text.normalise import trim_marks
from bot.text.questions import questions_in, told_beside_questions


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class SentenceVectors(GraphComponent):
    """Sets `sentence_vector`, 384 numbers of length one, and `listened_vector`, that of the part that is listened to.

    Also `questions` and `clauses` of that part: where it holds several of them, each with its own vector; and `told`, what an answer
    tells beside its questions, with its vector, or nothing.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        return cls()

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceVectors:
        # The first call of the network is slow; it belongs to the start, not to someone's first question.
        load_encoder().encode(
            ["Good evening", "Can I foster if I live in a flat with two bedrooms and a small garden?"]
        )
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text, heard, looked_at = (
                message.get("doc").text,
                message.get("listened").text,
                message.get("metadata") or {},
            )
            questions, parts = questions_in(heard), clauses(heard)
            asked = looked_at.get("question") or looked_at.get("previous_question")
            told = told_beside_questions(text) if asked else ""
            # A clause that is one of the questions has its vector: encoding is most of what a message takes.
            same = {trim_marks(question): question for question in questions}
            read_as = {clause: same.get(trim_marks(clause), clause) for clause in parts}
            # All at once: a call of the network takes its time whatever the number of texts.
            texts = list(dict.fromkeys([text, heard, *questions, *read_as.values(), *([told] if told else [])]))
            vectors = dict(zip(texts, load_encoder().encode(texts), strict=True))
            message.set("sentence_vector", vectors[text])
            message.set("listened_vector", vectors[heard])
            message.set("questions", [(question, vectors[question]) for question in questions])
            message.set("clauses", [(clause, vectors[read_as[clause]]) for clause in parts])
            message.set("told", (told, vectors[told]) if told else None)
        return messages
