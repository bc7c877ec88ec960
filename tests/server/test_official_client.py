"""The official JavaScript client against a real server: every transport, on the fast link and on the stock one."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.server_process import ServerProcess, running_server
from tests.server.minting import expired, forged

JS = Path(__file__).resolve().parent.parent / "js"
STEPS = [
    "connected", "snapshot unasked", "somebody comes", "upgrade", "status change seen by another", "list on demand",
    "query", "heartbeat", "refused requests", "refused token", "somebody goes",
    "signing out cuts the socket, telling why",
]  # fmt: skip


@pytest.fixture(params=["fast", "stock"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path, realtime=request.param) as server:
        yield server


@pytest.mark.parametrize(
    "transports",
    [["websocket"], ["polling"], ["polling", "websocket"]],
    ids=["websocket", "polling", "upgrade"],
)
def test_the_official_client_finds_everything_that_the_contract_says(
    served: ServerProcess, transports: list[str]
) -> None:
    users = served.people(2)
    plan = {
        "url": served.url,
        "transports": transports,
        "users": [{"userId": user.user_id, "username": user.username, "token": user.token} for user in users],
        "forged": forged(users[0]),
        "expired": expired(served, users[0]),
    }
    done = subprocess.run(
        ["node", "journey.js"],
        cwd=JS,
        env={**os.environ, "PLAN": json.dumps(plan)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = json.loads(done.stdout or "{}")
    assert told.get("error") is None, f"{told['step']}: {told['error']}\n{served.log}"
    assert told["done"] == STEPS, done.stderr
