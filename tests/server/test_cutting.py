"""Open sockets end at once when their sign-in does, and everybody is told when the server ends."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import socketio

from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.waiting import eventually


class Listener:
    """A plain client that remembers what it was told."""

    def __init__(self, server: ServerProcess, who: Person, transport: str = "websocket") -> None:
        self.heard: list[tuple[str, object]] = []
        self.client = socketio.Client(reconnection=False)
        self.client.on(
            "*", lambda event, *payload: self.heard.append((event, payload[0] if payload else None))
        )
        try:
            self.client.connect(
                server.url, auth={"token": who.token}, transports=[transport], wait_timeout=10
            )
            eventually(lambda: self.told("online:users"))
        finally:
            self._websocket, self._session = self.client.eio.ws, self.client.eio.http
            if not self.client.connected:
                self.close()

    def told(self, event: str) -> object:
        """The newest payload of this event."""
        return next((payload for name, payload in reversed(self.heard) if name == event), None)

    def ended(self) -> str:
        """Wait until it is cut; the code that it was told."""
        eventually(lambda: not self.client.connected, within=5)
        told = self.told("session:ended")
        assert isinstance(told, dict), self.heard
        return str(told["code"])

    def close(self) -> None:
        """Go, and close what python-socketio leaves open when it was the server that ended."""
        self.client.disconnect()
        self.client.shutdown()
        if self._websocket is not None:
            self._websocket.shutdown()
        if self._session is not None:
            self._session.close()


@pytest.fixture(params=["fast", "stock"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path, realtime=request.param) as server:
        yield server


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


def listen(stack: ExitStack, server: ServerProcess, who: Person, transport: str = "websocket") -> Listener:
    listener = Listener(server, who, transport)
    stack.callback(listener.close)
    return listener


def test_signing_out_cuts_this_sign_in_and_no_other(served: ServerProcess, stack: ExitStack) -> None:
    here = served.add("Ann")
    there = served.sign_in(here.email)
    cut, kept = listen(stack, served, here), listen(stack, served, there)
    began = time.monotonic()
    served.post("/api/auth/logout", here)
    assert cut.ended() == "token_revoked"
    assert time.monotonic() - began < 1
    assert kept.client.call("heartbeat", timeout=5)["timestamp"]


def test_disabling_cuts_everything_of_an_account_also_from_another_process(
    served: ServerProcess, stack: ExitStack
) -> None:
    owner, bob = served.people(2)
    cut = [listen(stack, served, who) for who in (bob, served.sign_in(bob.email))]
    observer = listen(stack, served, owner)
    assert served.command("user", "disable", bob.email).returncode == 0
    assert [listener.ended() for listener in cut] == ["account_disabled"] * 2
    eventually(lambda: (observer.told("user:status") or {}).get("status") == "offline", within=2)  # type: ignore[attr-defined]
    assert served.get("/api/users", bob).json()["error"]["code"] in ("account_disabled", "token_revoked")
    with pytest.raises(socketio.exceptions.ConnectionError):
        Listener(served, bob)
    served.restart()
    assert served.get("/api/users", bob).status_code == 401
    assert served.command("user", "enable", bob.email).returncode == 0
    assert served.sign_in(bob.email).token


def test_a_token_that_is_reused_after_its_time_ends_the_whole_sign_in(
    tmp_path: Path, stack: ExitStack
) -> None:
    with running_server(tmp_path, refresh_replay_seconds=0.001) as server:
        ann = server.add("Ann")
        cut = listen(stack, server, ann)
        body = {"refreshToken": ann.refresh_token}
        second = server.post("/api/auth/refresh", json=body).json()
        assert second["user"]["email"] == ann.email
        assert server.post("/api/auth/refresh", json=body).json()["error"]["code"] == "token_revoked"
        assert cut.ended() == "token_revoked"
        again = server.post("/api/auth/refresh", json={"refreshToken": second["refreshToken"]})
        assert again.json()["error"]["code"] == "token_revoked"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_is_told_to_everybody_within_five_seconds(
    served: ServerProcess, stack: ExitStack, number: signal.Signals
) -> None:
    ann = served.add("Ann")
    listeners = [listen(stack, served, ann, transport) for transport in ("websocket", "polling")]
    deaf = stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
    deaf.sendall(b"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
    began = time.monotonic()
    os.kill(served.pid, number)
    assert [listener.ended() for listener in listeners] == ["going_away"] * 2
    assert served.process is not None
    status = served.process.wait(10)
    served.process = None
    assert (status, time.monotonic() - began < 5) == (0, True)
    served.start()
    assert served.get(f"/api/online-status/{ann.user_id}", ann).json()["status"] == "offline"


def test_a_client_that_does_not_read_does_not_hold_up_the_end(served: ServerProcess) -> None:
    ann = served.add("Ann")
    with ExitStack() as held:
        for _ in range(5):
            deaf = held.enter_context(socket.socket())
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            deaf.connect(("127.0.0.1", served.port))
            deaf.sendall(
                b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                b"Sec-WebSocket-Version: 13\r\n\r\n"
            )
            assert deaf.recv(12) == b"HTTP/1.1 101"
        began = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - began < 5
    assert ann.token not in served.log
