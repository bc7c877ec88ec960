"""Servers as processes of their own, people who leave at the end, and HTTP answers of strangers."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.daemon import Daemon, accepts, free_port
from tests.net.people import MemorySecrets, Person

MakePerson = Callable[..., Person]


@pytest.fixture
def person() -> Iterator[MakePerson]:
    """Makes people; at the end all gateways are closed."""
    made: list[Person] = []

    def make(secrets: MemorySecrets | None = None) -> Person:
        made.append(Person(secrets))
        return made[-1]

    yield make
    for one in made:
        one.gateway.close()


@pytest.fixture
def plain_server(tmp_path: Path) -> Iterator[tuple[Daemon, int]]:
    """A server of the plain contract with quick pings, running; and its port."""
    yield from running(tmp_path)


@pytest.fixture
def polling_server(tmp_path: Path) -> Iterator[tuple[Daemon, int]]:
    """The same, but websockets do not get through."""
    yield from running(tmp_path, "polling")


def running(tmp_path: Path, *transports: str) -> Iterator[tuple[Daemon, int]]:
    port = free_port()
    command = [sys.executable, "-m", "tests.net.plain_server", str(port), "0.4", "0.4", *transports]
    daemon = Daemon(command, lambda: accepts(port), tmp_path / "plain.log")
    daemon.start()
    yield daemon, port
    daemon.kill()
