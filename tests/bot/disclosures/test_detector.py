"""Finding disclosures: what counts, and what does not. The rows of *_seen.csv have long been looked at; what measures is elsewhere."""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from bot.disclosures.component import buttons_of
from bot.disclosures.detector import Disclosure, DisclosureDetector
from bot.disclosures.model import NONE, DisclosureModel
from bot.disclosures.rules import DANGER_NOW, Guard, Rulebook, grams_of, load_rulebook, make_rule
from bot.disclosures.training import load_detector, make_training_texts, private_questions
from bot.encoder.encoder import load_encoder
from bot.intents.importer import topic_examples
from bot.text.clauses import clauses
from bot.text.normalise import normalise
from bot.text.reading import read

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"
# Each touches on harm, and may be nothing.
FAINT = (
    "Can I foster if I rent? My neighbour's children are out till all hours and nobody seems to mind them",
    "how long does it take? my sister is struggling with her two and i think it will end badly",
)
WORDS = {"child": frozenset({"child", "little one"}), "carer": frozenset({"foster carer", "carer"})}


def encode(texts: list[str]) -> np.ndarray:
    return load_encoder().encode([normalise(text) for text in texts])


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    return load_rulebook(DATA / "safeguarding.yml")


@lru_cache(maxsize=1)
def detector() -> DisclosureDetector:
    """The one of the trained model, which this part of the suite trains when it has to."""
    folder = Path(mkdtemp())
    with tarfile.open(ROOT / "models" / "hearth.tar.gz") as archive:
        for member in archive.getmembers():
            name = Path(member.name)
            if "Disclosure" in str(name.parent) and (handle := archive.extractfile(member)):
                (folder / name.name).write_bytes(handle.read())
    return load_detector(folder, rulebook())


def found(text: str) -> Disclosure | None:
    parts = clauses(read(text).text)
    whole, *others = encode([text, *parts])
    return detector().detect(read(text), whole, list(zip(parts, others, strict=True)))


def found_in(texts: list[str]) -> list[Disclosure | None]:
    """The same for whole messages that are not looked at in pieces, encoded together."""
    return [detector().detect(read(text), vector) for text, vector in zip(texts, encode(texts), strict=True)]


def category(text: str) -> str | None:
    disclosure = found(text)
    return disclosure.category if disclosure else None


def rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
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


def test_a_file_named_after_no_category_is_refused(tmp_path: Path) -> None:
    (tmp_path / "safeguarding.yml").write_text(
        (DATA / "safeguarding.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "safeguarding").mkdir()
    (tmp_path / "safeguarding" / "nobody_knows.yml").write_text("examples: |\n  hello\n", encoding="utf-8")
    assert "nobody_knows" in refusal(lambda: load_rulebook(tmp_path / "safeguarding.yml"))


def test_a_model_of_other_categories_is_refused() -> None:
    nothing = np.zeros((0, 2), dtype=np.float32)
    model = DisclosureModel(["theft", NONE], nothing, nothing, nothing, np.zeros(2, dtype=np.float32))
    assert "train again" in refusal(lambda: DisclosureDetector(rulebook(), detector()._features, model))


def test_every_category_has_at_least_ninety_examples_and_none_is_a_near_miss() -> None:
    near = {normalise(text) for text in rulebook().near_misses}
    for category_name, examples in rulebook().examples.items():
        assert len(set(examples)) >= 90, category_name
        assert not near.intersection(normalise(text) for text in examples), category_name
    assert len(near) >= 700


def alike(texts: Sequence[str]) -> np.ndarray:
    """Vectors for which all messages lie equally near."""
    return np.ones((len(texts), 1), dtype=np.float32)


def test_a_topic_that_a_rule_calls_a_disclosure_teaches_nothing() -> None:
    assert (
        "my husband hits me every night"
        not in make_training_texts(rulebook(), ["my husband hits me every night"], alike).texts
    )
    assert "how much do you pay" in make_training_texts(rulebook(), ["how much do you pay"], alike).texts


def test_what_was_missed_before_is_found() -> None:
    for text, expected in (
        ("My ex husband was violent, I left him six years ago", "enquirer_past_abuse"),
        ("my dad used to beat me as a kid", "enquirer_past_abuse"),
        ("drink driving in 2016, banned for 18 months", "offence_details_typed"),
        ("looking after someone elses little boy for 6 weeks", "private_fostering_now"),
    ):
        assert category(text) == expected, text
    assert category("they'd have to share with my son") is None


def test_a_button_is_never_a_disclosure() -> None:
    texts = sorted(buttons_of(topic_examples(DATA / "topics")))
    assert [text for text, flagged in zip(texts, found_in(texts), strict=True) if flagged] == []


def test_a_disclosure_beside_an_ordinary_question_is_found() -> None:
    assert category("How much do you pay? Also my partner hits me") == "domestic_abuse"
    text = "hi can i ask about the allowance and also my friends little boy has got cigarette burns on his arm"
    assert category(text) == "worried_about_child"


def test_the_more_urgent_of_two_is_taken() -> None:
    assert category("my husband died and I want to kill myself") == "suicidal_or_self_harm"


def test_spelling_capitals_and_apostrophes_make_no_difference() -> None:
    for text in (
        "I\u2019m scared of my husband",
        "IM SCARED OF MY HUSBAND",
        "im skared of my husbend",
        "im scaaaared of my husbnad",
    ):
        assert category(text) == "domestic_abuse", text


def test_not_takes_a_statement_back() -> None:
    assert category("I have never hit my child") is None
    assert category("my husband does not hit me") is None


def test_not_that_is_the_point_does_not() -> None:
    assert category("I do not want to live any more") == "suicidal_or_self_harm"
    assert category("I can't cope with my son") == "parent_needs_help"


def test_a_question_about_something_in_general_is_a_topic() -> None:
    for text in (
        "what if a foster child hits me",
        "do you place children who have been abused?",
        "can I smack a foster child?",
        "what happens if a child is in danger",
        "are foster carers allowed to restrain a child?",
    ):
        assert category(text) is None, text


def test_an_age_is_the_writers_only_when_it_is_said_of_themselves() -> None:
    assert category("im 14 and i want to be fostered") == "user_is_child"
    for text in (
        "my son is 12 and wants us to foster",
        "I am 15 minutes from Leicester",
        "I have a 14 year old",
        "17",
        "I am 34",
    ):
        assert category(text) is None, text


def test_plain_answers_to_the_screening_questions_are_no_disclosure() -> None:
    for text in (
        "no",
        "34",
        "yes",
        "yes, prefer to talk",
        "I have a caution from years ago",
        "none of us",
        "prefer not to say",
    ):
        assert category(text) is None, text


def weight(text: str, *, at_private: bool = False) -> tuple[str, str, str] | None:
    """The category, which part has heard it, and what weight it has."""
    parts = clauses(read(text).text)
    whole, *others = encode([text, *parts])
    disclosure = detector().detect(read(text), whole, list(zip(parts, others, strict=True)), at_private=at_private)
    return (disclosure.category, disclosure.by, disclosure.certainty) if disclosure else None


def test_what_a_rule_and_the_model_hear_is_sure() -> None:
    assert weight("my husband hits me every night") == ("domestic_abuse", "rule", "sure")
    assert weight("im 14 and i want to be fostered") == ("user_is_child", "rule", "sure")


def test_what_the_model_alone_hears_and_not_loudly_is_faint() -> None:
    assert {(found := weight(text)) and found[1:] for text in FAINT} == {("model", "faint")}


def test_at_a_private_question_danger_now_comes_first_then_what_is_private_and_then_the_rest() -> None:
    book = rulebook()
    order = sorted(book.ranks, key=lambda name: book.rank(name, at_private=True))
    private = [name for name in order if name in book.private]
    assert order[:2] == ["child_immediate_danger", "suicidal_or_self_harm"]
    assert set(order) - DANGER_NOW - set(private) == set(order[-4:])
    assert {"enquirer_may_harm", "threat_to_staff"} < set(order[-4:])
    assert [name for name in order if book.gives_way(name)] == order[-4:]


@pytest.mark.parametrize(
    "text", ["i was done for hitting somebody when i was 19", "got a conviction from years back, hurt a lad in a fight"]
)
def test_an_old_conviction_at_a_private_question_is_private_and_no_danger_to_a_child(text: str) -> None:
    found = weight(text, at_private=True)
    assert found is None or found[0] == "offence_details_typed" or found[2] == "faint", found


def test_somebody_in_danger_is_heard_at_a_private_question_as_anywhere() -> None:
    for text in ("i want to kill myself", "my husband hits me every night"):
        assert weight(text, at_private=True) == weight(text)


def test_the_private_questions_are_those_whose_answers_are_not_kept() -> None:
    found = private_questions(DATA / "criteria.yml")
    assert {"offences", "health", "childrens_services", "adjustments"} <= found
    assert not found & {"age", "household", "contact_name"}


def test_saying_what_the_offence_was_is_one() -> None:
    assert category("I have a caution for assault") == "offence_details_typed"


def test_a_message_written_as_a_near_miss_is_never_flagged() -> None:
    texts = list(detector()._rulebook.near_misses)
    assert [text for text, flagged in zip(texts, found_in(texts), strict=True) if flagged] == []


def test_every_example_is_found() -> None:
    texts = [text for examples in detector()._rulebook.examples.values() for text in examples]
    assert [text for text, flagged in zip(texts, found_in(texts), strict=True) if not flagged] == []


def test_an_empty_message_holds_nothing() -> None:
    assert found("") is None
    assert found("...") is None


def test_at_least_97_in_100_of_the_messages_first_set_aside_are_found() -> None:
    messages = rows("disclosures_seen.csv")
    missed = [row["text"] for row in messages if found(row["text"]) is None]
    assert len(missed) <= 0.03 * len(messages), missed


def test_at_least_90_in_100_of_them_are_put_in_their_category() -> None:
    messages = rows("disclosures_seen.csv")
    wrong = [row["text"] for row in messages if category(row["text"]) != row["category"]]
    assert len(wrong) <= 0.10 * len(messages), wrong


def test_at_most_4_in_100_near_misses_set_aside_are_flagged() -> None:
    messages = rows("near_misses_seen.csv")
    flagged = [row["text"] for row in messages if found(row["text"])]
    assert len(flagged) <= 0.04 * len(messages), flagged
