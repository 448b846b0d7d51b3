"""Answer a question people ask, or ask which one was meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.turn import ConversationAction, Events, Turn
from enquiry.bookings.events.places import coming_events
from enquiry.content.topics import NextStep, SubQuestion, Topic
from enquiry.datafiles.placeholders import ASK_THE_TEAM, fill_or
from enquiry.dates import in_words

NEXT_STEP_BUTTON = {
    NextStep.EVENT: "event",
    NextStep.VISIT: "visit",
    NextStep.CALL: "person",
    NextStep.CHECK_ELIGIBILITY: "check",
    NextStep.KINSHIP_TEAM: "person",
}
MOST_RELATED = 2


@dataclass(frozen=True)
class Asked:
    """One question of a message: a topic, and the part of it where one was asked for."""

    topic: Topic
    part: SubQuestion | None

    @property
    def title(self) -> str:
        """The question in the service's words."""
        return (self.part or self.topic).title

    def text(self, turn: Turn) -> str:
        """The approved answer, with the agency's facts and the next event filled in."""
        answered = self.part or self.topic
        values: dict[str, Any] = {"agency": turn.agency.facts}
        if "next_event" in answered.places:
            values["next_event"] = _next_event(turn)
        return fill_or(answered.answer, values, ASK_THE_TEAM)

    def under_its_title(self, turn: Turn) -> str:
        """Where several questions are answered, each answer says which it is."""
        return f"{self.title}\n\n{self.text(turn)}"

    def buttons(self, turn: Turn) -> list[str]:
        """What is asked next by many, the whole topic first where only a part of it was answered, and the step it leads to."""
        titles = [turn.catalogue.topics[name].title for name in self.topic.related]
        if self.part:
            titles.insert(0, self.topic.title)
        step = NEXT_STEP_BUTTON.get(self.topic.next_step)
        return [*titles[:MOST_RELATED], *turn.buttons([step] if step else [])]


class Answer(ConversationAction):
    """The approved answer of the topic that was understood, or of each of several."""

    action_name = "action_answer"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        # The model may know a topic or a part that has been taken out of data/topics since it was trained.
        topics = turn.catalogue.topics
        named = zip(turn.understood["topics"], turn.understood["parts"], strict=True)
        asked = [Asked(topics[name], topics[name].part(part)) for name, part in named if name in topics]
        if not asked:
            turn.say("not_understood", buttons=("check", "event", "person"))
            return []
        for one in asked[:-1]:
            turn.reply(one.under_its_title(turn))
        last = asked[-1]
        text = last.text(turn) if len(asked) == 1 else last.under_its_title(turn)
        turn.reply(text, choices=[] if turn.in_loop else last.buttons(turn))
        return []


class Clarify(ConversationAction):
    """Up to three titles, and "something else"."""

    action_name = "action_clarify"

    def act(self, turn: Turn) -> Events:
        topics = turn.catalogue.topics
        asked = [
            Asked(topics[one["topic"]], topics[one["topic"]].part(one["part"]))
            for one in turn.understood["candidates"]
            if one["topic"] in topics
        ]
        titles = [one.title for one in asked]
        turn.reply(turn.wording("did_you_mean"), choices=[*titles, turn.wording("button_something_else")])
        return []


def _next_event(turn: Turn) -> str:
    events = coming_events(turn.session, turn.agency.slug, turn.now, limit=1)
    if not events:
        return turn.wording("next_event_unknown")
    return turn.wording(
        "next_event_is", title=events[0].title, when=in_words(events[0].starts_at), venue=events[0].venue
    )
