"""The settings of this installation, read once from the environment and checked at start."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from enquiry.smtp_address import MailServer, check_sender, mail_server

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16
# Its name, the id of the service and the secret, with hyphens between.
_ID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
NOTIFY_KEY = re.compile(rf".+-{_ID}-{_ID}", re.IGNORECASE)


class BrokenSetting(Exception):
    """A setting can't be used; the message says which one and what to do."""


class Settings(BaseSettings):
    """Every setting Hearth has. Names in the environment carry the prefix `HEARTH_`."""

    model_config = SettingsConfigDict(env_prefix="HEARTH_", extra="ignore")

    state_dir: Path = Field(
        default=Path(".hearth"), description="Folder for what Hearth keeps: database, outbox, secret."
    )
    database_url: str = Field(default="", description="Store; empty means SQLite in the state folder.")
    model: Path = Field(default=Path("models/hearth.tar.gz"), description="The trained model the assistant loads.")
    agency: str = Field(
        default="leicestershire", description="The service of the front page, by the name of its file in data/agencies."
    )
    web_host: str = Field(default="127.0.0.1", description="Address the web process listens on.")
    web_port: int = Field(default=8000, ge=1, le=65535, description="Port of the public pages and the console.")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="Loopback port of the assistant.")
    actions_port: int = Field(default=5055, ge=1, le=65535, description="Loopback port of the action server.")
    public_url: str = Field(default="", description="Address people see; empty means http://web_host:web_port.")
    trusted_proxies: str = Field(
        default="",
        description="Addresses whose X-Forwarded-For is believed, with commas between; empty means nobody's.",
    )
    secret: str = Field(
        default="",
        description="Key that signs conversation tokens, 32 characters or more; empty means one kept in the state folder.",
    )
    token_days: int = Field(
        default=30, ge=1, le=365, description="How long a conversation can be taken up again, in days."
    )
    messages_per_minute: int = Field(default=30, ge=1, description="Messages one conversation may send in a minute.")
    conversations_per_hour: int = Field(default=60, ge=1, description="Conversations one address may start in an hour.")
    bookings_per_hour: int = Field(
        default=30,
        ge=1,
        description="Bookings one address may make in an hour; as many changes of bookings, counted apart.",
    )
    sign_ins_per_minute: int = Field(
        default=10, ge=1, description="Tries to sign in to the console one address has in a minute."
    )
    assistant_seconds: float = Field(
        default=8.0, gt=0, le=60, description="How long the page waits for the assistant, in seconds."
    )

    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="Lines of the log: json, text for a person to read, or auto: text on a terminal."
    )
    metrics: bool = Field(
        default=False,
        description="Whether the worker and the action server tell figures, on loopback ports of their own.",
    )
    metrics_token: str = Field(
        default="",
        repr=False,
        description="What reads web's /metrics from another machine, 16 characters or more; empty: this machine alone.",
    )
    actions_metrics_port: int = Field(
        default=5056, ge=1, le=65535, description="Loopback port of the action server's figures."
    )
    worker_metrics_port: int = Field(default=5057, ge=1, le=65535, description="Loopback port of the worker's figures.")

    mail: str = Field(
        default="",
        repr=False,
        description="Mail server: smtp://user:password@host:587?starttls or smtps://user:password@host; empty means files.",
    )
    mail_from: str = Field(
        default="", description="Whom e-mails come from, such as Fostering <fostering@council.example>."
    )
    notify_api_key: str = Field(
        default="", repr=False, description="Key of GOV.UK Notify; with it, e-mails and texts go that way."
    )
    notify_url: str = Field(
        default="", description="Address of GOV.UK Notify; empty means the one its own client knows."
    )
    notify_email_template: str = Field(
        default="", description="Id of the e-mail template there, made of ((subject)) and ((body))."
    )
    notify_text_template: str = Field(default="", description="Id of the text template there, made of ((body)).")
    notify_callback_token: str = Field(
        default="",
        repr=False,
        description="What GOV.UK Notify signs in with when it calls us, 16 characters or more; empty: it can't.",
    )

    @property
    def mail_server(self) -> MailServer | None:
        """The mail server, when one is set."""
        return mail_server(self.mail) if self.mail else None

    @property
    def store_url(self) -> str:
        """SQLAlchemy address of the store."""
        return self.database_url or f"sqlite:///{(ROOT / self.state_dir / 'hearth.db')}"

    @property
    def address(self) -> str:
        """Where the pages are found, without a final slash."""
        return (self.public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def proxies(self) -> list[str]:
        """The trusted proxies one by one."""
        return [address.strip() for address in self.trusted_proxies.split(",") if address.strip()]

    @property
    def signing_key(self) -> str:
        """The secret, made once and kept readable for the owner alone when none is set.

        Raises:
            BrokenSetting: the file holds no key that could protect anything.
        """
        if self.secret:
            return self.secret
        file = ROOT / self.state_dir / "secret"
        if not file.exists():
            _make_secret(file)
        key = file.read_text().strip()
        if len(key) < SHORTEST_SECRET:
            raise BrokenSetting(
                f"The key in {file} is empty or too short. Delete that file and start again: a new one is made."
            )
        return key

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: str) -> str:
        if secret and len(secret) < SHORTEST_SECRET:
            raise ValueError(f"it needs at least {SHORTEST_SECRET} characters")
        return secret

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, proxies: str) -> str:
        for address in proxies.split(","):
            if address.strip():
                ip_network(address.strip(), strict=False)
        return proxies

    @field_validator("mail")
    @classmethod
    def _a_mail_server(cls, mail: str) -> str:
        if mail:
            mail_server(mail)
        return mail

    @field_validator("mail_from")
    @classmethod
    def _a_sender(cls, sender: str) -> str:
        return check_sender(sender) if sender else ""

    @field_validator("notify_callback_token", "metrics_token")
    @classmethod
    def _hard_to_guess(cls, token: str) -> str:
        if token and len(token) < SHORTEST_TOKEN:
            raise ValueError(f"it needs at least {SHORTEST_TOKEN} characters")
        return token

    @field_validator("notify_api_key")
    @classmethod
    def _a_whole_key(cls, key: str) -> str:
        if key and not NOTIFY_KEY.fullmatch(key):
            raise ValueError("it is not a whole key: copy it again, with its name and both ids")
        return key

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        """Raises BrokenSetting where one setting needs another: messages would wait, and nobody would know."""
        if self.mail and not self.mail_from:
            raise BrokenSetting(
                "HEARTH_MAIL needs HEARTH_MAIL_FROM, the address e-mails come from. Set it and start again."
            )
        if self.notify_api_key and not (self.notify_email_template and self.notify_text_template):
            raise BrokenSetting(
                "HEARTH_NOTIFY_API_KEY needs HEARTH_NOTIFY_EMAIL_TEMPLATE and HEARTH_NOTIFY_TEXT_TEMPLATE, the ids of the two "
                "templates. Set both and start again."
            )
        return self


def _make_secret(file: Path) -> None:
    """Make the key under another name first: after a crash there is a whole key or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix="secret-")
    try:
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        # Another process was first; its key is the one.
        return
    finally:
        os.unlink(draft)


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Read and check the settings.

    Raises:
        BrokenSetting: one can't be used; the text names the variable and what is expected.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"HEARTH_{str(first['loc'][0]).upper()}" if first["loc"] else "A setting"
        raise BrokenSetting(f"{name} can't be used ({first['msg']}). Change it and start again.") from error
