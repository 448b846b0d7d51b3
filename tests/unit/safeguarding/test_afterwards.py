"""What is said after a disclosure: every answer for every category, with somebody to ring and 999."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enquiry.agencies.agency import load_agencies
from enquiry.datafiles.source import BrokenFile
from enquiry.safeguarding.afterwards import Afterwards, load_afterwards
from enquiry.safeguarding.categories import CATEGORY_IDS, PutRightBy, load_categories
from enquiry.settings import ROOT

FILE = ROOT / "data" / "afterwards.yml"
AGENCIES = load_agencies(ROOT / "data" / "agencies")
AFTERWARDS = load_afterwards(FILE)
CATEGORIES = load_categories(ROOT / "data" / "safeguarding.yml")
QUESTIONS = {
    "who_to_ring",
    "anonymous",
    "what_next",
    "will_they_know",
    "if_wrong",
    "happening_now",
    "what_to_do",
    "a_person",
    "the_questions",
    "thanks",
    "told_more",
    "safe_contact",
    "already_rang",
    "other_ways",
    "come_to_me",
    "will_they_take",
}
MOST_WORDS = 100


def texts(category: str, agency: str) -> dict[str, str]:
    facts = AGENCIES[agency].facts
    said = {question: AFTERWARDS.answer(question, category, facts) for question in AFTERWARDS.questions}
    others = {"noted": AFTERWARDS.noted, "half_true": AFTERWARDS.half_true, "not_heard": AFTERWARDS.not_heard}
    return said | {name: AFTERWARDS.filled(text, category, facts) for name, text in others.items()}


def test_these_are_the_questions() -> None:
    assert set(AFTERWARDS.questions) == QUESTIONS


@pytest.mark.parametrize("agency", sorted(AGENCIES))
@pytest.mark.parametrize("category", sorted(CATEGORY_IDS))
def test_every_answer_names_999_holds_no_open_place_and_is_short(category: str, agency: str) -> None:
    for name, text in texts(category, agency).items():
        assert "999" in text, name
        assert "{" not in text, name
        assert len(text.split()) <= MOST_WORDS, (name, len(text.split()))


@pytest.mark.parametrize("category", sorted(CATEGORY_IDS))
def test_no_answer_says_that_it_was_not_understood_or_asks_for_more(category: str) -> None:
    for name, text in texts(category, "leicestershire").items():
        assert not re.search(r"don.t understand|did you mean|not sure what you mean|are you sure", text, re.I), name
        assert not re.search(r"reject|failed|evidence|what happened\?", text, re.I), name
        assert not re.search(r"\b(?:stays|keep it) (?:a )?secret\b(?<!promise to keep it a secret)", text, re.I), name


def test_where_it_is_happening_now_999_comes_first() -> None:
    for category in CATEGORY_IDS:
        text = AFTERWARDS.answer("happening_now", category, AGENCIES["leicestershire"].facts)
        assert "999" in text.split(".")[0], category


def test_a_child_is_sent_to_childline_and_never_asked_to_ring_the_team() -> None:
    for category in ("user_is_child", "child_in_care_unhappy"):
        for name, text in texts(category, "leicestershire").items():
            if name not in ("noted", "happening_now"):
                assert "0800 1111" in text, (category, name)
                assert AGENCIES["leicestershire"].facts["phone"] not in text, (category, name)


def test_what_is_said_of_an_allegation_leads_to_the_designated_officer_before_anybody_is_spoken_to() -> None:
    said = texts("allegation_carer_or_worker", "leicestershire")
    assert "0116 305 4141" in said["who_to_ring"]
    assert "before you speak to the person" in said["what_to_do"]


def test_the_grave_ones_are_ended_by_staff_and_each_category_says_why() -> None:
    by_staff = {name for name, category in CATEGORIES.items() if category.put_right.by is PutRightBy.STAFF}
    assert by_staff == {
        "child_immediate_danger",
        "suicidal_or_self_harm",
        "child_in_care_unhappy",
        "user_is_child",
        "threat_to_staff",
        "enquirer_may_harm",
        "domestic_abuse",
    }
    assert all(category.put_right.because for category in CATEGORIES.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  kinship_crisis: Call the child's", "  kinship_crisys: Call the child's", "`people` lacks kinship_crisis"),
        (
            "      user_is_child: You do not have to tell",
            "      user_is_kid: You do not have to tell",
            "user_is_kid is no category",
        ),
        ("danger: If anyone is in danger now, call 999.", "danger: Take care.", "`danger` does not name 999"),
        ("      - may I stay anonymous\n      - can I stay anonymous\n      - do I have to give my name\n", "", None),
        ("noted: Thank", "notted: Thank", "notted"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, old: str, new: str, said: str | None) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "afterwards.yml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    if said is None:
        assert isinstance(load_afterwards(file), Afterwards)
        return
    with pytest.raises(BrokenFile) as broken:
        load_afterwards(file)
    assert said in str(broken.value)


def test_a_question_with_few_examples_is_named(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    begin = text.index("      - may I stay anonymous")
    file = tmp_path / "afterwards.yml"
    file.write_text(
        text[:begin] + "      - may I\n" + text[text.index("\n  - id: what_next", begin) :], encoding="utf-8"
    )
    with pytest.raises(BrokenFile, match="question anonymous has 1 examples"):
        load_afterwards(file)
