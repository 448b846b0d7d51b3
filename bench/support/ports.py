"""Ports for servers on this machine."""

from __future__ import annotations

import contextlib
import random
import socket

# Below those that the system gives to outgoing connections: between the look and the start of a server one would be taken by any
# client, and the tests of two lanes have hundreds of them.
PORTS = range(15_000, 32_000)


def free_port() -> int:
    """Find a port of this machine that nothing listens on now, and that no client is given."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
