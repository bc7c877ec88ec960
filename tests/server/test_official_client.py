"""The official JavaScript client against a real server: every transport, on the fast link and on the stock one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.server_process import ServerProcess, running_server
from tests.server.journey import converse, travel


@pytest.fixture(params=["fast", "stock"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path, realtime=request.param) as server:
        yield server


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
def test_the_official_client_holds_a_conversation(served: ServerProcess, transports: list[str]) -> None:
    converse(served, transports, served.people(3))
