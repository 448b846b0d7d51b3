"""E-mails through a real mail server on this machine."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.support.mail_box import PASSWORD, USER, MailBox, check_password, mail_server
from bench.support.ports import free_port
from enquiry.outbox.failures import Reason
from enquiry.smtp_address import MailServer, Protection
from enquiry.store.models import OutboxMessage
from tests.support.letters_out import INVITATION, letter
from worker.providers import smtp
from worker.providers.contract import Away, InDoubt, NotOurs, NotSent, Refused
from worker.providers.smtp import SmtpProvider

SENDER = "Fostering <fostering@council.example>"


@pytest.fixture
def box() -> Iterator[MailBox]:
    """A mail server that asks for nothing."""
    with mail_server(enable_SMTPUTF8=True) as running:
        yield running


class Handing:
    """Notes that the message was about to be handed over."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def send(
    box: MailBox,
    message: OutboxMessage | None = None,
    *,
    hand_over: Callable[[], None] = lambda: None,
    protection: Protection = Protection.NONE,
    user: str = "",
    password: str = "",
) -> None:
    where = MailServer("127.0.0.1", box.port, protection, user, password)
    SmtpProvider(where, SENDER).send(message or letter(), hand_over)


def test_an_email_arrives_as_it_was_written(box: MailBox) -> None:
    send(box, letter(body=".\n.dots\n£\n", calendar=INVITATION))
    ((recipient, mail),) = box.taken
    assert recipient == "robin@home.example"
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == ".\n.dots\n£\n"
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/ics"]


def test_it_is_said_that_a_message_is_handed_over_after_the_server_knows_both_and_before_it_has_anything(
    box: MailBox,
) -> None:
    def look() -> None:
        assert box.taken == []
        raise NotOurs

    with pytest.raises(NotOurs):
        send(box, hand_over=look)
    assert box.taken == []


@pytest.mark.parametrize(
    ("answers", "trouble", "handed_over"),
    [
        ({"to_recipient": ["550 no such user"]}, Refused, 0),
        ({"to_recipient": ["450 come back later"]}, NotSent, 0),
        ({"to_recipient": ["421 closing"]}, Away, 0),
        ({"to_sender": ["550 not from you"]}, Away, 0),
        ({"to_sender": ["451 come back later"]}, Away, 0),
        ({"to_data": ["554 looks like spam"]}, Refused, 1),
        ({"to_data": ["451 disk full"]}, NotSent, 1),
    ],
)
def test_a_no_is_certain_and_says_whether_trying_again_helps(
    box: MailBox, answers: dict[str, list[str]], trouble: type[NotSent], handed_over: int
) -> None:
    (said,) = [text for texts in answers.values() for text in texts]
    for name, texts in answers.items():
        setattr(box, name, list(texts))
    handing = Handing()
    with pytest.raises(NotSent, match=said[4:]) as raised:
        send(box, hand_over=handing)
    assert type(raised.value) is trouble
    assert handing.times == handed_over
    assert box.taken == []


def test_a_server_that_goes_away_after_it_was_given_everything_leaves_it_in_doubt(box: MailBox) -> None:
    box.hang_up_after_taking = True
    with pytest.raises(InDoubt) as doubt:
        send(box)
    assert doubt.value.reason is Reason.UNSETTLED
    assert len(box.taken) == 1


def test_a_server_that_never_says_yes_leaves_it_in_doubt(box: MailBox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "SECONDS_TO_TAKE_IT", 0.1)
    box.pause = lambda: 2.0
    with pytest.raises(InDoubt):
        send(box)


def test_no_server_is_certain_too() -> None:
    with pytest.raises(Away) as away:
        send(MailBox(port=free_port()))
    assert away.value.reason is Reason.AWAY


def test_a_server_that_says_nothing_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "SECONDS_FOR_A_REPLY", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Away):
        send(MailBox(port=silent.getsockname()[1]))


def test_what_can_not_be_written_as_an_email_is_not_tried_again(box: MailBox) -> None:
    for recipient in ("robin", "a@x.example\r\nRCPT TO:<b@x.example>", "a@x.example,b@x.example"):
        with pytest.raises(Refused) as refused:
            send(box, letter(recipient=recipient))
        assert refused.value.reason is Reason.UNREADABLE_ADDRESS
    assert box.taken == []


def test_an_address_with_other_letters_goes_where_the_server_can_write_them() -> None:
    message = letter(recipient="jürgen@home.example")
    with mail_server(enable_SMTPUTF8=True) as able:
        send(able, message)
        assert able.taken[0][0] == "jürgen@home.example"
    with mail_server(enable_SMTPUTF8=False) as unable, pytest.raises(Refused):
        send(unable, message)


def test_a_server_that_wants_a_password_gets_it() -> None:
    with mail_server(auth_required=True, auth_require_tls=False, authenticator=check_password) as box:
        send(box, user=USER.decode(), password=PASSWORD.decode())
        assert len(box.taken) == 1
        with pytest.raises(Away, match="535"):
            send(box, user=USER.decode(), password="wrong")


def test_without_protection_nothing_is_said_where_protection_was_asked_for(box: MailBox) -> None:
    with pytest.raises(Away):
        send(box, protection=Protection.STARTTLS, user="hearth", password="secret")
    assert box.taken == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for localhost, with its key."""
    folder = tmp_path_factory.mktemp("certificate")
    words = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem"
    )
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    return folder


def test_with_starttls_the_certificate_is_looked_at_and_the_mail_goes_over_it(certificate: Path) -> None:
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    believed = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    with mail_server(certificate=ours, require_starttls=True) as box:
        where = MailServer("127.0.0.1", box.port, Protection.STARTTLS)
        SmtpProvider(where, SENDER, believed).send(letter(), lambda: None)
        assert len(box.taken) == 1
        with pytest.raises(Away, match="CERTIFICATE_VERIFY_FAILED"):
            SmtpProvider(where, SENDER).send(letter(), lambda: None)
        with pytest.raises(Away, match="530"):
            send(box)
