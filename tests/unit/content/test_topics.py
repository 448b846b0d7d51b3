"""Topics: that all of them load and are filled, and what is said of a broken one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies.agency import load_agencies
from enquiry.content.topics import load_topics, usable_topics
from enquiry.datafiles.placeholders import fill
from enquiry.datafiles.source import BrokenFile
from enquiry.settings import ROOT

FOLDER = ROOT / "data" / "topics"
TOPIC: dict[str, Any] = {
    "id": "who/one",
    "title": "One?",
    "examples": [f"example {n}" for n in range(15)],
    "answer": "Yes. Ring {agency.phone}.",
    "sources": [{"title": "Somewhere"}],
    "owner": "manager",
    "reviewed": date(2026, 11, 21),
    "review_by": date(2027, 5, 21),
    "next_step": "none",
    "related": [],
}


def folder(tmp_path: Path, *topics: dict[str, Any]) -> Path:
    """A folder with one theme of these topics."""
    (tmp_path / "who.yml").write_text(yaml.safe_dump({"theme": "who", "topics": list(topics)}), encoding="utf-8")
    return tmp_path


def test_every_topic_of_the_project_loads_and_its_answer_is_filled_for_every_agency() -> None:
    topics = load_topics(FOLDER)
    assert len(topics) >= 30
    for agency in load_agencies(ROOT / "data" / "agencies").values():
        for topic in topics.values():
            for answered in (topic, *topic.parts):
                assert "{" not in fill(answered.answer, {"agency": agency.facts, "next_event": "soon"}), topic.id


def test_every_topic_is_reviewed_before_it_is_due_again() -> None:
    assert [topic.id for topic in load_topics(FOLDER).values() if not topic.reviewed < topic.review_by] == []


def test_the_first_sentence_of_an_answer_carries_its_meaning_by_itself() -> None:
    """The same answer is said to "can I foster with a bad back" and to "does a bad back stop you"."""
    opening = re.compile(r"(yes|no|not always|usually|often|sometimes|it depends)[.,:]", re.IGNORECASE)
    opens = []
    for agency in load_agencies(ROOT / "data" / "agencies").values():
        for topic in load_topics(FOLDER).values():
            for answered in (topic, *topic.parts):
                said = fill(answered.answer, {"agency": agency.facts, "next_event": "soon"})
                opens += [(topic.id, answered.id)] if opening.match(said) else []
    assert opens == []


def test_no_two_topics_have_one_title() -> None:
    titles = [one.title for topic in load_topics(FOLDER).values() for one in (topic, *topic.parts)]
    assert sorted(set(titles)) == sorted(titles)


def test_a_whole_topic_loads(tmp_path: Path) -> None:
    assert load_topics(folder(tmp_path, TOPIC))["who/one"].places == ("agency.phone",)


# The lines are those of a file that yaml.safe_dump writes: keys by their letters. What is said of each kind of mistake as
# people write it is tested in tests/launcher/content/test_check.py.
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, r'4: who/one has the unknown key "colour"\. Take it out'),
        ({"sources": []}, r"26: who/one has no source\. Say where"),
        ({"sources": [{}]}, r"27: who/one has a source without a title\. Write"),
        ({"examples": ["one"]}, r"4: who/one has 1 examples\. Write at least 15"),
        ({"answer": "word " * 81}, r"3: who/one has an answer of 81 words\. Shorten it to 80"),
        ({"next_step": "dance"}, r'21: who/one has the next step "dance", which there is not\. Write one of'),
        ({"examples": None}, r"4: who/one has no list of examples\. Write each"),
        ({"related": ["who/nobody"]}, r'24: who/one is related to "who/nobody", which is no topic\. Take it out'),
        ({"reviewed": "2026-11-21"}, r"25: who/one has '2026-11-21' as reviewed, which is not a day\. Write it as"),
    ],
)
def test_a_broken_topic_is_named_with_its_line_and_the_remedy(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(BrokenFile, match=rf"who\.yml:{said}"):
        load_topics(folder(tmp_path, {**TOPIC, **change}))


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder(tmp_path, {**TOPIC, "next_step": "dance", "owner": ""})
    (tmp_path / "money.yml").write_text("topics: [", encoding="utf-8")
    with pytest.raises(BrokenFile) as broken:
        load_topics(tmp_path)
    assert [problem.file.name for problem in broken.value.problems] == ["money.yml", "who.yml", "who.yml"]


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r'who\.yml:20: who/one lacks "owner"\. Write who'):
        load_topics(folder(tmp_path, {key: TOPIC[key] for key in TOPIC if key != "owner"}))


def test_a_topic_or_an_example_that_stands_twice_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r"who\.yml:\d+: who/one stands twice, also in .*who\.yml:\d+\. Keep one"):
        load_topics(folder(tmp_path, TOPIC, TOPIC))
    with pytest.raises(
        BrokenFile, match=r'the example "example 0" stands in who/two and in who/one \(.*who\.yml:\d+\)\. Keep one'
    ):
        load_topics(folder(tmp_path, TOPIC, {**TOPIC, "id": "who/two"}))


@pytest.mark.parametrize("text", ["", "theme: who\n", "topics: [words]\n", "topics: ["])
def test_a_file_that_holds_no_topics_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "who.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"who\.yml:\d"):
        load_topics(tmp_path)


def test_while_a_file_is_put_right_what_can_be_answered_is_answered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    few = {
        **TOPIC,
        "id": "who/few",
        "title": "Few?",
        "examples": ["few"],
        "related": ["who/no_source", "who/fine", "who/nobody"],
    }
    fine = {**TOPIC, "id": "who/fine", "title": "Fine?", "examples": [f"fine {n}" for n in range(15)]}
    no_source = {**TOPIC, "id": "who/no_source", "title": "None?", "sources": []}
    half = {"id": "who/half", "title": "Half?"}
    topics = usable_topics(folder(tmp_path, few, fine, no_source, half))
    assert set(topics) == {"who/few", "who/fine"}
    assert topics["who/few"].related == ("who/fine",)
    assert "topics_broken" in caplog.text


PART: dict[str, Any] = {
    "id": "loft",
    "title": "Can it be in the loft?",
    "examples": [f"loft {n}" for n in range(8)],
    "answer": "Ring {agency.phone}.",
}


def test_a_topic_may_have_parts_with_an_answer_each(tmp_path: Path) -> None:
    topic = load_topics(folder(tmp_path, {**TOPIC, "parts": [PART]}))["who/one"]
    part = topic.part("loft")
    assert part is not None
    assert (part.title, part.places) == ("Can it be in the loft?", ("agency.phone",))
    assert topic.part(None) is topic.part("cellar") is None


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([{**PART, "examples": ["one"]}], r"who/one has 1 examples\. Write at least 8"),
        ([{**PART, "id": "who/loft"}], r"who/one has a part with the id .*Write it in small letters"),
        ([PART, {**PART, "title": "Two?", "examples": [f"b {n}" for n in range(8)]}], r'the part "loft" twice'),
        ([{**PART, "answer": "word " * 81}], r"has an answer of 81 words\. Shorten"),
        ([{**PART, "examples": ["example 1", *PART["examples"]]}], r'"example 1" stands in who/one \(loft\) and in'),
        ("loft", r"who/one has no list as `parts`"),
    ],
)
def test_a_broken_part_is_named_with_the_remedy(tmp_path: Path, parts: Any, said: str) -> None:
    with pytest.raises(BrokenFile, match=said):
        load_topics(folder(tmp_path, {**TOPIC, "parts": parts}))


def test_a_topic_with_a_broken_part_is_still_answered_without_it(tmp_path: Path) -> None:
    broken = {**PART, "id": "cellar", "answer": None}
    topic = usable_topics(folder(tmp_path, {**TOPIC, "parts": [PART, broken]}))["who/one"]
    assert [part.id for part in topic.parts] == ["loft"]
