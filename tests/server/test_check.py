"""`presence-server check` holds when all nine hold, and says which does not, and why, when one is broken on purpose.

A small reverse proxy stands between it and a real server, and spoils exactly one thing.
"""

import asyncio
import contextlib
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable

import pytest
import socketio

from tests.fakes.server_process import COMMAND, Person, ServerProcess

Spoil = Callable[[str, bytes], bytes]
LINES = [
    "1/9 REST list", "2/9 REST one user", "3/9 REST statistics", "4/9 REST heartbeat",
    "5/9 Socket.IO connection and authentication", "6/9 Socket.IO list", "7/9 Socket.IO status change",
    "8/9 Socket.IO heartbeat", "9/9 Socket.IO live broadcast",
]  # fmt: skip


class SpoilingProxy:
    """Passes HTTP on, one request a connection, no upgrades; `spoil(path, body)` may change each answer."""

    def __init__(self, port: int, spoil: Spoil) -> None:
        self._target, self._spoil = port, spoil
        self._loop = asyncio.new_event_loop()
        self._calls: set[asyncio.Future[None]] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def __enter__(self) -> "SpoilingProxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._begin, sock=self._listener)
        await self._end.wait()
        server.close()
        for task in self._calls:
            task.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._calls.add(asyncio.ensure_future(self._pass_on(reader, writer)))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head, body = await _message(reader)
            path = head.split(b" ", 2)[1].decode()
            if b"transport=websocket" in head:
                writer.write(b"HTTP/1.1 400 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                raise OSError("no upgrades here")
            head = re.sub(rb"(?i)\r\nconnection:[^\r]*", b"\r\nConnection: close", head)
            head, body = await self._ask(head + body)
            body = self._spoil(path, body)
            head = re.sub(rb"(?i)\r\ncontent-length:[^\r]*", b"\r\nContent-Length: %d" % len(body), head)
            head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            writer.write(head + body)
            await writer.drain()
        writer.close()

    async def _ask(self, request: bytes) -> tuple[bytes, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            writer.write(request)
            return await _message(reader)
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return head, await reader.readexactly(int(length[1])) if length else b""


def changed(path: str, old: str, new: str) -> Spoil:
    """Replaces a text in the answers of this path."""

    def spoil(asked: str, body: bytes) -> bytes:
        return body.replace(old.encode(), new.encode()) if re.fullmatch(path, asked.split("?")[0]) else body

    return spoil


def without(event: str) -> Spoil:
    """Swallows an event of Socket.IO."""
    return changed("/socket.io/", f'42["{event}"', '42["swallowed"')


def check(url: str, token: str, *more: str) -> tuple[int, list[str]]:
    """Run it; its exit status and its lines."""
    done = subprocess.run(
        (*COMMAND, "check", "--url", url, *more),
        env={**os.environ, "TEST_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stderr == ""
    assert token == "" or token not in done.stdout
    return done.returncode, done.stdout.splitlines()


def own_status(server: ServerProcess, who: Person) -> str:
    """The status that this person has when connected."""
    server.post("/api/online-status/heartbeat", who)
    return str(server.get(f"/api/online-status/{who.user_id}", who).json()["status"])


def test_all_nine_hold_and_the_status_is_as_it_was(shared: ServerProcess, ann: Person) -> None:
    status, lines = check(shared.url, ann.token)
    assert status == 0, lines
    assert [line[6:].split(":")[0] for line in lines] == LINES
    assert all(line.startswith("ok ") for line in lines)
    assert own_status(shared, ann) == "online"


def test_without_a_token_or_with_a_bad_one_nothing_holds(shared: ServerProcess, ann: Person) -> None:
    status, (line,) = check(shared.url, "")
    assert status == 1
    assert "TEST_TOKEN" in line
    status, lines = check(shared.url, ann.token[:-6] + "AAAAAA")
    assert (status, len(lines)) == (1, 9)
    assert all(line.startswith("FAIL") for line in lines)
    assert "token_invalid" in lines[0]


def test_where_nobody_listens_it_says_so(shared: ServerProcess, ann: Person) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        status, lines = check(f"http://127.0.0.1:{taken.getsockname()[1]}", ann.token, "--timeout", "2")
    assert status == 1
    assert "no answer" in lines[0]


BROKEN = [
    (1, changed("/api/online-status", '"count":', '"counted":'), "count"),
    (1, changed("/api/online-status", '"status":"online"', '"status":"sleeping"'), ""),
    (2, changed(r"/api/online-status/\d+", '"userId":1', '"userId":2'), "got 2"),
    (3, changed("/api/online-status/stats/summary", '"total":', '"total":7'), "total"),
    (4, changed("/api/online-status/heartbeat", '"timestamp":', '"at":'), "timestamp"),
    (5, without("connected"), "no connected"),
    (6, without("online:users"), "no online:users"),
    (7, without("status:updated"), "no status:updated"),
    (8, without("heartbeat:ack"), "no heartbeat:ack"),
    (9, without("user:status"), "no user:status"),
]


@pytest.mark.parametrize(
    ("number", "spoil", "reason"), BROKEN, ids=lambda value: value if isinstance(value, int) else ""
)
def test_what_is_broken_is_named_with_a_reason(
    shared: ServerProcess, ann: Person, number: int, spoil: Spoil, reason: str
) -> None:
    shared.post("/api/online-status/heartbeat", ann)
    with SpoilingProxy(shared.port, spoil) as proxy:
        status, lines = check(proxy.url, ann.token, "--timeout", "1.5")
    failed = [line for line in lines if line.startswith("FAIL")]
    assert status == 1
    assert failed, lines
    assert failed[0][6:].startswith(LINES[number - 1]), lines
    assert reason in failed[0]
    assert own_status(shared, ann) == "online"


def test_a_door_that_lets_forged_tokens_in_is_found(shared: ServerProcess, ann: Person) -> None:
    def let_in(path: str, body: bytes) -> bytes:
        if path.startswith("/socket.io/") and body.startswith(b'44{"message":"The token is not valid.'):
            return b'40{"sid":"x"}'
        return body

    with SpoilingProxy(shared.port, let_in) as proxy:
        status, lines = check(proxy.url, ann.token, "--timeout", "1.5")
    assert status == 1
    assert lines[4] == "FAIL  5/9 Socket.IO connection and authentication: a forged token was let in"


def test_a_choice_by_hand_is_put_back_too(shared: ServerProcess, bob: Person) -> None:
    with socketio.SimpleClient() as client:
        client.connect(shared.url, auth={"token": bob.token})
        assert client.call("status:update", {"status": "away"})["status"] == "away"
        assert check(shared.url, bob.token)[0] == 0
        assert own_status(shared, bob) == "away"
        client.call("status:update", {"status": "online"})
