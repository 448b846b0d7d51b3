"""Replies after a disclosure: to what is asked about it, and to putting it right. The texts are in data/afterwards.yml."""

from __future__ import annotations

from actions.answers import asked_in, give_answers
from actions.disclosures import PRIORITY
from actions.faint_disclosures import NOT_MEANT, summary_of
from actions.not_heard import numbers_of
from actions.turn import LOOP, ConversationAction, Events, Turn, way_back
from enquiry.conversations.next_question import ask_next
from enquiry.enums import HandoffReason, Priority
from enquiry.handoffs.putting_right import Standing, put_right
from enquiry.journey.record import answers_of

HAPPENING_NOW = "happening_now"
SAFE_CONTACT = "safe_contact"
HALF_TRUE = "half_true"
TOLD_MORE = "told_more"
TELLS_STAFF = (HAPPENING_NOW, SAFE_CONTACT, HALF_TRUE, TOLD_MORE)
# What a question is answered with beside words: a way on, or the way to put it right.
BUTTONS = {
    "a_person": "person",
    "thanks": "person",
    "the_questions": "carry_on",
    "if_wrong": NOT_MEANT,
    HALF_TRUE: NOT_MEANT,
    TOLD_MORE: NOT_MEANT,
}


class AfterDisclosure(ConversationAction):
    """Answer what is asked after a disclosure; to a denial that tells something, say gently that it stays with staff."""

    action_name = "action_after_disclosure"
    is_safety = True

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        after, asked, texts = turn.after, str(turn.understood.get("asks")), turn.catalogue.afterwards
        if after is None:  # put right by staff while the message was on its way
            turn.say("not_understood", buttons=("check", "event", "person"))
            return []
        question = texts.questions.get(asked)
        if question is None and turn.afterwards:
            turn.reply(turn.afterwards, question="")
        elif question is None:
            text = texts.filled(texts.half_true, after.category, turn.agency.facts)
            turn.reply(text, links=numbers_of(turn, after), choices=_button(turn, HALF_TRUE))
        else:
            text = texts.answer(asked, after.category, turn.agency.facts)
            turn.reply(text, links=numbers_of(turn, after) if question.numbers else (), choices=_button(turn, asked))
        told_again = (turn.understood.get("disclosure") or {}).get("certainty") == "sure"
        if asked in TELLS_STAFF or told_again:
            _tell_staff_again(turn, after, at_once=asked == HAPPENING_NOW)
        return []


class PutRight(ConversationAction):
    """It was not meant that way: say sorry, write it down for staff, and go on with what was begun."""

    action_name = "action_put_right"
    is_safety = True

    def act(self, turn: Turn) -> Events:
        turn.conversation.misunderstood = 0
        after, texts, facts = turn.after, turn.catalogue.afterwards, turn.agency.facts
        if put_right(turn.session, turn.conversation, turn.catalogue.categories, turn.now):
            asked, goes_on = asked_in(turn), turn.in_loop or _was_interrupted(turn)
            names = () if goes_on or asked else tuple(dict.fromkeys((way_back(turn), "event", "person")))
            turn.reply(texts.put_right.about(after.category if after else None), choices=turn.buttons(names))
            if asked:
                give_answers(turn, asked, () if goes_on else asked[-1].buttons(turn))
            return [{"event": "followup", "name": LOOP}] if goes_on and not turn.in_loop else []
        elif ended := turn.afterwards:  # a child, a threat: nothing is arranged there
            turn.reply(f"{texts.noted_briefly}\n\n{ended}", question="")
        elif after is not None:
            text = texts.filled(texts.noted, after.category, facts)
            turn.reply(text, links=numbers_of(turn, after), choices=turn.buttons(("person",)), question="")
        else:
            turn.reply(texts.noted_briefly, choices=turn.buttons(("person",)))
        return []


def _was_interrupted(turn: Turn) -> bool:
    """Whether a question was being asked when it was heard: that is asked again by itself."""
    conversation = turn.conversation
    if conversation.enquiry is None or conversation.question or not conversation.previous_question:
        return False
    return ask_next(turn.situation(), turn.criteria, turn.agency) is not None


def _button(turn: Turn, asked: str) -> list[str]:
    """The one button that goes with an answer. In a conversation where nothing is taken any more, nobody is asked for a number."""
    name = BUTTONS.get(asked)
    if name is None or (name != NOT_MEANT and (turn.in_loop or turn.conversation.collecting_stopped)):
        return []
    if name == "carry_on" and (turn.conversation.enquiry is None or "route" not in answers_of(turn.enquiry)):
        return []
    return [turn.wording(f"button_{name}")]


def _tell_staff_again(turn: Turn, after: Standing, *, at_once: bool) -> None:
    """It was told once more, or it is happening now: staff are alerted again, and the handoff is as urgent as that."""
    category = turn.catalogue.categories[after.category]
    turn.hand_over(
        HandoffReason.DISCLOSURE if after.sure else HandoffReason.POSSIBLE_DISCLOSURE,
        summary_of(turn, category, "disclosure" if after.sure else "possible_disclosure"),
        category=category.id,
        audience=category.alert,
        pauses_messages=category.pauses_messages and after.sure,
        by_rule=False,
        priority=Priority.NOW if at_once else PRIORITY[category.urgency],
    )
