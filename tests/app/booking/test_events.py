"""The dates, and booking a place at an event."""

from __future__ import annotations

import pytest

from enquiry.store.models import StageChange
from tests.app.booking.conftest import DATES, SOMEBODY, Fields, Site, address_in, title_of, words_of


def test_the_dates_say_in_words_how_many_places_are_left(site: Site) -> None:
    site.event(places=20, days=5)
    few, full = site.event(places=3, days=6), site.event(places=2, days=7)
    site.book(full)
    page = site.text(DATES)
    for words in (
        "Saturday 28 November, 10am to 11:30am",
        "Plenty of places left",
        "3 places left",
        "This one is full",
    ):
        assert words in page
    assert f"{DATES}/events/{few}" in site.get(DATES).text
    assert "Choose a time for a visit" in page


@pytest.mark.parametrize(
    ("slug", "words"),
    [("coventry", "024 7683 2828"), ("leicester_city", "the number on our web page, https://www.leicester.gov.uk")],
)
def test_a_service_without_dates_says_what_to_do_instead(site: Site, slug: str, words: str) -> None:
    page = site.text(f"/book/{slug}")
    assert "There are no dates here just now. Call" in page
    assert "There are no times here just now. Call" in page
    assert words in page
    assert "None" not in page


def test_a_place_is_booked_with_an_enquiry_of_its_own(site: Site) -> None:
    answer = site.book(
        site.event(), email="Robin@Home.example", by="text", needs=["large_print", "interpreter"], language="Polish"
    )
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("?done=booked")
    place, enquiry = site.places()[0], site.enquiries()[0]
    assert (place.people, place.status, place.needs, place.language) == (
        2,
        "booked",
        ["large_print", "interpreter"],
        "Polish",
    )
    assert (enquiry.contact_name, enquiry.contact_phone, enquiry.contact_email) == (
        "Robin",
        "+447700900123",
        "robin@home.example",
    )
    assert (enquiry.message_by, enquiry.safe_to_message, enquiry.stage) == ("text", True, "event_booked")
    assert {(change.who, change.why) for change in site.rows(StageChange)} == {
        ("enquirer", "Booked on the page"),
        ("enquirer", f"Booked {place.reference}"),
    }
    assert site.letters() == ["place_booked"]
    page = site.text(answer.headers["location"])
    for words in (
        "It is booked.",
        "You have a place",
        place.reference,
        "Interpreter: Polish",
        "to your number that ends in 123.",
    ):
        assert words in page
    assert "Robin" not in page


def test_sent_twice_it_is_one_booking(site: Site) -> None:
    event = site.event()
    first, second = site.book(event, form="0" * 31 + "1"), site.book(event, form="0" * 31 + "1")
    assert address_in(first) == address_in(second)
    assert (len(site.places()), len(site.enquiries()), site.letters()) == (1, 1, ["place_booked"])


def test_sent_again_with_another_number_it_changes_the_booking(site: Site) -> None:
    event = site.event()
    assert site.booked(event, form="1" * 32) == site.booked(event, form="1" * 32, people="3")
    assert [place.people for place in site.places()] == [3]


def test_the_next_person_at_a_shared_computer_books_for_themselves(site: Site) -> None:
    event = site.event()
    assert site.booked(event, form="1" * 32) != site.booked(event, form="1" * 32, phone="07700 900456")
    assert [enquiry.contact_phone for enquiry in site.enquiries()] == ["+447700900123", "+447700900456"]


def test_a_form_without_its_id_still_books(site: Site) -> None:
    event = site.event()
    assert site.booked(event, form="' OR 1=1") != site.booked(event, form="")


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"people": "0"}, "people", "from 1 to 4. If there are more of you, call 0116 305 0505"),
        ({"people": "5"}, "people", "from 1 to 4"),
        ({"people": "500"}, "people", "from 1 to 4"),
        ({"people": ""}, "people", "from 1 to 4"),
        ({"people": "²"}, "people", "from 1 to 4"),
        ({"phone": ""}, "phone", "Type a phone number or an email address"),
        ({"phone": "12"}, "phone", "can't be a phone number"),
        ({"phone": "robin@home.example"}, "phone", "can't be a phone number"),
        ({"email": "robin@home"}, "email", "can't be an email address"),
        ({"email": "07700 900123"}, "email", "can't be an email address"),
        ({"safe": ""}, "safe", "Choose whether it is safe"),
        ({"name": "x" * 81}, "name", "up to 80 characters"),
        ({"needs": "interpreter"}, "language", "Type the language"),
        ({"language": "x" * 41}, "language", "up to 40 characters"),
    ],
)
def test_what_can_not_be_is_named_and_nothing_typed_is_lost(
    site: Site, wrong: dict[str, str], field: str, words: str
) -> None:
    answer = site.book(site.event(), **wrong)
    assert answer.status_code == 422
    assert title_of(answer).startswith("Error: ")
    page = words_of(answer)
    assert page.count(words) == 2, "once in the summary, once at the field"
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    kept = Fields(answer.text).values
    typed = {**SOMEBODY, **wrong}
    assert all(kept.get(name) == [value] for name, value in typed.items() if value and name not in wrong)
    assert kept.get(field, [""])[0] == ("" if field in ("people", "safe") else typed.get(field, ""))
    assert site.places() == []
    assert site.enquiries() == []


def test_several_mistakes_are_named_in_the_order_of_the_page(site: Site) -> None:
    answer = site.book(site.event(), phone="12", email="x", safe="", people="9")
    places = [answer.text.index(f'<a href="#{field}">') for field in ("phone", "email", "safe", "people")]
    assert places == sorted(places)


def test_a_full_event_offers_its_waiting_list_in_the_same_form(site: Site) -> None:
    event = site.event(places=2)
    site.book(event)
    page = site.get(f"{DATES}/events/{event}")
    assert "This event is full. You can join the waiting list." in words_of(page)
    assert 'value="wait"' in page.text
    assert 'value="book"' not in page.text
    address = address_in(site.book(event, act="wait", phone="07700 900456"))
    assert "You are on the waiting list" in site.text(address)
    assert [place.status for place in site.places()] == ["booked", "waiting"]


def test_one_that_fills_up_meanwhile_says_so_and_keeps_what_was_typed(site: Site) -> None:
    event, other = site.event(places=2), site.event(days=12)
    site.book(event)
    answer = site.book(event, phone="07700 900456", needs=["large_print"], form="7" * 32)
    assert answer.status_code == 409
    assert "This event has just filled up, so nothing is booked yet." in words_of(answer)
    found = Fields(answer.text)
    assert found.values["phone"] == ["07700 900456"]
    assert found.values["needs"] == ["large_print"]
    assert found.values["form"] == ["7" * 32]
    assert found.choices["event"] == [other]
    assert len(site.enquiries()) == 1
    again = site.book(event, phone="07700 900456", choosing="yes", form="7" * 32)
    assert again.status_code == 422
    assert "Choose one of the dates" in words_of(again)
    assert Fields(again.text).choices["event"] == [other]
    assert "You have a place" in site.text(
        site.booked(event, phone="07700 900456", choosing="yes", event=other, form="7" * 32)
    )
    waits = site.booked(event, phone="07700 900789", choosing="yes", act="wait")
    assert "You are on the waiting list" in site.text(waits)


def test_fewer_of_them_may_still_come_where_there_is_not_room_for_all(site: Site) -> None:
    event = site.event(places=3)
    answer = site.book(event, people="4")
    assert "There are not enough places left for 4 of you" in words_of(answer)
    assert "Book my place" in words_of(answer)
    assert "Put me on the waiting list" in words_of(answer)
    other = site.event(days=12)
    answer = site.book(event, people="4")
    assert Fields(answer.text).choices["event"] == [event, other]
    assert "You have a place" in site.text(site.booked(event, choosing="yes", event=event, people="3"))


def test_a_full_event_with_no_other_date_leaves_the_waiting_list(site: Site) -> None:
    event = site.event(places=1)
    answer = site.book(event, people="1", form="8" * 32)
    answer = site.book(event, people="1", phone="07700 900456")
    assert answer.status_code == 409
    assert Fields(answer.text).choices.get("event") is None
    assert 'value="wait"' in answer.text


@pytest.mark.parametrize("event_id", ["0" * 32, "nothing", "%00", "é" * 40])
def test_an_event_that_nobody_knows_leads_to_the_dates(site: Site, event_id: str) -> None:
    site.event()
    page = site.get(f"{DATES}/events/{event_id}")
    assert page.status_code == 404
    assert "We can't find that event." in words_of(page)
    assert "Plenty of places left" in words_of(page)
    answer = site.book(event_id)
    assert answer.status_code == 409
    assert "That event is over, or it has been called off." in words_of(answer)
    assert Fields(answer.text).values["phone"] == [SOMEBODY["phone"]]


def test_an_event_that_is_over_offers_the_other_dates_and_keeps_what_was_typed(site: Site) -> None:
    event = site.event(days=1)
    site.clock.move(days=2)
    assert site.get(f"{DATES}/events/{event}").status_code == 404
    alone = site.book(event)
    assert "there is no other date just now. Call 0116 305 0505" in words_of(alone)
    other = site.event()
    answer = site.book(event, form="7" * 32)
    assert answer.status_code == 409
    assert Fields(answer.text).choices["event"] == [other]
    assert "You have a place" in site.text(site.booked(event, form="7" * 32, choosing="yes", event=other))


def test_an_event_of_another_service_is_not_booked_here(site: Site) -> None:
    theirs = site.event(agency="coventry")
    assert site.get(f"{DATES}/events/{theirs}").status_code == 404
    assert site.book(theirs).status_code == 409
    assert site.places() == []


def test_hostile_text_is_escaped_and_cleaned(site: Site) -> None:
    name = "<script>alert(1)</script>\u202e\x00"
    answer = site.book(site.event(), name=name, people="0")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    site.book(site.event(days=10), name=name, language='"><b>', needs="interpreter")
    assert site.enquiries()[0].contact_name == "<script>alert(1)</script>"
    assert "<b>" not in site.get(site.booked(site.event(days=11), language='"><b>')).text


def test_who_must_not_be_written_to_is_told_to_keep_the_reference(site: Site) -> None:
    address = site.booked(site.event(), safe="no")
    assert site.letters() == []
    assert "We will not send you any messages. Write down your reference" in site.text(address)


def test_a_number_that_takes_no_texts_is_not_promised_any(site: Site) -> None:
    address = site.booked(site.event(), phone="0116 496 0123")
    assert site.letters() == []
    assert "We will not send you any messages." in site.text(address)
