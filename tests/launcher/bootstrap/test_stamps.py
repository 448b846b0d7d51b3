"""Stamps: a step is done again when its inputs changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from launcher.bootstrap.stamps import STAMP, fingerprint, is_made, write_stamp


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    (tmp_path / "requirements.lock").write_text("a==1")
    return tmp_path / "requirements.lock"


def test_a_fingerprint_follows_the_contents_and_not_the_date(lock: Path) -> None:
    before = fingerprint([lock], "3.12")
    os.utime(lock, (0, 0))
    assert fingerprint([lock], "3.12") == before
    lock.write_text("a==2")
    assert fingerprint([lock], "3.12") != before


def test_a_fingerprint_follows_the_words_beside_the_files(lock: Path) -> None:
    assert fingerprint([lock], "3.12") != fingerprint([lock], "3.13")
    assert fingerprint([lock], "ab", "c") != fingerprint([lock], "a", "bc")


def test_a_missing_file_has_another_fingerprint_than_an_empty_one(lock: Path) -> None:
    lock.write_text("")
    empty = fingerprint([lock])
    lock.unlink()
    assert fingerprint([lock]) != empty


def test_a_folder_counts_as_made_from_what_its_stamp_says_and_from_nothing_else(tmp_path: Path) -> None:
    assert not is_made(tmp_path, "two")
    write_stamp(tmp_path / STAMP, "one")
    assert not is_made(tmp_path, "two")
    write_stamp(tmp_path / STAMP, "two")
    assert is_made(tmp_path, "two")
    assert [file.name for file in tmp_path.iterdir()] == [STAMP]
