"""Stamps: a step is done again when its inputs changed, and only then."""

import os
from pathlib import Path

from launcher.bootstrap.stamps import STAMP, clear, fingerprint, is_made, write_stamp


def test_a_fingerprint_follows_the_contents_and_not_the_date(tmp_path: Path) -> None:
    file = tmp_path / "requirements.lock"
    file.write_text("a==1")
    before = fingerprint([file], "3.12")
    os.utime(file, (0, 0))
    assert fingerprint([file], "3.12") == before
    file.write_text("a==2")
    assert fingerprint([file], "3.12") != before


def test_a_fingerprint_follows_the_words_beside_the_files(tmp_path: Path) -> None:
    file = tmp_path / "requirements.lock"
    file.write_text("a==1")
    assert fingerprint([file], "3.12") != fingerprint([file], "3.13")
    assert fingerprint([file], "ab", "c") != fingerprint([file], "a", "bc")


def test_a_missing_file_has_another_fingerprint_than_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "requirements.lock"
    missing = fingerprint([file])
    file.write_text("")
    assert fingerprint([file]) != missing


def test_a_folder_is_taken_away_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "bot" / ".venv"
    (folder / "bin").mkdir(parents=True)
    write_stamp(folder / STAMP, "inputs")
    assert is_made(folder, "inputs")
    clear(folder)
    assert not folder.exists()
    clear(folder)


def test_a_link_is_taken_away_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_stamp(elsewhere / STAMP, "inputs")
    (tmp_path / ".venv").symlink_to(elsewhere)
    clear(tmp_path / ".venv")
    assert not (tmp_path / ".venv").exists()
    assert is_made(elsewhere, "inputs")


def test_a_folder_without_a_stamp_counts_as_not_made(tmp_path: Path) -> None:
    assert not is_made(tmp_path, "inputs")
    (tmp_path / STAMP).write_text("other inputs")
    assert not is_made(tmp_path, "inputs")


def test_writing_a_stamp_leaves_no_other_file(tmp_path: Path) -> None:
    write_stamp(tmp_path / STAMP, "one")
    write_stamp(tmp_path / STAMP, "two")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(STAMP, "two")]
