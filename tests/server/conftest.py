"""A real server for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.server_process import ServerProcess, running_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server process with an empty data folder."""
    with running_server(tmp_path) as running:
        yield running
