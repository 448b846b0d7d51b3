"""./hearth up: everything, until Ctrl-C."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

from enquiry.settings import ROOT, Settings, load_settings
from enquiry.store.setup import StoreTrouble, prepare_store
from launcher.ports import check_ports
from launcher.prepare_progress import Trouble, clean_environment
from launcher.training import Need, train_model


def up() -> None:
    """Start Hearth: the pages, the assistant, everything. Ctrl-C ends it."""
    started = float(os.environ.get("HEARTH_STARTED_AT", time.time()))
    settings = load_settings()
    check_ports(settings)
    train_model(ROOT, settings.model, Need.WHEN_CHANGED)
    _prepare_store(settings)

    # After the checks, so that a trouble is told without waiting for this import.
    from launcher.runner import run_all

    sys.exit(run_all(ROOT, settings, clean_environment({"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}), started))


def _prepare_store(settings: Settings) -> None:
    """Bring the store up to date, and show the passwords of new accounts: they are kept nowhere."""
    try:
        report = prepare_store(settings, datetime.now(UTC))
    except StoreTrouble as trouble:
        raise Trouble(str(trouble)) from trouble
    if report.events or report.slots:
        print(f"The store is new: {report.events} information events and {report.slots} visit slots were put in it.")
    if report.accounts:
        print(f"Sign in at {settings.address}/console with these one-time passwords. They are shown only now:")
        for account in report.accounts:
            print(f"    {account.role.value:<14}{account.email:<46}{account.password}")
    sys.stdout.flush()
