"""Finding one's booking without its link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx import Response

from tests.app.booking.conftest import Fields, Site, address_in, title_of, words_of


def reference_of(site: Site) -> str:
    return str(site.places()[0].reference)


def find(site: Site, **typed: str) -> Response:
    return site.post(
        "/booking", **{"agency": "leicestershire", "reference": reference_of(site), "contact": "07700 900123", **typed}
    )


def test_the_reference_and_the_contact_open_it_however_they_are_typed(site: Site) -> None:
    address = site.booked(site.event(), email="robin@home.example")
    typed = reference_of(site).lower().replace("-", " ")
    assert address_in(find(site)) == address
    assert address_in(find(site, reference=f" {typed}. ", contact="+44 7700 900 123")) == address
    assert address_in(find(site, contact="Robin@home.example")) == address


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "07700 900456"},
        {"contact": ""},
        {"reference": "EV-222222"},
        {"reference": "\x00"},
        {"agency": "coventry"},
        {"agency": ""},
    ],
)
def test_whatever_does_not_fit_one_sentence_is_said_and_nothing_typed_is_lost(
    site: Site, wrong: dict[str, str]
) -> None:
    site.booked(site.event())
    answer = find(site, **wrong)
    assert answer.status_code == 422
    assert "We can't find a booking with this reference and this phone number or email address." in words_of(answer)
    assert title_of(answer).startswith("Error: ")
    if "contact" not in wrong:
        assert Fields(answer.text).values["contact"] == ["07700 900123"]


def test_a_time_that_is_only_kept_can_not_be_found(site: Site) -> None:
    site.kept(site.time())
    answer = site.post(
        "/booking", agency="leicestershire", reference=site.visits()[0].reference, contact="07700 900123"
    )
    assert answer.status_code == 422


def test_the_service_one_comes_from_is_chosen_already(site: Site) -> None:
    assert Fields(site.get("/booking?agency=coventry").text).values["agency"] == ["coventry"]
    assert Fields(site.get("/booking").text).values["agency"] == ["leicestershire"]


def test_who_tries_very_often_has_to_wait(open_site: Callable[..., Site]) -> None:
    site = open_site(sign_ins_per_minute=3)
    site.booked(site.event())
    assert [find(site, contact="07700 900456").status_code for _ in range(3)] == [422] * 3
    answer = find(site)
    assert answer.status_code == 429
    assert "That was tried many times in a short while. Please wait" in words_of(answer)
