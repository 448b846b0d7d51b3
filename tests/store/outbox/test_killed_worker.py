"""A worker that is killed at any moment loses no message and sends none twice, as the mail server counts them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.support.killing import Killing
from bench.support.mail_box import MailBox, mail_server
from tests.support.maker import Maker

KILLS = 4


@pytest.fixture
def killing(make: Maker, tmp_path: Path) -> Iterator[Killing]:
    """Workers and the mail server they send to."""
    state = tmp_path / "state"
    state.mkdir()
    with mail_server() as box:
        yield Killing(make.store, state, box)


def wait_for_mail(box: MailBox) -> None:
    assert box.asked.wait(timeout=30), "the worker sent nothing"


def test_a_worker_killed_at_random_moments_loses_nothing_and_sends_nothing_twice(killing: Killing) -> None:
    killing.box.pause = lambda: random.uniform(0, 0.01)
    killing.run(KILLS, 1.2, random.Random())
    killing.settle()
    found = killing.tally(KILLS)
    assert (found.lost, found.twice) == (0, 0)
    assert found.sent + found.in_doubt == found.queued
    assert found.in_doubt <= KILLS


def test_a_worker_killed_between_the_servers_having_it_and_its_yes_leaves_one_message_in_doubt(
    killing: Killing,
) -> None:
    killing.box.pause = lambda: 60.0
    killing.queue(3)
    worker = killing.start()
    wait_for_mail(killing.box)
    killing.kill(worker)
    killing.box.pause = lambda: 0.0
    killing.settle()
    found = killing.tally(1)
    assert (found.sent, found.in_doubt, found.arrived_in_doubt, found.lost, found.twice) == (2, 1, 1, 0, 0)
