"""One-time passwords."""

from __future__ import annotations

import re

from enquiry.staff.accounts import SHORTEST_PASSWORD, one_time_password


def test_a_one_time_password_is_long_enough_and_easy_to_read_out() -> None:
    password = one_time_password()
    assert len(password) >= SHORTEST_PASSWORD
    assert re.fullmatch(r"([2-9b-z]{4}-){3}[2-9b-z]{4}", password)


def test_no_two_one_time_passwords_are_the_same() -> None:
    assert len({one_time_password() for _ in range(200)}) == 200
