"""A tracker store without words: what people type is read and acted on, and never stored.

During a turn the tracker holds the text, for the components and the action server. On its way to the table every event loses
its words; what is left (intents, actions, slots, the loop) is all that the rules need to go on after a restart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import BotUttered, EntitiesAdded, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

# What is stored of what the page sent along: names out of our own files.
LOOKED_AT = ("agency", "question", "previous_question", "model_id", "assistant_id")


class WordlessTrackerStore(SQLTrackerStore):
    """Rasa's own store in SQL, for events without words. Named in endpoints.yml."""

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        # The one place through which `save` takes events to the table.
        return (wordless(event) for event in super()._additional_events(session, tracker))


def wordless(event: Event) -> Event:
    """Copy an event without anything that was typed or said; give others as they are.

    Args:
        event: left as it is: the turn that is under way still needs its text.
    """
    about = {name: value for name, value in (event.metadata or {}).items() if name in LOOKED_AT}
    if isinstance(event, UserUttered):
        intent = {name: event.intent[name] for name in ("name", "confidence") if name in event.intent}
        return UserUttered(
            None,
            intent,
            timestamp=event.timestamp,
            input_channel=event.input_channel,
            message_id=event.message_id,
            metadata=about,
            use_text_for_featurization=False,
        )
    if isinstance(event, BotUttered):  # it may say back what was understood
        return BotUttered(None, {}, about, event.timestamp)
    if isinstance(event, EntitiesAdded):
        return EntitiesAdded([], event.timestamp, about)
    return event
