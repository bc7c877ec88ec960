"""The official JavaScript client against a real server: every transport, on the fast link and on the stock one."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.server.journey import converse, travel

Talking = Callable[[], tuple[ServerProcess, list[Person]]]


@pytest.fixture(params=["fast", "stock"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path, realtime=request.param) as server:
        yield server


@pytest.fixture(scope="module", params=["fast", "stock"])
def talking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talking]:
    """A server for all journeys through conversations, with new people for each."""
    folder = tmp_path_factory.mktemp(request.param)
    with running_server(folder, realtime=request.param) as server:
        owner = server.add("Owner", email="owner@example.org")
        numbers = itertools.count(2)
        yield lambda: (server, [server._register(owner, next(numbers)) for _ in range(3)])


over_each_transport = pytest.mark.parametrize(
    "transports",
    [["websocket"], ["polling"], ["polling", "websocket"]],
    ids=["websocket", "polling", "upgrade"],
)


@over_each_transport
def test_the_official_client_finds_everything_that_the_contract_says(
    served: ServerProcess, transports: list[str]
) -> None:
    travel(served, transports, served.people(2))


@over_each_transport
def test_the_official_client_holds_a_conversation(talking: Talking, transports: list[str]) -> None:
    server, people = talking()
    converse(server, transports, people)
