"""Every sentence of the page is used, and every sentence that is used is written."""

from __future__ import annotations

import re

from enquiry.agencies.agency import Agency
from enquiry.content.wording import load_wording
from enquiry.settings import ROOT

USED = re.compile(r"[\"'](page\.[a-z_]+)[\"']")


def test_the_sentences_of_the_page_are_those_that_are_said() -> None:
    files = [
        file for folder in ("web", "enquiry") for kind in ("*.py", "*.html") for file in (ROOT / folder).rglob(kind)
    ]
    said = {key for file in files for key in USED.findall(file.read_text(encoding="utf-8"))}
    written = {key for key in load_wording(ROOT / "data/wording").texts if key.startswith("page.")}
    assert said == written


def test_whatever_keeps_the_assistant_the_person_is_told_how_to_reach_someone(agency: Agency) -> None:
    wording = load_wording(ROOT / "data/wording")
    for why in ("waking", "away", "slow"):
        notice = wording.say(f"page.assistant_{why}", agency)
        for words in ("is kept", "answer here", "0116 305 0505", "999"):
            assert words in notice
