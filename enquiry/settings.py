"""The settings of this installation, read once from the environment and checked at start."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class BrokenSetting(Exception):
    """A setting can't be used; the message says which one and what to do."""


class Settings(BaseSettings):
    """Every setting Hearth has. Names in the environment carry the prefix `HEARTH_`."""

    model_config = SettingsConfigDict(env_prefix="HEARTH_", extra="ignore")

    state_dir: Path = Field(default=Path(".hearth"), description="Folder for what Hearth keeps: database, outbox, secret.")
    database_url: str = Field(default="", description="Store; empty means SQLite in the state folder.")
    model: Path = Field(default=Path("models/hearth.tar.gz"), description="The trained model the assistant loads.")
    web_host: str = Field(default="127.0.0.1", description="Address the web process listens on.")
    web_port: int = Field(default=8000, ge=1, le=65535, description="Port of the public pages and the console.")
    rasa_port: int = Field(default=5005, ge=1, le=65535, description="Loopback port of the assistant.")
    actions_port: int = Field(default=5055, ge=1, le=65535, description="Loopback port of the action server.")
    public_url: str = Field(default="", description="Address people see; empty means http://web_host:web_port.")
    secret: str = Field(default="", description="Key that signs conversation tokens; empty means one kept in the state folder.")
    token_days: int = Field(default=30, ge=1, le=365, description="How long a conversation can be taken up again, in days.")
    messages_per_minute: int = Field(default=30, ge=1, description="Messages one conversation may send in a minute.")
    conversations_per_hour: int = Field(default=60, ge=1, description="Conversations one address may start in an hour.")
    assistant_seconds: float = Field(default=8.0, gt=0, le=60, description="How long the page waits for the assistant, in seconds.")

    @property
    def store_url(self) -> str:
        """SQLAlchemy address of the store."""
        return self.database_url or f"sqlite:///{(ROOT / self.state_dir / 'hearth.db')}"

    @property
    def address(self) -> str:
        """Where the pages are found, without a final slash."""
        return (self.public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def signing_key(self) -> str:
        """The secret, made once and kept readable for the owner alone when none is set."""
        if self.secret:
            return self.secret
        file = ROOT / self.state_dir / "secret"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
        return file.read_text().strip()


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
