"""Accounts, signing in, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from enquiry.bookings.calendars.feeds import feed_of, make_feed
from enquiry.enums import Role
from enquiry.staff import accounts as staff_module
from enquiry.staff.accounts import (
    Locked,
    NoSuchStaff,
    PasswordNotNew,
    PasswordTooShort,
    StaffExists,
    WrongPassword,
    add_staff,
    change_password,
    issue_token,
    remove_staff,
    reset_password,
    sign_in,
    staff_of,
)
from enquiry.staff.sessions import SecretKind, sign_out, staff_for
from enquiry.store.engine import Store
from enquiry.store.models import Note, Staff, Visitor
from tests.support.maker import Maker

EMAIL = "ann@x.example"


def add(make: Maker, role: Role = Role.COORDINATOR, email: str = EMAIL) -> str:
    with make.store.write() as session:
        return add_staff(session, make.agency.slug, email, "Ann", role, make.now)[1]


def enter(make: Maker, password: str, email: str = EMAIL, after: timedelta = timedelta()) -> str:
    return sign_in(make.store, email, password, make.now + after).secret


def who(make: Maker, secret: str, after: timedelta = timedelta(), kind: SecretKind = SecretKind.BROWSER) -> str | None:
    with make.store.read() as session:
        found = staff_for(session, secret, kind, make.now + after)
        return found.email if found else None


def change(make: Maker, old: str, new: str) -> str:
    with make.store.read() as session:
        staff_id = session.query(Staff).filter_by(email=EMAIL).one().id
    return change_password(make.store, staff_id, old, new, make.now).secret


def test_the_one_time_password_signs_in_and_has_to_be_changed(make: Maker) -> None:
    password = add(make)
    assert who(make, enter(make, password, " ANN@x.example ")) == EMAIL
    with make.store.read() as session:
        assert session.query(Staff).one().must_change is True
    change(make, password, "a much longer one")
    with make.store.read() as session:
        assert session.query(Staff).one().must_change is False
    enter(make, "a much longer one")
    with pytest.raises(WrongPassword):
        enter(make, password)


def test_a_session_ends_after_twelve_hours_or_by_signing_out(make: Maker) -> None:
    secret = enter(make, add(make))
    assert who(make, secret, timedelta(hours=11, minutes=59)) == EMAIL
    assert who(make, secret, timedelta(hours=12)) is None
    with make.store.write() as session:
        sign_out(session, secret)
    assert who(make, secret) is None
    assert who(make, "nonsense") is None


def test_five_wrong_tries_lock_for_fifteen_minutes_even_the_right_password(make: Maker) -> None:
    password = add(make)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            enter(make, "wrong")
    with pytest.raises(Locked) as locked:
        enter(make, password)
    assert locked.value.until == make.now + timedelta(minutes=15)
    with pytest.raises(Locked):
        enter(make, password, after=timedelta(minutes=14))
    enter(make, password, after=timedelta(minutes=15))


def test_wrong_tries_are_counted_although_the_transaction_ends_with_an_error(make: Maker) -> None:
    add(make)
    with pytest.raises(WrongPassword):
        enter(make, "wrong")
    with make.store.read() as session:
        assert session.query(Staff).one().wrong_tries == 1


def test_a_right_password_forgets_the_wrong_tries_before_it(make: Maker) -> None:
    password = add(make)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                enter(make, "wrong")
        enter(make, password)


def test_an_unknown_email_is_a_wrong_password(make: Maker) -> None:
    with pytest.raises(WrongPassword):
        enter(make, "whatever", "nobody@x.example")


@pytest.mark.parametrize(("new", "trouble"), [("short", PasswordTooShort), ("x" * 11, PasswordTooShort)])
def test_a_short_password_is_refused(make: Maker, new: str, trouble: type[Exception]) -> None:
    password = add(make)
    with pytest.raises(trouble):
        change(make, password, new)


def test_the_old_password_is_not_a_new_one_and_a_wrong_old_one_changes_nothing(make: Maker) -> None:
    password = add(make)
    with pytest.raises(PasswordNotNew):
        change(make, password, password)
    with pytest.raises(WrongPassword):
        change(make, "wrong", "a much longer one")
    enter(make, password)


def test_changing_and_resetting_a_password_ends_every_session(make: Maker) -> None:
    password = add(make)
    first = enter(make, password)
    begun = change(make, password, "a much longer one")
    assert who(make, first) is None
    assert who(make, begun) == EMAIL
    second = enter(make, "a much longer one")
    with make.store.write() as session:
        fresh = reset_password(session, EMAIL, make.now)
    assert who(make, second) is None
    enter(make, fresh)
    with pytest.raises(NoSuchStaff), make.store.write() as session:
        reset_password(session, "nobody@x.example", make.now)


def test_an_email_has_one_account(make: Maker) -> None:
    add(make)
    with pytest.raises(StaffExists):
        add(make, email="Ann@X.example")


def test_a_token_acts_for_its_role_and_outlives_a_session(make: Maker) -> None:
    add(make)
    add(make, Role.MANAGER, "m@x.example")
    with make.store.write() as session:
        token = issue_token(session, make.agency.slug, Role.MANAGER, make.now)
    assert who(make, token, timedelta(days=89), SecretKind.TOKEN) == "m@x.example"
    assert who(make, token) is None, "a machine's token does not open the console"
    assert who(make, token, timedelta(days=90), SecretKind.TOKEN) is None
    with pytest.raises(NoSuchStaff), make.store.write() as session:
        issue_token(session, make.agency.slug, Role.VISITOR, make.now)


def test_everyone_of_an_agency_is_listed_and_nobody_else(make: Maker) -> None:
    add(make)
    with make.store.write() as session:
        add_staff(session, "elsewhere", "z@x.example", "Zed", Role.MANAGER, make.now)
    with make.store.read() as session:
        assert [staff.email for staff in staff_of(session, make.agency.slug)] == [EMAIL]


def test_no_password_and_no_secret_is_in_the_store(make: Maker) -> None:
    password = add(make)
    secret = enter(make, password)
    with make.store.engine.connect() as connection:
        everything = str(connection.execute(text("SELECT * FROM staff")).all())
        everything += str(connection.execute(text("SELECT * FROM staff_sessions")).all())
    assert password not in everything
    assert secret not in everything


def test_a_password_is_hashed_while_nobody_waits_for_the_store(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    password = add(make)
    busy: list[bool] = []
    matches = staff_module._matches

    def look(password_hash: str, typed: str) -> bool:
        busy.append(open_writes[0] > 0)
        return matches(password_hash, typed)

    open_writes = [0]
    write = Store.write

    @contextmanager
    def counted(store: Store) -> Iterator[Session]:
        open_writes[0] += 1
        try:
            with write(store) as session:
                yield session
        finally:
            open_writes[0] -= 1

    monkeypatch.setattr(staff_module, "_matches", look)
    monkeypatch.setattr(Store, "write", counted)
    enter(make, password)
    change(make, password, "a much longer one")
    for email in (EMAIL, "nobody@x.example"):
        with pytest.raises(WrongPassword):
            enter(make, "wrong", email)
    assert busy == [False] * 4


def test_a_password_changed_while_the_old_one_was_being_checked_lets_nobody_in(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = add(make)
    matches = staff_module._matches

    def reset_meanwhile(password_hash: str, typed: str) -> bool:
        with make.store.write() as session:
            reset_password(session, EMAIL, make.now)
        return matches(password_hash, typed)

    monkeypatch.setattr(staff_module, "_matches", reset_meanwhile)
    with pytest.raises(WrongPassword):
        enter(make, password)


def test_a_one_time_password_counts_for_seven_days_from_when_it_was_given(make: Maker) -> None:
    password = add(make)
    enter(make, password, after=timedelta(days=6, hours=23))
    with pytest.raises(WrongPassword):
        enter(make, password, after=timedelta(days=7))
    with make.store.write() as session:
        fresh = reset_password(session, EMAIL, make.now + timedelta(days=30))
    enter(make, fresh, after=timedelta(days=36, hours=23))
    with pytest.raises(WrongPassword):
        enter(make, fresh, after=timedelta(days=37))


def test_a_password_of_ones_own_does_not_run_out(make: Maker) -> None:
    change(make, add(make), "a much longer one")
    enter(make, "a much longer one", after=timedelta(days=400))


def test_changing_the_password_leaves_the_tokens_of_machines(make: Maker) -> None:
    password = add(make)
    with make.store.write() as session:
        token = issue_token(session, make.agency.slug, Role.COORDINATOR, make.now)
    change(make, password, "a much longer one")
    assert who(make, token, kind=SecretKind.TOKEN) == EMAIL


def test_who_is_removed_is_out_and_what_they_wrote_keeps_their_name(make: Maker) -> None:
    password = add(make)
    secret = enter(make, password)
    enquiry_id = make.enquiry()
    with make.store.write() as session:
        token = issue_token(session, make.agency.slug, Role.COORDINATOR, make.now)
        staff_id = session.query(Staff).filter_by(email=EMAIL).one().id
        session.add(Note(enquiry_id=enquiry_id, staff_id=staff_id, text="Rang.", at=make.now))
    with make.store.write() as session:
        assert remove_staff(session, EMAIL) == "Ann"
    assert who(make, secret) is None
    assert who(make, token, kind=SecretKind.TOKEN) is None
    with pytest.raises(WrongPassword):
        enter(make, password)
    with make.store.read() as session:
        assert session.query(Note).one().staff.name == "Ann"
        assert staff_of(session, make.agency.slug) == []
    with pytest.raises(NoSuchStaff), make.store.write() as session:
        remove_staff(session, EMAIL)
    enter(make, add(make))


def test_calendar_addresses_of_who_is_removed_open_nothing_and_their_diary_stays(make: Maker) -> None:
    add(make)
    add(make, Role.VISITOR, "vi@x.example")
    diary = make.visitor()
    with make.store.write() as session:
        ann, vi = (session.query(Staff).filter_by(email=one).one() for one in (EMAIL, "vi@x.example"))
        visitor = session.get_one(Visitor, diary)
        visitor.staff_id = vi.id
        secrets = [
            make_feed(session, make.agency.slug, None, ann, make.now),
            make_feed(session, make.agency.slug, visitor, ann, make.now),
        ]
    with make.store.write() as session:
        remove_staff(session, "vi@x.example")
        assert session.get_one(Visitor, diary).staff_id is None
        assert [feed_of(session, one) is not None for one in secrets] == [True, False]
        remove_staff(session, EMAIL)
        assert feed_of(session, secrets[0]) is None
