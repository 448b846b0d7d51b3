"""Finding disclosures: what counts, what does not, and how well it does on messages it was not written from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.disclosure_rules import Guard, grams_of, load_rulebook, make_rule
from bot.disclosures import Disclosure, DisclosureDetector
from bot.encoder import load_encoder
from bot.reading import read

ROOT = Path(__file__).parents[2]
UNDERSTANDING = ROOT / "tests" / "understanding"
WORDS = {"child": frozenset({"child", "little one"}), "carer": frozenset({"foster carer", "carer"})}


def encode(texts: list[str]) -> np.ndarray:
    return load_encoder().encode([" ".join(text.lower().split()) for text in texts])


@lru_cache(maxsize=1)
def detector() -> DisclosureDetector:
    rulebook = load_rulebook(ROOT / "data" / "safeguarding.yml")
    vectors = {category: encode(list(examples)) for category, examples in rulebook.examples.items()}
    return DisclosureDetector(rulebook, vectors, encode(list(rulebook.near_misses)))


def found(text: str) -> Disclosure | None:
    return detector().detect(read(text), encode([text])[0])


def category(text: str) -> str | None:
    disclosure = found(text)
    return disclosure.category if disclosure else None


def rows(name: str) -> list[dict[str, str]]:
    with (UNDERSTANDING / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stands_in(pattern: str, text: str) -> bool:
    rule = make_rule("any", Guard.ALWAYS, pattern, WORDS)
    return any(True for _ in rule.spans(grams_of(text.split())))


def test_a_list_may_hold_phrases_and_a_gap_holds_up_to_three_words() -> None:
    assert stands_in("@carer .. hits @child", "the foster carer often just hits little one")
    assert not stands_in("@carer .. hits", "carer one two three four hits")


def test_an_excluded_word_and_an_optional_one() -> None:
    assert stands_in("am 15 !weeks", "am 15 $")
    assert not stands_in("am 15 !weeks", "am 15 weeks")
    assert stands_in("am only? 15", "am 15")
    assert stands_in("am only? 15", "am only 15")


def refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except ValueError as error:
        return str(error)
    return ""


def test_an_unknown_word_list_is_refused() -> None:
    assert "@nobody_knows" in refusal(lambda: make_rule("any", Guard.ALWAYS, "@nobody_knows", WORDS))


def test_vectors_of_another_training_are_refused() -> None:
    rulebook = load_rulebook(ROOT / "data" / "safeguarding.yml")
    nothing = np.zeros((0, 384), dtype=np.float32)
    assert "train again" in refusal(lambda: DisclosureDetector(rulebook, {}, nothing))


def test_a_disclosure_beside_an_ordinary_question_is_found() -> None:
    assert category("How much do you pay? Also my partner hits me") == "domestic_abuse"
    text = "hi can i ask about the allowance and also my friends little boy has got cigarette burns on his arm"
    assert category(text) == "worried_about_child"


def test_the_more_urgent_of_two_is_taken() -> None:
    assert category("my husband died and I want to kill myself") == "suicidal_or_self_harm"


def test_spelling_capitals_and_apostrophes_make_no_difference() -> None:
    for text in ("I\u2019m scared of my husband", "IM SCARED OF MY HUSBAND", "im skared of my husbend", "im scaaaared of my husbnad"):
        assert category(text) == "domestic_abuse", text


def test_not_takes_a_statement_back() -> None:
    assert category("I have never hit my child") is None
    assert category("my husband does not hit me") is None


def test_not_that_is_the_point_does_not() -> None:
    assert category("I do not want to live any more") == "suicidal_or_self_harm"
    assert category("I can't cope with my son") == "parent_needs_help"


def test_a_question_about_something_in_general_is_a_topic() -> None:
    for text in ("what if a foster child hits me", "do you place children who have been abused?", "can I smack a foster child?",
                 "what happens if a child is in danger", "are foster carers allowed to restrain a child?"):
        assert category(text) is None, text


def test_an_age_is_the_writers_only_when_it_is_said_of_themselves() -> None:
    assert category("im 14 and i want to be fostered") == "user_is_child"
    for text in ("my son is 12 and wants us to foster", "I am 15 minutes from Leicester", "I have a 14 year old", "17", "I am 34"):
        assert category(text) is None, text


def test_plain_answers_to_the_screening_questions_are_no_disclosure() -> None:
    for text in ("no", "34", "yes", "yes, prefer to talk", "I have a caution from years ago", "none of us", "prefer not to say"):
        assert category(text) is None, text


def test_saying_what_the_offence_was_is_one() -> None:
    assert category("I have a caution for assault") == "offence_details_typed"


def test_a_message_written_as_a_near_miss_is_never_flagged() -> None:
    for text in detector()._rulebook.near_misses:
        assert found(text) is None, text


def test_every_example_is_found() -> None:
    for examples in detector()._rulebook.examples.values():
        for text in examples:
            assert found(text) is not None, text


def test_an_empty_message_holds_nothing() -> None:
    assert found("") is None
    assert found("...") is None


def test_at_least_97_in_100_of_the_messages_set_aside_are_found() -> None:
    messages = rows("disclosures.csv")
    missed = [row["text"] for row in messages if found(row["text"]) is None]
    assert len(missed) <= 0.03 * len(messages), missed


def test_at_least_90_in_100_of_them_are_put_in_their_category() -> None:
    messages = rows("disclosures.csv")
    wrong = [row["text"] for row in messages if category(row["text"]) != row["category"]]
    assert len(wrong) <= 0.10 * len(messages), wrong


def test_at_most_4_in_100_near_misses_set_aside_are_flagged() -> None:
    messages = rows("near_misses.csv")
    flagged = [row["text"] for row in messages if found(row["text"])]
    assert len(flagged) <= 0.04 * len(messages), flagged
