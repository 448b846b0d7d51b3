"""Answers to `childrens_services`: dealings with children's services."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from bot.answers.private_matters import private_matter
from bot.answers.question import Question


def childrens_services(question: Question, doc: Doc) -> Any:
    """Read it as every private matter is read: yes, no, or to be talked through."""
    return private_matter(question, doc)
