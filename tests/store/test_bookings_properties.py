"""Whatever people book and give back, in whatever order: never more than there is, and nothing is lost."""

from __future__ import annotations

from conftest import Maker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from enquiry.bookings import EventFull, book_place, release_place
from enquiry.store.models import Enquiry, OutboxMessage, Place, StageChange

PEOPLE = 6
PLACES = 7

steps = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(0, PEOPLE - 1), st.integers(1, 4)),
        st.tuples(st.just("give back"), st.integers(0, PEOPLE - 1), st.just(0)),
    ),
    max_size=14,
)


# The store is emptied by each example itself, so one for all of them is fine.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_an_event_never_takes_more_than_its_places_and_places_given_back_come_back(
    make: Maker, steps: list[tuple[str, int, int]]
) -> None:
    with make.store.write() as session:
        for table in (Place, OutboxMessage, StageChange, Enquiry):
            session.execute(delete(table))
    event = make.event(places=PLACES)
    enquiries = [make.enquiry() for _ in range(PEOPLE)]
    standing: dict[int, int] = {}
    for action, who, people in steps:
        with make.store.write() as session:
            enquiry = session.get_one(Enquiry, enquiries[who])
            if action == "give back":
                for place in session.scalars(select(Place).where(Place.enquiry_id == enquiry.id, Place.status == "booked")):
                    release_place(session, place, make.now)
                standing.pop(who, None)
                continue
            fits = sum(standing.values()) - standing.get(who, 0) + people <= PLACES
            try:
                assert book_place(session, event, enquiry, people, make.now).people == people
                assert fits
                standing[who] = people
            except EventFull:
                assert not fits
        assert make.taken(event) == sum(standing.values()) <= PLACES
    for who in range(PEOPLE):
        stage = make.stage(enquiries[who])
        assert stage == ("event_booked" if who in standing else "new")
