"""Wishes about the conversation itself: heard in plain words whatever is being asked, and in nothing else."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path
from typing import Any

import pytest

from bot.decision.decide import decide
from bot.decision.heard import hear
from bot.decision.wishes import plain_wish
from bot.intents.thresholds import Thresholds
from bot.text.normalise import normalise
from bot.text.reading import read

ROOT = Path(__file__).parents[3]
THRESHOLDS = Thresholds(answer=0.6, clarify=0.4, lead=0.05)
SAID = {
    "go_back": """
        go back | Go back please | can I go back | back | previous question | can we go back one | undo that
        sorry can you go back to the last question | I want to answer the previous question again | take me back a step
        oops I pressed the wrong button | Could I go back to the question before? | hang on, go back""",
    "how_many_left": """
        how many questions are left | how many questions left? | how many more questions are there | how many are left
        how much longer is this | how many to go | are we nearly done? | nearly finished? | is there much more
        what question am I on | how far am I | sorry how many more of these are there | how many questions are there in total
        hi, how many questions have I got left to answer please""",
    "what_is_kept": """
        what have you got down for me | What have you got down for me so far? | what do you have on me | show me my answers
        can I see my answers | what did I say | what have I told you so far | my answers | read it back to me
        can you tell me what I've said so far | remind me of what I put | summary please
        what have you noted down about me so far please""",
    "leave_out": """
        can we skip these | skip | skip this question | can I do it later | can we do these later | do it later | next question
        can I leave this one blank | come back to this later | I don't want to answer that | can we leave these for now
        can we skip these / do it later | skip the rest | can I answer this one later please | move on""",
    "start_again": """
        start again | can we start again | start over | restart | I want to start again from the beginning | begin again
        let's start from scratch | can I start all over again please | go back to the start | clear my answers and start again""",
    "forget_me": """
        delete everything | please delete everything I've told you | delete it all | erase everything please | forget me
        can you delete my data | I want everything deleted | forget everything I said | delete all my details
        get rid of everything you've got on me | remove my details from your system | delete all of it now please""",
}
WISHES = [
    (text.strip(), wish)
    for wish, texts in SAID.items()
    for line in texts.split("\n")
    for text in line.split("|")
    if text.strip()
]
ORDINARY = """
    Start fostering | No | yes | I have a back problem | how many bedrooms do I need | how many children can I foster
    how much do you get paid | how much is the allowance | how long does it take | what do you need to know about me | Sam
    how many dogs can I have | I want to go back to work | can I go back to work after fostering | my answers depend on my wife
    next week | later | none of these | we skip meals | two left | what happens if I start again with another agency | Jo Back
    keep it | how many questions do social workers ask in the assessment | is there any support | is there any training
    are there any events | do I have to do the training | do I have to have a car | forget it | what do you know about adhd
    what have you got for carers | my mum told me to delete everything | he made me delete everything on my phone
    they want to get rid of me | she deleted all my photos and hit me | I want to start over with my life"""


@pytest.mark.parametrize(("text", "wish"), WISHES)
def test_a_plain_wish_is_known_by_its_words(text: str, wish: str) -> None:
    assert plain_wish(normalise(text)) == wish


@pytest.mark.parametrize(
    "text", [one.strip() for line in ORDINARY.split("\n") for one in line.split("|") if one.strip()]
)
def test_an_answer_a_question_and_a_story_are_no_wish(text: str) -> None:
    assert plain_wish(normalise(text)) is None


@pytest.mark.parametrize(
    "text", ["how many " * 60, "delete everything i've told you " * 200, "go back and " * 12, "skip " * 16]
)
def test_a_text_made_for_it_takes_no_time(text: str) -> None:
    began = time.process_time()
    plain_wish(text.strip())
    assert time.process_time() - began < 1


def test_nothing_by_which_harm_is_disclosed_is_a_wish() -> None:
    told = []
    harmless = ("near_misses", "stories")
    for file in (one for one in (ROOT / "data/safeguarding").glob("*.yml") if one.stem not in harmless):
        told += re.findall(r"^  (\S.*)$", file.read_text(encoding="utf-8"), re.M)
    with (ROOT / "tests/understanding/disclosures.csv").open(encoding="utf-8", newline="") as rows:
        told += [cell for row in csv.reader(rows) for cell in row]
    assert len(told) > 1000
    assert [text for text in told if plain_wish(normalise(text.strip("'\"")))] == []


def weigh(text: str, asked: str | None, value: Any, *, exact: bool = False) -> tuple[str, str | None]:
    """Decide about a text with nothing learned, and give the intent and how surely a disclosure stands beside it."""
    reading = {"question": asked, "value": value, "exact": exact, "corrects": False} if asked else None
    heard = hear(
        read(text),
        [],
        THRESHOLDS,
        None,
        reading,
        open_question=asked == "contact_name",
        plain=plain_wish(normalise(text)),
    )
    found = decide(heard)
    return found.intent, found.told


@pytest.mark.parametrize(
    ("asked", "value"), [(None, None), ("smoking", "no"), ("contact_name", "Go Back"), ("check_answers", "no")]
)
@pytest.mark.parametrize(("text", "wish"), [(texts.split("|")[0].strip(), wish) for wish, texts in SAID.items()])
def test_it_goes_before_whatever_the_words_would_answer(text: str, wish: str, asked: str | None, value: Any) -> None:
    assert weigh(text, asked, value) == (wish, None)


def test_a_button_of_the_question_goes_before_it() -> None:
    assert weigh("Skip", "heard_from", "skip", exact=True)[0] == "answer"


@pytest.mark.parametrize("question", ["forget_sure", "again_sure"])
@pytest.mark.parametrize(
    ("text", "value", "intent"),
    [
        ("yes please", "yes", "confirm"),
        ("no keep it", "no", "confirm"),
        ("the weather is nice", None, "not_understood"),
    ],
)
def test_whether_they_are_sure_is_no_answer_of_the_screening(question: str, text: str, value: Any, intent: str) -> None:
    assert weigh(text, question, value)[0] == intent


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("right im back where were we", "start_screening"),
        ("where did we get to", "start_screening"),
        ("im back", "start_screening"),
        ("have you deleted my stuff or kept it", "what_is_kept"),
        ("can you delete my stuff if i change my mind", "forget_me"),
        ("i mean if i want what ive wrote on here got rid of", "forget_me"),
        ("where are you", None),
        ("where were the events", None),
        ("do you keep the baby", None),
    ],
)
def test_what_looks_back_or_ahead_is_known_by_its_words(text: str, wish: str | None) -> None:
    assert plain_wish(text) == wish
