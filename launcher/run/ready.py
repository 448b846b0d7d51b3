"""Tell the person who started Hearth when the page is up and when the assistant is awake."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from enquiry.settings import Settings
from launcher.run.processes import LOOPBACK, reachable_host

LOOK_EVERY = 0.1
LONGEST_ANSWER = 2.0
PAGE_SECONDS = 30.0
ASSISTANT_SECONDS = 90.0


async def page_answers(settings: Settings) -> bool:
    """Wait for the page, but not for ever; whether it came."""
    return await _wait(reachable_host(settings), settings.web_port, "/", PAGE_SECONDS)


async def announce(settings: Settings, page: asyncio.Task[bool], started: float, say: Callable[[str], None]) -> None:
    """Watch for the page, then for the assistant, and say so.

    Args:
        page: the waiting for the page.
        started: when ./hearth was called, in seconds since 1970.
        say: shows a line.
    """
    if not await page:
        say(f"The page is not up after {PAGE_SECONDS:.0f} s: the lines marked web say why.")
    say(f"Chat:    {settings.address}/")
    say(f"Console: {settings.address}/console")
    rasa = _wait(LOOPBACK, settings.rasa_port, "/", ASSISTANT_SECONDS)
    actions = _wait(LOOPBACK, settings.actions_port, "/health", ASSISTANT_SECONDS)
    if all(await asyncio.gather(rasa, actions)):
        say(f"The assistant is awake ({time.time() - started:.0f} s). Ctrl-C ends Hearth.")
    else:
        say(
            f"The assistant is not awake after {ASSISTANT_SECONDS:.0f} s: the lines marked rasa and actions say why. "
            "The page takes messages meanwhile."
        )


async def _wait(host: str, port: int, path: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not await answers(host, port, path):
        if time.monotonic() > until:
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True


async def answers(host: str, port: int, path: str) -> bool:
    """Whether an HTTP server answers there with anything but an error of its own."""
    name = f"[{host}]" if ":" in host else host
    try:
        async with asyncio.timeout(LONGEST_ANSWER):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {name}:{port}\r\nConnection: close\r\n\r\n".encode())
                _version, status, *_words = (await reader.readline()).split()
            finally:
                writer.close()
        return int(status) < 500
    except (OSError, ValueError):
        return False
