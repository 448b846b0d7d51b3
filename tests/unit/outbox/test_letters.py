"""What is sent: every text can be filled and says only what it should."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enquiry.agencies.agency import load_agencies
from enquiry.content.wording import load_wording
from enquiry.outbox.letters import silence_summary
from enquiry.settings import ROOT

WORDING = load_wording(ROOT / "data" / "wording")
VALUES = {
    "greeting_name": "Robin",
    "title": "t",
    "when": "Monday",
    "venue": "v",
    "people": "2",
    "reference": "EV-222222",
    "link": "L",
    "how": "",
}


@pytest.mark.parametrize("agency", load_agencies(ROOT / "data" / "agencies").values(), ids=lambda agency: agency.slug)
@pytest.mark.parametrize("letter", ["place_booked", "visit_booked"])
def test_every_confirmation_names_the_reference_the_time_and_a_way_to_change_it(letter: str, agency: object) -> None:
    for channel in ("email", "text"):
        said = WORDING.say(f"letters.{letter}_{channel}", agency, **VALUES)  # type: ignore[arg-type]
        assert "EV-222222" in said
        assert "Monday" in said
        assert "To change" in said
        assert channel == "text" or agency.facts["phone"] in said  # type: ignore[attr-defined]


def test_a_text_message_is_short() -> None:
    for letter in ("place_booked", "visit_booked"):
        assert len(WORDING.texts[f"letters.{letter}_text"]) <= 200


def test_the_summary_of_a_silence_says_since_when() -> None:
    assert "Wednesday 2 December at 6:30pm" in silence_summary(WORDING, datetime(2026, 12, 2, 18, 30, tzinfo=UTC))


@pytest.mark.parametrize("agency", load_agencies(ROOT / "data" / "agencies").values(), ids=lambda agency: agency.slug)
def test_a_link_to_carry_on_says_what_it_is_and_until_when_but_not_what_it_is_about(agency: object) -> None:
    link = "https://example.org/chat/x/return/" + "s" * 32
    for name in ("subject", "email", "text"):
        said = WORDING.say(f"letters.return_link_{name}", agency, link=link, until="Monday")  # type: ignore[arg-type]
        assert "link" in said
        assert "foster" not in said.lower()
        if name != "subject":
            assert link in said
            assert "until Monday" in said
