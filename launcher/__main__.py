"""./hearth, once the environments are there: reads what was typed and runs the command."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules


def main(arguments: list[str]) -> None:
    """Run one command, of which only its own module is imported.

    Args:
        arguments: what was typed after ./hearth; what follows `--` is for the program that the command calls.
    """
    # Imported here, so that Ctrl-C during the imports ends as quietly as later.
    try:
        from enquiry.datafiles.source import did_you_mean
        from enquiry.settings import BrokenSetting
        from launcher import commands
        from launcher.bootstrap.troubles import Trouble

        name, *words = arguments
        end = words.index("--") if "--" in words else len(words)
        known = [module.name for module in iter_modules(commands.__path__)]
        try:
            if name not in known:
                raise Trouble(
                    f'There is no command "{name}". {did_you_mean(name, known, "./hearth --help lists them.")}'
                )
            app = import_module(f"launcher.commands.{name}").app
            app(args=words[:end], obj=words[end + 1 :], prog_name=f"./hearth {name}")
        except (Trouble, BrokenSetting) as trouble:
            print(str(trouble), file=sys.stderr)
            sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
