"""What every test may lean on: the project's own data, one agency, one moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

from bench.support.attempts import project_catalogue
from enquiry.agencies.agency import Agency
from enquiry.catalogue import Catalogue

# In CI the examples are the same each time (Hypothesis's own profile for it), so that a change is judged by itself; here they vary.
# No test is about time: one that takes longer while another lane has the processor is no worse (./hearth bench measures).
settings.register_profile("untimed", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Everything under data/."""
    return project_catalogue()


@pytest.fixture(scope="session")
def agency(catalogue: Catalogue) -> Agency:
    """The agency most tests are about."""
    return catalogue.agencies["leicestershire"]


@pytest.fixture(scope="session")
def now() -> datetime:
    """Monday 23 November 2026, 10am in Leicestershire."""
    return datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
