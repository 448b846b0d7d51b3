"""The rules of the decision one by one, and which of them wins over which."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.decision.decide import RULES, Decision, decide
from bot.decision.heard import After, Certainty, Heard, hear
from bot.intents.thresholds import Thresholds
from bot.text.reading import read

THRESHOLDS = Thresholds(answer=0.6, clarify=0.4, lead=0.05)
OFFERED = ({"topic": "who/dogs", "confidence": 0.5},)
TWO_ON_A_DAY = {"event_places": 2, "day": True}
BY_NAME = {rule.name: rule for rule in RULES}


def heard(label: str = "out_of_scope:chit_chat", confidence: float = 0.2, **more: Any) -> Heard:
    """What was heard; ahead where the confidence is high."""
    return Heard(label, confidence, **{"ahead": confidence >= THRESHOLDS.answer, "thresholds": THRESHOLDS, **more})


def at_question(
    value: Any = None, label: str = "out_of_scope:chit_chat", confidence: float = 0.2, **more: Any
) -> Heard:
    return heard(label, confidence, at_question=True, value=value, **more)


def test_the_rules_stand_in_this_order_and_the_last_always_applies() -> None:
    assert [rule.name for rule in RULES] == [
        "button",
        "plain_wish",
        "puts_right",
        "what_comes_next",
        "told_again",
        "disclosure",
        "half_true",
        "other_language",
        "correction",
        "command_at_any_time",
        "answer",
        "asks_to_come",
        "several_questions",
        "topic",
        "question_beside_small_talk",
        "command",
        "after_a_faint_one",
        "question_in_a_story",
        "wish_in_passing",
        "would_rather_talk",
        "out_of_scope",
        "answers_nothing",
        "near_a_topic",
        "not_understood",
    ]
    assert len(BY_NAME) == len(RULES)
    assert RULES[-1].applies(heard())
    assert RULES[-1].applies(at_question("yes", exact=True))


def after(*, sure: bool = True, category: str = "worried_about_child", **more: Any) -> After:
    return After(category, sure, **more)


APPLIES: list[tuple[str, Heard, dict[str, Any]]] = [
    ("button", at_question("yes", exact=True), {"intent": "answer", "value": "yes"}),
    ("plain_wish", at_question("Go Back", plain="go_back"), {"decision": "command", "intent": "go_back", "told": None}),
    ("button", at_question("yes", exact=True, confirms=True), {"intent": "confirm", "value": "yes"}),
    ("answers_nothing", at_question(confirms=True), {"intent": "not_understood"}),
    ("disclosure", heard(disclosed="sure"), {"decision": "disclosure", "value": None, "told": "sure"}),
    ("disclosure", at_question("yes", disclosed="sure"), {"decision": "disclosure", "value": None}),
    (
        "disclosure",
        at_question("Sam", disclosed="sure", open_question=True, asked_again=True),
        {"decision": "disclosure", "value": None},
    ),
    ("puts_right", heard(after=after(denies="true")), {"intent": "put_right", "told": None}),
    (
        "puts_right",
        heard(after=after(denies="true", sure=False), disclosed="faint"),
        {"intent": "put_right", "told": None},
    ),
    (
        "puts_right",
        heard("who/dogs", 0.9, asks=True, after=after(denies="true")),
        {"intent": "put_right", "asked_for": (("who/dogs", None),)},
    ),
    ("puts_right", at_question("no", after=after(denies="true", says_so=True)), {"intent": "put_right"}),
    (
        "what_comes_next",
        heard("process/steps", 0.9, after=after(asks="what_next", ahead=True)),
        {"intent": "after_disclosure", "asks": "what_next"},
    ),
    ("what_comes_next", heard("handoff", 0.9, after=after(asks="a_person")), {"asks": "a_person"}),
    (
        "what_comes_next",
        heard(disclosed="sure", told_again=True, after=after(asks="if_wrong", ahead=True)),
        {"asks": "if_wrong", "told": "sure"},
    ),
    (
        "told_again",
        heard(disclosed="sure", told_again=True, after=after()),
        {"intent": "after_disclosure", "asks": "told_more", "told": "sure"},
    ),
    ("half_true", heard(after=after(denies="half")), {"intent": "after_disclosure", "asks": "half_true"}),
    ("after_a_faint_one", heard(after=after(sure=False, asks="what_to_do", ahead=True)), {"asks": "what_to_do"}),
    ("other_language", heard(other_letters=True), {"intent": "out_of_scope", "kind": "other_language"}),
    ("correction", at_question(2, corrects=True), {"intent": "answer", "value": 2}),
    ("command_at_any_time", heard("stop", 0.9), {"decision": "command", "intent": "stop"}),
    ("command_at_any_time", heard("handoff", 0.9), {"decision": "handoff", "intent": "handoff"}),
    ("command_at_any_time", at_question("no", "stop", 0.8), {"intent": "stop"}),
    ("answer", at_question("yes"), {"decision": "screening_answer", "value": "yes"}),
    ("answer", at_question("Purple", "who/dogs", 0.7, open_question=True, asked_again=True), {"value": "Purple"}),
    ("command_at_any_time", at_question("Come", "book_event", 0.9, asked_again=True), {"intent": "book_event"}),
    (
        "answer",
        at_question("tuesday?", "who/dogs", 0.9, open_question=True, asks=True, names_a_time=True),
        {"value": "tuesday?"},
    ),
    (
        "several_questions",
        heard(questions=(("who/dogs", None), ("who/cats", None))),
        {"asked_for": (("who/dogs", None), ("who/cats", None))},
    ),
    ("topic", heard("who/dogs", 0.9), {"intent": "ask", "asked_for": (("who/dogs", None),)}),
    ("topic", at_question(None, "who/dogs", 0.5), {"asked_for": (("who/dogs", None),)}),
    ("command", heard("greet", 0.9), {"decision": "command", "intent": "greet"}),
    ("would_rather_talk", at_question(wants_a_person=True), {"decision": "handoff", "intent": "handoff"}),
    ("out_of_scope", heard("out_of_scope:insult", 0.4), {"intent": "out_of_scope", "kind": "insult"}),
    ("out_of_scope", at_question(None, "out_of_scope:insult", 0.6), {"kind": "insult"}),
    ("answers_nothing", at_question(), {"decision": "fallback", "intent": "unclear"}),
    (
        "question_beside_small_talk",
        heard("thanks", 0.9, questions=(("who/dogs", "how_many"),)),
        {"intent": "ask", "asked_for": (("who/dogs", "how_many"),)},
    ),
    (
        "question_in_a_story",
        heard("who/dogs", 0.3, questions=(("who/dogs", None),), candidates=OFFERED),
        {"intent": "ask", "asked_for": (("who/dogs", None),)},
    ),
    ("wish_in_passing", heard("who/dogs", 0.3, wish="book_event"), {"intent": "book_event", "decision": "command"}),
    ("wish_in_passing", heard("who/dogs", 0.3, wish="handoff"), {"intent": "handoff", "decision": "handoff"}),
    ("wish_in_passing", at_question(None, wish="send_link"), {"intent": "send_link"}),
    ("asks_to_come", heard("who/dogs", 0.5, candidates=OFFERED, coming=TWO_ON_A_DAY), {"intent": "book_event"}),
    ("answers_nothing", at_question(asks=True, coming=TWO_ON_A_DAY), {"intent": "unclear"}),
    ("near_a_topic", heard("who/dogs", 0.5, candidates=OFFERED), {"decision": "clarify", "candidates": OFFERED}),
    ("not_understood", heard(), {"decision": "fallback", "intent": "not_understood"}),
    ("not_understood", at_question(asks=True), {"decision": "fallback", "intent": "unclear"}),
]


@pytest.mark.parametrize(("name", "said", "expected"), APPLIES)
def test_a_rule_decides_what_it_is_for_and_its_name_is_kept(name: str, said: Heard, expected: dict[str, Any]) -> None:
    found = decide(said)
    assert found.rule == name
    assert {key: getattr(found, key) for key in expected} == expected


def test_every_rule_is_tested_by_its_name() -> None:
    assert {name for name, _, _ in APPLIES} == set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "disclosure",
            at_question("Fair", disclosed="faint", open_question=True, asked_again=True),
        ),  # a name after all
        ("other_language", at_question("\u674e", other_letters=True, asked_again=True)),
        ("disclosure", at_question("yes", disclosed="faint")),
        ("disclosure", heard("out_of_scope:council_service", 0.9, disclosed="faint")),  # a noisy neighbour
        ("disclosure", heard(disclosed="faint")),
        ("plain_wish", heard("forget_me", 0.9)),
        ("correction", at_question(None, corrects=True)),
        ("command_at_any_time", heard("stop", 0.5)),
        ("command_at_any_time", at_question("no", "stop", 0.7)),
        ("command_at_any_time", at_question("no", "book_event", 0.9)),
        ("command_at_any_time", at_question("prefer_to_talk", "handoff", 0.99, wants_a_person=True, prefers=True)),
        ("command_at_any_time", at_question("prefer_to_talk", "handoff", 0.78, wants_a_person=True)),
        ("answer", at_question("yes", "who/dogs", 0.9, asks=True)),
        ("answer", at_question("ok", "who/dogs", 0.9, open_question=True)),  # names no time
        ("answer", at_question("Faith?", "who/faith", 0.7, open_question=True, asked_again=True, asks=True)),
        ("answer", at_question("The money", "money/pay", 0.9, open_question=True, asked_again=True)),
        ("several_questions", heard(questions=("who/dogs",))),
        ("topic", heard("who/dogs", 0.5)),
        ("topic", at_question(None, "who/dogs", 0.45)),
        ("question_beside_small_talk", heard("thanks", 0.9)),
        ("question_beside_small_talk", heard("stop", 0.9, questions=(("who/dogs", None),))),
        ("question_in_a_story", heard(questions=(("who/dogs", None),))),  # the message sounds like something else
        ("wish_in_passing", at_question(None, wish="greet")),
        ("wish_in_passing", heard("who/dogs", 0.3)),
        ("would_rather_talk", heard(wants_a_person=True)),
        ("out_of_scope", at_question(None, "out_of_scope:gibberish", 0.9)),
        ("out_of_scope", at_question(None, "out_of_scope:insult", 0.5)),
        ("answers_nothing", at_question(asks=True)),
        ("asks_to_come", heard(coming={"event_places": 2})),
        ("asks_to_come", heard(coming={"day": True})),
        (
            "asks_to_come",
            heard("out_of_scope:chit_chat", 0.9, coming=TWO_ON_A_DAY),
        ),  # "two of us went to the zoo on Saturday"
        ("asks_to_come", heard("life/holidays", 0.9, coming=TWO_ON_A_DAY)),
        ("near_a_topic", heard("who/dogs", 0.3, candidates=({"topic": "who/dogs", "confidence": 0.3},))),
        ("near_a_topic", heard("out_of_scope:insult", 0.3, candidates=OFFERED)),
    ],
)
def test_a_rule_leaves_alone_what_it_is_not_for(name: str, said: Heard) -> None:
    assert not BY_NAME[name].applies(said)


@pytest.mark.parametrize(
    ("winner", "loser", "said"),
    [
        ("button", "disclosure", at_question("yes", exact=True, disclosed="sure")),
        ("button", "plain_wish", at_question("skip", exact=True, plain="leave_out")),
        ("plain_wish", "answer", at_question("Go Back", plain="go_back", open_question=True)),
        ("plain_wish", "correction", at_question(2, corrects=True, plain="go_back")),
        ("button", "command_at_any_time", at_question("prefer_to_talk", "handoff", 0.9, exact=True)),
        ("disclosure", "other_language", heard(disclosed="sure", other_letters=True)),
        ("disclosure", "correction", at_question(2, corrects=True, disclosed="sure")),
        ("disclosure", "command_at_any_time", heard("stop", 0.9, disclosed="sure")),
        ("disclosure", "answer", at_question("yes", disclosed="sure")),
        ("disclosure", "topic", heard("who/dogs", 0.9, disclosed="sure")),
        ("other_language", "correction", at_question(2, corrects=True, other_letters=True)),
        ("other_language", "topic", heard("who/immigration", 0.9, other_letters=True)),
        ("correction", "command_at_any_time", at_question("no", "stop", 0.9, corrects=True)),
        ("correction", "topic", at_question(2, "who/single", 0.9, corrects=True)),
        ("command_at_any_time", "answer", at_question("no", "stop", 0.9)),
        (
            "command_at_any_time",
            "several_questions",
            heard("why", 0.9, questions=(("who/dogs", None), ("who/cats", None))),
        ),
        ("answer", "several_questions", at_question("yes", questions=(("who/dogs", None), ("who/cats", None)))),
        ("answer", "topic", at_question("yes", "who/smoking", 0.9)),
        ("answer", "command", at_question("no", "thanks", 0.9)),
        ("answer", "would_rather_talk", at_question("prefer_to_talk", wants_a_person=True)),
        ("answer", "out_of_scope", at_question("yes", "out_of_scope:insult", 0.9)),
        ("several_questions", "topic", heard("who/dogs", 0.9, questions=(("who/dogs", None), ("who/cats", None)))),
        ("several_questions", "command", heard("greet", 0.9, questions=(("who/dogs", None), ("who/cats", None)))),
        ("topic", "wish_in_passing", heard("who/dogs", 0.9, wish="handoff")),
        ("question_beside_small_talk", "command", heard("thanks", 0.9, questions=(("who/dogs", None),))),
        (
            "question_in_a_story",
            "wish_in_passing",
            heard("who/dogs", 0.3, questions=(("who/dogs", None),), candidates=OFFERED, wish="handoff"),
        ),
        ("wish_in_passing", "near_a_topic", heard("who/dogs", 0.5, candidates=OFFERED, wish="book_event")),
        ("topic", "would_rather_talk", at_question(None, "who/dogs", 0.9, wants_a_person=True)),
        ("topic", "near_a_topic", heard("who/dogs", 0.9, candidates=OFFERED)),
        ("command", "would_rather_talk", at_question(None, "thanks", 0.9, wants_a_person=True)),
        ("command", "near_a_topic", heard("greet", 0.9, candidates=OFFERED)),
        ("would_rather_talk", "out_of_scope", at_question(None, "out_of_scope:insult", 0.9, wants_a_person=True)),
        ("would_rather_talk", "answers_nothing", at_question(wants_a_person=True)),
        ("out_of_scope", "answers_nothing", at_question(None, "out_of_scope:insult", 0.9)),
        ("answers_nothing", "near_a_topic", at_question(None, "who/dogs", 0.45, candidates=OFFERED)),
        ("asks_to_come", "topic", heard("process/event_what", 0.9, coming=TWO_ON_A_DAY)),
        ("asks_to_come", "near_a_topic", heard("who/dogs", 0.5, candidates=OFFERED, coming=TWO_ON_A_DAY)),
        ("near_a_topic", "not_understood", heard("who/dogs", 0.5, candidates=OFFERED)),
    ],
)
def test_where_two_rules_apply_the_first_wins(winner: str, loser: str, said: Heard) -> None:
    assert BY_NAME[loser].applies(said), "the table is wrong: this rule does not apply"
    assert decide(said).rule == winner


@pytest.mark.parametrize(
    ("name", "said", "_"),
    [row for row in APPLIES if row[0] not in ("button", "plain_wish", "disclosure", "told_again", "puts_right")],
)
def test_a_faint_disclosure_stands_beside_whatever_else_is_decided(name: str, said: Heard, _: dict[str, Any]) -> None:
    found = decide(replace(said, disclosed="faint"))
    assert (found.rule, found.told) == (name, "faint")


@pytest.mark.parametrize("disclosed", ["sure", "faint"])
def test_nothing_is_told_by_a_button_or_a_plain_wish(disclosed: Certainty) -> None:
    assert decide(at_question("yes", exact=True, disclosed=disclosed)).told is None
    assert decide(heard(plain="forget_me", disclosed=disclosed)).told is None


def test_the_decision_says_how_sure_the_best_guess_was() -> None:
    assert decide(heard("who/dogs", 0.912345)) == Decision(
        "answer", "ask", 0.9123, asked_for=(("who/dogs", None),), rule="topic"
    )


def test_questions_that_stand_beside_a_command_are_answered_before_it_is_obeyed() -> None:
    asked = (("who/dogs", None), ("money/tax", None))
    assert decide(heard("send_link", 0.9, questions=asked[:1])).asked_for == asked[:1]
    assert decide(at_question(None, "handoff", 0.9, questions=asked)).asked_for == asked


def test_a_wish_beside_an_answer_is_kept_and_one_beside_a_command_is_not() -> None:
    assert decide(heard("who/dogs", 0.9, wish="book_event")).wish == "book_event"
    assert decide(heard("stop", 0.9, wish="book_event")).wish is None


def test_a_button_asks_and_wishes_nothing_beside_itself() -> None:
    found = decide(at_question("yes", exact=True, wish="stop", questions=(("who/dogs", None),)))
    assert (found.asked_for, found.wish) == ((), None)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (at_question("no", after=after(denies="true")), "answer"),  # "no I haven't", where offences are asked
        (heard(disclosed="sure", after=after(asks="what_to_do", ahead=True)), "disclosure"),  # something new was told
        (heard(disclosed="sure", after=after(denies="half")), "disclosure"),
        (heard("money/tax", 0.9, after=after(asks="what_next")), "topic"),  # likelier a question about fostering
        (heard("money/tax", 0.9, after=after(sure=False, asks="what_next", ahead=True)), "topic"),
        (heard("handoff", 0.9, after=after(sure=False, asks="a_person", ahead=True)), "command_at_any_time"),
        (heard(after=after(sure=False, denies="half")), "not_understood"),  # a faint one stops nothing
        (heard("money/tax", 0.9, asks=True, after=after(denies="half")), "topic"),
        (at_question("yes", after=after(asks="thanks", ahead=True)), "answer"),
        (heard(disclosed="sure", told_again=True, after=after(sure=False)), "disclosure"),  # only a line was said
        (heard(after=after(sure=False, asks="told_more", ahead=True)), "not_understood"),
        (heard(after=None), "not_understood"),
    ],
)
def test_what_is_asked_or_denied_after_a_disclosure_gives_way(said: Heard, rule: str) -> None:
    assert decide(said).rule == rule


@pytest.mark.parametrize(
    ("by", "certainty", "denies"),
    [("rule", "sure", "half"), ("rule", "faint", "half"), ("model", "sure", "half"), ("model", "faint", "true")],
)
def test_a_denial_that_surely_tells_something_is_half_a_denial(by: str, certainty: str, denies: str) -> None:
    found = {"category": "domestic_abuse", "by": by, "confidence": 0.7, "certainty": certainty}
    said = hear(read("im fine"), [], THRESHOLDS, found, None, open_question=False, after=after(denies="true"))
    assert said.after is not None
    assert said.after.denies == denies
    assert not said.told_again


FOUND = {"category": "domestic_abuse", "by": "model", "confidence": 0.99, "certainty": "sure"}


@pytest.mark.parametrize(
    ("told_before", "found", "category", "certainty"),
    [
        ("kinship_crisis", FOUND, "domestic_abuse", "faint"),
        ("kinship_crisis", {**FOUND, "by": "rule"}, "domestic_abuse", "sure"),
        ("domestic_abuse", FOUND, "domestic_abuse", "sure"),
        ("user_is_child", FOUND, "user_is_child", "sure"),
        ("user_is_child", {**FOUND, "by": "rule"}, "user_is_child", "sure"),
        (
            "user_is_child",
            {**FOUND, "by": "rule", "category": "child_immediate_danger"},
            "child_immediate_danger",
            "sure",
        ),
        ("child_in_care_unhappy", {**FOUND, "category": "suicidal_or_self_harm"}, "suicidal_or_self_harm", "faint"),
    ],
)
def test_what_is_told_next_adds_to_what_was_surely_told_and_takes_nothing_over_by_a_guess(
    told_before: str, found: dict[str, Any], category: str, certainty: str
) -> None:
    beside = after(category=told_before).beside(found)
    assert beside is not None
    assert (beside["category"], beside["certainty"]) == (category, certainty)
    assert after(category=told_before, sure=False).beside(found) == found


@pytest.mark.parametrize(
    ("category", "confidence", "told"),
    [("threat_to_staff", 0.7, None), ("threat_to_staff", 0.85, "faint"), ("suicidal_or_self_harm", 0.3, "faint")],
)
def test_a_command_is_no_faint_threat(category: str, confidence: float, told: str | None) -> None:
    found = {"category": category, "by": "model", "confidence": confidence, "certainty": "faint"}
    guesses = [{"label": "stop", "confidence": 0.9}, {"label": "who/pets", "confidence": 0.1}]
    said = hear(read("stop there for tonight"), guesses, THRESHOLDS, found, None, open_question=False)
    assert said.disclosed == told
