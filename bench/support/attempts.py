"""Attempts at bookings for tests and measurements, with the project's own data."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from enquiry.bookings.attempt import ENQUIRER, WORKER, Attempt, Door
from enquiry.bookings.links import BookingLinks
from enquiry.catalogue import Catalogue, load_catalogue
from enquiry.settings import ROOT

LINKS = BookingLinks("http://127.0.0.1:8000", "for tests alone, and long enough to be one")


@cache
def project_catalogue() -> Catalogue:
    """Read everything under data/, once."""
    return load_catalogue(ROOT / "data")


def chat(now: datetime) -> Attempt:
    """Act as an enquirer in the chat."""
    return Attempt(Door.CHAT, ENQUIRER, now, project_catalogue(), LINKS)


def page(now: datetime) -> Attempt:
    """Act as an enquirer on the booking pages."""
    return Attempt(Door.PAGE, ENQUIRER, now, project_catalogue(), LINKS)


def staff(now: datetime, who: str = "Sam") -> Attempt:
    """Act as a member of staff in the console."""
    return Attempt(Door.CONSOLE, who, now, project_catalogue(), LINKS)


def worker(now: datetime) -> Attempt:
    """Act as the worker."""
    return Attempt(Door.WORKER, WORKER, now, project_catalogue(), LINKS)
