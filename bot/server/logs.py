"""Logging of the libraries, small and private: old ones warn of their age, and Rasa would log what people typed.

What the server tells of itself is in bot/server/log_lines.py.
"""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any

LONGEST_LINE = 300  # characters


def silence_libraries() -> None:
    """Turn off warnings, telemetry and chatter. Call it before the first import of Rasa."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    # A filter would not do: several of the libraries set their own.
    warnings.showwarning = _ignore
    logging.basicConfig(format="%(levelname)s %(message)s")
    logging.getLogger().setLevel(logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_details)


def configure_logging() -> None:
    """Log errors only, and without details. Call it after the imports: structlog, which has a level of its own, comes with them."""
    from rasa.utils.log_utils import configure_structlog

    warnings.showwarning = _ignore
    configure_structlog(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)


def _without_details(record: logging.LogRecord) -> bool:
    """Reduce an error to its class and place: its text and trace can hold a whole conversation, for Rasa puts the request into it."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args = f"{record.exc_info[0].__name__} in {record.name}", ()
        record.exc_info = record.exc_text = None
    elif len(record.getMessage()) > LONGEST_LINE:
        record.msg, record.args = f"{record.name}: a message of {len(record.getMessage())} characters is left out", ()
    return True


def _ignore(*details: Any, **more: Any) -> None:
    """Stand in for the function that prints warnings."""
