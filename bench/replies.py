"""Measure how long a reply takes through the web process, and what each process holds in memory.

Starts web, Rasa and actions of its own on free loopback ports, has a few conversations one after the other, and ends.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.support.person import Person
from bench.support.servers import Servers

MESSAGES = 300
# One conversation: questions, screening with a correction and a digression, an event.
TALK = (
    "Can I foster if I rent my home?",
    "how long does it all take",
    "Check if I could foster",
    "34",
    "Charnwood",
    "yes",
    "three of us",
    "sorry, I meant two",
    "what if my dog is a big softie?",
    "two boys 7 and 12",
    "yes we have a spare room",
    "no",
    "one old labrador",
    "Part-time work",
    "My own children",
    "No, nothing",
    "No, nothing",
    "I'm Sam",
    "07700 900123",
    "Yes",
    "Any time",
    "That is right",
    "Come to an event",
    "the first one",
    "just me",
    "thanks",
)


def measure(messages: int = MESSAGES) -> dict[str, float]:
    """Send messages and measure.

    Returns:
        Milliseconds a reply (p50, p95, longest) and resident mebibytes a process.
    """
    with tempfile.TemporaryDirectory() as state:
        servers = Servers(Path(state))
        try:
            began = time.monotonic()
            servers.start_all()
            found = {"seconds_to_awake": round(time.monotonic() - began, 1)}
            times: list[float] = []
            while len(times) < messages:
                person = Person(servers.address)
                person.begin()
                for text in TALK[: messages - len(times)]:
                    start = time.perf_counter()
                    person.say(text)
                    times.append((time.perf_counter() - start) * 1000)
            cuts = statistics.quantiles(times, n=100)
            found |= {"messages": len(times), "p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1)}
            found["longest_ms"] = round(max(times), 1)
            found |= {f"{name}_mib": resident_mebibytes(process.pid) for name, process in servers.processes.items()}
            return found
        finally:
            servers.stop_all()


def resident_mebibytes(process_id: int) -> float:
    """What a process holds in memory."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


if __name__ == "__main__":
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:>20}  {value}")
