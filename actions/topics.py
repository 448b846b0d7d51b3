"""Answer a question people ask, or ask which one was meant."""

from __future__ import annotations

from actions.answers import Asked, asked_in, give_answers
from actions.not_heard import say_not_heard
from actions.turn import ConversationAction, Events, Turn


class Answer(ConversationAction):
    """The approved answer of the topic that was understood, or of each of several."""

    action_name = "action_answer"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        asked = asked_in(turn)
        if asked:
            give_answers(turn, asked, choices=[] if turn.in_loop else asked[-1].buttons(turn))
        else:
            turn.say("not_understood", buttons=("pass_on", "check", "event"))
        return []


class Clarify(ConversationAction):
    """Up to three titles, and passing the question on."""

    action_name = "action_clarify"

    def act(self, turn: Turn) -> Events:
        if say_not_heard(turn):
            return []
        topics = turn.catalogue.topics
        asked = [
            Asked(topics[one["topic"]], topics[one["topic"]].part(one["part"]))
            for one in turn.understood["candidates"]
            if one["topic"] in topics
        ]
        turn.reply(
            turn.wording("did_you_mean"),
            choices=[*(one.title for one in asked), *turn.buttons(("something_else", "pass_on"))],
        )
        return []
