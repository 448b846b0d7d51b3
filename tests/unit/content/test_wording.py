"""Every sentence that is said: filled for every agency, and every button understood."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.content.topics import load_topics
from enquiry.content.wording import PLACES, NoSuchWording, load_wording
from enquiry.datafiles.placeholders import UnknownPlaceholder, placeholders
from enquiry.datafiles.source import BrokenFile
from enquiry.screening.criteria_file import load_criteria
from enquiry.settings import ROOT

DATA = ROOT / "data"
FOLDER = DATA / "wording"


def texts() -> list[tuple[str, str]]:
    """Every sentence with its key; the paragraphs of a list one by one."""
    found = []
    for key, value in load_wording(FOLDER).texts.items():
        found += [(key, one) for one in (value if isinstance(value, list) else [value])]
    return found


def test_every_text_is_a_sentence_or_a_list_of_them() -> None:
    assert [key for key, text in texts() if not isinstance(text, str) or not text] == []


@pytest.mark.parametrize("slug", sorted(load_agencies(DATA / "agencies")))
def test_every_fact_that_a_text_names_is_known_of_every_agency(slug: str) -> None:
    facts = load_agencies(DATA / "agencies")[slug].facts
    unknown = []
    for key, text in texts():
        for name in placeholders(text):
            found: Any = {"agency": facts}
            for part in name.split("."):
                found = found.get(part) if isinstance(found, dict) else None
            if name.startswith("agency.") and found is None:
                unknown.append((key, name))
    assert unknown == []


def test_no_text_has_a_place_that_is_misspelt() -> None:
    assert [
        (key, text) for key, text in texts() if len(re.findall(r"[{}]", text)) != 2 * len(list(placeholders(text)))
    ] == []


def test_nothing_that_an_enquirer_reads_sounds_like_a_refusal() -> None:
    said = [(key, text) for key, text in texts() if key.startswith(("assistant.", "booking.", "page.", "letters."))]
    assert said
    assert [key for key, text in said if re.search(r"\b(reject|refus|unsuitable|failed)", text.lower())] == []


def test_every_button_of_the_assistant_is_understood_as_one_of_the_first_examples_or_a_title() -> None:
    wording = yaml.safe_load((FOLDER / "assistant.yml").read_text(encoding="utf-8"))
    commands = yaml.safe_load((DATA / "nlu" / "commands.yml").read_text(encoding="utf-8"))["nlu"]
    known = {line.removeprefix("- ") for one in commands for line in one["examples"].splitlines()[:4]}
    known |= {topic.title for topic in load_topics(DATA / "topics").values()}
    known |= {
        title for question in load_criteria(DATA / "criteria.yml").questions.values() for title in question.titles
    }
    assert [text for name, text in wording.items() if name.startswith("button_") and text not in known] == []


def test_every_place_that_the_program_fills_is_in_some_sentence() -> None:
    assert {name for _, text in texts() for name in placeholders(text) if not name.startswith("agency.")} == PLACES


@pytest.mark.parametrize(
    ("text", "line"), [("- a\n- b\n", 1), ("one: yes\n", 1), ("one: a\ntwo: [a, 5]\n", 2), ("one:\n", 1), ("a: [", 1)]
)
def test_a_file_that_holds_no_sentences_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "page.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile, match=rf"page\.yml:{line}: .*(Write|Look)"):
        load_wording(tmp_path)


def test_a_sentence_is_filled_and_a_missing_one_is_named(tmp_path: Path, agency: Agency) -> None:
    (tmp_path / "page.yml").write_text(
        "hello: 'Ring {agency.phone}, {name}.'\nlist: [One, '{name}']\n", encoding="utf-8"
    )
    (tmp_path / "empty.yml").write_text("", encoding="utf-8")
    wording = load_wording(tmp_path)
    assert wording.say("page.hello", agency, name="Jo") == f"Ring {agency.phone}, Jo."
    assert wording.several("page.list", name="Two") == ("One", "Two")
    with pytest.raises(UnknownPlaceholder, match=r"agency\.phone"):
        wording.say("page.hello", name="Jo")
    for ask in (
        lambda: wording.say("page.goodbye"),
        lambda: wording.say("page.list"),
        lambda: wording.several("page.hello"),
    ):
        with pytest.raises(NoSuchWording, match=r"data/wording has no"):
            ask()
