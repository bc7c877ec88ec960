"""*Host on this computer* with the real server: start, account, invite, busy port, crash, clean end."""

import hashlib
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from presence_desktop.core.hosting import HostReport, HostRequest, HostState, HostTrouble, Owner
from presence_desktop.core.restarts import Restarts
from presence_desktop.desktop.child import Child
from presence_desktop.desktop.local_server import LocalServer
from tests.waiting import eventually

START_MS = 30_000
OWNER = Owner("ada@example.org", "Ada Lovelace", "long enough")


@pytest.fixture
def hosted(qtbot: QtBot, tmp_path: Path) -> Iterator[LocalServer]:
    server = LocalServer(tmp_path / "server", 0)
    yield server
    server.stop_and_wait()
    server.deleteLater()


def wait_for(qtbot: QtBot, server: LocalServer, state: HostState) -> HostReport:
    qtbot.waitUntil(lambda: server.report.state is state, timeout=START_MS)
    return server.report


def healthy(report: HostReport) -> bool:
    """Whether it answers, encrypted with the key it told if it told one."""
    port = int(report.url.rpartition(":")[2])
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line: http.client.HTTPConnection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    if report.key:
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)
    try:
        line.connect()
        if isinstance(line.sock, ssl.SSLSocket):
            shown = line.sock.getpeercert(binary_form=True) or b""
            assert hashlib.sha256(shown).hexdigest() == report.key
        line.request("GET", "/healthz")
        return bool(json.load(line.getresponse())["status"] == "ok")
    finally:
        line.close()


def sign_in(url: str, email: str, password: str) -> int:
    body = json.dumps({"email": email, "password": password}).encode()
    request = urllib.request.Request(f"{url}/api/auth/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(answer.status)


def test_it_makes_the_owner_and_serves(hosted: LocalServer, qtbot: QtBot) -> None:
    states = []
    hosted.reported.connect(lambda report: states.append(report.state))
    hosted.start(HostRequest(OWNER, reachable=False))
    report = wait_for(qtbot, hosted, HostState.RUNNING)
    assert report.address == report.url
    assert healthy(report)
    assert sign_in(report.url, OWNER.email, OWNER.password) == 200
    hosted.stop()
    wait_for(qtbot, hosted, HostState.STOPPED)
    assert states == [HostState.STARTING, HostState.RUNNING, HostState.STOPPED]


def test_no_password_is_on_any_command_line(hosted: LocalServer, qtbot: QtBot) -> None:
    hosted.start(HostRequest(OWNER, reachable=False))
    children = hosted.findChildren(Child)
    assert all(OWNER.password not in word for child in children for word in child._words)
    wait_for(qtbot, hosted, HostState.RUNNING)


def test_hosting_again_with_the_same_account_goes_on(hosted: LocalServer, qtbot: QtBot) -> None:
    for _ in range(2):
        hosted.start(HostRequest(OWNER, reachable=False))
        wait_for(qtbot, hosted, HostState.RUNNING)
        hosted.stop()
        wait_for(qtbot, hosted, HostState.STOPPED)


def test_while_serving_another_owner_can_be_asked_for(hosted: LocalServer, qtbot: QtBot) -> None:
    hosted.start(HostRequest(OWNER, reachable=False))
    wait_for(qtbot, hosted, HostState.RUNNING)
    with qtbot.waitSignal(hosted.reported, timeout=START_MS) as reported:
        hosted.start(HostRequest(Owner("bora@example.org", "Bora", "long enough"), reachable=False))
    assert reported.args[0].state is HostState.RUNNING
    assert sign_in(hosted.report.url, "bora@example.org", "long enough") == 200


def test_reachable_listens_for_the_network_and_follows_it(
    hosted: LocalServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted.start(HostRequest(None, reachable=True))
    report = wait_for(qtbot, hosted, HostState.RUNNING)
    assert report.reachable
    assert healthy(report)
    reports: list[HostReport] = []
    hosted.reported.connect(reports.append)
    hosted.look_at_network()
    assert reports == []
    addresses = ("192.168.7.7", "10.0.0.7")
    monkeypatch.setattr("presence_desktop.desktop.local_server.lan_addresses", lambda: addresses)
    hosted.look_at_network()
    (now,) = reports
    assert [url.partition("://")[2].rpartition(":")[0] for url in (now.address, *now.further)] == list(
        addresses
    )
    assert (now.url, now.key) == (report.url, report.key)


def test_the_network_can_be_let_in_and_kept_out_again(hosted: LocalServer, qtbot: QtBot) -> None:
    hosted.start(HostRequest(None, reachable=False))
    wait_for(qtbot, hosted, HostState.RUNNING)
    for reachable in (True, False):
        hosted.reach(reachable)
        assert hosted.report.state is HostState.STARTING
        report = wait_for(qtbot, hosted, HostState.RUNNING)
        assert report.reachable is reachable
        assert healthy(report)


def test_the_port_is_chosen_once(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presence_desktop.desktop.local_server.FIRST_PORT", 43_100)
    server = LocalServer(tmp_path / "server", None)
    with qtbot.waitSignal(server.port_chosen) as chosen:
        server.start(HostRequest(None, reachable=False))
    assert chosen.args[0] >= 43_100
    report = wait_for(qtbot, server, HostState.RUNNING)
    assert report.url.endswith(f":{chosen.args[0]}")
    server.stop()
    stopped = HostReport(HostState.STOPPED, report.url)
    assert wait_for(qtbot, server, HostState.STOPPED) == stopped
    assert LocalServer(tmp_path / "server", chosen.args[0]).report == stopped


def test_a_busy_port_is_told_with_its_number(qtbot: QtBot, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = LocalServer(tmp_path / "server", port)
        server.start(HostRequest(None, reachable=False))
    url = f"http://127.0.0.1:{port}"
    assert server.report == HostReport(HostState.FAILED, url, trouble=HostTrouble.PORT_BUSY, detail=str(port))


def test_a_folder_that_cannot_be_one_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    server = LocalServer(tmp_path / "file" / "server", 0)
    server.start(HostRequest(OWNER, reachable=False))
    report = wait_for(qtbot, server, HostState.FAILED)
    assert report.trouble is HostTrouble.FOLDER
    assert report.detail
    assert not report.detail.startswith("presence-server")


def test_a_folder_that_another_server_uses_is_told(hosted: LocalServer, qtbot: QtBot, tmp_path: Path) -> None:
    hosted.start(HostRequest(None, reachable=False))
    wait_for(qtbot, hosted, HostState.RUNNING)
    second = LocalServer(tmp_path / "server", 0)
    second.start(HostRequest(None, reachable=False))
    assert wait_for(qtbot, second, HostState.FAILED).trouble is HostTrouble.IN_USE


def test_an_end_that_nobody_asked_for_is_told_and_it_can_be_started_again(
    hosted: LocalServer, qtbot: QtBot
) -> None:
    hosted.start(HostRequest(None, reachable=False))
    wait_for(qtbot, hosted, HostState.RUNNING)
    os.kill(hosted.pid, signal.SIGKILL)
    report = wait_for(qtbot, hosted, HostState.FAILED)
    assert report.trouble is HostTrouble.KILLED
    assert report.detail == ""  # the last line of its log is no sentence for a person
    hosted.start(HostRequest(None, reachable=False))
    wait_for(qtbot, hosted, HostState.RUNNING)


def test_a_server_that_was_killed_is_started_again_and_not_for_ever(qtbot: QtBot, tmp_path: Path) -> None:
    server = LocalServer(tmp_path / "server", 0, restarts=Restarts(first_ms=10, most=1))
    reports: list[HostReport] = []
    server.reported.connect(reports.append)
    server.start(HostRequest(None, reachable=False))
    wait_for(qtbot, server, HostState.RUNNING)
    first = server.pid
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: server.pid not in (0, first), timeout=START_MS)
    between = next(report for report in reports if report.state is HostState.RESTARTING)
    assert (between.trouble, between.wait_ms) == (HostTrouble.KILLED, 10)
    wait_for(qtbot, server, HostState.RUNNING)
    os.kill(server.pid, signal.SIGKILL)
    assert wait_for(qtbot, server, HostState.FAILED).trouble is HostTrouble.GAVE_UP
    assert "server.listening" in server.log.text()


def test_a_server_that_waits_to_be_started_again_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    server = LocalServer(tmp_path / "server", 0, restarts=Restarts(first_ms=60_000))
    server.start(HostRequest(None, reachable=False))
    wait_for(qtbot, server, HostState.RUNNING)
    os.kill(server.pid, signal.SIGTERM)  # by somebody else
    assert wait_for(qtbot, server, HostState.RESTARTING).trouble is HostTrouble.ENDED
    server.stop()
    assert server.report.state is HostState.STOPPED
    assert not server._wait.isActive()


def test_the_server_ends_with_an_app_that_was_killed(tmp_path: Path) -> None:
    """A small app in a process of its own hosts, is killed, and leaves no server behind."""
    script = f"""
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from presence_desktop.core.hosting import HostRequest, HostState
from presence_desktop.desktop.local_server import LocalServer
app = QCoreApplication([])
server = LocalServer(Path({str(tmp_path / "server")!r}), 0)
server.reported.connect(lambda r: r.state is HostState.RUNNING and print(server.pid, flush=True))
server.start(HostRequest(None, reachable=False))
app.exec()
"""
    app = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    server = int(app.stdout.readline())
    app.kill()
    app.wait()
    app.stdout.close()
    eventually(lambda: not Path(f"/proc/{server}").exists(), within=10, what="the server ended")
