"""Approved answers: the text of each question of a message, and what may be asked next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enquiry.bookings.events.places import coming_events
from enquiry.content.topics import NextStep, SubQuestion, Topic
from enquiry.datafiles.placeholders import ASK_THE_TEAM, fill_or
from enquiry.dates import in_words

if TYPE_CHECKING:
    from actions.turn import Turn

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
    part: SubQuestion | None = None

    @property
    def name(self) -> str:
        """As the assistant names it: "who/dogs", or a part of it, "who/dogs#how_many"."""
        return f"{self.topic.id}#{self.part.id}" if self.part else self.topic.id

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
        """What was wished for beside the question, what is asked next by many, and the step it leads to.

        Where only a part of a topic was answered, the whole of it comes first among what is asked next.
        """
        titles = [turn.catalogue.topics[name].title for name in self.topic.related]
        if self.part:
            titles.insert(0, self.topic.title)
        steps = [step] if (step := NEXT_STEP_BUTTON.get(self.topic.next_step)) else []
        wished = [wish] if (wish := WISH_BUTTON.get(turn.understood.get("wish") or "")) else []
        return [
            *turn.buttons(wished),
            *titles[:MOST_RELATED],
            *turn.buttons([step for step in steps if step not in wished]),
        ]


# What may be wished for beside a question; the buttons that lead there.
WISH_BUTTON = {
    "handoff": "person",
    "book_event": "event",
    "start_screening": "check",
    "change_booking": "change_booking",
    "send_link": "link",
    "stop": "stop",
    "forget_me": "forget",
}


def asked_in(turn: Turn) -> list[Asked]:
    """List the questions of the message that can be answered.

    The model may know a topic or a part that has been taken out of data/topics since it was trained.
    """
    topics = turn.catalogue.topics
    named = zip(turn.understood.get("topics") or (), turn.understood.get("parts") or (), strict=True)
    found = [Asked(topics[name], topics[name].part(part)) for name, part in named if name in topics]
    return for_the_sender(turn, found)


def for_the_sender(turn: Turn, asked: list[Asked]) -> list[Asked]:
    """Put what is written for somebody like the sender in the place of answers that are written for people who may foster."""
    speaker = turn.catalogue.senders.speakers.get(turn.understood.get("speaker") or "")
    instead = turn.catalogue.topics.get(speaker.answers or "") if speaker else None
    if speaker is None or instead is None:
        return asked
    theirs = (*speaker.theirs, instead.id)
    said = [one if one.topic.id in theirs else Asked(instead) for one in asked]
    return list({one.name: one for one in said}.values())


def give_answers(turn: Turn, asked: Sequence[Asked], choices: Sequence[str] = ()) -> None:
    """Say each answer, under its title where there are several, with the buttons below the last."""
    if line := _first_line(turn, asked):
        turn.reply(line)
    for number, one in enumerate(asked, start=1):
        text = one.text(turn) if len(asked) == 1 else one.under_its_title(turn)
        turn.reply(text, choices=choices if number == len(asked) else ())
    turn.conversation.last_answer = asked[-1].name


def answer_beside(turn: Turn) -> None:
    """Answer the questions that stand beside a command or an answer, before that is seen to: "two bedrooms, and do you take dogs?"."""
    if turn.intent != "ask" and not turn.flagged and (asked := asked_in(turn)):
        give_answers(turn, asked)


def _first_line(turn: Turn, asked: Sequence[Asked]) -> str | None:
    """What is said before the answers: a word on how the person feels, or that these are written for people who may foster."""
    senders = turn.catalogue.senders
    if feeling := senders.feelings.get(turn.understood.get("feeling") or ""):
        return turn.filled(feeling.line) if feeling.line else None
    speaker = senders.speakers.get(turn.understood.get("speaker") or "")
    if speaker is None or speaker.line is None or all(one.topic.id in speaker.theirs for one in asked):
        return None
    return turn.filled(speaker.line)


def _next_event(turn: Turn) -> str:
    events = coming_events(turn.session, turn.agency.slug, turn.now, limit=1)
    if not events:
        return turn.wording("next_event_unknown")
    return turn.wording(
        "next_event_is", title=events[0].title, when=in_words(events[0].starts_at), venue=events[0].venue
    )
