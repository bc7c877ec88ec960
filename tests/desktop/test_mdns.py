"""A server is found in the network and gone again: real zeroconf on both sides, on this computer's loopback alone."""

import uuid
from collections.abc import Iterator
from typing import cast

import pytest
from pytestqt.qtbot import QtBot
from zeroconf import IPVersion, ServiceInfo, ServiceStateChange, Zeroconf

from presence_desktop.core.nearby import SERVICE, Announcement, NearbyServer
from presence_desktop.desktop.announce import Announcer
from presence_desktop.desktop.discovery import MOST, Discovery, _Look
from presence_desktop.desktop.mdns import interfaces

LOOPBACK = ("127.0.0.1",)
KEY = "7c1f" * 16
FOUND_MS = 15_000


@pytest.fixture
def announcer() -> Iterator[Announcer]:
    announcer = Announcer(LOOPBACK)
    yield announcer
    announcer.close()


@pytest.fixture
def seen() -> Iterator[dict[str, NearbyServer]]:
    """What is found now, by name."""
    there: dict[str, NearbyServer] = {}

    def note(found: tuple[NearbyServer, ...]) -> None:
        there.clear()
        there.update({server.name: server for server in found})

    discovery = Discovery(LOOPBACK)
    discovery.found.connect(note)
    discovery.begin()
    yield there
    discovery.close()
    discovery.deleteLater()


def test_a_server_is_found_and_says_goodbye(
    announcer: Announcer, seen: dict[str, NearbyServer], qtbot: QtBot
) -> None:
    name = f"시험 {uuid.uuid4().hex[:8]}"
    told = Announcement(name, 3001, LOOPBACK, KEY, "1.2.3")
    announcer.announce(told)
    announcer.announce(told)
    qtbot.waitUntil(lambda: name in seen, timeout=FOUND_MS)
    assert seen[name] == NearbyServer(name, ("https://127.0.0.1:3001",), KEY, "1.2.3")
    announcer.announce(None)
    qtbot.waitUntil(lambda: name not in seen, timeout=FOUND_MS)


def test_a_hostile_announcement_is_not_shown(
    announcer: Announcer, seen: dict[str, NearbyServer], qtbot: QtBot
) -> None:
    mark = uuid.uuid4().hex[:8]
    liar = Zeroconf(interfaces=list(LOOPBACK), ip_version=IPVersion.V4Only)
    for number, text in enumerate(
        (
            {"name": b"\xff\xfe" + mark.encode(), "tls": b"0"},
            {"name": f"{mark}\x1b[31m", "tls": "0"},
            {"name": mark + "x" * 100, "tls": "0"},
            {"name": mark, "tls": "1", "key": "no key"},
        )
    ):
        name, here = f"{mark} {number}.{SERVICE}", [b"\x7f\0\0\1"]
        lie = ServiceInfo(SERVICE, name, port=3001, addresses=here, properties=text)
        liar.register_service(lie, cooperating_responders=True)
    try:
        announcer.announce(Announcement(f"honest {mark}", 3001, LOOPBACK, None, ""))
        qtbot.waitUntil(lambda: f"honest {mark}" in seen, timeout=FOUND_MS)
        assert [name for name in seen if mark in name] == [f"honest {mark}"]
    finally:
        liar.close()


def test_where_there_is_no_such_interface_nothing_is_said_or_found(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    announcer, discovery = Announcer(("192.0.2.77",)), Discovery(("192.0.2.77",))
    announcer.announce(Announcement("nobody", 3001, LOOPBACK, None, ""))
    discovery.begin()
    announcer.close()
    discovery.close()
    assert [record.levelname for record in caplog.records if "network" in record.message] == ["WARNING"] * 2
    discovery.deleteLater()


@pytest.mark.parametrize(
    ("said", "meant"), [("", ()), ("off", None), ("127.0.0.1, 10.0.0.7", ("127.0.0.1", "10.0.0.7"))]
)
def test_a_variable_says_where_or_whether_at_all(
    said: str, meant: tuple[str, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESENCE_MDNS", said)
    assert interfaces() == meant


def test_a_flood_of_announcements_is_not_listed(qtbot: QtBot) -> None:
    class Network:
        def get_service_info(self, kind: str, name: str, timeout: int) -> ServiceInfo:
            text = {"name": name.partition(".")[0], "tls": "0"}
            return ServiceInfo(kind, name, port=3001, addresses=[b"\x7f\0\0\1"], properties=text)

    told: list[tuple[NearbyServer, ...]] = []
    look = _Look(told.append)
    for number in range(MOST + 5):
        look.heard(cast("Zeroconf", Network()), SERVICE, f"n{number}.{SERVICE}", ServiceStateChange.Added)
    assert len(told[-1]) == MOST
    look.heard(cast("Zeroconf", Network()), SERVICE, f"n0.{SERVICE}", ServiceStateChange.Removed)
    assert "n0" not in {server.name for server in told[-1]}
