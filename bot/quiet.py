"""Keep Rasa, TensorFlow and their neighbours from filling the log: old libraries warn of their age, and below WARNING Rasa logs what people typed."""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any


def hush() -> None:
    """Call before the first import of Rasa."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    # A filter would not do: several of the libraries set their own.
    warnings.showwarning = _say_nothing
    logging.basicConfig(format="%(levelname)s %(message)s")
    logging.getLogger().setLevel(logging.ERROR)


def after_imports() -> None:
    """Call after them: structlog has its own level, and would otherwise print every message."""
    from rasa.utils.log_utils import configure_structlog

    warnings.showwarning = _say_nothing
    configure_structlog(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)


def _say_nothing(*details: Any, **more: Any) -> None:
    """Take the place of what prints warnings."""
