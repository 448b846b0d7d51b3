"""./hearth staff: accounts for the console, and tokens for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from enquiry.enums import Role

AGENCY = "leicestershire"
app = typer.Typer(help="Add staff, list them, make a token, reset a password, remove an account.", no_args_is_help=True)

AgencyOption = Annotated[str, typer.Option(help="The fostering service.")]
RoleOption = Annotated[Role, typer.Option(help="What the account may do.")]
EmailOption = Annotated[str, typer.Option(help="The address to sign in with.")]
NameOption = Annotated[str, typer.Option(help="The name as colleagues see it.")]


@app.command()
def add(role: RoleOption, email: EmailOption, name: NameOption, agency: AgencyOption = AGENCY) -> None:
    """Add a member of staff and print a one-time password."""
    # Here and below: the store takes half a second to load, which the other commands should not pay for.
    from launcher.commands import staff_accounts

    password = staff_accounts.add(agency, email, name, role)
    print(f"{name} can sign in as {email} with the one-time password {password}")


@app.command("list")
def list_all(agency: AgencyOption = AGENCY) -> None:
    """List the staff: role, e-mail address, name."""
    from launcher.commands import staff_accounts

    for line in staff_accounts.lines(agency):
        print(line)


@app.command()
def token(role: RoleOption, agency: AgencyOption = AGENCY) -> None:
    """Print a token with which a program may use the staff API."""
    from launcher.commands import staff_accounts

    print(staff_accounts.token(agency, role))


@app.command()
def reset(email: EmailOption) -> None:
    """Give a member of staff a new one-time password, good for seven days."""
    from launcher.commands import staff_accounts

    print(f"{email} can sign in with the one-time password {staff_accounts.reset(email)}")


@app.command()
def remove(email: EmailOption) -> None:
    """Take an account away: it can't sign in any more. What that person wrote keeps their name."""
    from launcher.commands import staff_accounts

    print(f"{staff_accounts.remove(email)} can't sign in as {email} any more.")
