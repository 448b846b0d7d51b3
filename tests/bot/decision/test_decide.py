"""What a message means for the conversation, once everything that was found in it is weighed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.decision.decide import Decision, decide
from bot.decision.heard import hear
from bot.intents.thresholds import Thresholds
from bot.text.reading import read

THRESHOLDS = Thresholds(answer=0.6, clarify=0.4, lead=0.05)
FOREIGN = "out_of_scope:chit_chat"
SURE, LIKELY, FAINT = 0.95, 0.5, 0.2
DISCLOSED = {"category": "domestic_abuse", "by": "rule", "confidence": 1.0, "certainty": "sure"}


def weigh(
    text: str,
    label: str = FOREIGN,
    confidence: float = FAINT,
    *,
    asked: str | None = None,
    value: Any = None,
    exact: bool = False,
    corrects: bool = False,
    disclosure: dict[str, Any] | None = None,
    open_question: bool = False,
) -> Decision:
    """Decide about a text that the classifier takes for `label`, with `asked` the question being looked at."""
    reading = {"question": asked, "value": value, "exact": exact, "corrects": corrects} if asked else None
    guesses = [{"label": label, "confidence": confidence}, {"label": "who/pets", "confidence": 0.1}]
    return decide(hear(read(text), guesses, THRESHOLDS, disclosure, reading, open_question=open_question))


@pytest.mark.parametrize(
    ("text", "label", "intent"),
    [
        ("Stop for now", "stop", "stop"),
        ("Talk to a person", "handoff", "handoff"),
        ("Why do you ask?", "why", "why"),
        ("Check if I could foster", "start_screening", "start_screening"),
        ("Come to an event", "book_event", "book_event"),
        ("Something else", "something_else", "something_else"),
        ("Forget this chat", "forget_me", "forget_me"),
        ("thanks", "thanks", "thanks"),
    ],
)
@pytest.mark.parametrize("asked", [None, "household"])
def test_a_command_is_obeyed_whether_or_not_a_question_is_asked(
    text: str, label: str, intent: str, asked: str | None
) -> None:
    found = weigh(text, label, SURE, asked=asked)
    assert (found.intent, found.decision) == (intent, "handoff" if label == "handoff" else "command")


@pytest.mark.parametrize("label", ["handoff", "stop", "something_else", "who/single", FOREIGN])
@pytest.mark.parametrize("disclosure", [None, DISCLOSED])
def test_an_exact_button_always_wins(label: str, disclosure: dict[str, Any] | None) -> None:
    found = weigh(
        "I'd rather talk", label, SURE, asked="offences", value="prefer_to_talk", exact=True, disclosure=disclosure
    )
    assert (found.decision, found.intent, found.value) == ("screening_answer", "answer", "prefer_to_talk")


@pytest.mark.parametrize("label", ["handoff", "stop", "who/single", FOREIGN, "greet"])
@pytest.mark.parametrize(
    ("asked", "value", "corrects"),
    [(None, None, False), ("smoking", "no", False), ("smoking", None, False), ("smoking", "no", True)],
)
def test_a_disclosure_wins_over_everything_else(label: str, asked: str | None, value: Any, corrects: bool) -> None:
    found = weigh("no but he hits me", label, SURE, asked=asked, value=value, corrects=corrects, disclosure=DISCLOSED)
    assert (found.decision, found.intent, found.value) == ("disclosure", "disclosure", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("what if I smoke?", None), ("does vaping count as smoking", None), ("is it ok if my dad smokes outside?", "yes")],
)
def test_a_question_in_the_middle_is_answered_and_is_no_answer(text: str, value: Any) -> None:
    found = weigh(text, "who/smoking", SURE, asked="smoking", value=value)
    assert (found.decision, found.asked_for, found.value) == ("answer", (("who/smoking", None),), None)


def test_a_statement_that_answers_is_an_answer_even_when_it_sounds_like_a_topic() -> None:
    found = weigh("my husband smokes", "who/smoking", SURE, asked="smoking", value="yes")
    assert (found.decision, found.value) == ("screening_answer", "yes")


def test_a_statement_on_a_topic_that_does_not_answer_is_answered_as_a_topic() -> None:
    assert weigh("tell me about the money", "money/pay", SURE, asked="age").asked_for == (("money/pay", None),)


def test_why_is_heard_at_a_question() -> None:
    assert weigh("why do you need that", "why", SURE, asked="offences").intent == "why"


@pytest.mark.parametrize(
    ("label", "confidence"), [("handoff", SURE), ("handoff", LIKELY), (FOREIGN, FAINT), ("who/single", FAINT)]
)
def test_rather_talking_at_a_question_without_that_choice_brings_a_person(label: str, confidence: float) -> None:
    found = weigh("I'd rather talk to someone", label, confidence, asked="household")
    assert (found.decision, found.intent) == ("handoff", "handoff")


def test_rather_talking_at_a_question_with_that_choice_is_its_answer() -> None:
    found = weigh("I'd rather talk to someone", "handoff", 0.99, asked="offences", value="prefer_to_talk")
    assert (found.decision, found.value) == ("screening_answer", "prefer_to_talk")


def test_the_button_for_a_person_brings_a_person_at_every_question() -> None:
    assert weigh("Talk to a person", "handoff", 0.98, asked="offences", value="prefer_to_talk").decision == "handoff"


@pytest.mark.parametrize("text", ["no more questions", "stop asking me things"])
def test_stopping_wins_over_a_no(text: str) -> None:
    assert weigh(text, "stop", SURE, asked="smoking", value="no").intent == "stop"


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("neither", "something_else", "no"),
        ("yes check please", "start_screening", "yes"),
        ("not at the moment", "stop", "no"),
    ],
)
def test_an_answer_wins_over_a_command_that_only_sounds_alike(text: str, label: str, value: str) -> None:
    found = weigh(text, label, 0.7, asked="bedroom", value=value)
    assert (found.decision, found.value) == ("screening_answer", value)


def test_a_correction_is_an_answer_though_it_sounds_like_a_topic() -> None:
    found = weigh("sorry I meant two", "who/single", SURE, asked="children", value=2, corrects=True)
    assert (found.decision, found.value) == ("screening_answer", 2)


def test_what_answers_nothing_at_a_question_is_asked_again() -> None:
    found = weigh("kind of", FOREIGN, LIKELY, asked="smoking")
    assert (found.decision, found.intent, found.value) == ("fallback", "unclear", None)


@pytest.mark.parametrize(
    ("label", "confidence", "decision", "intent"),
    [
        ("who/single", SURE, "answer", "ask"),
        ("who/single", LIKELY, "clarify", "clarify"),
        ("who/single", FAINT, "fallback", "not_understood"),
        (FOREIGN, SURE, "fallback", "out_of_scope"),
        (FOREIGN, LIKELY, "fallback", "out_of_scope"),
        (FOREIGN, FAINT, "fallback", "not_understood"),
        ("greet", SURE, "command", "greet"),
        ("handoff", SURE, "handoff", "handoff"),
    ],
)
def test_without_a_question_the_confidence_decides(label: str, confidence: float, decision: str, intent: str) -> None:
    found = weigh("something typed", label, confidence)
    assert (found.decision, found.intent) == (decision, intent)


@pytest.mark.parametrize(
    ("text", "label", "confidence", "intent"),
    [
        ("Sarah", "greet", 0.45, "answer"),
        ("after 6 please", "process/how_long", 0.45, "answer"),
        ("how long does it take?", "process/how_long", 0.65, "ask"),
        ("stop", "stop", SURE, "stop"),
    ],
)
def test_where_any_text_is_an_answer_more_is_needed_to_leave_it(
    text: str, label: str, confidence: float, intent: str
) -> None:
    value = None if intent in ("ask", "stop") else text
    assert weigh(text, label, confidence, asked="contact_time", value=value, open_question=True).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "tuesday evening",
        "next week after 5",
        "tomorrow",
        "the week after next in the morning",
        "not before 3",
        "any evening",
        "the 8th",
        "first thing monday",
        "after christmas",
        "weekends only",
        "thurs or fri",
        "can you do tuesday evening?",
        "anything next week?",
    ],
)
def test_a_wish_for_a_time_is_an_answer_where_times_are_offered_whatever_topic_it_sounds_like(text: str) -> None:
    found = weigh(text, "service/opening_hours", SURE, asked="visit_slot", value=text, open_question=True)
    assert (found.decision, found.value) == ("screening_answer", text)


def test_a_question_about_something_else_is_answered_where_times_are_offered() -> None:
    assert (
        weigh("what happens at the visit?", "process/first_visit", SURE, asked="visit_slot", open_question=True).intent
        == "ask"
    )


@pytest.mark.parametrize("asked", [None, "bedroom", "visit_slot"])
def test_a_booking_is_changed_whatever_is_being_asked(asked: str | None) -> None:
    found = weigh(
        "cancel my booking",
        "change_booking",
        SURE,
        asked=asked,
        value="cancel my booking",
        open_question=asked == "visit_slot",
    )
    assert (found.decision, found.intent) == ("command", "change_booking")


def test_no_more_than_three_topics_are_offered_and_no_command_among_them() -> None:
    guesses: list[dict[str, Any]] = [
        {"label": name, "confidence": LIKELY} for name in ("who/a", "stop", "who/b", "who/c", "who/d")
    ]
    found = decide(hear(read("hm"), guesses, THRESHOLDS, None, None, open_question=False))
    assert [candidate["topic"] for candidate in found.candidates] == ["who/a", "who/b", "who/c"]


def test_nothing_guessed_is_not_understood() -> None:
    assert decide(hear(read("…"), [], THRESHOLDS, None, None, open_question=False)).intent == "not_understood"


def test_what_is_not_about_fostering_says_of_what_kind_it_is() -> None:
    assert weigh("you useless thing", "out_of_scope:insult", SURE).kind == "insult"


@pytest.mark.parametrize("asked", [None, "smoking"])
def test_a_message_in_other_letters_is_another_language_whatever_it_was_taken_for(asked: str | None) -> None:
    found = weigh("Чи можу я стати опікуном?", "who/immigration", SURE, asked=asked)
    assert (found.intent, found.kind) == ("out_of_scope", "other_language")


def test_an_insult_at_a_question_is_no_answer_and_is_told_so() -> None:
    found = weigh("get lost", "out_of_scope:insult", SURE, asked="smoking")
    assert (found.decision, found.intent, found.kind) == ("fallback", "out_of_scope", "insult")


def test_two_topics_close_together_are_asked_back_however_high_both_are() -> None:
    guesses = [{"label": "who/dogs", "confidence": 0.9}, {"label": "who/other_pets", "confidence": 0.88}]
    assert decide(hear(read("our animals"), guesses, THRESHOLDS, None, None, open_question=False)).decision == "clarify"


def asked_both(first: str, second: str, confidence: float = SURE) -> Decision:
    """Decide about a message with two questions, each of which is taken for a label."""
    questions = [[{"label": name, "confidence": confidence}] for name in (first, second)]
    doc = read("do you need a spare room and how much is the pay?")
    guesses = [{"label": first, "confidence": LIKELY}]
    return decide(hear(doc, guesses, THRESHOLDS, None, None, open_question=False, question_guesses=questions))


def test_two_questions_in_one_message_are_both_answered() -> None:
    found = asked_both("who/spare_bedroom", "money/allowance_amount")
    asked_for = (("who/spare_bedroom", None), ("money/allowance_amount", None))
    assert (found.decision, found.asked_for) == ("answer", asked_for)


def test_two_parts_of_one_topic_are_two_questions() -> None:
    questions = [[{"label": "who/spare_bedroom", "confidence": SURE, "part": part}] for part in ("size", "loft")]
    doc = read("how big must it be and can it be in the loft?")
    guesses = [{"label": "who/spare_bedroom", "confidence": SURE, "part": "size"}]
    found = decide(hear(doc, guesses, THRESHOLDS, None, None, open_question=False, question_guesses=questions))
    assert found.asked_for == (("who/spare_bedroom", "size"), ("who/spare_bedroom", "loft"))


def test_the_part_that_is_asked_for_is_the_one_answered() -> None:
    guesses = [{"label": "who/spare_bedroom", "confidence": SURE, "part": "loft"}]
    found = decide(hear(read("is a loft ok"), guesses, THRESHOLDS, None, None, open_question=False))
    assert found.asked_for == (("who/spare_bedroom", "loft"),)


def test_the_same_question_put_twice_is_one() -> None:
    assert asked_both("who/dogs", "who/dogs").asked_for == (("who/dogs", None),)


def test_two_questions_that_nobody_is_sure_of_are_not_answered() -> None:
    assert asked_both("who/dogs", "who/driving", LIKELY).asked_for == ()


@pytest.mark.parametrize(
    ("text", "label", "asked", "value", "decision"),
    [
        ("he vapes outside", FOREIGN, "smoking", "yes", "screening_answer"),
        ("report a noisy neighbour", FOREIGN, None, None, "fallback"),
        ("is it about my neighbour", "who/dogs", None, None, "answer"),
    ],
)
def test_what_is_faintly_disclosed_is_taken_for_what_else_it_is_and_told_beside_it(
    text: str, label: str, asked: str | None, value: Any, decision: str
) -> None:
    faint = {**DISCLOSED, "by": "model", "confidence": 0.7, "certainty": "faint"}
    found = weigh(text, label, SURE, asked=asked, value=value, disclosure=faint)
    assert (found.decision, found.told) == (decision, "faint")
    assert weigh(text, label, SURE, asked=asked, value=value, disclosure=DISCLOSED).decision == "disclosure"


@pytest.mark.parametrize(
    ("label", "asked", "value", "by", "confidence", "told"),
    [
        (FOREIGN, None, None, "model", 0.6, None),  # "you lot are useless idiots" is no threat
        (FOREIGN, None, None, "rule", 0.6, "faint"),
        (FOREIGN, "smoking", "yes", "model", 0.6, "faint"),
        ("who/dogs", None, None, "model", 0.6, "faint"),
    ],
)
def test_what_the_trained_part_hears_quietly_gives_way_to_what_is_surely_not_about_fostering(
    label: str, asked: str | None, value: Any, by: str, confidence: float, told: str | None
) -> None:
    disclosure = {**DISCLOSED, "by": by, "confidence": confidence, "certainty": "faint"}
    assert weigh("as it is", label, SURE, asked=asked, value=value, disclosure=disclosure).told == told


def test_gibberish_at_a_question_is_an_answer_that_was_not_understood() -> None:
    assert weigh("purple", "out_of_scope:gibberish", SURE, asked="bedroom").intent == "unclear"


@pytest.mark.parametrize(("text", "intent"), [("when are my bins collected?", "out_of_scope"), ("my bins", "unclear")])
def test_at_a_question_a_foreign_question_needs_less_than_a_foreign_statement(text: str, intent: str) -> None:
    assert weigh(text, "out_of_scope:council_service", 0.45, asked="smoking").intent == intent


@pytest.mark.parametrize(
    ("text", "category", "speaker", "asked", "value", "told"),
    [
        ("when do my kids come home?", "parent_needs_help", "parent", None, None, "faint"),
        ("i can't keep my kids safe any more", "parent_needs_help", "parent", None, None, "sure"),
        ("when can i leave care?", "user_is_child", "child", None, None, "faint"),
        ("my stepdad hits me, when can i leave?", "child_in_care_unhappy", "child", None, None, "sure"),
        (
            "nobody is in danger, i only want to know about getting him home",
            "domestic_abuse",
            None,
            None,
            None,
            "faint",
        ),
        ("34, and my husband hits me", "domestic_abuse", None, "age", 34, "sure"),
    ],
)
def test_what_the_trained_part_hears_weighs_less_where_the_words_say_otherwise(
    text: str, category: str, speaker: str | None, asked: str | None, value: Any, told: str
) -> None:
    heard_it = {"category": category, "by": "model", "confidence": 0.95, "certainty": "sure"}
    reading = {"question": asked, "value": value, "exact": False, "corrects": False} if asked else None
    guesses = [{"label": "who/dogs", "confidence": SURE}]
    found = decide(hear(read(text), guesses, THRESHOLDS, heard_it, reading, open_question=False, speaker=speaker))
    assert found.told == told
