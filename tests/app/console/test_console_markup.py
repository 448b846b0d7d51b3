"""What a screen reader needs of every page about bookings, looked for in the markup itself; the browser tests ask axe as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from enquiry.store.models import Visitor
from tests.support.console_bookings import Busy
from tests.support.console_example import Example

from .conftest import Browser

FIELDS = ("input", "select", "textarea")


class Markup(HTMLParser):
    """Ids, labels, headings and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def each(self, *names: str) -> Iterator[dict[str, str]]:
        return (attributes for tag, attributes in self.tags if tag in names)

    def ids(self) -> list[str]:
        return [attributes["id"] for _tag, attributes in self.tags if "id" in attributes]


def pages(busy: Busy, example: Example) -> list[str]:
    with example.store.read() as session:
        visitor = session.scalars(
            select(Visitor.id).where(Visitor.agency == "leicestershire").order_by(Visitor.name)
        ).all()[1]
    parts = ("", "/attendance", "/change", "/cancel", "/add")
    events = [f"/events/{one}{part}" for one in (busy.tonight, busy.full, busy.past) for part in parts]
    visits = [f"/visits/{reference}" for reference in busy.visits.values()]
    enquiries = [
        f"/enquiries/{example.references['Grace Example']}",
        f"/enquiries/{example.references['Tom Example']}/visit",
    ]
    others = [*enquiries, f"/visitors/{visitor}"]
    lists = [
        "",
        "/enquiries",
        f"/handoffs/{example.handoffs['tom']}",
        "/events",
        "/events/new",
        "/visits",
        "/decisions",
        "/visitors",
        "/visitors/new",
        "/messages",
        "/messages?state=all",
    ]
    return [
        "/console" + path for path in (*events, *visits, *others, *lists, f"/messages/{busy.messages['undelivered']}")
    ]


def mistakes(text: str) -> list[str]:
    """What is wrong with a page, in words."""
    page = Markup(text)
    ids = page.ids()
    labelled = {label["for"] for label in page.each("label") if "for" in label}
    found = [f"id {one} stands {number} times" for one, number in Counter(ids).items() if number > 1]
    for field in page.each(*FIELDS):
        if field.get("type") not in ("hidden", "submit") and field.get("id") not in labelled:
            found.append(f"no label for {field}")
    for _tag, attributes in page.tags:
        named = f"{attributes.get('aria-describedby', '')} {attributes.get('aria-labelledby', '')}".split()
        found += [f"{one} is not there" for one in named if one not in ids]
    inside = [link["href"] for link in page.each("a") if link.get("href", "").startswith("#")]
    found += [f"{link} leads nowhere" for link in inside if link[1:] not in ids]
    levels = [int(tag[1]) for tag, _attributes in page.tags if tag in ("h1", "h2", "h3", "h4")]
    if levels.count(1) != 1:
        found.append("not one heading of the page")
    first = levels.index(1) if 1 in levels else 0
    found += [
        f"a heading skips from {a} to {b}"
        for a, b in zip(levels[first:], levels[first + 1 :], strict=False)
        if b > a + 1
    ]
    found += [f"a column without scope: {cell}" for cell in page.each("th") if "scope" not in cell]
    return found


def test_every_page_about_bookings_is_sound(coordinator: Browser, busy: Busy, example: Example) -> None:
    for address in pages(busy, example):
        answer = coordinator.get(address)
        assert answer.status_code == 200, address
        assert mistakes(answer.text) == [], address


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/events", {"day": "x", "places": "0"}),
        ("/events/{tonight}/walk-in", {"contact": "x", "people": "9"}),
        ("/events/{tonight}/add", {"people": "9"}),
        ("/visitors", {"monday": "x", "tuesday": "x"}),
        ("/visits/{visit}/outcome", {"outcome": "moved"}),
        ("/visits/{visit}/outcome", {"outcome": "cancelled"}),
        ("/visits/{visit}/outcome", {}),
        ("/visits/{visit}/record", {}),
        ("/decisions/{decision}/told", {}),
    ],
)
def test_a_page_with_mistakes_leads_to_each_of_them(
    coordinator: Browser, busy: Busy, path: str, typed: dict[str, str]
) -> None:
    for visit in busy.visits.values():
        address = "/console" + path.format(tonight=busy.tonight, visit=visit, decision=busy.decision)
        answer = coordinator.post(address, **typed)
        assert answer.status_code in (409, 422), address
        assert mistakes(answer.text) == [], address
        assert "Error: " in answer.text.split("</title>")[0]
        assert 'role="alert"' in answer.text
