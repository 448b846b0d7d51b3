"""The examples that the adapter learns from: every text of data/ with what it is, except those that are held out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rasa.shared.nlu.constants import TEXT

from bot.answers.answers_files import load_answers
from bot.answers.criteria_file import load_questions
from bot.answers.criteria_file import phrases_of as answers_of
from bot.disclosures.model import NONE
from bot.disclosures.rules import load_rulebook
from bot.encoder.held_out import is_held_out
from bot.intents.component import label_of
from bot.intents.importer import TopicImporter
from bot.text.normalise import normalise

NLU = "data/nlu"
SAFEGUARDING = Path("data/safeguarding.yml")
CRITERIA = Path("data/criteria.yml")
ANSWERS = Path("data/answers")
LONGEST = 200  # characters; the few longer ones would take long, and are like them


@dataclass(frozen=True)
class Example:
    """A normalised text. `label` is its topic, command or kind of out of scope; `category` its kind of disclosure, NONE for a near miss.

    Either is None where nobody has said; the answers to screening questions have neither.
    """

    text: str
    label: str | None = None
    category: str | None = None


def all_examples() -> list[Example]:
    """List the examples in data/, each text once, in the order of their texts."""
    importer = TopicImporter("config.yml", "domain.yml", NLU)
    messages = [message for message in importer.get_nlu_data().intent_examples if message.get(TEXT)]
    labels = {normalise(message.get(TEXT)): label_of(message) for message in messages}
    rulebook = load_rulebook(SAFEGUARDING)
    categories = {normalise(text): NONE for text in rulebook.near_misses}
    categories.update((normalise(text), name) for name, texts in rulebook.examples.items() for text in texts)
    answers = answers_of(load_questions(CRITERIA.read_text(encoding="utf-8")), load_answers(ANSWERS)).values()
    texts = {*labels, *categories, *(text for known in answers for text in known.texts)}
    return [Example(text, labels.get(text), categories.get(text)) for text in sorted(texts)]


def seen_examples() -> list[Example]:
    """List the examples that the adapter sees: those that are not held out, and not very long."""
    return [example for example in all_examples() if len(example.text) <= LONGEST and not is_held_out(example.text)]
