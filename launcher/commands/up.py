"""./hearth up: everything, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

from enquiry.settings import ROOT, Settings, load_settings
from enquiry.setup.prepare import StoreTrouble, prepare_store
from launcher.bootstrap.programs import clean_environment
from launcher.bootstrap.troubles import Trouble
from launcher.commands import command_line
from launcher.content.check import BadData
from launcher.content.training import Need, train_model
from launcher.run.checks import check_ports, keep_private
from launcher.run.supervisor import run_all

app = command_line()


@app.command()
def up() -> None:
    """Start Hearth: the pages, the assistant, everything. Ctrl-C ends it."""
    started = float(os.environ.get("HEARTH_STARTED_AT", time.time()))
    settings = load_settings()
    check_ports(settings)
    _train_or_keep(settings)
    keep_private(ROOT / settings.state_dir)
    _prepare_store(settings)
    run_all(ROOT, settings, clean_environment({"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}), started)


def _train_or_keep(settings: Settings) -> None:
    """Train when something has changed. Mistakes in data/ are told, and Hearth starts with the model it has, if it has one."""
    try:
        train_model(ROOT, settings.model, Need.WHEN_CHANGED)
    except BadData as trouble:
        if trouble.findings.stop_hearth or not (ROOT / settings.model).is_file():
            raise
        print(f"{trouble}\nHearth starts with what the assistant learned before.", file=sys.stderr, flush=True)


def _prepare_store(settings: Settings) -> None:
    """Bring the store up to date, and show the passwords of new accounts: they are kept nowhere."""
    try:
        report = prepare_store(settings, datetime.now(UTC))
    except StoreTrouble as trouble:
        raise Trouble(str(trouble)) from trouble
    if report.events or report.visitors:
        print(
            f"The store is new: {report.events} information events and {report.visitors} initial visitors were put in it."
        )
    if report.accounts:
        print(f"Sign in at {settings.address}/console with these one-time passwords. They are shown only now:")
        for account in report.accounts:
            print(f"    {account.role.value:<14}{account.email:<46}{account.password}")
    sys.stdout.flush()
