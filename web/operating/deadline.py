"""Ask something that may hang, and wait for the answer only so long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread


class NoAnswer(Exception):
    """There was none in time, or the asking failed."""


class AskedInTime[T]:
    """A question that blocks, asked in a thread of its own.

    While one hangs no other is asked, so that neither threads nor connections to the store pile up; whoever asks meanwhile waits
    for the same answer. The thread is a daemon: a process that ends does not wait for it.

    Args:
        question: what is asked.
        seconds: how long an answer may take.
    """

    def __init__(self, question: Callable[[], T], seconds: float) -> None:
        self._question = question
        self._seconds = seconds
        self._asked: Future[T] | None = None

    async def answer(self) -> T:
        """The answer.

        Raises:
            NoAnswer: it is not there in time, or the question ended in an error.
        """
        if self._asked is None or self._asked.done():
            self._asked = Future()
            Thread(target=self._ask, args=(self._asked,), daemon=True).start()
        waited = asyncio.wrap_future(self._asked)
        # Looked at also where nobody waits any more: asyncio would tell of an error that nobody took.
        waited.add_done_callback(lambda answer: answer.cancelled() or answer.exception())
        in_time, _ = await asyncio.wait({waited}, timeout=self._seconds)
        if not in_time:
            raise NoAnswer
        try:
            return waited.result()
        except Exception as error:
            # Whatever it is, there is no answer.
            raise NoAnswer from error

    def _ask(self, asked: Future[T]) -> None:
        try:
            asked.set_result(self._question())
        except BaseException as error:  # handed on to whoever waits
            asked.set_exception(error)
