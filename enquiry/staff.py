"""Members of staff: accounts, passwords, signing in, tokens for machines."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from enquiry.references import ALPHABET
from enquiry.store.engine import KeptTrouble
from enquiry.store.models import Staff, StaffSession
from enquiry.words import Role

SESSION_LASTS = timedelta(hours=12)
TOKEN_LASTS = timedelta(days=90)
WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12


class SecretKind(StrEnum):
    """What a secret opens: the console in a browser, or the interface for machines. Neither opens the other."""

    BROWSER = "browser"
    TOKEN = "token"


class WrongPassword(KeptTrouble):
    """E-mail and password do not belong together. Which of the two is wrong is not told."""


class Locked(KeptTrouble):
    """Too many wrong tries; `until` says when the next one counts."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Locked until {until.isoformat()}.")
        self.until = until


class PasswordTooShort(Exception):
    """A password needs at least SHORTEST_PASSWORD characters."""


class PasswordNotNew(Exception):
    """The new password is the old one."""


class StaffExists(Exception):
    """There is an account with this e-mail already."""


class NoSuchStaff(Exception):
    """There is no such account."""


@dataclass(frozen=True)
class SignedIn:
    """A session just begun. The secret goes to the browser and is kept nowhere else."""

    secret: str
    staff: Staff


def add_staff(
    session: Session, agency_slug: str, email: str, name: str, role: Role, now: datetime
) -> tuple[Staff, str]:
    """Make an account with a one-time password, which has to be changed at the first sign-in.

    Returns:
        The account, and the password in clear: to be shown once.
    Raises:
        StaffExists: the e-mail is taken.
    """
    if _by_email(session, email) is not None:
        raise StaffExists(_plain(email))
    password = one_time_password()
    staff = Staff(
        agency=agency_slug,
        email=_plain(email),
        name=name,
        role=role.value,
        password_hash=_hasher().hash(password),
        must_change=True,
        created_at=now,
    )
    session.add(staff)
    session.flush()
    return staff, password


def sign_in(session: Session, email: str, password: str, now: datetime) -> SignedIn:
    """Begin a session of 12 hours.

    Raises:
        WrongPassword: the e-mail is unknown or the password wrong. It takes as long for either.
        Locked: five wrong tries in a row; the next try counts after 15 minutes. Nothing is checked until then.
    """
    staff = _by_email(session, email)
    right = _matches(staff.password_hash if staff else _nobodys_hash(), password)
    if staff is not None and staff.locked_until is not None and staff.locked_until > now:
        raise Locked(staff.locked_until)
    if staff is None or not right:
        if staff is not None:
            _count_wrong_try(session, staff, now)
        raise WrongPassword
    staff.wrong_tries = 0
    staff.locked_until = None
    secret = _begin(session, staff, SecretKind.BROWSER, now, SESSION_LASTS)
    return SignedIn(secret=secret, staff=staff)


def staff_for(session: Session, secret: str, kind: SecretKind, now: datetime) -> Staff | None:
    """Who holds this secret of this kind, or None when it is unknown or has run out."""
    return session.scalar(
        select(Staff)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(
            StaffSession.secret_sha256 == _digest(secret), StaffSession.kind == kind.value, StaffSession.expires_at > now
        )
    )


def change_password(session: Session, staff: Staff, old: str, new: str, now: datetime) -> None:
    """Set another password. Every session of the account ends, so that whoever else knew the old one is out.

    Raises:
        WrongPassword: the old one is wrong (counted like a wrong try at signing in).
        PasswordTooShort: the new one has fewer than 12 characters.
        PasswordNotNew: the new one is the old one.
    """
    if staff.locked_until is not None and staff.locked_until > now:
        raise Locked(staff.locked_until)
    if not _matches(staff.password_hash, old):
        _count_wrong_try(session, staff, now)
        raise WrongPassword
    if len(new) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    if new == old:
        raise PasswordNotNew
    _set_password(session, staff, new)
    staff.must_change = False


def reset_password(session: Session, email: str, now: datetime) -> str:
    """Give an account a new one-time password and end its sessions and tokens.

    Raises:
        NoSuchStaff: there is no account with this e-mail.
    """
    staff = _by_email(session, email)
    if staff is None:
        raise NoSuchStaff(_plain(email))
    password = one_time_password()
    _set_password(session, staff, password)
    staff.must_change = True
    return password


def sign_out(session: Session, secret: str) -> None:
    """End one session. An unknown secret is nothing to worry about."""
    session.execute(delete(StaffSession).where(StaffSession.secret_sha256 == _digest(secret)))


def issue_token(session: Session, agency_slug: str, role: Role, now: datetime) -> str:
    """A token for machines, good for 90 days. It acts as the agency's longest-standing account of that role.

    Raises:
        NoSuchStaff: the agency has nobody in that role.
    """
    staff = session.scalar(
        select(Staff).where(Staff.agency == agency_slug, Staff.role == role.value).order_by(Staff.created_at).limit(1)
    )
    if staff is None:
        raise NoSuchStaff(role.value)
    return _begin(session, staff, SecretKind.TOKEN, now, TOKEN_LASTS)


def staff_of(session: Session, agency_slug: str) -> list[Staff]:
    """Everyone with an account at an agency, by name."""
    return list(session.scalars(select(Staff).where(Staff.agency == agency_slug).order_by(Staff.name, Staff.email)))


def one_time_password() -> str:
    """Sixteen characters that are easy to read out, in groups of four; about 76 bits."""
    letters = [secrets.choice(ALPHABET.lower()) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def _begin(session: Session, staff: Staff, kind: SecretKind, now: datetime, lasts: timedelta) -> str:
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.expires_at <= now))
    secret = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            secret_sha256=_digest(secret), staff_id=staff.id, kind=kind.value, created_at=now, expires_at=now + lasts
        )
    )
    session.flush()
    return secret


def _set_password(session: Session, staff: Staff, password: str) -> None:
    staff.password_hash = _hasher().hash(password)
    staff.wrong_tries = 0
    staff.locked_until = None
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))


def _count_wrong_try(session: Session, staff: Staff, now: datetime) -> None:
    # Counted in the database, so that tries made at the same time all count.
    tries = session.scalar(
        update(Staff).where(Staff.id == staff.id).values(wrong_tries=Staff.wrong_tries + 1).returning(Staff.wrong_tries)
    )
    if tries is not None and tries >= WRONG_TRIES:
        staff.wrong_tries = 0
        staff.locked_until = now + LOCKED_FOR
    session.flush()


def _by_email(session: Session, email: str) -> Staff | None:
    return session.scalar(select(Staff).where(Staff.email == _plain(email)))


def _plain(email: str) -> str:
    return email.strip().lower()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher().verify(password_hash, password)
    except VerifyMismatchError:
        return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    """What an unknown e-mail's password is checked against, so that it takes as long as a known one's."""
    return _hasher().hash(secrets.token_urlsafe(32))
