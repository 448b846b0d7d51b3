"""Topics: that all of them load and are filled, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies import load_agencies
from enquiry.placeholders import fill
from enquiry.settings import ROOT
from enquiry.topics import BrokenTopic, load_topics

FOLDER = ROOT / "data" / "topics"
TOPIC: dict[str, Any] = {
    "id": "who/one",
    "title": "One?",
    "examples": [f"example {n}" for n in range(12)],
    "answer": "Yes. Ring {agency.phone}.",
    "sources": [{"title": "Somewhere"}],
    "owner": "manager",
    "reviewed": "2026-11-21",
    "review_by": "2027-05-21",
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
            assert "{" not in fill(topic.answer, {"agency": agency.facts, "next_event": "soon"}), topic.id


def test_every_topic_is_reviewed_before_it_is_due_again() -> None:
    assert [topic.id for topic in load_topics(FOLDER).values() if not topic.reviewed < topic.review_by] == []


def test_no_two_topics_have_one_title() -> None:
    titles = [topic.title for topic in load_topics(FOLDER).values()]
    assert sorted(set(titles)) == sorted(titles)


def test_a_whole_topic_loads(tmp_path: Path) -> None:
    assert load_topics(folder(tmp_path, TOPIC))["who/one"].places == ("agency.phone",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": "red"}, r"unknown keys \['colour'\]"),
        ({"sources": []}, "no source"),
        ({"examples": ["one"]}, "1 examples; write at least 12"),
        ({"answer": "word " * 81}, "longer than 80 words"),
        ({"next_step": "dance"}, "can't be read"),
        ({"examples": None}, "can't be read"),
        ({"related": ["who/nobody"]}, "there is no such topic"),
    ],
)
def test_a_broken_topic_is_named_with_what_is_wrong(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(BrokenTopic, match=rf"who/one.*{said}"):
        load_topics(folder(tmp_path, {**TOPIC, **change}))


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenTopic, match=r"who\.yml: who/one .*lacks \['owner'\]"):
        load_topics(folder(tmp_path, {key: TOPIC[key] for key in TOPIC if key != "owner"}))


def test_a_topic_or_an_example_that_stands_twice_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BrokenTopic, match=r"who\.yml: who/one stands twice\. Keep one"):
        load_topics(folder(tmp_path, TOPIC, TOPIC))
    with pytest.raises(BrokenTopic, match=r"who\.yml: the example 'example 0' stands in who/two and in who/one\. Keep one"):
        load_topics(folder(tmp_path, TOPIC, {**TOPIC, "id": "who/two"}))


@pytest.mark.parametrize("text", ["", "theme: who\n", "topics: [words]\n", "topics: ["])
def test_a_file_that_holds_no_topics_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "who.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenTopic, match=r"who\.yml"):
        load_topics(tmp_path)


def test_a_relation_to_nowhere_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenTopic, match=r"who\.yml"):
        load_topics(folder(tmp_path, {**TOPIC, "related": ["who/nobody"]}))
