"""./hearth check: every mistake in what is learned is named with its file, its line and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from enquiry.settings import ROOT
from launcher.content.check import check
from tests.support.data_project import TODAY, change, make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_a_project_without_a_mistake_is_all_well_in_one_line(project: Path) -> None:
    findings = check(project, TODAY)
    assert findings.lines() == []
    assert findings.warnings() == []
    assert re.fullmatch(r"\d+ files… 3 topics, 45 examples, 18 disclosure categories: all well\.", findings.summary())


def test_the_project_itself_has_no_mistake() -> None:
    assert check(ROOT).lines() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("topics/who.yml", "answer: |", "anwser: |", 'who/dogs has the unknown key "anwser". Did you mean "answer"?'),
        (
            "topics/who.yml",
            "owner: rec",
            "colour: red\n    owner: rec",
            'who/dogs has the unknown key "colour". Take it out; known are id, title,',
        ),
        (
            "topics/who.yml",
            "theme: who",
            "themes: who",
            'the file has the unknown key "themes". It holds `theme` and `topics` only',
        ),
        ("topics/who.yml", "id: who/dogs", "id: Dogs", "Dogs has the id 'Dogs'. Write it as theme/name"),
        ("topics/who.yml", "title: Can I have a dog?", "title:", 'who/dogs has no text as its "title". Write one'),
        (
            "topics/who.yml",
            "sources:\n      - title: Somewhere\n        url: https://example.org",
            "sources: []",
            "who/dogs has no source. Say where",
        ),
        ("topics/who.yml", "- title: Somewhere", "- title:", "who/dogs has a source without a title. Write `title: …`"),
        (
            "topics/who.yml",
            "url: https",
            "link: https",
            'who/dogs has the unknown key "link". Take it out; known are title, url, date.',
        ),
        (
            "topics/who.yml",
            "id: who/cats",
            "id: who/dogs",
            "who/dogs stands twice, also in data/topics/who.yml:3. Keep one of them",
        ),
        (
            "topics/who.yml",
            "Can I have a cat?",
            "can i have a DOG",
            'who/cats has the title of who/dogs (data/topics/who.yml:3): "can i have a DOG"',
        ),
        (
            "topics/who.yml",
            "cat question number 3",
            "Dog question... number 3!",
            'the example "Dog question... number 3!" stands in who/cats and in who/dogs (data/topics/who.yml:9). Keep one',
        ),
        (
            "topics/who.yml",
            "cat question number 3",
            "Sign me up!",
            'the example "sign me up" stands in the intent start_screening and in who/cats (data/topics/who.yml:39). Keep one',
        ),
        (
            "out_of_scope.yml",
            "bins on day 4",
            "what is paid",
            'the example "what is paid" stands in what is out of scope (council_service) and in money/pay (data/topics/money.yml:4). ',
        ),
        (
            "topics/who.yml",
            "- dog question number 3",
            "- yes",
            "who/dogs has the example true, which is not text. Put it between quotation marks.",
        ),
        ("topics/who.yml", "Yes, you can.", "word " * 81, "who/dogs has an answer of 83 words. Shorten it to 80."),
        (
            "topics/who.yml",
            "Ring {agency.phone}",
            "Ring {agency.fone}",
            'nothing fills the place {agency.fone} for any service. Did you mean "agency.phone"?',
        ),
        (
            "topics/who.yml",
            "Ring {agency.phone}",
            "Ring {agency.privacy_notice_url}",
            "{agency.privacy_notice_url} is not known for any service. Write it in data/agencies/",
        ),
        (
            "topics/who.yml",
            "Ring {agency.phone}",
            "Ring {Phone }",
            'the place "{Phone }" can\'t be read. Write a name in curly brackets',
        ),
        (
            "topics/who.yml",
            "Ring {agency.phone}",
            "Ring {agency.phone",
            'the place "{" can\'t be read. Write a name in curly brackets',
        ),
        (
            "topics/who.yml",
            "related: [who/cats]",
            "related: [who/catz]",
            'who/dogs is related to "who/catz", which is no topic. Did you mean "who/cats"?',
        ),
        (
            "topics/who.yml",
            "related: [who/cats]",
            "related: [xyz/123]",
            'who/dogs is related to "xyz/123", which is no topic. Take it out',
        ),
        (
            "topics/who.yml",
            "related: [who/cats]",
            "related: [who/dogs]",
            "who/dogs is related to itself. Take that out.",
        ),
        (
            "topics/who.yml",
            "related: [who/cats]",
            "related: [who/cats, who/cats]",
            "who/dogs is related to who/cats twice. Keep one.",
        ),
        (
            "topics/who.yml",
            "related: [who/cats]",
            "related: who/cats",
            "who/dogs has no list as `related`. Write [] or [theme/name",
        ),
        (
            "topics/who.yml",
            "next_step: visit",
            "next_step: vist",
            'who/dogs has the next step "vist", which there is not. Did you mean "visit"?',
        ),
        (
            "topics/who.yml",
            "review_by: 2027-05-21",
            "review_by: 2026-01-01",
            "who/dogs is to be reviewed by 2026-01-01, which is not after its review of",
        ),
        (
            "topics/who.yml",
            "reviewed: 2026-11-21",
            "reviewed: last week",
            "who/dogs has 'last week' as reviewed, which is not a day. Write it as 2026-11-21",
        ),
        (
            "topics/who.yml",
            "owner: recruitment manager\n",
            "owner: me\n    owner: you\n",
            '"owner" stands twice here, also on line 28. Keep one of them.',
        ),
        (
            "topics/who.yml",
            "title: Can I have a dog?",
            "title: Dogs: yes?",
            "this can't be read as YAML (mapping values are not allowed in this context).",
        ),
        (
            "out_of_scope.yml",
            "reply: Please",
            "replay: Please",
            'council_service has the unknown key "replay". Did you mean "reply"?',
        ),
        (
            "out_of_scope.yml",
            "{agency.council_website}",
            "{agency.council_webside}",
            "nothing fills the place {agency.council_webside} for any service. Did",
        ),
        (
            "out_of_scope.yml",
            "event, person]",
            "event, persn]",
            'council_service offers "persn", which there is not. Did you mean "person"?',
        ),
        (
            "wording/assistant.yml",
            "{agency.phone}.",
            "{agency.foan}.",
            "nothing fills the place {agency.foan} for any service.",
        ),
        (
            "wording/assistant.yml",
            "{title}, {when}",
            "{titel}, {when}",
            'nothing fills the place {titel} for any service. Did you mean "title"?',
        ),
        (
            "wording/assistant.yml",
            "{title}, {when}",
            "{q}, {when}",
            "nothing fills the place {q} for any service. If the program does fill it, add it",
        ),
        (
            "wording/assistant.yml",
            "thanks_in_loop: You are welcome.",
            "thanks_in_loop: 5",
            '"thanks_in_loop" is 5, which is no sentence. Write a sentence',
        ),
        (
            "agencies/leicestershire.yml",
            "phone: 0116 305 0505 ",
            "phones: 0116 305 0505 ",
            '"phones" is not known. Did you mean "phone"?',
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(project: Path, name: str, old: str, new: str, said: str) -> None:
    line = change(project, name, old, new)
    told = check(project, TODAY).lines()
    # An intent is read after the topics, an answer is told at its key, of two keys the second is one too many, and an agency's
    # own loader knows no lines.
    place = {
        'the example "sign': "nlu/commands.yml:6",
        '"owner" st': "topics/who.yml:29",
        "phone is m": f"{name}:1",
        "who/dogs has an answer": "topics/who.yml:21",
    }
    expected = next((where for begin, where in place.items() if said.startswith(begin)), f"{name}:{line}")
    assert any(one.startswith(f"data/{expected}: {said}") for one in told), told


@pytest.mark.parametrize(
    "key", ["title", "answer", "sources", "owner", "reviewed", "review_by", "next_step", "related"]
)
def test_a_key_that_is_missing_is_named_at_its_topic(project: Path, key: str) -> None:
    file = project / "data/topics/who.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(rf"    {key}:.*\n(?:      .*\n|\n)*", "", text, count=1), encoding="utf-8")
    [told] = check(project, TODAY).lines()
    assert re.match(rf'data/topics/who\.yml:3: who/dogs lacks "{key}"\. \w', told)


def test_too_few_examples_are_counted(project: Path) -> None:
    change(project, "topics/who.yml", "      - dog question number 3\n", "")
    assert check(project, TODAY).lines() == [
        "data/topics/who.yml:5: who/dogs has 14 examples. Write at least 15, in different words."
    ]


@pytest.mark.parametrize("text", ["", "theme: who\n", "topics: {}\n", "- who\n"])
def test_a_file_without_topics_says_what_to_write(project: Path, text: str) -> None:
    (project / "data/topics/new.yml").write_text(text, encoding="utf-8")
    [told] = check(project, TODAY).lines()
    assert re.match(r"data/topics/new\.yml:\d: there is no list of `topics` here\. Write", told)


def test_a_file_that_is_not_utf_8_says_so(project: Path) -> None:
    (project / "data/topics/new.yml").write_bytes(b"topics: \xff\n")
    assert check(project, TODAY).lines() == ["data/topics/new.yml:1: this file is not UTF-8 text. Save it as UTF-8."]


def test_all_mistakes_of_all_files_are_told_by_file_and_line(project: Path) -> None:
    change(project, "topics/who.yml", "next_step: visit", "next_step: dance")
    change(project, "topics/who.yml", "owner: rec", "colour: red\n    owner: rec")
    change(project, "topics/money.yml", "reviewed: 2026-11-21", "reviewed: soon")
    change(project, "wording/page.yml", "{agency.phone}", "{agenzy.phone}")
    findings = check(project, TODAY)
    assert [line.split(": ")[0].rpartition(":")[0] for line in findings.lines()] == [
        "data/topics/money.yml",
        "data/topics/who.yml",
        "data/topics/who.yml",
        "data/wording/page.yml",
    ]
    assert findings.summary().startswith("4 to put right.")


def test_what_is_out_of_scope_may_be_missing_and_may_be_written_one_on_a_line(project: Path) -> None:
    file = project / "data/out_of_scope.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("examples:", "examples: |"), encoding="utf-8")
    assert check(project, TODAY).lines() == []
    change(project, "out_of_scope.yml", "bins on day 4", "cat question number 2")
    [told] = check(project, TODAY).lines()
    assert told.startswith(
        'data/out_of_scope.yml:10: the example "cat question number 2" stands in what is out of scope (council_service)'
    )
    file.unlink()
    assert check(project, TODAY).lines() == []


def test_a_review_that_is_overdue_is_a_warning_only(project: Path) -> None:
    findings = check(project, date(2027, 5, 22))
    assert findings.lines() == []
    assert len(findings.warnings()) == 3
    told = "data/topics/money.yml:30: warning: money/pay was to be read again by 2027-05-21. Ask its owner (recruitment manager) to."
    assert findings.warnings()[0] == told
    assert findings.overdue_summary() == "Topics to be read again by their owners: 3. ./hearth check lists them."
    assert check(project, date(2027, 5, 21)).warnings() == []
