"""What the action server answers is checked with every message, and the schema of it once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from bot.server.action_answers import check_schema_once

GOOD: list[dict[str, Any]] = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "requested_slot", "value": None}], "responses": [{"text": "Hello"}]},
]
BAD: list[Any] = [
    [],
    {"events": "none"},
    {"events": [{"event": "no_such_event"}]},
    {"events": [{"event": "slot"}]},
    {"responses": ["Hello"]},
]


@pytest.fixture
def action() -> Iterator[RemoteAction]:
    rasas_own = RemoteAction._validate_action_result
    check_schema_once()
    yield RemoteAction("action_step", None)
    RemoteAction._validate_action_result = rasas_own


@pytest.mark.parametrize("answer", GOOD, ids=str)
def test_an_answer_of_the_right_shape_is_taken(action: RemoteAction, answer: dict[str, Any]) -> None:
    assert action._validate_action_result(answer)


@pytest.mark.parametrize("answer", BAD, ids=str)
def test_an_answer_of_another_shape_is_refused_as_rasa_would(action: RemoteAction, answer: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        action._validate_action_result(answer)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, RemoteAction.action_response_format_spec())


def test_the_schema_itself_is_not_looked_at_again(action: RemoteAction, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object, **__: object) -> None:
        raise AssertionError("the schema was checked again")

    for kind in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
        monkeypatch.setattr(kind, "check_schema", again)
    assert all(action._validate_action_result(answer) for answer in GOOD)
