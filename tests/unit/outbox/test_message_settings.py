"""The settings of how messages go out: what can't be used is said at the start, and no password is repeated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enquiry.settings import BrokenSetting, Settings, load_settings
from enquiry.smtp_address import MailServer, Protection, mail_server
from tests.support.fake_notify import KEY


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Read the settings out of an environment."""

    def read(**values: str) -> Settings:
        for name, value in values.items():
            monkeypatch.setenv(f"HEARTH_{name}", value)
        return load_settings.__wrapped__()

    return read


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.council.example", MailServer("mail.council.example", 25, Protection.NONE)),
        ("smtp://mail.council.example?starttls", MailServer("mail.council.example", 587, Protection.STARTTLS)),
        ("smtps://mail.council.example", MailServer("mail.council.example", 465, Protection.TLS)),
        (
            "smtp://u:p%40ss%3A@mail.council.example:2525?starttls",
            MailServer("mail.council.example", 2525, Protection.STARTTLS, "u", "p@ss:"),
        ),
        ("smtp://u:p@127.0.0.1:1025", MailServer("127.0.0.1", 1025, Protection.NONE, "u", "p")),
    ],
)
def test_the_address_of_a_mail_server_says_where_and_as_whom(address: str, server: MailServer) -> None:
    assert mail_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "mail.council.example",
        "http://mail.council.example",
        "smtp://",
        "smtp://x:99999",
        "smtp://x:y",
        "smtp://x?tls",
        "smtp://x/inbox",
        "smtp://hearth:hunter2@mail.council.example:25",
    ],
)
def test_an_address_that_can_not_be_one_is_named_and_its_password_is_not_repeated(
    load: Callable[..., Settings], address: str
) -> None:
    with pytest.raises(BrokenSetting, match="HEARTH_MAIL can't be used") as refused:
        load(MAIL=address, MAIL_FROM="a@council.example")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "sender", ["Fostering", "a@b@c.example,", "a@x.example, b@x.example", "Us <a@x.example>\nBcc: all@x.example"]
)
def test_whom_mails_come_from_has_to_be_one_address(load: Callable[..., Settings], sender: str) -> None:
    with pytest.raises(BrokenSetting, match="HEARTH_MAIL_FROM can't be used"):
        load(MAIL="smtp://localhost", MAIL_FROM=sender)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"MAIL": "smtp://localhost"}, "HEARTH_MAIL_FROM"),
        ({"NOTIFY_API_KEY": KEY}, "HEARTH_NOTIFY_EMAIL_TEMPLATE"),
        ({"NOTIFY_API_KEY": KEY, "NOTIFY_EMAIL_TEMPLATE": "x"}, "HEARTH_NOTIFY_TEXT_TEMPLATE"),
        ({"NOTIFY_API_KEY": "half-a-key"}, "HEARTH_NOTIFY_API_KEY"),
        ({"NOTIFY_CALLBACK_TOKEN": "short"}, "HEARTH_NOTIFY_CALLBACK_TOKEN"),
    ],
)
def test_a_setting_that_needs_another_says_which(
    load: Callable[..., Settings], given: dict[str, str], missing: str
) -> None:
    with pytest.raises(BrokenSetting, match=missing):
        load(**given)


def test_no_secret_shows_when_the_settings_are_written_out(load: Callable[..., Settings]) -> None:
    settings = load(
        MAIL="smtps://u:hunter2@localhost",
        MAIL_FROM="a@x.example",
        NOTIFY_API_KEY=KEY,
        NOTIFY_EMAIL_TEMPLATE="e",
        NOTIFY_TEXT_TEMPLATE="t",
        NOTIFY_CALLBACK_TOKEN="0123456789abcdefg",
    )
    written = f"{settings!r} {settings.mail_server!r}"
    assert not [secret for secret in ("hunter2", KEY, "0123456789abcdefg") if secret in written]
