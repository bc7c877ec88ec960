"""The contract holds alike on SQLite and MariaDB, with memory alone and with Redis beside it."""

import itertools
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.fakes.daemon import mariadb, redis
from tests.fakes.server_process import COMMAND, Person, ServerProcess, running_server
from tests.server.journey import travel

STORES = list(itertools.product(["sqlite", "mariadb"], ["memory", "redis"]))


@pytest.fixture(params=STORES, ids=["-".join(stores) for stores in STORES])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    """A server on one of the four pairs of stores."""
    database, live = request.param
    settings: dict[str, object] = {}
    with ExitStack() as stack:
        if database == "mariadb":
            engine, settings["database_url"] = mariadb(tmp_path)
            stack.callback(engine.stop)
        if live == "redis":
            cache, settings["redis_url"] = redis(tmp_path)
            cache.start()
            stack.callback(cache.stop)
        server = stack.enter_context(running_server(tmp_path, **settings))
        assert server.get("/readyz").json()["redis"] == {"memory": "off", "redis": "up"}[live]
        yield server


def test_the_official_client_and_the_nine_checks_find_all_they_look_for(served: ServerProcess) -> None:
    users = served.people(2)
    nine_checks(served, users[0])
    travel(served, ["polling", "websocket"], users)
    served.restart()
    nine_checks(served, served.sign_in(users[0].email))


def nine_checks(server: ServerProcess, who: Person) -> None:
    """`presence-server check` as this person; all nine must hold."""
    done = subprocess.run(
        (*COMMAND, "check", "--url", server.url),
        env={**os.environ, "TEST_TOKEN": who.token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([line for line in done.stdout.splitlines() if "/9 " in line]) == 9
