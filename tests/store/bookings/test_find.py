"""Finding a booking by its reference and the contact it was made with."""

from __future__ import annotations

import pytest

from enquiry.bookings.find import find_booking
from tests.support.diary import Diary
from tests.support.maker import Maker

EMAIL, PHONE = "robin@home.example", "+447700900123"


def found(make: Maker, reference: str, contact: str, agency: str | None = None) -> str | None:
    with make.store.read() as session:
        booking = find_booking(session, agency or make.agency.slug, reference, contact)
        return booking.reference if booking else None


@pytest.mark.parametrize(
    "contact", [EMAIL, " Robin@HOME.example ", "07700 900 123", "+44 7700 900123", "(07700) 900123"]
)
def test_the_reference_with_either_contact_finds_the_booking_however_they_are_typed(
    make: Maker, diary: Diary, contact: str
) -> None:
    make.visitor()
    enquiry = make.enquiry(contact_email=EMAIL, contact_phone=PHONE)
    for reference in (diary.book(make.event(), enquiry), diary.visit(enquiry, make.moment())):
        for typed in (reference, reference.lower().replace("-", " "), f"it's {reference}."):
            assert found(make, typed, contact) == reference


def test_half_right_is_as_good_as_wrong(make: Maker, diary: Diary) -> None:
    mine = diary.book(make.event(), make.enquiry(contact_email=EMAIL))
    others = diary.book(make.event(), make.enquiry(contact_phone=PHONE))
    nobodys = diary.book(make.event(), make.enquiry())
    for reference, contact in (
        (mine, PHONE),
        (others, EMAIL),
        (nobodys, EMAIL),
        ("EV-222222", EMAIL),
        (mine, ""),
        ("", EMAIL),
        (mine, "None"),
        (mine, "robin"),
        (nobodys, "None"),
        (mine.replace("EV", "VI"), EMAIL),
    ):
        assert found(make, reference, contact) is None


def test_another_services_booking_is_not_found(make: Maker, diary: Diary) -> None:
    reference = diary.book(make.event(), make.enquiry(contact_email=EMAIL))
    assert found(make, reference, EMAIL, "coventry") is None


def test_what_was_given_back_is_found_so_that_it_can_be_said(make: Maker, diary: Diary) -> None:
    reference = diary.book(make.event(), make.enquiry(contact_email=EMAIL))
    diary.give_back(reference)
    assert found(make, reference, EMAIL) == reference


def test_a_time_that_is_only_kept_is_no_booking_yet(make: Maker, diary: Diary) -> None:
    make.visitor()
    reference = diary.reserve(make.enquiry(contact_email=EMAIL), make.moment())
    assert found(make, reference, EMAIL) is None
