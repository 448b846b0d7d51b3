"""The key that opens one booking: genuine ones do, nothing else does, whatever it looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.support.attempts import LINKS
from enquiry.bookings.find import reference_typed
from enquiry.bookings.links import BookingLinks
from enquiry.references import ALPHABET, LENGTH, PLACE, VISIT, new_reference

references = st.builds(
    "{}-{}".format, st.sampled_from([PLACE, VISIT]), st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
)


@given(references)
def test_a_key_that_was_made_here_opens_its_booking(reference: str) -> None:
    assert LINKS.reference_in(LINKS.key_of(reference)) == reference


@given(references, references)
def test_the_key_of_one_booking_opens_no_other(one: str, other: str) -> None:
    assume(one != other)
    forged = LINKS.key_of(one).replace(one, other)
    assert LINKS.reference_in(forged) is None


@given(references, st.data())
def test_a_key_with_one_character_changed_left_out_or_put_in_opens_nothing(reference: str, data: st.DataObject) -> None:
    key = LINKS.key_of(reference)
    place = data.draw(st.integers(0, len(key) - 1))
    other = data.draw(st.characters())
    way = data.draw(st.sampled_from(["changed", "left out", "put in", "cut off"]))
    mangled = {
        "changed": key[:place] + other + key[place + 1 :],
        "left out": key[:place] + key[place + 1 :],
        "put in": key[:place] + other + key[place:],
        "cut off": key[:place],
    }[way]
    assume(mangled != key)
    assert LINKS.reference_in(mangled) is None


@given(st.text(max_size=200))
def test_any_other_text_opens_nothing_and_does_no_harm(text: str) -> None:
    assert LINKS.reference_in(text) is None


@pytest.mark.parametrize(
    "text", ["", ".", "..", "EV-222222", "EV-222222.", ".abc", "\ud800.x", "x." * 50_000, "EV-222222." + "A" * 16]
)
def test_what_looks_like_a_key_and_is_none_opens_nothing(text: str) -> None:
    assert LINKS.reference_in(text) is None


def test_a_key_made_with_another_secret_opens_nothing() -> None:
    others = BookingLinks(LINKS.address, "another secret, which is long enough, too")
    assert LINKS.reference_in(others.key_of("EV-222222")) is None


def test_an_address_is_safe_in_a_message() -> None:
    address = LINKS.address_of("EV-7K3M2Q", "feedback")
    assert re.fullmatch(r"https?://[\w.:-]+/booking/EV-7K3M2Q\.[\w-]{16}/feedback", address)


@given(
    references,
    st.sampled_from(["{}", "it is {}.", "({})", "{}, please", "my reference: {}!"]),
    st.sampled_from(["-", " ", ""]),
)
def test_a_reference_is_found_however_it_is_typed(reference: str, around: str, dash: str) -> None:
    for typed in (reference, reference.lower()):
        assert reference_typed(around.format(typed.replace("-", dash))) == reference


@pytest.mark.parametrize(
    "text", ["", "hello", "EV-12345", "HE-7K3M2Q", "EV-7K3M2QX", "XEV-7K3M2Q", "EV-7K3M2O", "the visit was very nice"]
)
def test_what_is_no_reference_is_none(text: str) -> None:
    assert reference_typed(text) is None


def test_a_new_reference_can_be_typed_back() -> None:
    for prefix in (PLACE, VISIT):
        reference = new_reference(prefix)
        assert reference_typed(reference) == reference
