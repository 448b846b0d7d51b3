"""Train the assistant's model when what it is made from has changed."""

from __future__ import annotations

import enum
import fcntl
from collections.abc import Iterator
from pathlib import Path

from bot.fingerprint import code_files
from launcher.bootstrap.programs import clean_environment, run_shown
from launcher.bootstrap.progress import step
from launcher.bootstrap.stamps import fingerprint, write_stamp
from launcher.bootstrap.troubles import StepFailed, Trouble
from launcher.content.check import refuse_mistakes

MODEL = Path("models/hearth.tar.gz")
# What the model is made from. An answer's text counts too: the topics are one kind of file, and training is short.
MADE_FROM = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules",
    "data/topics",
    "data/out_of_scope.yml",
    "data/senders.yml",
    "data/criteria.yml",
    "data/answers",
    "data/safeguarding.yml",
    "data/safeguarding",
    "data/afterwards.yml",
    "data/agencies",
    "data/encoder",
    "bot/requirements.lock",
)
SOURCES = (".yml", ".yaml", ".lock", ".json", ".txt", ".csv", ".tsv", ".safetensors")


class Need(enum.Enum):
    """When to train."""

    WHEN_CHANGED = "when changed"
    ALWAYS = "always"


def model_inputs(root: Path) -> str:
    """The sha256 over everything the model is made from."""
    files = sorted(_files(root))
    return fingerprint(files, *(str(file.relative_to(root)) for file in files))


def _files(root: Path) -> Iterator[Path]:
    for name in MADE_FROM:
        place = root / name
        if place.is_dir():
            yield from (file for file in place.rglob("*") if file.suffix in SOURCES and not file.name.startswith("."))
        elif place.is_file():
            yield place
    yield from code_files(root / "bot")


def train_model(root: Path, model: Path, need: Need) -> bool:
    """Train the model unless the one there is made from the same things.

    Args:
        root: the project's folder.
        model: the model that will be loaded, relative to the root or absolute.
        need: whether to train even when nothing changed.
    Returns:
        whether it was trained.
    Raises:
        BadData: files in data/ hold mistakes; the model there is kept as it is.
        Trouble: training did not finish, or the model asked for is somebody's own and is not there.
    """
    if root / model != root / MODEL:
        if not (root / model).is_file():
            raise Trouble(
                f"HEARTH_MODEL names {model}, which is not there: correct it, or unset it and run ./hearth again."
            )
        return False
    stamp = root / ".hearth" / "model.stamp"
    if need is Need.WHEN_CHANGED and _is_current(root, stamp):
        return False
    stamp.parent.mkdir(exist_ok=True)
    with open(stamp.with_name("train.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Another ./hearth may have trained it while we waited.
        if need is Need.WHEN_CHANGED and _is_current(root, stamp):
            return False
        inputs = model_inputs(root)
        refuse_mistakes(root)
        _train(root)
        # What was read before training is what counts: a file changed meanwhile means training again next time.
        write_stamp(stamp, _stamp_of(root, inputs))
    return True


def _is_current(root: Path, stamp: Path) -> bool:
    try:
        return stamp.read_text() == _stamp_of(root, model_inputs(root))
    except FileNotFoundError:
        return False


def _stamp_of(root: Path, inputs: str) -> str:
    model = (root / MODEL).stat()
    return f"{inputs} {model.st_size} {model.st_mtime_ns}"


def _train(root: Path) -> None:
    log = root / ".hearth" / "log" / "train.log"
    log.unlink(missing_ok=True)
    python = str(root / "bot" / ".venv" / "bin" / "python")
    with step("Training the assistant (a few minutes; up to ten the first time)") as progress:
        try:
            run_shown(progress, [python, "-m", "bot.train"], log, root, clean_environment({"PYTHONPATH": str(root)}))
        except StepFailed as failed:
            last = next((line for line in reversed(failed.output.splitlines()) if line.strip()), "no reason given")
            raise Trouble(
                f"The assistant could not be trained: {last.strip().rstrip('.')} (all of it: {log})."
            ) from failed
        if not (root / MODEL).is_file():
            raise Trouble(f"Training ended without writing {MODEL}: see {log}.")
