"""What Rasa writes down of a conversation holds no words, and is enough to go on with."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from bot.server.tracker_store import WordlessTrackerStore

ROOT = Path(__file__).parents[3]
TYPED = "I was convicted of shoplifting and take Sertraline"
SAID = "Thank you for telling me about Zanzibar"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrackerStore:
    """The store that endpoints.yml names, on a file of our own."""
    monkeypatch.setenv("HEARTH_TRACKER_DB", str(tmp_path / "rasa.db"))
    monkeypatch.setenv("HEARTH_ACTIONS_URL", "http://127.0.0.1:1/webhook")
    config = read_endpoint_config(str(ROOT / "endpoints.yml"), "tracker_store")
    return TrackerStore.create(config, Domain.load(str(ROOT / "domain.yml")))


def typed(text: str) -> UserUttered:
    """A message as the pipeline leaves it: with much found out about it."""
    found = {
        "text": text,
        "intent": {"name": "answer", "confidence": 0.9},
        "entities": [],
        "disclosure": {"category": "offence_details_typed", "by": text},
        "reading": {"question": "offences", "value": text},
        "text_tokens": [[0, 3]],
    }
    return UserUttered(
        text, found["intent"], [], found, metadata={"agency": "leicestershire", "question": "offences", "stray": text}
    )


def a_turn(tracker: DialogueStateTracker, text: str) -> None:
    for event in (
        typed(text),
        ActionExecuted("screening_form"),
        ActiveLoop("screening_form"),
        BotUttered(SAID, {"custom": {"text": SAID}}),
        SlotSet("volunteered", [{"question": "dogs", "value": "none"}]),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)


def saved(store: TrackerStore) -> DialogueStateTracker:
    tracker = store.init_tracker("someone")
    tracker.update(SessionStarted())
    tracker.update(ActionExecuted("action_listen"))
    a_turn(tracker, TYPED)
    asyncio.run(store.save(tracker))
    return tracker


def test_the_store_that_is_configured_is_the_one_without_words(store: TrackerStore) -> None:
    assert isinstance(store, WordlessTrackerStore)


def test_no_word_that_was_typed_or_said_is_in_the_file(store: TrackerStore, tmp_path: Path) -> None:
    saved(store)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"screening_form" in written
    for word in ("convicted", "shoplifting", "Sertraline", "Zanzibar"):
        assert word.encode() not in written


def test_during_the_turn_the_words_are_there_for_the_actions(store: TrackerStore) -> None:
    tracker = saved(store)
    assert tracker.latest_message.text == TYPED
    assert tracker.latest_message.parse_data["reading"]["value"] == TYPED
    assert tracker.latest_bot_utterance.text == SAID


def test_a_conversation_is_taken_up_where_it_was(store: TrackerStore) -> None:
    before = saved(store)
    found = asyncio.run(store.retrieve("someone"))
    assert found.active_loop_name == "screening_form"
    assert found.get_slot("volunteered") == [{"question": "dogs", "value": "none"}]
    assert found.latest_message.intent == {"name": "answer", "confidence": 0.9}
    assert found.latest_message.text is None
    assert found.latest_message.metadata["question"] == "offences"
    assert len(found.events) == len(before.events)


def test_further_turns_are_added_once_each(store: TrackerStore) -> None:
    saved(store)
    for number in (2, 3):
        again = asyncio.run(store.retrieve("someone"))
        a_turn(again, f"{TYPED} {number}")
        asyncio.run(store.save(again))
        asyncio.run(store.save(again))  # an exception on the way out has it saved again
        found = asyncio.run(store.retrieve("someone"))
        assert sum(isinstance(event, UserUttered) for event in found.events) == number
        assert found.active_loop_name == "screening_form"


def test_the_rules_see_the_same_before_and_after(store: TrackerStore) -> None:
    domain = Domain.load(str(ROOT / "domain.yml"))
    before = saved(store).past_states(domain)[-1]
    after = asyncio.run(store.retrieve("someone")).past_states(domain)[-1]
    assert before["user"]["intent"] == after["user"]["intent"] == "answer"
    assert before["prev_action"] == after["prev_action"]
    assert before["active_loop"] == after["active_loop"]
