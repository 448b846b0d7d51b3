"""Members of staff: accounts, passwords, signing in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from enquiry.enums import Role
from enquiry.references import ALPHABET
from enquiry.staff.sessions import (
    SESSION_LASTS,
    TOKEN_LASTS,
    SecretKind,
    begin,
    end_browser_sessions,
    end_everything,
    mark_reset,
    one_time_until,
)
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.engine import KeptTrouble, Store
from enquiry.store.models import CalendarFeed, Staff, Visitor

WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12


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


def sign_in(store: Store, email: str, password: str, now: datetime) -> SignedIn:
    """Begin a session of 12 hours.

    The password is checked outside any transaction: that takes long, and nobody's writing shall wait for it.

    Raises:
        WrongPassword: the e-mail is unknown, or the password wrong, or a one-time password older than seven days.
        Locked: five wrong tries in a row; the next try counts after 15 minutes, and until then none is counted.
    """
    with store.read() as session:
        seen = _by_email(session, email)
    right = _matches(seen.password_hash if seen else _nobodys_hash(), password)
    if seen is None:
        raise WrongPassword
    with store.write() as session:
        staff = _let_in(session, seen, now, right=right)
        if staff.must_change and now >= one_time_until(session, staff):
            raise WrongPassword
        staff.wrong_tries = 0
        staff.locked_until = None
        return SignedIn(begin(session, staff, SecretKind.BROWSER, now, SESSION_LASTS), staff)


def change_password(store: Store, staff_id: str, old: str, new: str, now: datetime) -> SignedIn:
    """Set another password and begin a session with it.

    Every other browser session of the account ends, so that whoever knew the old password is out. Tokens for machines stay.

    Raises:
        WrongPassword: the old one is wrong (counted like a wrong try at signing in).
        Locked: too many wrong tries.
        PasswordTooShort: the new one has fewer than 12 characters.
        PasswordNotNew: the new one is the old one.
    """
    with store.read() as session:
        seen = session.get_one(Staff, staff_id)
    _refuse_locked(seen, now)
    right = _matches(seen.password_hash, old)
    if right and len(new) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    if right and new == old:
        raise PasswordNotNew
    fresh = _hasher().hash(new)
    with store.write() as session:
        staff = _let_in(session, seen, now, right=right)
        staff.wrong_tries = 0
        staff.password_hash = fresh
        staff.must_change = False
        end_browser_sessions(session, staff)
        return SignedIn(begin(session, staff, SecretKind.BROWSER, now, SESSION_LASTS), staff)


def reset_password(session: Session, email: str, now: datetime) -> str:
    """Give an account a new one-time password and end its sessions and tokens.

    Raises:
        NoSuchStaff: there is no account with this e-mail.
    """
    staff = _by_email(session, email)
    if staff is None:
        raise NoSuchStaff(_plain(email))
    password = one_time_password()
    _shut_out(session, staff, password)
    staff.must_change = True
    mark_reset(session, staff, now)
    return password


def remove_staff(session: Session, email: str) -> str:
    """Take an account away: nothing signs in with it, it is told of nothing, and its address is free again.

    Calendar addresses that were made with it, or of the diary that was theirs, open nothing any more; the diary itself stays.
    The row stays without agency and address, so that notes and handoffs keep the name of who wrote them.

    Returns:
        The name that was on it.
    Raises:
        NoSuchStaff: there is no account with this e-mail.
    """
    staff = _by_email(session, email)
    if staff is None:
        raise NoSuchStaff(_plain(email))
    _shut_out(session, staff, secrets.token_urlsafe(32))
    theirs = select(Visitor.id).where(Visitor.staff_id == staff.id)
    session.execute(
        delete(CalendarFeed).where(or_(CalendarFeed.made_by == staff.id, CalendarFeed.visitor_id.in_(theirs)))
    )
    session.execute(update(Visitor).where(Visitor.staff_id == staff.id).values(staff_id=None))
    staff.must_change = False
    staff.email = f"removed-{staff.id}"
    staff.agency = ""
    session.flush()
    return staff.name


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
    return begin(session, staff, SecretKind.TOKEN, now, TOKEN_LASTS)


def staff_of(session: Session, agency_slug: str) -> list[Staff]:
    """Everyone with an account at an agency, by name."""
    return list(session.scalars(select(Staff).where(Staff.agency == agency_slug).order_by(Staff.name, Staff.email)))


def one_time_password() -> str:
    """Sixteen characters that are easy to read out, in groups of four; about 76 bits."""
    letters = [secrets.choice(ALPHABET.lower()) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def _shut_out(session: Session, staff: Staff, password: str) -> None:
    """Set another password, and end every session and token of the account."""
    staff.password_hash = _hasher().hash(password)
    staff.wrong_tries = 0
    staff.locked_until = None
    end_everything(session, staff)


def _let_in(session: Session, seen: Staff, now: datetime, *, right: bool) -> Staff:
    """The account for writing, if its password was right and still is the one that was checked; else a wrong try is counted."""
    staff = session.get_one(Staff, seen.id, with_for_update=True)
    _refuse_locked(staff, now)
    if not right or staff.password_hash != seen.password_hash:
        _count_wrong_try(session, staff, now)
        raise WrongPassword
    return staff


def _refuse_locked(staff: Staff, now: datetime) -> None:
    if staff.locked_until is not None and staff.locked_until > now:
        raise Locked(staff.locked_until)


def _count_wrong_try(session: Session, staff: Staff, now: datetime) -> None:
    # Counted in the database, so that tries made at the same time all count.
    tries = session.scalar(
        update(Staff).where(Staff.id == staff.id).values(wrong_tries=Staff.wrong_tries + 1).returning(Staff.wrong_tries)
    )
    if tries is not None and tries >= WRONG_TRIES:
        staff.wrong_tries = 0
        staff.locked_until = now + LOCKED_FOR
        tell_after_commit(session, "account_locked", staff_id=staff.id, agency=staff.agency)
    session.flush()


def _by_email(session: Session, email: str) -> Staff | None:
    return session.scalar(select(Staff).where(Staff.email == _plain(email)))


def _plain(email: str) -> str:
    return email.strip().lower()


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
