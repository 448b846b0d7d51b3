"""Take away files of the outbox that nobody needs any more: they hold names, times and places."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path

from sqlalchemy import select

from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage

# Long enough for whatever collects the files to have been down over a bank holiday weekend.
KEPT_FOR = timedelta(days=7)
# Databases allow a limited number of values in one question.
AT_ONCE = 500
_OURS = re.compile(r"\.?\d{8}T\d{6}-([0-9a-f]{32})\.(?:txt|ics)(?:\.half)?")


def sweep_files(store: Store, folder: Path, now: datetime) -> int:
    """Remove message files a week after they were sent, and at once when their message is gone, as it is after "forget me".

    Files that the outbox did not write stay.

    Returns:
        How many were removed.
    """
    if not folder.is_dir():
        return 0
    # Listed before the store is asked: a message is in the store before its file is there.
    files = {file: match.group(1) for file in folder.iterdir() if (match := _OURS.fullmatch(file.name))}
    needed = _needed(store, set(files.values()), now)
    unneeded = [file for file, message_id in files.items() if message_id not in needed]
    for file in unneeded:
        file.unlink(missing_ok=True)
    return len(unneeded)


def _needed(store: Store, ids: set[str], now: datetime) -> set[str]:
    needed: set[str] = set()
    if not ids:
        return needed
    with store.read() as session:
        for some in batched(sorted(ids), AT_ONCE):
            rows = session.execute(select(OutboxMessage.id, OutboxMessage.sent_at).where(OutboxMessage.id.in_(some)))
            needed.update(one for one, sent_at in rows if sent_at is None or sent_at > now - KEPT_FOR)
    return needed
