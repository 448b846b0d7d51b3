"""What becomes a link in approved text, and what never does."""

from __future__ import annotations

import pytest

from web.chat.linking import linked, safe_links
from web.turns.messages import Link


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ring 0116 305 0505.", "01163050505"),
        ("Ring 0800 1111 now", "08001111"),
        ("NSPCC 0808 800 5000", "08088005000"),
        ("Samaritans 116 123", "116123"),
        ("call 999", "999"),
        ("call NHS 111 and choose 2", "111"),
        ("Ring 101 for a crime", "101"),
        ("07789 081528", "07789081528"),
        ("024 7678 8555", "02476788555"),
        ("01572 758 407", "01572758407"),
        ("01163050505", "01163050505"),
    ],
)
def test_a_phone_number_can_be_rung(text: str, number: str) -> None:
    assert f'href="tel:{number}"' in linked(text)


@pytest.mark.parametrize("text", ["in 2026", "101 children", "£1,999", "16 to 18", "LE3 8SA", "HE-7K3M2Q"])
def test_other_numbers_stay_plain(text: str) -> None:
    assert "<a" not in linked(text)


def test_an_address_becomes_a_link_without_the_full_stop_behind_it() -> None:
    assert 'href="https://example.org/a?b=1"' in linked("See https://example.org/a?b=1.")
    assert 'href="mailto:team@leics.gov.uk"' in linked("Write to team@leics.gov.uk.")


def test_markup_in_text_is_never_markup_on_the_page() -> None:
    assert linked("<b>0116 305 0505</b>").startswith("&lt;b&gt;<a ")
    assert 'onclick="' not in linked('https://example.org/"onclick="x')


def test_only_links_that_do_no_harm_are_followed() -> None:
    links = (
        Link(title="a", url="https://example.org"),
        Link(title="b", url="javascript:alert(1)"),
        Link(title="c", url="tel:999"),
    )
    assert [link.title for link in safe_links(links)] == ["a", "c"]
