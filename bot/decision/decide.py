"""The decision what a message means for the conversation: of an ordered list of rules the first that applies decides.

Safety first, then what the person plainly chose, then commands, answers, topics; and where none is sure, Hearth asks
back or says that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.decision.after import Certainty
from bot.decision.heard import OUT_OF_SCOPE, STATEMENT_SURE, AskedFor, Heard

OTHER_LANGUAGE = "other_language"
GIBBERISH = "out_of_scope:gibberish"  # at a question it is an answer that was not understood: "12", "purple"
# What may be said by anyone at any time, a question being asked or not.
ALWAYS = (
    "handoff",
    "pass_on",
    "stop",
    "start_screening",
    "book_event",
    "why",
    "forget_me",
    "something_else",
    "send_link",
    "look_again",
    "change_booking",
    "go_back",
    "how_many_left",
    "what_is_kept",
    "leave_out",
    "start_again",
)
# What is said in passing: a question beside it is what the message is about.
SMALL_TALK = ("greet", "thanks", "goodbye", "help", "thinking")
# What is obeyed although the message would answer the question as well ("no more questions"), and how sure it must be.
OVER_AN_ANSWER = (
    "handoff",
    "stop",
    "why",
    "forget_me",
    "send_link",
    "look_again",
    "change_booking",
    "go_back",
    "how_many_left",
    "what_is_kept",
    "leave_out",
    "start_again",
)
OVER_AN_ANSWER_SURE = 0.75
OVER_A_CHOICE_SURE = (
    0.6  # "stop there for tonight" is no choice of "Emergency, at short notice", and "not at the moment" is a "no"
)
PLAIN_COMMAND = 0.92  # above it, the words are a button's own
ABOUT_EVENTS = ("book_event", "process/event")  # labels
TOLD_MORE = "told_more"  # of data/afterwards.yml
PREFERS_SURE = 0.8  # above it, the words are a button's, such as "Talk to a person", or a topic's own


@dataclass(frozen=True)
class Decision:
    """The next step. `intent` is what Rasa's rules are written for; `decision` is the public word for it.

    `asked_for` is each topic to be answered, with the part of it where one is asked for; several where a message has several questions.
    They stand beside a command too, and are answered before it is obeyed; `wish` is a command that stands beside an answer, and is offered.
    `kind` says what is not about fostering. `told` says what weight
    a disclosure has: a faint one stands beside any other decision. `asks` is what is asked after a disclosure, and `rule` the name of the
    rule that decided.
    """

    decision: str
    intent: str
    confidence: float
    asked_for: tuple[AskedFor, ...] = ()
    wish: str | None = None
    value: Any = None
    kind: str | None = None
    candidates: tuple[dict[str, Any], ...] = ()
    told: Certainty | None = None
    asks: str | None = None
    rule: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: its name, when it applies, and what it decides then."""

    name: str
    applies: Callable[[Heard], bool]
    decides: Callable[[Heard], Decision]


def decide(heard: Heard) -> Decision:
    """Decide by the first rule that applies; the last one always does."""
    rule = next(rule for rule in RULES if rule.applies(heard))
    found = replace(rule.decides(heard), rule=rule.name)
    if heard.exact or heard.plain:
        return found  # neither tells or asks anything beside itself
    if found.decision in ("command", "handoff"):
        found = replace(found, asked_for=heard.questions)
    elif found.decision == "screening_answer" and heard.beside:
        found = replace(found, asked_for=_asked(heard))
    elif heard.wish:
        found = replace(found, wish=heard.wish)
    # What puts a disclosure right is none.
    return found if rule.name == "puts_right" else replace(found, told=heard.disclosed)


# When a rule applies.


def is_a_button_of_the_question(heard: Heard) -> bool:
    return heard.exact


def discloses(heard: Heard) -> bool:
    """Check that something was surely disclosed; a faint disclosure gives way to whatever else the message is."""
    return heard.disclosed == "sure"


def puts_right(heard: Heard) -> bool:
    """Check that an earlier disclosure is taken back; where a question is being asked, "no I haven't" answers that."""
    return heard.after is not None and heard.after.denies == "true" and (heard.after.says_so or heard.value is None)


def asks_what_comes_next(heard: Heard) -> bool:
    """Check that a question about what comes next is asked after a sure disclosure, and nothing else is surely disclosed."""
    if heard.after is None or not heard.after.sure or heard.after.asks is None or heard.value is not None:
        return False
    if heard.disclosed == "sure" and not heard.told_again:
        return False
    if heard.is_command and heard.confidence >= PLAIN_COMMAND:
        return False  # "Carry on with the questions" is a button
    return heard.after.ahead or not (heard.is_topic and heard.sure)


def tells_it_again(heard: Heard) -> bool:
    """Check that the same is told on: the whole message was said, and said again it drowns what somebody tells."""
    return discloses(heard) and heard.told_again and heard.after is not None and heard.after.sure


def takes_back_by_half(heard: Heard) -> bool:
    """Check that a sure disclosure is denied in words that tell something themselves."""
    halved = heard.after is not None and heard.after.sure and heard.after.denies == "half"
    return halved and heard.value is None and not _asks_surely(heard)


def asks_after_a_faint_one(heard: Heard) -> bool:
    """Check that a question about what comes next is asked; whoever goes on telling after a line below a reply may be at anything."""
    after = heard.after
    return after is not None and after.asks not in (None, TOLD_MORE) and after.ahead and heard.value is None


def is_in_other_letters(heard: Heard) -> bool:
    return heard.other_letters and not heard.has_to_do


def says_a_plain_wish(heard: Heard) -> bool:
    return heard.plain is not None


def corrects_an_answer(heard: Heard) -> bool:
    return heard.corrects and heard.value is not None


def is_a_command_at_any_time(heard: Heard) -> bool:
    return heard.label in ALWAYS and heard.sure and _goes_before_an_answer(heard)


def answers_the_question(heard: Heard) -> bool:
    """Check that it can be read as an answer, and is not surely a question about something else and nothing beside it."""
    if heard.value is None:
        return False
    return heard.beside or not (heard.is_topic and heard.sure and _asks_something_else(heard))


def asks_several_questions(heard: Heard) -> bool:
    return len(heard.questions) > 1


def asks_beside_small_talk(heard: Heard) -> bool:
    return bool(heard.questions) and heard.label in SMALL_TALK


def asks_at_the_end_of_a_story(heard: Heard) -> bool:
    """Check that the message as a whole says too little by itself, and that its one sure question is among what it sounds like."""
    return bool(heard.questions) and heard.questions[0][0] in [one["topic"] for one in heard.candidates]


def wishes_something_in_passing(heard: Heard) -> bool:
    return heard.wish is not None and (not heard.at_question or heard.wish in ALWAYS)


def asks_about_a_topic(heard: Heard) -> bool:
    return heard.is_topic and heard.sure


def is_a_command(heard: Heard) -> bool:
    return heard.is_command and heard.sure


def would_rather_talk(heard: Heard) -> bool:
    return heard.at_question and heard.wants_a_person


def is_out_of_scope(heard: Heard) -> bool:
    """Check that it is not about fostering; a statement at a question has to sound more like that than anything else has."""
    if not heard.is_foreign or (heard.at_question and heard.label == GIBBERISH):
        return False
    states = heard.at_question and not heard.asks
    return heard.confidence >= (max(heard.thresholds.answer, STATEMENT_SURE) if states else heard.thresholds.clarify)


def answers_nothing(heard: Heard) -> bool:
    """Check that it answers nothing and asks nothing; "can we do the 30th, and just me" is no question to be guessed at."""
    return heard.at_question and (not heard.asks or tells_who_comes_when(heard))


def tells_who_comes_when(heard: Heard) -> bool:
    """Check that it says how many come as well as a day: whoever does wants to come to an event, or to change what is booked."""
    return "day" in heard.coming and "event_places" in heard.coming


def asks_to_come(heard: Heard) -> bool:
    """Check that somebody who is asked nothing says that they come, and that what they say is not surely about something else."""
    if heard.at_question or heard.questions or _asks_surely(heard) or not tells_who_comes_when(heard):
        return False
    return not heard.ahead or heard.label.startswith(ABOUT_EVENTS)


def is_near_a_topic(heard: Heard) -> bool:
    """Check that the likeliest topic is worth being offered."""
    return (
        bool(heard.candidates)
        and not heard.is_foreign
        and bool(heard.candidates[0]["confidence"] >= heard.thresholds.clarify)
    )


def always(heard: Heard) -> bool:
    return True


def _asked(heard: Heard) -> tuple[AskedFor, ...]:
    """List what is asked beside something else."""
    return heard.questions or (((heard.label, heard.part),) if heard.is_topic and heard.sure else ())


def _asks_surely(heard: Heard) -> bool:
    """Check whether a message asks a question that is surely a topic."""
    return heard.asks and heard.is_topic and heard.sure


def _goes_before_an_answer(heard: Heard) -> bool:
    """Check whether a command goes before the answer that the same words would give."""
    if heard.value is None or heard.beside:
        return True
    if heard.value == "prefer_to_talk" and heard.wants_a_person and (heard.prefers or heard.confidence < PREFERS_SURE):
        return False  # "I'd rather talk" is a choice of this question, and is kept as its answer
    chooses = heard.value not in ("yes", "no") and heard.label != "handoff"  # "someone ring me" answers many a question
    sure = OVER_A_CHOICE_SURE if chooses and heard.label in OVER_AN_ANSWER else OVER_AN_ANSWER_SURE
    return (heard.label in OVER_AN_ANSWER or heard.asked_again) and heard.confidence >= sure


def _asks_something_else(heard: Heard) -> bool:
    """Check whether a message that could be an answer asks; "can you do Tuesday evening?" is a choice, put as a question."""
    if heard.asked_again:
        return heard.asks or heard.confidence >= PREFERS_SURE
    return not heard.names_a_time if heard.open_question else heard.asks


# What it decides.


def take_the_answer(heard: Heard) -> Decision:
    return _made(heard, "screening_answer", "confirm" if heard.confirms else "answer", value=heard.value)


def hear_the_disclosure(heard: Heard) -> Decision:
    return _made(heard, "disclosure", "disclosure")


def put_right(heard: Heard) -> Decision:
    """End what was disclosed, and answer what is asked beside it."""
    return _made(heard, "put_right", "put_right", asked_for=_asked(heard))


def say_what_comes_next(heard: Heard) -> Decision:
    assert heard.after is not None
    return _made(heard, "after_disclosure", "after_disclosure", asks=heard.after.asks)


def pass_it_on_as_well(heard: Heard) -> Decision:
    return _made(heard, "after_disclosure", "after_disclosure", asks=TOLD_MORE)


def leave_it_with_staff(heard: Heard) -> Decision:
    return _made(heard, "after_disclosure", "after_disclosure", asks="half_true")


def say_that_the_language_is_not_spoken(heard: Heard) -> Decision:
    return _made(heard, "fallback", OUT_OF_SCOPE, kind=OTHER_LANGUAGE)


def grant(heard: Heard) -> Decision:
    return _made(heard, "command", str(heard.plain))


def obey(heard: Heard) -> Decision:
    return _made(heard, "handoff" if heard.label == "handoff" else "command", heard.label)


def answer_them_all(heard: Heard) -> Decision:
    return _made(heard, "answer", "ask", asked_for=heard.questions)


def obey_the_wish(heard: Heard) -> Decision:
    assert heard.wish is not None
    return _made(heard, "handoff" if heard.wish == "handoff" else "command", heard.wish)


def answer_the_topic(heard: Heard) -> Decision:
    return _made(heard, "answer", "ask", asked_for=((heard.label, heard.part),))


def bring_a_person(heard: Heard) -> Decision:
    return _made(heard, "handoff", "handoff")


def book_an_event(heard: Heard) -> Decision:
    return _made(heard, "command", "book_event")


def say_what_it_is_not_about(heard: Heard) -> Decision:
    return _made(heard, "fallback", OUT_OF_SCOPE, kind=heard.label.partition(":")[2])


def ask_again(heard: Heard) -> Decision:
    return _made(heard, "fallback", "not_understood" if heard.confirms else "unclear")


def ask_back(heard: Heard) -> Decision:
    return _made(heard, "clarify", "clarify")


def say_that_it_was_not_understood(heard: Heard) -> Decision:
    return _made(heard, "fallback", "unclear" if heard.at_question and not heard.confirms else "not_understood")


def _made(heard: Heard, decision: str, intent: str, **more: Any) -> Decision:
    return Decision(decision, intent, round(heard.confidence, 4), candidates=heard.candidates, **more)


RULES: tuple[Rule, ...] = (
    Rule("button", is_a_button_of_the_question, take_the_answer),
    Rule("plain_wish", says_a_plain_wish, grant),
    Rule("puts_right", puts_right, put_right),
    Rule("what_comes_next", asks_what_comes_next, say_what_comes_next),
    Rule("told_again", tells_it_again, pass_it_on_as_well),
    Rule("disclosure", discloses, hear_the_disclosure),
    Rule("half_true", takes_back_by_half, leave_it_with_staff),
    Rule("other_language", is_in_other_letters, say_that_the_language_is_not_spoken),
    Rule("correction", corrects_an_answer, take_the_answer),
    Rule("command_at_any_time", is_a_command_at_any_time, obey),
    Rule("answer", answers_the_question, take_the_answer),
    Rule("asks_to_come", asks_to_come, book_an_event),
    Rule("several_questions", asks_several_questions, answer_them_all),
    Rule("topic", asks_about_a_topic, answer_the_topic),
    Rule("question_beside_small_talk", asks_beside_small_talk, answer_them_all),
    Rule("command", is_a_command, obey),
    Rule("after_a_faint_one", asks_after_a_faint_one, say_what_comes_next),
    Rule("question_in_a_story", asks_at_the_end_of_a_story, answer_them_all),
    Rule("wish_in_passing", wishes_something_in_passing, obey_the_wish),
    Rule("would_rather_talk", would_rather_talk, bring_a_person),
    Rule("out_of_scope", is_out_of_scope, say_what_it_is_not_about),
    Rule("answers_nothing", answers_nothing, ask_again),
    Rule("near_a_topic", is_near_a_topic, ask_back),
    Rule("not_understood", always, say_that_it_was_not_understood),
)
