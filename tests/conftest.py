"""What every test may lean on: one agency, one moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from enquiry.agencies import Agency, load_agency
from enquiry.settings import ROOT


@pytest.fixture(scope="session")
def agency() -> Agency:
    """The agency whose file is in the project."""
    return load_agency(ROOT / "data" / "agencies" / "leicestershire.yml")


@pytest.fixture(scope="session")
def now() -> datetime:
    """Monday 23 November 2026, 10am in Leicestershire."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
