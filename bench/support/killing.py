"""Kills real worker processes while they send, and counts at the mail server what came of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bench.support.attempts import project_catalogue
from bench.support.mail_box import MailBox
from enquiry.outbox.delivery import LEASE, something_due
from enquiry.outbox.failures import Failures
from enquiry.outbox.queue import queue_message
from enquiry.settings import ROOT
from enquiry.smtp_address import MailServer, Protection
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage
from worker.deliver import deliver_due
from worker.providers.smtp import SmtpProvider

SENDER = "Hearth <hearth@council.example>"
# More than a worker sends before it is killed.
BACKLOG = 150


@dataclass(frozen=True)
class Tally:
    """What became of the messages. `arrived_in_doubt` are those in doubt that did go."""

    kills: int
    queued: int
    sent: int
    in_doubt: int
    arrived_in_doubt: int
    lost: int
    twice: int


@dataclass(frozen=True)
class Killing:
    """Workers on one store that send to one mail server.

    Args:
        state: their state folder.
    """

    store: Store
    state: Path
    box: MailBox

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "HEARTH_STATE_DIR": str(self.state),
            "HEARTH_DATABASE_URL": self.store.url,
            "HEARTH_MAIL": f"smtp://127.0.0.1:{self.box.port}",
            "HEARTH_MAIL_FROM": SENDER,
        }
        with (self.state / "worker.log").open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", "worker"], cwd=ROOT, env=environment, stdout=log, stderr=log)

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """End it as a power cut would."""
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def queue(self, number: int) -> None:
        """Have so many messages sent."""
        now = datetime.now(UTC)
        with self.store.write() as session:
            for _ in range(number):
                message = queue_message(
                    session,
                    agency_slug="leicestershire",
                    occasion=f"kill:{random.getrandbits(64)}",
                    kind="place_booked",
                    channel="email",
                    recipient="robin@home.example",
                    subject="Your place",
                    body="Hello\n",
                    now=now,
                )
                assert message is not None

    def run(self, kills: int, seconds: float, random_moments: random.Random) -> None:
        """Kill a worker so many times, each at a random moment of its first seconds."""
        for _ in range(kills):
            self.queue(max(0, BACKLOG - self._waiting()))
            worker = self.start()
            time.sleep(random_moments.uniform(0, seconds))
            self.kill(worker)

    def settle(self) -> None:
        """Send the rest without being killed, when every lease has run out."""
        provider = SmtpProvider(MailServer("127.0.0.1", self.box.port, Protection.NONE), SENDER)
        failures = Failures(project_catalogue().wording)
        while self._due():
            deliver_due(self.store, provider, failures, _later)

    def tally(self, kills: int) -> Tally:
        """Compare the store with what the mail server took."""
        with self.store.read() as session:
            message = OutboxMessage
            found = list(
                session.execute(select(message.id, message.sent_at, message.handing_over_at, message.given_up_at))
            )
        arrived = Counter(self.box.ids())
        sent = {one for one, sent_at, _handing, _up in found if sent_at}
        in_doubt = {one for one, sent_at, handing, up in found if not sent_at and handing and up}
        neither = len(found) - len(sent) - len(in_doubt)
        return Tally(
            kills=kills,
            queued=len(found),
            sent=len(sent),
            in_doubt=len(in_doubt),
            arrived_in_doubt=len(in_doubt & set(arrived)),
            lost=neither + len(sent - set(arrived)),
            twice=sum(number > 1 for number in arrived.values()),
        )

    def _waiting(self) -> int:
        with self.store.read() as session:
            untouched = (OutboxMessage.sent_at.is_(None), OutboxMessage.attempts == 0)
            return session.scalar(select(func.count()).select_from(OutboxMessage).where(*untouched)) or 0

    def _due(self) -> bool:
        with self.store.read() as session:
            return something_due(session, _later())


def _later() -> datetime:
    return datetime.now(UTC) + 2 * LEASE
