"""Choose the way messages go, by the settings: GOV.UK Notify, else a mail server for e-mails, else files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from enquiry.settings import Settings
from enquiry.store.models import OutboxMessage
from worker.providers.contract import HandOver, Provider
from worker.providers.files import FileProvider


class ByChannel:
    """Sends e-mails one way and texts another."""

    def __init__(self, ways: Mapping[str, Provider]) -> None:
        self.ways = ways

    def send(self, message: OutboxMessage, hand_over: HandOver) -> None:
        """Send one message. Raises as `Provider.send` does."""
        self.ways[message.channel].send(message, hand_over)


def choose_provider(settings: Settings, folder: Path) -> Provider:
    """The way for this installation.

    Args:
        folder: where files go, for what nothing else is set.
    """
    files = FileProvider(folder)
    # The imports are here so that a worker starts without what it does not use.
    if settings.notify_api_key:
        from worker.providers.notify import NotifyProvider, Templates

        templates = Templates(settings.notify_email_template, settings.notify_text_template)
        return NotifyProvider(settings.notify_api_key, templates, settings.notify_url)
    if server := settings.mail_server:
        from worker.providers.smtp import SmtpProvider

        return ByChannel({"email": SmtpProvider(server, settings.mail_from), "text": files})
    return files
