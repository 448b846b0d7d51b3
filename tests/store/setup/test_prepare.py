"""Preparing a store: tables, something to book, someone to sign in; once."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.dates import LONDON
from enquiry.enums import Role
from enquiry.settings import ROOT, Settings
from enquiry.setup.prepare import StoreTrouble, prepare_store
from enquiry.setup.report import SetupReport
from enquiry.setup.seed import seed_agency
from enquiry.staff.accounts import sign_in
from enquiry.store.engine import Store
from enquiry.store.models import Event, Staff, Visitor


def test_a_new_store_gets_events_visitors_and_one_account_a_role(new_url: str, agency: Agency, now: datetime) -> None:
    report = prepare_store(Settings(database_url=new_url), now)
    assert report.migrated
    assert agency.event_plan
    assert report.events == agency.event_plan.how_many
    agencies = load_agencies(ROOT / "data" / "agencies")
    assert {account.email for account in report.accounts} == {
        f"{role.value}@{slug}.example" for slug in agencies for role in Role
    }
    store = Store(new_url)
    for account in report.accounts:
        assert sign_in(store, account.email, account.password, now).staff.must_change
    with store.read() as session:
        events = session.query(Event).order_by(Event.starts_at).all()
        visitors = session.query(Visitor).order_by(Visitor.name).all()
    store.close()
    assert [event.starts_at.astimezone(LONDON).time() for event in events] == [agency.event_plan.starts] * report.events
    assert [visitor.name for visitor in visitors] == ["Initial visitor 1", "Initial visitor 2"]
    assert report.visitors == 2
    assert visitors[0].pattern["0"] == [["10:00", "15:30"], ["17:30", "19:00"]]
    # Of the other services no dates are known: theirs begin empty.
    assert {event.agency for event in events} == {visitor.agency for visitor in visitors} == {agency.slug}


def test_a_service_added_later_gets_its_accounts_and_the_others_keep_theirs(
    new_url: str, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "agencies"
    folder.mkdir(parents=True)
    monkeypatch.setattr("enquiry.setup.prepare.ROOT", tmp_path)
    settings = Settings(database_url=new_url)
    shutil.copy(ROOT / "data" / "agencies" / "leicestershire.yml", folder)
    first = prepare_store(settings, now)
    shutil.copy(ROOT / "data" / "agencies" / "coventry.yml", folder)
    second = prepare_store(settings, now)
    assert {account.email.partition("@")[2] for account in first.accounts} == {"leicestershire.example"}
    assert {account.email.partition("@")[2] for account in second.accounts} == {"coventry.example"}
    assert (second.migrated, second.events) == (False, 0)
    assert prepare_store(settings, now) == SetupReport()


def test_a_second_time_does_nothing_and_a_third_neither(new_url: str, now: datetime) -> None:
    settings = Settings(database_url=new_url)
    prepare_store(settings, now)
    assert prepare_store(settings, now) == SetupReport()
    assert prepare_store(settings, now) == SetupReport()


def test_what_staff_have_removed_does_not_come_back(new_url: str, now: datetime) -> None:
    settings = Settings(database_url=new_url)
    prepare_store(settings, now)
    store = Store(new_url)
    with store.write() as session:
        session.query(Event).delete()
    assert prepare_store(settings, now) == SetupReport()
    store.close()


def test_an_older_store_is_brought_up_to_date_and_keeps_what_is_in_it(new_url: str, now: datetime) -> None:
    from alembic import command

    from enquiry.setup.migrate import alembic_config

    settings = Settings(database_url=new_url)
    prepare_store(settings, now)
    store = Store(new_url)
    with store.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
    report = prepare_store(settings, now)
    assert (report.migrated, report.events, report.accounts) == (True, 0, ())
    with store.read() as session:
        assert session.query(Staff).count() == len(Role) * len(load_agencies(ROOT / "data" / "agencies"))
    store.close()


def test_a_store_made_by_a_newer_hearth_is_left_alone_and_says_so(new_url: str, now: datetime) -> None:
    settings = Settings(database_url=new_url)
    prepare_store(settings, now)
    store = Store(new_url)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTrouble, match="newer Hearth"):
        prepare_store(settings, now)
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://nobody@127.0.0.1:1/none",
        "sqlite:////proc/nowhere/hearth.db",
        "mystore://x",
        "sqlite:////dev/null",
    ],
)
def test_a_store_that_cannot_be_used_is_one_sentence(url: str, now: datetime) -> None:
    with pytest.raises(StoreTrouble) as trouble:
        prepare_store(Settings(database_url=url), now)
    assert "\n" not in str(trouble.value)


def test_a_file_that_is_no_store_is_one_sentence_and_stays_as_it_is(tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "hearth.db"
    file.write_text("Dear diary, " * 100)
    with pytest.raises(StoreTrouble):
        prepare_store(Settings(database_url=f"sqlite:///{file}"), now)
    assert file.read_text().startswith("Dear diary")


def test_the_sqlite_file_is_for_its_owner_alone_and_readers_do_not_wait(tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "hearth.db"
    url = f"sqlite:///{file}"
    prepare_store(Settings(database_url=url), now)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    store = Store(url)
    with store.write() as writer:
        writer.query(Event).delete()
        writer.flush()
        with store.read() as reader:
            assert reader.query(Event).count() > 0
    store.close()


def test_a_store_that_is_ready_is_found_out_without_loading_the_heavy_parts(tmp_path: Path, now: datetime) -> None:
    url = f"sqlite:///{tmp_path / 'hearth.db'}"
    prepare_store(Settings(database_url=url), now)
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from enquiry.settings import Settings\n"
        "from enquiry.setup.prepare import prepare_store\n"
        f"prepare_store(Settings(database_url={url!r}), datetime.now(UTC))\n"
        "print(sorted({'sqlalchemy', 'alembic', 'psycopg', 'holidays', 'argon2'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_events_keep_their_local_time_when_the_clocks_change(store: Store, agency: Agency) -> None:
    before_october = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    with store.write() as session:
        seed_agency(session, agency, before_october)
        events = session.query(Event).order_by(Event.starts_at).all()
    assert agency.event_plan
    assert {event.starts_at.astimezone(LONDON).time() for event in events} == {agency.event_plan.starts}
    assert len({event.starts_at.time() for event in events}) == 2
