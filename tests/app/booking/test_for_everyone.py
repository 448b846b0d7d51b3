"""Whether screen readers and keyboards find their way through every page: what can be seen in the page itself, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from httpx import Response

from tests.app.booking.conftest import AT_HOME, DATES, VISIT, Fields, Site

VOID = {"meta", "link", "input", "br", "img", "hr"}
TYPED = ("text", "tel", "email")
Attributes = dict[str, str | None]


class Outline(HTMLParser):
    """The elements of a page with what they stand in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes, tuple[str, ...]]] = []
        self.texts: dict[int, str] = {}
        self._open: list[tuple[str, int]] = []
        self.feed(page)
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), tuple(name for name, _ in self._open)))
        if tag not in VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        for _, number in self._open:
            self.texts[number] = self.texts.get(number, "") + data

    def all(self, *tags: str) -> Iterator[tuple[int, str, Attributes, tuple[str, ...]]]:
        for number, (tag, attributes, inside) in enumerate(self.elements):
            if tag in tags:
                yield number, tag, attributes, inside


def dates_pages(site: Site) -> list[Response]:
    event, full = site.event(places=2), site.event(days=12, places=1)
    pages = [
        site.get(DATES),
        site.get("/book/coventry"),
        site.get(f"{DATES}/events/{event}"),
        site.get(f"{DATES}/events/nothing"),
    ]
    pages.append(site.book(event, phone="12", email="x", people="9", safe="", needs="interpreter"))
    site.book(full, people="1")
    pages += [
        site.get(f"{DATES}/events/{full}"),
        site.book(full),
        site.book(event, people="4"),
        site.book(event, choosing="yes"),
    ]
    return pages


def visit_pages(site: Site) -> list[Response]:
    at = site.time(5)
    kept = site.kept(at)
    pages = [site.get(VISIT), site.post(VISIT), site.get(kept), site.post(kept), site.get(f"{VISIT}/details")]
    site.clock.move(minutes=11)
    for number in range(2):
        site.visit(at, phone=f"07700 90050{number}")
    gone = site.post(kept, **AT_HOME)
    pages += [site.get(kept), gone, site.post(kept, choosing="yes")]
    site.post(kept, **AT_HOME, choosing="yes", at=Fields(gone.text).choices["at"][0])
    return [*pages, site.get(kept)]


def own_pages(site: Site) -> list[Response]:
    event = site.event(places=2)
    site.event(days=12)
    booked, home = site.booked(event), site.visit(site.time())
    waits = site.booked(event, act="wait", phone="07700 900456")
    pages = [
        site.get(f"{address}{part}")
        for address in (booked, home, waits)
        for part in ("", "/give-back", "/quiet", "/feedback")
    ]
    pages += [
        site.get(f"{booked}?done=booked"),
        site.get(f"{booked}/move"),
        site.get(f"{home}/move"),
        site.get(f"{booked}/details"),
    ]
    pages += [
        site.post(f"{booked}/move"),
        site.post(f"{home}/move"),
        site.post(f"{booked}/details"),
        site.get(f"{waits}/details"),
    ]
    site.post(f"{booked}/give-back")
    pages += [site.get(booked), site.get(waits), site.get(f"{booked}/move"), site.get("/booking/nothing")]
    return [*pages, site.get("/booking"), site.post("/booking")]


@pytest.mark.parametrize("pages", [dates_pages, visit_pages, own_pages])
def test_every_page_can_be_found_through_without_seeing_it(site: Site, pages: Callable[[Site], list[Response]]) -> None:
    for answer in pages(site):
        assert answer.headers["content-type"].startswith("text/html"), (answer.status_code, answer.headers)
        check(answer)


def check(answer: Response) -> None:
    """One heading of the first level, no level left out, labels, descriptions, groups and a summary of what is wrong."""
    page = Outline(answer.text)
    ids = [attributes["id"] for _, attributes, _ in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for _, tag, _, _ in page.all("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labelled = {attributes.get("for") for number, _, attributes, _ in page.all("label") if page.texts[number].strip()}
    for _, _, attributes, inside in page.all("input", "textarea"):
        kind = attributes.get("type", "text")
        if kind == "hidden":
            continue
        assert attributes["id"] in labelled
        assert kind in TYPED or "fieldset" in inside or kind is None
        assert kind not in TYPED or attributes.get("autocomplete")
    for _, _, attributes, _ in page.all("input", "textarea", "fieldset"):
        for described in str(attributes.get("aria-describedby") or "").split():
            assert described in ids
    for number, _, attributes, _ in page.all("a", "button", "legend", "summary"):
        assert page.texts.get(number, "").strip(), attributes
        target = str(attributes.get("href") or "")
        assert not target.startswith("#") or target[1:] in ids
    titles = [page.texts[number].strip() for number, _, _, _ in page.all("title")]
    summary = [attributes for _, attributes, _ in page.elements if attributes.get("id") == "errors"]
    assert titles[0].startswith("Error: ") == bool(summary)
    assert all("autofocus" in attributes and attributes["tabindex"] == "-1" for attributes in summary)
    assert sum("autofocus" in attributes for _, attributes, _ in page.elements) <= 1
