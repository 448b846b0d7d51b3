"""The interface for machines: what is free, and to book, move and give back."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select

from enquiry.store.models import Visitor
from tests.app.booking.conftest import Site

WHO = {"agency": "leicestershire", "name": "Robin", "contact": "robin@home.example"}


def book(site: Site, **more: Any) -> Response:
    answer: Response = site.client.post("/api/bookings", json={**WHO, **more})
    return answer


def free(site: Site, what: str, agency: str = "leicestershire") -> list[dict[str, Any]]:
    answer = site.client.get(f"/api/availability/{what}?agency={agency}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=15"
    found: list[dict[str, Any]] = answer.json()[what]
    return found


def test_what_is_free_says_nothing_of_anybody(site: Site) -> None:
    event = site.event(places=2)
    book(site, event_id=event, people=2)
    book(site, event_id=event, contact="sam@home.example", wait=True)
    shown = free(site, "events")
    assert shown == [
        {
            "id": event,
            "title": "Find out about fostering",
            "venue": "County Hall",
            "starts_at": "2026-12-02T10:00:00Z",
            "ends_at": "2026-12-02T11:30:00Z",
            "places_left": 0,
            "waiting": 1,
        }
    ]
    assert free(site, "visits")[0] == {"starts_at": "2026-11-25T10:00:00Z", "ends_at": "2026-11-25T11:30:00Z"}
    assert free(site, "events", "coventry") == free(site, "visits", "coventry") == []


def test_a_free_visit_lasts_as_long_as_the_longest_of_those_who_could_come(site: Site) -> None:
    with site.store.write() as session:
        first, *others = session.scalars(select(Visitor).where(Visitor.agency == "leicestershire"))
        first.visit_minutes = 105
        for other in others:
            other.pattern = first.pattern
    assert free(site, "visits")[0]["ends_at"] == "2026-11-25T11:45:00Z"
    assert "Each visit takes about 105 minutes." in site.text("/book/leicestershire/visit")
    assert "minutes" not in site.text("/book/coventry/visit"), "nobody knows how long a visit takes there"


@pytest.mark.parametrize("what", ["events", "visits"])
def test_an_unknown_service_is_a_problem_with_a_sentence(site: Site, what: str) -> None:
    answer = site.client.get(f"/api/availability/{what}?agency=nowhere")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "There is no fostering service by that name here." in answer.json()["detail"]
    assert site.client.get(f"/api/availability/{what}").status_code == 422


def test_a_place_is_booked_looked_at_moved_and_given_back(site: Site) -> None:
    event, other = site.event(), site.event(days=12)
    booked = book(site, event_id=event, people=3, needs=["interpreter"], language="Polish")
    assert booked.status_code == 201
    key = booked.json()["key"]
    assert (booked.json()["status"], booked.json()["people"], booked.json()["event_id"]) == ("booked", 3, event)
    assert site.client.get(f"/api/bookings/{key}").json() == booked.json()
    assert "You have a place" in site.text(f"/booking/{key}")
    moved = site.client.post(f"/api/bookings/{key}/move", json={"event_id": other})
    assert (moved.status_code, moved.json()["event_id"], moved.json()["key"]) == (200, other, key)
    for _ in range(2):
        assert site.client.delete(f"/api/bookings/{key}").json()["status"] == "cancelled"
    gone = site.client.post(f"/api/bookings/{key}/move", json={"event_id": event})
    assert (gone.status_code, gone.json()["detail"]) == (409, "This booking is not open any more.")


def test_a_visit_is_booked_moved_and_given_back(site: Site) -> None:
    times = [one["starts_at"] for one in free(site, "visits")]
    key = book(site, starts_at=times[3]).json()["key"]
    moved = site.client.post(f"/api/bookings/{key}/move", json={"starts_at": times[8]})
    assert (moved.json()["starts_at"], moved.json()["people"]) == (times[8], None)
    assert site.client.delete(f"/api/bookings/{key}").json()["status"] == "cancelled"


def test_with_the_same_key_of_ones_own_it_is_the_same_booking(site: Site) -> None:
    event = site.event()
    key = "0b9f6a0e-56a1-4c52-9b62-0a6b2f6f1c11"
    first, second = book(site, event_id=event, client_key=key), book(site, event_id=event, client_key=key)
    assert first.json() == second.json()
    assert len(site.enquiries()) == 1


def test_what_is_full_or_gone_is_answered_with_what_is_free(site: Site) -> None:
    event, other = site.event(places=2), site.event(days=12)
    book(site, event_id=event, people=2)
    for event_id in (event, "0" * 32, "\x00"):
        answer = book(site, event_id=event_id, contact="sam@home.example")
        assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
        assert [one["id"] for one in answer.json()["next"]] == [other]
    waits = book(site, event_id=event, contact="sam@home.example", wait=True)
    assert (waits.status_code, waits.json()["status"]) == (201, "waiting")
    at = free(site, "visits")[5]["starts_at"]
    for number in range(2):
        book(site, starts_at=at, contact=f"{number}@home.example")
    answer = book(site, starts_at=at, contact="sam@home.example")
    assert answer.status_code == 409
    assert len(answer.json()["next"]) == 6
    assert at not in [one["starts_at"] for one in answer.json()["next"]]
    assert len(site.enquiries()) == 4


def test_moving_to_what_is_full_keeps_what_one_has(site: Site) -> None:
    event, full = site.event(), site.event(days=12, places=1)
    book(site, event_id=full, contact="sam@home.example")
    key = book(site, event_id=event).json()["key"]
    answer = site.client.post(f"/api/bookings/{key}/move", json={"event_id": full})
    assert answer.status_code == 409
    assert [one["id"] for one in answer.json()["next"]] == [event]
    assert site.client.get(f"/api/bookings/{key}").json()["event_id"] == event


def test_after_the_cut_off_it_says_to_ring(site: Site) -> None:
    key = book(site, event_id=site.event(days=1)).json()["key"]
    site.clock.move(hours=23)
    for answer in (
        site.client.delete(f"/api/bookings/{key}"),
        site.client.post(f"/api/bookings/{key}/move", json={"event_id": "0" * 32}),
    ):
        assert answer.status_code == 409
        assert "Call 0116 305 0505" in answer.json()["detail"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": 0},
        {"people": 5},
        {"people": 500},
        {"people": -1},
        {"contact": "nobody"},
        {"contact": ""},
        {"needs": ["interpreter"]},
        {"needs": ["money"]},
        {"starts_at": "2026-12-01T10:00:00Z"},
        {"event_id": None},
        {"event_id": None, "starts_at": "2026-12-01T10:00:00"},
        {"event_id": None, "starts_at": "0001-01-01T00:00:00+14:00"},
        {"name": "x" * 81},
        {"client_key": "x"},
    ],
)
def test_what_can_not_be_is_a_problem_and_nothing_is_booked(site: Site, wrong: dict[str, Any]) -> None:
    answer = book(site, **{"event_id": site.event(), **wrong})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["detail"]
    assert site.enquiries() == []


@pytest.mark.parametrize("key", ["EV-7K3M2Q.AAAAAAAAAAAAAAAA", "nothing", "%00", "é"])
def test_a_key_that_opens_nothing_is_a_problem(site: Site, key: str) -> None:
    address = f"/api/bookings/{key}"
    for answer in (
        site.client.get(address),
        site.client.delete(address),
        site.client.post(f"{address}/move", json={"event_id": "0" * 32}),
    ):
        assert (answer.status_code, answer.json()["detail"]) == (
            404,
            "This key opens no booking. Check that it is whole.",
        )


def test_a_service_that_is_not_here_books_nothing(site: Site) -> None:
    assert book(site, agency="nowhere", event_id=site.event()).status_code == 404
    assert book(site, agency="coventry", event_id=site.event(days=12)).status_code == 409
    assert site.enquiries() == []


def test_the_description_names_every_address(site: Site) -> None:
    described = site.client.get("/api/openapi.json").json()["paths"]
    assert set(described["/api/bookings/{key}"]) == {"get", "delete"}
    assert "409" in described["/api/bookings"]["post"]["responses"]
    for path in ("/api/availability/events", "/api/availability/visits", "/api/bookings/{key}/move"):
        assert path in described
