"""One set of real servers for all conversations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import Servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    running = Servers(tmp_path_factory.mktemp("hearth"))
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()
