"""Real servers for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.server_process import Person, ServerProcess, running_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server process with an empty data folder."""
    with running_server(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that the tests of a module share, because they change nothing that matters to each other."""
    with running_server(tmp_path_factory.mktemp("shared")) as running:
        running.people(2)
        yield running


@pytest.fixture
def ann(shared: ServerProcess) -> Person:
    """The shared server's owner, freshly signed in."""
    return shared.sign_in("owner@example.org")


@pytest.fixture
def bob(shared: ServerProcess) -> Person:
    """The shared server's other person, freshly signed in."""
    return shared.sign_in("user2@example.org")
