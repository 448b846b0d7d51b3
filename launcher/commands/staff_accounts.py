"""Staff accounts from the command line: opens the store, calls the domain, turns its troubles into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from enquiry.datafiles.source import did_you_mean
from enquiry.enums import Role
from enquiry.settings import ROOT, load_settings
from enquiry.staff import accounts as staff
from enquiry.store.engine import Store
from launcher.bootstrap.troubles import Trouble


def add(agency: str, email: str, name: str, role: Role) -> str:
    """Make an account. One address belongs to one service.

    Returns:
        its one-time password.
    Raises:
        Trouble: there is no such service (an account there would see nothing), or the address has an account already.
    """
    slugs = [file.stem for file in sorted((ROOT / "data" / "agencies").glob("*.yml"))]
    if agency not in slugs:
        raise Trouble(
            f'There is no service "{agency}". {did_you_mean(agency, slugs, "There are: " + ", ".join(slugs) + ".")}'
        )
    with _open() as session:
        _account, password = staff.add_staff(session, agency, email, name, role, datetime.now(UTC))
        return password


def token(agency: str, role: Role) -> str:
    """A bearer token for programs, with what this role may do."""
    with _open() as session:
        return staff.issue_token(session, agency, role, datetime.now(UTC))


def reset(email: str) -> str:
    """Give an account a new one-time password and return it."""
    with _open() as session:
        return staff.reset_password(session, email, datetime.now(UTC))


def remove(email: str) -> str:
    """Take an account away and return the name that was on it."""
    with _open() as session:
        return staff.remove_staff(session, email)


def lines(agency: str) -> list[str]:
    """One line for each member of staff: role, e-mail, name."""
    with _open() as session:
        return [f"{account.role:<22} {account.email:<40} {account.name}" for account in staff.staff_of(session, agency)]


@contextmanager
def _open() -> Iterator[Session]:
    store = Store(load_settings().store_url)
    try:
        with store.write() as session:
            yield session
    except staff.StaffExists as error:
        raise Trouble(f"There is an account for {error} already: use ./hearth staff reset --email {error}.") from error
    except staff.NoSuchStaff as error:
        raise Trouble(
            f"There is no account for {error}: see ./hearth staff list, or make one with ./hearth staff add."
        ) from error
    except DBAPIError as error:
        raise Trouble(
            "The store can't be used: run ./hearth up once to make it, or check HEARTH_DATABASE_URL "
            f"({str(error.orig).strip().splitlines()[0]})."
        ) from error
    finally:
        store.close()
