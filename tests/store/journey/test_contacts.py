"""A number and an address beside each other, and each of them put right."""

from __future__ import annotations

from enquiry.journey.record import add_contact, answers_of, record_answer
from enquiry.screening.criteria import PREFER_NOT
from enquiry.store.models import Enquiry
from tests.support.maker import Maker

PHONE, OTHER_PHONE, EMAIL = "+447700900123", "+447700900125", "sam@example.com"


def kept(make: Maker, enquiry: str) -> tuple[object, str | None, str | None]:
    with make.store.read() as session:
        found = session.get_one(Enquiry, enquiry)
        return answers_of(found).get("contact"), found.contact_phone, found.contact_email


def add(make: Maker, enquiry: str, contact: str) -> None:
    with make.store.write() as session:
        add_contact(session, session.get_one(Enquiry, enquiry), contact, make.now)


def answer(make: Maker, enquiry: str, contact: str) -> None:
    with make.store.write() as session:
        record_answer(session, session.get_one(Enquiry, enquiry), "contact", contact, make.now)


def test_an_address_stands_beside_a_number_and_each_is_put_right_by_its_own_kind(make: Maker) -> None:
    enquiry = make.enquiry()
    add(make, enquiry, PHONE)
    add(make, enquiry, EMAIL)
    assert kept(make, enquiry) == (PHONE, PHONE, EMAIL)
    add(make, enquiry, OTHER_PHONE)
    assert kept(make, enquiry) == (OTHER_PHONE, OTHER_PHONE, EMAIL)


def test_who_gave_both_and_answers_with_another_number_still_has_the_address(make: Maker) -> None:
    enquiry = make.enquiry()
    add(make, enquiry, PHONE)
    add(make, enquiry, EMAIL)
    answer(make, enquiry, OTHER_PHONE)
    assert kept(make, enquiry) == (OTHER_PHONE, OTHER_PHONE, EMAIL)


def test_an_answer_of_the_other_kind_takes_the_place_of_the_only_one(make: Maker) -> None:
    enquiry = make.enquiry()
    answer(make, enquiry, PHONE)
    answer(make, enquiry, EMAIL)
    assert kept(make, enquiry) == (EMAIL, None, EMAIL)


def test_who_would_rather_not_be_reached_is_reached_in_no_way(make: Maker) -> None:
    enquiry = make.enquiry()
    add(make, enquiry, PHONE)
    add(make, enquiry, EMAIL)
    answer(make, enquiry, PREFER_NOT)
    assert kept(make, enquiry) == (PREFER_NOT, None, None)
