"""The service by its name, and the store: what the commands that work for a fostering service share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from enquiry.datafiles.source import did_you_mean
from enquiry.settings import load_settings
from enquiry.store.engine import Store
from launcher.bootstrap.troubles import Trouble


def check_service(agencies: Path, slug: str) -> None:
    """See that there is a service of this name.

    Args:
        agencies: data/agencies.
    Raises:
        Trouble: there is none.
    """
    slugs = [file.stem for file in sorted(agencies.glob("*.yml"))]
    if slug not in slugs:
        remedy = did_you_mean(slug, slugs, f"There are: {', '.join(slugs)}.")
        raise Trouble(f'There is no service "{slug}". {remedy}')


@contextmanager
def open_store() -> Iterator[Store]:
    """Open the store of this installation.

    Raises:
        Trouble: it is not there, not up to date, or can't be reached.
    """
    store = Store(load_settings().store_url)
    try:
        yield store
    except DBAPIError as error:
        raise Trouble(
            "The store can't be used: run ./hearth up once to make it and bring it up to date, or check HEARTH_DATABASE_URL "
            f"({str(error.orig).strip().splitlines()[0]})."
        ) from error
    finally:
        store.close()
