"""Answer a question people ask, or ask which one was meant."""

from __future__ import annotations

from typing import Any

from actions.turn import ConversationAction, Events, Turn
from enquiry.bookings.events.places import coming_events
from enquiry.content.topics import NextStep, Topic
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


class Answer(ConversationAction):
    """The approved answer of the topic that was understood, or of each of several."""

    action_name = "action_answer"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        names = turn.understood.get("topics") or [turn.understood["topic"]]
        topics = [turn.catalogue.topics[name] for name in names if name in turn.catalogue.topics]
        if not topics:  # the model knows a topic that has been taken out of data/topics since it was trained
            turn.say("not_understood", buttons=("check", "event", "person"))
            return []
        for topic in topics[:-1]:
            turn.reply(_under_its_title(topic, turn))
        last = topics[-1]
        text = answer_text(last, turn) if len(topics) == 1 else _under_its_title(last, turn)
        turn.reply(text, choices=[] if turn.in_loop else _buttons(last, turn))
        return []


class Clarify(ConversationAction):
    """Up to three titles, and "something else"."""

    action_name = "action_clarify"

    def act(self, turn: Turn) -> Events:
        titles = [
            turn.catalogue.topics[one["topic"]].title
            for one in turn.understood["candidates"]
            if one["topic"] in turn.catalogue.topics
        ]
        turn.reply(turn.wording("did_you_mean"), choices=[*titles, turn.wording("button_something_else")])
        return []


def answer_text(topic: Topic, turn: Turn) -> str:
    """A topic's answer with the agency's facts and the next event filled in."""
    values: dict[str, Any] = {"agency": turn.agency.facts}
    if "next_event" in topic.places:
        values["next_event"] = _next_event(turn)
    return fill_or(topic.answer, values, ASK_THE_TEAM)


def _under_its_title(topic: Topic, turn: Turn) -> str:
    """Where several questions are answered, each answer says which it is."""
    return f"{topic.title}\n\n{answer_text(topic, turn)}"


def _next_event(turn: Turn) -> str:
    events = coming_events(turn.session, turn.agency.slug, turn.now, limit=1)
    if not events:
        return turn.wording("next_event_unknown")
    return turn.wording(
        "next_event_is", title=events[0].title, when=in_words(events[0].starts_at), venue=events[0].venue
    )


def _buttons(topic: Topic, turn: Turn) -> list[str]:
    related = [turn.catalogue.topics[name].title for name in topic.related[:MOST_RELATED]]
    step = NEXT_STEP_BUTTON.get(topic.next_step)
    return [*related, *turn.buttons([step] if step else [])]
