"""At the door of an event, and on the telephone before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import select

from enquiry.enums import Role
from enquiry.store.models import Enquiry, Event, OutboxMessage, Place
from tests.support.console_bookings import Busy
from tests.support.console_example import Example

from .conftest import FROM_HERE, Browser, Clock, words_of


def door(busy: Busy) -> str:
    return f"/console/events/{busy.tonight}/attendance"


def mark(browser: Browser, busy: Busy, name: str, status: str) -> Response:
    return browser.post(f"{door(busy)}/{busy.places[name]}", status=status)


def status_of(example: Example, reference: str) -> str:
    with example.store.read() as session:
        return session.scalars(select(Place.status).where(Place.reference == reference)).one()


def test_the_list_says_who_how_many_and_what_they_need(coordinator: Browser, busy: Busy) -> None:
    page = coordinator.text(door(busy))
    assert "1 of 6 here , 6 more places free" in page
    assert "Zofia Example , 2 people Needs: Step-free way in, Interpreter: Polish EV-" in page
    assert "Abel Example , 1 person EV-" in page


def test_came_did_not_come_and_undo_each_may_be_pressed_twice(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    zofia = busy.places["Zofia Example"]
    taps = (("came", "attended", "3 of 6 here"), ("undo", "booked", "1 of 6 here"), ("missed", "missed", "1 of 6 here"))
    for status, kept, count in taps:
        for _ in range(2):
            assert count in words_of(mark(coordinator, busy, "Zofia Example", status))
        assert status_of(example, zofia) == kept


def test_who_came_is_further_on_their_way(coordinator: Browser, busy: Busy, example: Example) -> None:
    mark(coordinator, busy, "Zofia Example", "came")
    with example.store.read() as session:
        assert (
            session.scalars(select(Enquiry.stage).where(Enquiry.contact_name == "Zofia Example")).one()
            == "event_attended"
        )


def test_with_htmx_only_the_list_comes_back(coordinator: Browser, busy: Busy) -> None:
    place = busy.places["Zofia Example"]
    answer = coordinator.client.post(
        f"{door(busy)}/{place}", data={"status": "came"}, headers={**FROM_HERE, "HX-Request": "true"}
    )
    assert answer.text.lstrip().startswith('<div id="door">')
    assert "3 of 6 here" in answer.text


def test_a_name_is_found_in_small_letters_and_by_reference(coordinator: Browser, busy: Busy) -> None:
    for wanted in ("zof", busy.places["Zofia Example"]):
        page = coordinator.text(f"{door(busy)}?search={wanted}")
        assert "Zofia Example" in page
        assert "Hedda Example" not in page
        assert "1 of 6 here" in page
    assert "Nobody with “nobody” has a place." in coordinator.text(f"{door(busy)}?search=nobody")


@pytest.mark.parametrize("search", ["%00", "%25", "<script>", "x" * 3000, "'; drop table places"])
def test_a_search_is_only_text(coordinator: Browser, busy: Busy, search: str) -> None:
    answer = coordinator.get(f"{door(busy)}?search={search}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_status_that_is_none_changes_nothing(coordinator: Browser, busy: Busy, example: Example) -> None:
    for status in ("", "cancelled", "x" * 500):
        mark(coordinator, busy, "Zofia Example", status)
    assert status_of(example, busy.places["Zofia Example"]) == "booked"


def test_a_place_of_another_event_is_not_there(coordinator: Browser, busy: Busy, example: Example) -> None:
    elsewhere = f"/console/events/{example.event}/attendance/{busy.places['Zofia Example']}"
    assert coordinator.post(elsewhere, status="came").status_code == 404
    assert coordinator.post(f"{door(busy)}/EV-ZZZZZZ", status="came").status_code == 404


def test_a_place_that_was_given_back_meanwhile_is_told(coordinator: Browser, busy: Busy, example: Example) -> None:
    coordinator.post(f"/console/events/{busy.tonight}/places/{busy.places['Hedda Example']}/give-back")
    assert "cancelled in the meantime" in mark(coordinator, busy, "Hedda Example", "came").text
    assert status_of(example, busy.places["Hedda Example"]) == "cancelled"


def test_somebody_without_a_booking_is_written_down_once(coordinator: Browser, busy: Busy, example: Example) -> None:
    typed = {"name": "Walter Example", "contact": "07700 900301", "people": "2"}
    for _ in range(2):
        page = words_of(coordinator.post(f"/console/events/{busy.tonight}/walk-in", **typed))
        assert "Written down. Welcome!" in page
        assert "3 of 8 here" in page
    with example.store.read() as session:
        walter = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Walter Example")).one()
        assert (walter.contact_phone, walter.stage) == ("+447700900301", "event_attended")
        assert session.scalar(select(OutboxMessage).where(OutboxMessage.enquiry_id == walter.id)) is None


def test_a_name_is_enough_at_the_door_and_two_of_one_name_may_come(
    coordinator: Browser, busy: Busy, example: Example, clock: Clock
) -> None:
    coordinator.post(f"/console/events/{busy.tonight}/walk-in", name="Jo", people="1")
    clock.now += timedelta(minutes=5)
    coordinator.post(f"/console/events/{busy.tonight}/walk-in", name="Jo", people="1")
    with example.store.read() as session:
        assert len(session.scalars(select(Enquiry).where(Enquiry.contact_name == "Jo")).all()) == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Write their name."),
        ("name", "x" * 121, "longer than 120 characters"),
        ("people", "0", "from 1 to 4"),
        ("people", "500", "from 1 to 4"),
        ("contact", "07", "can’t be a phone number or an email address"),
    ],
)
def test_a_mistake_at_the_door_is_a_sentence_and_nothing_typed_is_lost(
    coordinator: Browser, busy: Busy, field: str, typed: str, sentence: str
) -> None:
    answer = coordinator.post(
        f"/console/events/{busy.tonight}/walk-in",
        **{"name": "Walter Example", "contact": "07700 900301", "people": "2", field: typed},
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert field == "contact" or "07700 900301" in answer.text


def test_a_full_room_says_how_to_raise_the_places(coordinator: Browser, busy: Busy, example: Example) -> None:
    answer = coordinator.post(f"/console/events/{busy.full}/walk-in", name="Walter Example", people="1")
    assert answer.status_code == 409
    assert "There are not enough places left." in answer.text
    assert f'href="/console/events/{busy.full}/change"' in answer.text
    with example.store.read() as session:
        assert session.scalar(select(Enquiry).where(Enquiry.contact_name == "Walter Example")) is None


def test_places_are_raised_while_people_stand_at_the_door(
    coordinator: Browser, busy: Busy, example: Example, clock: Clock
) -> None:
    clock.now += timedelta(hours=4, minutes=20)  # it has begun
    typed = {
        "title": "Open evening",
        "venue": "County Hall, Glenfield, Leicestershire LE3 8SA",
        "day": "2026-11-23",
        "starts": "18:30",
    }
    coordinator.post(f"/console/events/{busy.tonight}/change", **typed, ends="20:00", places="6")
    assert (
        coordinator.post(f"/console/events/{busy.tonight}/walk-in", name="Walter Example", people="1").status_code
        == 409
    )
    page = coordinator.post(f"/console/events/{busy.tonight}/change", **typed, ends="20:00", places="7")
    assert "The event is changed." in page.text
    assert (
        "Written down."
        in coordinator.post(f"/console/events/{busy.tonight}/walk-in", name="Walter Example", people="1").text
    )
    moved = coordinator.post(
        f"/console/events/{busy.tonight}/change", **{**typed, "starts": "18:00"}, ends="20:00", places="7"
    )
    assert "This date and time are over." in moved.text


def test_an_event_of_long_ago_takes_nobody_any_more(coordinator: Browser, busy: Busy, example: Example) -> None:
    with example.store.write() as session:
        event = session.get_one(Event, busy.past)
        event.starts_at, event.ends_at = event.starts_at - timedelta(days=5), event.ends_at - timedelta(days=5)
    answer = coordinator.post(f"/console/events/{busy.past}/walk-in", name="Walter Example", people="1")
    assert answer.status_code == 409
    assert "more than a week over" in answer.text


def test_who_waits_and_who_was_offered_a_place_stand_beneath_with_their_contact(
    coordinator: Browser, busy: Busy
) -> None:
    page = coordinator.text(f"/console/events/{busy.full}/attendance")
    assert "Kofi Example , 2 people Kept for them until Tue 24 Nov, 12:30pm. 07700 900213" in page
    assert "1. Lena Example , 2 people Since Sun 22 Nov, 4:30pm. lena@people.example" in page
    assert "07700 900211" not in page  # Ivo's: no messages


def test_an_offer_is_taken_up_by_phone_and_a_no_goes_to_the_next(
    coordinator: Browser, busy: Busy, example: Example
) -> None:
    kofi, lena = busy.places["Kofi Example"], busy.places["Lena Example"]
    for _ in range(2):
        page = coordinator.post(f"/console/events/{busy.full}/places/{kofi}/accept", back="door")
        assert "They have the place." in page.text
        assert page.url.path.endswith("/attendance")
    for _ in range(2):
        coordinator.post(f"/console/events/{busy.full}/places/{kofi}/give-back")
    assert (status_of(example, kofi), status_of(example, lena)) == ("cancelled", "offered")
    assert "This offer is over" in coordinator.post(f"/console/events/{busy.full}/places/{kofi}/accept").text


def test_somebody_who_rings_gets_a_place_and_a_message_once(coordinator: Browser, busy: Busy, example: Example) -> None:
    typed = {"name": "Rae Example", "contact": "rae@people.example", "people": "2", "language": "Urdu"}
    for _ in range(2):
        page = coordinator.post(f"/console/events/{busy.tonight}/add", needs=["step_free", "nonsense"], **typed)
        assert "They have a place." in page.text
    with example.store.read() as session:
        rae = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Rae Example")).one()
        place = session.scalars(select(Place).where(Place.enquiry_id == rae.id)).one()
        assert (place.people, place.needs, place.language, place.status) == (
            2,
            ["step_free", "interpreter"],
            "Urdu",
            "booked",
        )
        assert rae.changes[0].who == "Meera Example"
        assert len(session.scalars(select(OutboxMessage).where(OutboxMessage.enquiry_id == rae.id)).all()) == 1


def test_where_messages_are_not_safe_none_is_sent(coordinator: Browser, busy: Busy, example: Example) -> None:
    coordinator.post(
        f"/console/events/{busy.tonight}/add",
        name="Rae Example",
        contact="rae@people.example",
        people="1",
        unsafe="yes",
    )
    with example.store.read() as session:
        rae = session.scalars(select(Enquiry).where(Enquiry.contact_name == "Rae Example")).one()
        assert rae.safe_to_message is False
        assert session.scalar(select(OutboxMessage).where(OutboxMessage.enquiry_id == rae.id)) is None


def test_a_full_event_offers_the_waiting_list_to_who_rings(coordinator: Browser, busy: Busy, example: Example) -> None:
    typed = {"name": "Rae Example", "contact": "rae@people.example", "people": "1"}
    full = coordinator.post(f"/console/events/{busy.full}/add", **typed)
    assert full.status_code == 409
    assert "Tick “Put them on the waiting list”" in full.text
    assert "rae@people.example" in full.text
    with example.store.read() as session:
        assert session.scalar(select(Enquiry).where(Enquiry.contact_name == "Rae Example")) is None
    assert (
        "They are on the waiting list."
        in coordinator.post(f"/console/events/{busy.full}/add", **typed, wait="yes").text
    )


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Write their name."),
        ("contact", "", "A place is only kept for someone we can reach."),
        ("contact", "x@", "can’t be a phone number"),
        ("people", "5", "from 1 to 4"),
        ("language", "x" * 41, "longer than 40 characters"),
    ],
)
def test_a_mistake_on_the_telephone_is_a_sentence(
    coordinator: Browser, busy: Busy, field: str, typed: str, sentence: str
) -> None:
    filled = {"name": "Rae", "contact": "07700 900301", "people": "1", field: typed}
    answer = coordinator.post(f"/console/events/{busy.tonight}/add", **filled)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_nobody_is_added_to_an_event_that_is_over(coordinator: Browser, busy: Busy) -> None:
    answer = coordinator.post(f"/console/events/{busy.past}/add", name="Rae", contact="07700 900301", people="1")
    assert answer.status_code == 409
    assert "has begun or was cancelled" in answer.text


def test_safeguarding_looks_and_changes_nothing_and_a_visitor_may_stand_at_the_door(
    staff: Callable[[Role], Browser], busy: Busy, example: Example
) -> None:
    looking = staff(Role.SAFEGUARDING)
    assert "Zofia Example" in looking.text(door(busy))
    place = f"/console/events/{busy.tonight}/places/{busy.places['Zofia Example']}"
    answers = [
        mark(looking, busy, "Zofia Example", "came"),
        looking.post(f"/console/events/{busy.tonight}/walk-in", name="Jo", people="1"),
    ]
    answers += [
        looking.post(f"{place}/give-back"),
        looking.post(f"{place}/accept"),
        looking.get(f"/console/events/{busy.tonight}/add"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    mark(staff(Role.VISITOR), busy, "Zofia Example", "came")
    assert status_of(example, busy.places["Zofia Example"]) == "attended"
