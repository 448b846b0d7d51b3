"""Files of what people said to the questions, and what is told of mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from enquiry.datafiles.source import open_yaml
from enquiry.screening.answers_file import AnswersFile, answers_to_nothing
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT

CRITERIA = load_criteria(ROOT / "data" / "criteria.yml")


def mistakes(folder: Path, name: str, text: str) -> list[str]:
    file = folder / f"{name}.yml"
    file.write_text(text, encoding="utf-8")
    source = open_yaml(file)
    found = [*AnswersFile.check(source)[1], *answers_to_nothing(source, CRITERIA)]
    return [str(problem).replace(f"{folder}/", "") for problem in found]


def test_the_files_that_are_there_have_no_mistakes() -> None:
    files = sorted((ROOT / "data" / "answers").glob("*.yml"))
    assert len(files) > 40
    for file in files:
        source = open_yaml(file)
        assert [*AnswersFile.check(source)[1], *answers_to_nothing(source, CRITERIA)] == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("dgos", "heard_as: {}\n", "dgos.yml:1: there is no question 'dgos' to learn. Did you mean \"dogs\"?"),
        ("contact", "heard_as: {}\n", "contact.yml:1: there is no question 'contact' to learn."),
        (
            "dogs",
            "heard_as:\n  'no':\n    - none\n  maybe:\n    - perhaps\n",
            "dogs.yml:4: dogs has no answer 'maybe'.",
        ),
        ("dogs", "heard_as:\n  'no':\n    - none\n    - no\n", "dogs.yml:4: `heard_as` has false, which is no text."),
        (
            "dogs",
            "heard_as:\n  'no':\n    - None!\nasked_again:\n  - none\n",
            'dogs.yml:5: "none" stands here and in line 3',
        ),
        (
            "dogs",
            "heard_as: {}\nseveral:\n  - {text: both, means: ['yes', 'no']}\n",
            "dogs.yml:3: dogs takes one answer",
        ),
        (
            "ages",
            "heard_as: {}\nseveral:\n  - {text: any, means: ['0-4', tots]}\n",
            "ages.yml:3: ages has no answer 'tots'.",
        ),
        ("ages", "heard_as: {}\nheard: []\n", 'the file has the unknown key "heard"'),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    assert any(told in line for line in mistakes(tmp_path, name, text)), mistakes(tmp_path, name, text)


def test_an_answer_in_own_words_is_said_back_and_what_is_private_only_in_words_made_for_it() -> None:
    assert CRITERIA.question("household").said_back(3) == "Three adults"
    assert CRITERIA.question("household").said_back(7) == "Adults at home: 7"
    assert CRITERIA.question("ages").said_back(["0-4", "siblings"]) == "Ages in mind: 0 to 4, Brothers and sisters"
    assert CRITERIA.question("offences").said_back("no") == "I have put that down. You can still talk to us at any time"
    assert CRITERIA.question("offences").said_back("yes_talk") is None
