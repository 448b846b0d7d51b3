"""Greetings, thanks, what is not about fostering, and what was not understood."""

from __future__ import annotations

from actions.turn import ConversationAction, Events, Turn

BUTTONS = {
    "greet": ("check", "event", "person"),
    "thanks": ("check", "event", "person"),
    "something_else": ("check", "event", "person"),
    "out_of_scope": ("check", "event", "person"),
    "not_understood": ("check", "event", "person"),
}
NOT_UNDERSTOOD = ("not_understood", "something_else")


class Say(ConversationAction):
    """The approved sentence for the intent. Twice in a row not understood leads to a person."""

    action_name = "action_say"

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = turn.conversation.misunderstood + 1 if turn.intent in NOT_UNDERSTOOD else 0
        if turn.conversation.misunderstood >= 2:
            turn.say("not_understood_again", buttons=("person",))
        elif turn.intent == "thanks" and turn.flagged:
            turn.say("thanks_after_disclosure", buttons=("person",))
        elif turn.in_loop:
            turn.say("thanks_in_loop" if turn.intent == "thanks" else turn.intent)
        else:
            turn.say(turn.intent, buttons=BUTTONS.get(turn.intent, ()))
        return []


class Fallback(ConversationAction):
    """When no rule fits. It takes the message back, else Rasa would run it ten times and fall silent."""

    action_name = "action_default_fallback"

    def act(self, turn: Turn) -> Events:
        turn.say("not_understood", buttons=("check", "event", "person"))
        return [{"event": "rewind"}]
