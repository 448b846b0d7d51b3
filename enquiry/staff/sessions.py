"""Sessions of browsers, tokens of programs, and how long a one-time password counts."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from enquiry.store.models import Staff, StaffSession

SESSION_LASTS = timedelta(hours=12)
TOKEN_LASTS = timedelta(days=90)
# Long enough for somebody on a week's leave; a slip of paper with a password on it must not open the console for ever.
ONE_TIME_LASTS = timedelta(days=7)
# Stands among the sessions to say when a password was reset. It belongs to no secret, so it opens nothing.
RESET_MARK = "reset"


class SecretKind(StrEnum):
    """What a secret opens: the console in a browser, or the interface for machines. Neither opens the other."""

    BROWSER = "browser"
    TOKEN = "token"


def begin(session: Session, staff: Staff, kind: SecretKind, now: datetime, lasts: timedelta) -> str:
    """Begin a session or a token. The secret is for who asked, and kept nowhere."""
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.expires_at <= now))
    secret = secrets.token_urlsafe(32)
    session.add(_secret(secret, staff, kind.value, now, lasts))
    session.flush()
    return secret


def staff_for(session: Session, secret: str, kind: SecretKind, now: datetime) -> Staff | None:
    """Who holds this secret of this kind, or None when it is unknown or has run out."""
    return session.scalar(
        select(Staff)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(
            StaffSession.secret_sha256 == _digest(secret),
            StaffSession.kind == kind.value,
            StaffSession.expires_at > now,
        )
    )


def sign_out(session: Session, secret: str) -> None:
    """End one session. An unknown secret is nothing to worry about."""
    session.execute(delete(StaffSession).where(StaffSession.secret_sha256 == _digest(secret)))


def end_browser_sessions(session: Session, staff: Staff) -> None:
    """End what was begun with the password. Tokens for machines stay."""
    session.execute(
        delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.kind != SecretKind.TOKEN.value)
    )


def end_everything(session: Session, staff: Staff) -> None:
    """End every session and every token."""
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))


def mark_reset(session: Session, staff: Staff, now: datetime) -> None:
    """Write down that the account was given a new one-time password now."""
    session.add(_secret(secrets.token_urlsafe(32), staff, RESET_MARK, now, ONE_TIME_LASTS))
    session.flush()


def one_time_until(session: Session, staff: Staff) -> datetime:
    """Until when a one-time password counts: from the last reset, or from when the account was made."""
    reset = session.scalar(
        select(func.max(StaffSession.created_at)).where(
            StaffSession.staff_id == staff.id, StaffSession.kind == RESET_MARK
        )
    )
    return (reset or staff.created_at) + ONE_TIME_LASTS


def _secret(secret: str, staff: Staff, kind: str, now: datetime, lasts: timedelta) -> StaffSession:
    return StaffSession(
        secret_sha256=_digest(secret), staff_id=staff.id, kind=kind, created_at=now, expires_at=now + lasts
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
