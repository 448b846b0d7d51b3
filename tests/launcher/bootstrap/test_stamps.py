"""Stamps: a step is done again when its inputs changed, and only then."""

import os
from pathlib import Path

import pytest

from launcher.bootstrap.stamps import STAMP, clear, fingerprint, is_made, put_in_place, write_stamp


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


@pytest.mark.parametrize("there_before", [True, False], ids=["replacing one", "the first"])
def test_a_folder_and_its_stamp_arrive_together(tmp_path: Path, there_before: bool) -> None:
    folder, making = tmp_path / "bot" / ".venv", tmp_path / "making"
    clear(making)
    if there_before:
        folder.mkdir(parents=True)
        (folder / "old").touch()
        write_stamp(folder / STAMP, "inputs of yesterday")
    made = making / "made"
    made.mkdir()
    (made / "new").touch()

    put_in_place(made, folder, "inputs of today", making)

    assert is_made(folder, "inputs of today")
    assert sorted(file.name for file in folder.iterdir()) == [STAMP, "new"]
    assert not made.exists()


def test_a_folder_without_a_stamp_counts_as_not_made(tmp_path: Path) -> None:
    assert not is_made(tmp_path, "inputs")
    (tmp_path / STAMP).write_text("other inputs")
    assert not is_made(tmp_path, "inputs")


def test_writing_a_stamp_leaves_no_other_file(tmp_path: Path) -> None:
    write_stamp(tmp_path / STAMP, "one")
    write_stamp(tmp_path / STAMP, "two")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(STAMP, "two")]
