"""./hearth staff: accounts for the console, and tokens for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from enquiry.enums import Role
from enquiry.settings import ROOT
from enquiry.staff import accounts
from launcher.bootstrap.troubles import Trouble
from launcher.commands import command_line
from launcher.services import check_service, open_store

AgencyOption = Annotated[str, typer.Option(help="The fostering service.")]
RoleOption = Annotated[Role, typer.Option(help="What the account may do.")]
EmailOption = Annotated[str, typer.Option(help="The address to sign in with.")]
NameOption = Annotated[str, typer.Option(help="The name as colleagues see it.")]
AGENCY = "leicestershire"
app = command_line("Add staff, list them, make a token, reset a password, remove an account.")


@app.command()
def add(role: RoleOption, email: EmailOption, name: NameOption, agency: AgencyOption = AGENCY) -> None:
    """Add a member of staff and print a one-time password."""
    check_service(ROOT / "data" / "agencies", agency)  # an account elsewhere would see nothing
    with _session() as session:
        _account, password = accounts.add_staff(session, agency, email, name, role, _now())
    print(f"{name} can sign in as {email} with the one-time password {password}")


@app.command("list")
def list_all(agency: AgencyOption = AGENCY) -> None:
    """List the staff: role, e-mail address, name."""
    with _session() as session:
        for account in accounts.staff_of(session, agency):
            print(f"{account.role:<22} {account.email:<40} {account.name}")


@app.command()
def token(role: RoleOption, agency: AgencyOption = AGENCY) -> None:
    """Print a token with which a program may use the staff API."""
    with _session() as session:
        issued = accounts.issue_token(session, agency, role, _now())
    print(issued)


@app.command()
def reset(email: EmailOption) -> None:
    """Give a member of staff a new one-time password, good for seven days."""
    with _session() as session:
        password = accounts.reset_password(session, email, _now())
    print(f"{email} can sign in with the one-time password {password}")


@app.command()
def remove(email: EmailOption) -> None:
    """Take an account away: it can't sign in any more. What that person wrote keeps their name."""
    with _session() as session:
        name = accounts.remove_staff(session, email)
    print(f"{name} can't sign in as {email} any more.")


@contextmanager
def _session() -> Iterator[Session]:
    """What is done in it is committed at its end."""
    try:
        with open_store() as store, store.write() as session:
            yield session
    except accounts.StaffExists as error:
        raise Trouble(f"There is an account for {error} already: use ./hearth staff reset --email {error}.") from error
    except accounts.NoSuchStaff as error:
        raise Trouble(
            f"There is no account for {error}: see ./hearth staff list, or make one with ./hearth staff add."
        ) from error


def _now() -> datetime:
    return datetime.now(UTC)
