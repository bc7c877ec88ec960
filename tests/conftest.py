"""For all tests: a home of their own, so that nobody's settings, keyring or session bus is touched; no leftovers; the
order in which they run, and beside which others (`turns`).
"""

import gc
import os
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.leftovers import child_processes, running_timers, threads_besides
from tests.turns import arranged, turn
from tests.waiting import eventually

LEFTOVERS_SECONDS = 5.0
TURNS = pytest.StashKey[str]()
"""The folder by which the workers of one run know of each other."""

hypothesis.settings.register_profile(
    "project",
    deadline=None,  # nor is a busy machine a finding
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    database=DirectoryBasedExampleDatabase(".cache/hypothesis"),
)
hypothesis.settings.load_profile("project")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A worker of pytest-xdist is about to start: it is told where it meets the others."""
    if TURNS not in node.config.stash:
        folder = tempfile.TemporaryDirectory(prefix="presence-turns-")
        node.config.add_cleanup(folder.cleanup)
        node.config.stash[TURNS] = folder.name
    node.workerinput["turns"] = node.config.stash[TURNS]


def _meeting_place(config: pytest.Config) -> Path | None:
    """Where this worker meets the others; None where there are none."""
    told = getattr(config, "workerinput", {})
    return Path(told["turns"]) if "turns" in told else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files into the order that lets several workers end at the same time."""
    if _meeting_place(config) is not None:
        items[:] = arranged(items)


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking for leftovers need not walk through it after each test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Wait for one's turn; no time-out of the test counts that."""
    place = _meeting_place(item.config)
    with turn(place, alone=bool(item.get_closest_marker("alone"))) if place else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder for the whole run, with no session bus, no keyring and no `PRESENCE_*` variables."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PRESENCE_")]:
            patch.delenv(name)
        patch.delenv("WAYLAND_DISPLAY", raising=False)
        patch.setenv("HOME", str(home))
        patch.setenv("PRESENCE_MDNS", "off")
        for variable, folder in (
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ):
            (home / folder).mkdir(mode=0o700)
            patch.setenv(variable, str(home / folder))
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield home


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread, a child process or a ticking QTimer behind."""
    threads, children = frozenset(threading.enumerate()), child_processes()
    yield
    _gone("threads", lambda: threads_besides(threads))
    _gone("child processes", lambda: child_processes() - children)
    if "qapp" in request.fixturenames:
        assert running_timers() == []


def _gone(what: str, leftovers: Callable[[], Collection[object]]) -> None:
    with suppress(AssertionError):
        eventually(lambda: not leftovers(), within=LEFTOVERS_SECONDS)
    assert not leftovers(), f"{what} left behind"
