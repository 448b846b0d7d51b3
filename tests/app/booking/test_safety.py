"""What the pages tell browsers to keep to, who may send their forms, and how often."""

from __future__ import annotations

import re
from collections.abc import Callable

from enquiry.agencies.agency import load_agencies
from enquiry.bookings.events.feedback import NextStep
from enquiry.content.wording import load_wording
from enquiry.enums import Needs
from enquiry.settings import ROOT
from tests.app.booking.conftest import DATES, SOMEBODY, VISIT, Fields, Site, address_in, words_of
from web.booking.booking_view import State
from web.booking.manage import DONE, QUESTIONS

USED = re.compile(
    r"\bt\([^)]*?[\"']([a-z_]+)[\"']|booking\.([a-z_]+)[\"']|_say\(\"([a-z_]+)\"|[\"']([a-z]+(?:_[a-z]+)+)[\"']"
)
# Whose names are put together from what they are about.
MADE = {
    "morning",
    "afternoon",
    "evening",
    "told_email",
    "told_text",
    "error_phone",
    "error_email",
    *(f"{part}_{state}" for state in State for part in ("own", "say")),
    *(f"needs_{need}" for need in Needs),
    *(f"feedback_{step}" for step in NextStep),
    *(f"done_{what}" for what in DONE),
    *(f"{question}_{part}" for question in (*QUESTIONS.values(), "quiet") for part in ("title", "say", "yes")),
}


def test_the_address_of_a_booking_stays_with_its_owner(site: Site) -> None:
    address = site.booked(site.event())
    for page in (address, f"{address}/move", f"{address}/calendar.ics", "/booking", site.kept(site.time())):
        headers = site.get(page).headers
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_form_from_another_website_is_not_carried_out(site: Site) -> None:
    address, event = site.booked(site.event()), site.event(days=12)
    before = [place.status for place in site.places()]
    acts = [f"{address}/{act}" for act in ("give-back", "quiet", "move", "details", "offer", "feedback")]
    for page in (f"{DATES}/events/{event}", VISIT, "/booking", *acts):
        answer = site.client.post(page, data=SOMEBODY, headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False)
        assert answer.status_code == 403
        assert "Open the page itself and try again." in words_of(answer)
    assert [place.status for place in site.places()] == before


def test_who_books_very_often_has_to_wait_and_keeps_what_was_typed(open_site: Callable[..., Site]) -> None:
    site = open_site(bookings_per_hour=2)
    event = site.event()
    addresses = [site.booked(event, phone=f"07700 90010{number}") for number in range(2)]
    answer = site.book(event, phone="07700 900109")
    assert answer.status_code == 429
    assert "Many bookings have come from your connection. Please try again in 60 minutes, or call" in words_of(answer)
    assert Fields(answer.text).values["phone"] == ["07700 900109"]
    assert site.post(VISIT, at=site.time()).status_code == 429
    assert [site.post(f"{addresses[0]}/details", people=people).status_code for people in ("1", "3", "2")] == [
        303,
        303,
        429,
    ]
    wanted = {"agency": "leicestershire", "event_id": event, "contact": "robin@home.example"}
    assert site.client.post("/api/bookings", json=wanted).status_code == 429


def test_who_changes_very_often_is_told_the_number_of_the_bookings_own_service(open_site: Callable[..., Site]) -> None:
    site = open_site(bookings_per_hour=1, agency="leicestershire")
    event = site.event(agency="coventry")
    address = address_in(site.post(f"/book/coventry/events/{event}", **SOMEBODY, act="book"))
    answers = [site.post(f"{address}/details", people=str(people)) for people in (1, 2, 3, 4)]
    assert "or call 024 7683 2828" in words_of(next(answer for answer in answers if answer.status_code == 429))
    assert (
        "or call 024 7683 2828" in site.client.delete(f"/api{address.replace('booking', 'bookings')}").json()["detail"]
    )
    assert "or call 0116 305 0505" in words_of(site.post("/booking/nothing/details", people="1"))


def test_a_mistake_does_not_count(open_site: Callable[..., Site]) -> None:
    site = open_site(bookings_per_hour=1)
    event = site.event()
    assert [site.book(event, people="9").status_code for _ in range(3)] == [422] * 3
    assert site.book(event).status_code == 303


def test_a_form_with_files_or_very_many_fields_is_no_form_of_ours(site: Site) -> None:
    event = site.event()
    assert site.client.post(f"{DATES}/events/{event}", files={"name": ("a.txt", b"x")}).status_code == 400
    assert site.post(f"{DATES}/events/{event}", **{f"field{number}": "x" for number in range(100)}).status_code in (
        400,
        422,
    )
    assert site.places() == []


def test_nothing_on_any_page_is_in_a_script_or_a_style_of_its_own(site: Site) -> None:
    address = site.booked(site.event())
    kept = site.kept(site.time())
    own = [f"{address}{part}" for part in ("", "/move", "/details", "/give-back")]
    for page in (DATES, VISIT, kept, "/booking", *own, "/booking/nothing"):
        text = site.get(page).text
        assert "<script" not in text
        assert " style=" not in text
        assert re.search(r" on[a-z]+=", text) is None


def test_no_page_says_what_is_not_known(site: Site) -> None:
    for slug in load_agencies(ROOT / "data/agencies"):
        for page in (f"/book/{slug}", f"/book/{slug}/visit", f"/booking?agency={slug}"):
            assert re.search(r"\bNone\b(?! of these)", site.text(page)) is None


def test_every_sentence_of_the_booking_pages_is_said_somewhere(site: Site) -> None:
    places = ("web/booking/*.py", "web/api/*book*.py", "web/templates/booking/*.html")
    found = {place: list(ROOT.glob(place)) for place in places}
    assert all(found.values())
    files = [file for place in found.values() for file in place]
    said = {
        name for file in files for found in USED.findall(file.read_text(encoding="utf-8")) for name in found if name
    }
    written = {
        key.removeprefix("booking.") for key in load_wording(ROOT / "data/wording").texts if key.startswith("booking.")
    }
    assert written - said - MADE == set()
