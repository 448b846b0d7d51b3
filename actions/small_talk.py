"""Greetings, thanks, what is not about fostering, and what was not understood."""

from __future__ import annotations

from actions.handoff import lead_to_a_person
from actions.not_heard import say_not_heard
from actions.turn import LOOP, ConversationAction, Events, Turn
from enquiry.datafiles.placeholders import fill
from enquiry.enums import HandoffReason

BUTTONS = {
    "greet": ("check", "event", "person"),
    "thanks": ("check", "event", "person"),
    "something_else": ("pass_on", "check", "event"),
    "help": ("person", "check"),
    "thinking": ("check", "event", "person"),
    "not_understood": ("pass_on", "check", "event"),
}
MOST_MISUNDERSTANDINGS = 2  # in a row
GIBBERISH = "gibberish"  # of data/out_of_scope.yml: it may well be a message that was not understood
NOT_UNDERSTOOD = ("not_understood", "something_else")
# After a disclosure these are no small talk.
BUT_NOT_HEARD = (*NOT_UNDERSTOOD, "out_of_scope", "greet", "thinking")
OTHER_LANGUAGE = "other_language"


class Say(ConversationAction):
    """The approved sentence for the intent. Twice in a row not understood leads to a person."""

    action_name = "action_say"

    def act(self, turn: Turn) -> Events:
        if _says_nothing(turn) and say_not_heard(turn):
            return []
        turn.conversation.misunderstood = turn.conversation.misunderstood + 1 if _misunderstood(turn) else 0
        if turn.conversation.misunderstood >= MOST_MISUNDERSTANDINGS:
            return _to_a_person(turn)
        if turn.intent == "thanks" and turn.flagged:
            turn.say("thanks_after_disclosure", buttons=("person",))
        elif turn.intent == "out_of_scope":
            _out_of_scope(turn)
        elif turn.in_loop:
            turn.say("thanks_in_loop" if turn.intent == "thanks" else turn.intent)
        else:
            turn.say(turn.intent, buttons=BUTTONS.get(turn.intent, ()))
        return []


def _says_nothing(turn: Turn) -> bool:
    """Whether there is no better answer than that it was not understood. In another language that is said."""
    return turn.intent in BUT_NOT_HEARD and turn.understood.get("kind") != OTHER_LANGUAGE


def _misunderstood(turn: Turn) -> bool:
    has_words = any(letter.isalpha() for letter in turn.text)  # a bare "???" or an emoji is no call for a person
    return turn.intent in NOT_UNDERSTOOD or (turn.understood.get("kind") == GIBBERISH and has_words)


def _to_a_person(turn: Turn) -> Events:
    """No third apology: staff are told, and a name and a number are asked for, unless other questions are being asked."""
    if turn.in_loop or turn.conversation.collecting_stopped or turn.flagged:
        turn.say("not_understood_again", buttons=("person",))
        return []
    turn.conversation.misunderstood = 0
    lead_to_a_person(turn, HandoffReason.NOT_UNDERSTOOD, "not_understood_again")
    return [{"event": "followup", "name": LOOP}]


def _out_of_scope(turn: Turn) -> None:
    """The fitting short reply; in the middle of the questions they go on by themselves, so that nothing else is offered."""
    kind = turn.catalogue.out_of_scope[turn.understood["kind"]]
    turn.reply(
        fill(kind.reply, {"agency": turn.agency.facts}), choices=() if turn.in_loop else turn.buttons(kind.offers)
    )


class Fallback(ConversationAction):
    """When no rule fits. It takes the message back, else Rasa would run it ten times and fall silent."""

    action_name = "action_default_fallback"

    def act(self, turn: Turn) -> Events:
        if not say_not_heard(turn):
            turn.say("not_understood", buttons=BUTTONS["not_understood"])
        return [{"event": "rewind"}]
