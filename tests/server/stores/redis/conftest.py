"""A Redis for each module of this folder."""

from collections.abc import Iterator

import pytest

from tests.fakes.daemon import Daemon, redis


@pytest.fixture(scope="module", autouse=True)
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Daemon, str]]:
    """A Redis, and its URL."""
    daemon, url = redis(tmp_path_factory.mktemp("redis"))
    daemon.start()
    try:
        yield daemon, url
    finally:
        daemon.stop()


@pytest.fixture
def redis_url(running: tuple[Daemon, str]) -> str:
    """Where it is."""
    return running[1]
