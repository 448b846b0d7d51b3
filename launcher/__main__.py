"""./hearth, once the environments are there: reads what was typed and runs the command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def build() -> typer.Typer:
    """The commands, as typer knows them."""
    import typer

    from launcher.commands import agency, bench, check, rehearse, staff, test, train, understand, up

    app = typer.Typer(
        name="./hearth",
        help="The first point of contact of a fostering service.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.command("up")(up.up)
    app.command("test")(test.test)
    app.command("check")(check.check)
    app.command("train")(train.train)
    app.command("understand")(understand.understand)
    app.command("bench")(bench.bench)
    app.add_typer(staff.app, name="staff")
    app.add_typer(rehearse.app, name="rehearse")
    app.add_typer(agency.app, name="agency")
    return app


def main(arguments: list[str]) -> None:
    """Run one command.

    Args:
        arguments: what was typed after ./hearth; what follows `--` is for the program that a command calls.
    """
    ours, theirs = arguments, []
    if "--" in arguments:
        split = arguments.index("--")
        ours, theirs = arguments[:split], arguments[split + 1 :]
    if ours and ours[0] == "help":
        ours = ["--help"]
    # Imported here, so that Ctrl-C during the imports ends as quietly as later.
    try:
        from enquiry.settings import BrokenSetting
        from launcher.bootstrap.troubles import Trouble

        try:
            build()(args=ours, obj=theirs, prog_name="./hearth")
        except (Trouble, BrokenSetting) as trouble:
            print(str(trouble), file=sys.stderr)
            sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
