"""What an e-mail looks like: readable, safe from tricks in its lines, and with an invitation where calendars look for it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from enquiry.store.models import OutboxMessage
from tests.support.letters_out import INVITATION, letter
from worker.providers.email_format import as_email

SENDER = "Fostering Leicestershire <fostering@council.example>"


def read(message: OutboxMessage) -> EmailMessage:
    """As a mail program reads it."""
    found = message_from_bytes(as_email(message, SENDER).as_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_plain_message_is_one_part_of_text() -> None:
    mail = read(letter(body="Hello Robin,\n\n.a line with a dot\n£5 and é\n" + "long " * 300))
    assert mail.get_content_type() == "text/plain"
    assert text_of(mail) == "Hello Robin,\n\n.a line with a dot\n£5 and é\n" + "long " * 300 + "\n"
    assert (mail["To"], mail["From"], mail["Subject"]) == ("robin@home.example", SENDER, "Your place")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == letter().created_at


def test_no_line_is_longer_than_a_mail_server_takes_and_all_is_ascii() -> None:
    raw = as_email(letter(body="é" * 5000, calendar=INVITATION), SENDER).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_message_id_is_the_same_for_the_same_message() -> None:
    one, again, other = (read(letter(id=name * 32))["Message-ID"] for name in "aab")
    assert one == again == f"<{'a' * 32}@council.example>"
    assert other != one


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_an_alternative_with_its_method_and_a_file(method: str) -> None:
    calendar = INVITATION.replace("METHOD:REQUEST", f"METHOD:{method}")
    mail = read(letter(calendar=calendar))
    assert mail.get_content_type() == "multipart/mixed"
    alternatives, attached = mail.iter_parts()
    text, invitation = alternatives.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    assert text.get_content_type() == "text/plain"
    assert (invitation.get_content_type(), invitation["Content-Type"].params["method"]) == ("text/calendar", method)
    assert invitation["Content-Type"].params["charset"] == "utf-8"
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    inside = [Calendar.from_ical(part.get_content()).to_ical() for part in (invitation, attached)]
    assert inside == [Calendar.from_ical(calendar).to_ical()] * 2
    assert attached.get_content() == calendar.encode()


def test_a_method_in_a_description_is_not_the_method() -> None:
    calendar = INVITATION.replace("METHOD:REQUEST\r\n", "").replace("SUMMARY:", "SUMMARY:METHOD:CANCEL ")
    invitation = next(
        part for part in read(letter(calendar=calendar)).walk() if part.get_content_type() == "text/calendar"
    )
    assert invitation["Content-Type"].params["method"] == "PUBLISH"


@given(st.text(max_size=200))
def test_whatever_stands_in_the_subject_it_stays_one_line_of_one_header(subject: str) -> None:
    mail = read(letter(subject=f"Hello\r\nBcc: all@x.example\n\n{subject}"))
    assert mail["Bcc"] is None
    assert mail["To"] == "robin@home.example"
    assert text_of(mail) == "Hello\n"


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "robin",
        "a@x.example, b@x.example",
        "a@x.example\r\nBcc: b@x.example",
        "Robin <a@x.example>",
        "@",
        "a@",
        "a b@c.example",
    ],
)
def test_a_recipient_that_is_not_one_address_is_none(recipient: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        as_email(letter(recipient=recipient), SENDER)


def test_an_address_with_letters_of_another_language_is_written_as_the_network_knows_it() -> None:
    assert read(letter(recipient="robin@bücher.example"))["To"] == "robin@xn--bcher-kva.example"
