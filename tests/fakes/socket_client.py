"""A Socket.IO client with nothing hidden: one websocket, events in the order they came, each with its moment.

It keeps the picture a client of its kind would keep: a plain one as CONTRACT section 4 says (replace the list, set
one entry), one of presence 2 by version. It can leave in every way there is, and say what no honest client says.
"""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import websocket

Answer = TypeVar("Answer")
Payload = dict[str, Any]
OFFLINE = "offline"
_WELCOMES = ("online:users", "presence:changes")


@dataclass(frozen=True)
class Heard:
    """One event, and when it came (monotonic seconds)."""

    name: str
    data: Any
    at: float


class Picture:
    """Who has which status, as far as a client was told; and whether anything told went backwards."""

    def __init__(self) -> None:
        self.statuses: dict[int, str] = {}
        self.versions: dict[int, int] = {}
        self.cursor: tuple[str, int] | None = None
        self.backward: list[Heard] = []

    def take(self, heard: Heard) -> None:
        """Take in what was heard, if it is about who is here."""
        if heard.name == "online:users":
            self.statuses = {user["userId"]: user["status"] for user in heard.data["users"]}
            self._versions(heard, heard.data["users"])
        elif heard.name == "presence:changes":
            for change in heard.data["changes"]:
                if change["version"] >= self.versions.get(change["userId"], 0):
                    self.statuses[change["userId"]] = change["status"]
            self._versions(heard, heard.data["changes"])
        elif heard.name == "user:status":
            self.statuses[heard.data["userId"]] = heard.data["status"]

    def _versions(self, heard: Heard, people: list[Payload]) -> None:
        if "epoch" not in heard.data:
            return
        if self.cursor is not None and self.cursor[0] != heard.data["epoch"]:
            self.versions = {}
        elif self.cursor is not None and heard.data["version"] < self.cursor[1]:
            self.backward.append(heard)
        self.cursor = (heard.data["epoch"], heard.data["version"])
        for person in people:
            if person["version"] < self.versions.get(person["userId"], 0):
                self.backward.append(heard)
            self.versions[person["userId"]] = person["version"]

    @property
    def here(self) -> dict[int, str]:
        """Those who are not offline."""
        return {user_id: status for user_id, status in self.statuses.items() if status != OFFLINE}


class SocketClient:
    """One connection. `presence` 1 is a plain client; `more` goes into the CONNECT payload (`state`, `known`, ...)."""

    def __init__(self, url: str, token: str, *, presence: object = 1, **more: object) -> None:
        self.url = url
        self.auth: Any = {"token": token, **({"presence": presence} if presence != 1 else {}), **more}
        self.heard: list[Heard] = []
        self.picture = Picture()
        self.refused: Payload | None = None
        self.over = threading.Event()
        self.close_code: int | None = None
        self._answers: dict[int, Any] = {}
        self._asked = 0
        self._sending = threading.Lock()
        self._news = threading.Condition()
        self._link: websocket.WebSocket | None = None
        self._reader = threading.Thread(target=self._read, name="socket-client", daemon=True)

    # --- coming and going -----------------------------------------------------------------------------

    def open(self, *, within: float = 10) -> "SocketClient":
        """Connect, and return when greeted and shown who is here; `refused` says why where that was not to be."""
        address = f"ws{self.url.removeprefix('http')}/socket.io/?EIO=4&transport=websocket"
        self._link = websocket.create_connection(address, timeout=within)
        self._link.settimeout(None)
        self._reader.start()
        self.raw("40" + json.dumps(self.auth))
        self.until(lambda: self.refused or self.over.is_set() or self._welcomed(), lambda: "greeted", within)
        return self

    def _welcomed(self) -> bool:
        names = [heard.name for heard in list(self.heard)]
        return "connected" in names and any(name in names for name in _WELCOMES)

    def close(self, *, within: float = 10) -> None:
        """Say goodbye (a namespace disconnect), and return when the server has taken note."""
        if not self.over.is_set():
            self.raw("41")
            with self._sending:
                self._socket.send_close()
            assert self.over.wait(within), "the server does not answer a goodbye"
        self._ended()

    def drop(self) -> None:
        """Break the connection: a reset, no goodbye."""
        sock = self._socket.sock
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RD)
        self._ended()

    def abandon(self) -> None:
        """Nothing is left of it, whatever state it is in."""
        if self._link is not None and self._link.sock is not None:
            with suppress(OSError):
                self._link.sock.shutdown(socket.SHUT_RDWR)
            self._ended()

    def _ended(self) -> None:
        self._reader.join(10)
        self._socket.shutdown()

    @property
    def _socket(self) -> websocket.WebSocket:
        assert self._link is not None, "not opened"
        return self._link

    # --- saying ---------------------------------------------------------------------------------------

    def raw(self, packet: str | bytes) -> None:
        """Send these characters, or these bytes, as they are."""
        with self._sending:
            if isinstance(packet, bytes):
                self._socket.send_binary(packet)
            else:
                self._socket.send(packet)

    def emit(self, name: str, *arguments: object) -> None:
        """Send an event."""
        self.raw("42" + json.dumps([name, *arguments]))

    def ask(self, name: str, *arguments: object, within: float = 10) -> Any:
        """Send an event, and return what its acknowledgement carries."""
        self._asked += 1
        number = self._asked
        self.raw(f"42{number}" + json.dumps([name, *arguments]))
        return self.answer(number, f"{name} is answered", within)

    def ask_binary(self, name: str, attachment: bytes, *, within: float = 10) -> Any:
        """Send an event whose payload is binary, and return what its acknowledgement carries."""
        self._asked += 1
        number = self._asked
        self.raw(f"451-{number}" + json.dumps([name, {"_placeholder": True, "num": 0}]))
        self.raw(attachment)
        return self.answer(number, f"binary {name} is answered", within)

    def answer(self, number: int, what: str, within: float) -> Any:
        """Wait for the acknowledgement of this number."""
        self.until(lambda: number in self._answers or self.over.is_set(), lambda: what, within)
        assert number in self._answers, f"cut before {what}"
        return self._answers.pop(number)

    def fence(self) -> int:
        """When this returns, everything the server had sent before is heard; how many events that is."""
        self.ask("heartbeat")
        return len(self.heard)

    # --- hearing --------------------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            while True:
                code, frame = self._socket.recv_data()
                if code == websocket.ABNF.OPCODE_CLOSE:
                    self.close_code = int.from_bytes(frame[:2], "big") if frame else None
                    return
                if code == websocket.ABNF.OPCODE_TEXT:
                    with self._news:
                        self._take(frame.decode())
                        self._news.notify_all()
        except (OSError, websocket.WebSocketException):
            return
        finally:
            with self._news:
                self.over.set()
                self._news.notify_all()

    def _take(self, packet: str) -> None:
        if packet.startswith("2"):
            self.raw("3" + packet[1:])
        elif packet.startswith("44"):
            self.refused = json.loads(packet[2:])
        elif packet.startswith("43"):
            number, _, rest = packet[2:].partition("[")
            arguments = json.loads("[" + rest)
            self._answers[int(number)] = arguments[0] if arguments else None
        elif packet.startswith("42"):
            name, *arguments = json.loads(packet[2:])
            heard = Heard(name, arguments[0] if arguments else None, time.monotonic())
            self.picture.take(heard)
            self.heard.append(heard)

    def until(self, predicate: Callable[[], Answer], what: Callable[[], str], within: float = 10) -> Answer:
        """Wait for something that can only come true by what is heard; its value."""
        with self._news:
            answer = self._news.wait_for(predicate, within)
            assert answer, f"not within {within} s: {what()}"
            return answer

    def all(self, *names: str, after: int = 0) -> list[Heard]:
        """What was heard of these events, from number `after` on."""
        return [heard for heard in self.heard[after:] if heard.name in names]

    def wait(
        self, name: str, fits: Callable[[Any], bool] = lambda _: True, *, after: int = 0, within: float = 10
    ) -> Heard:
        """The first such event from number `after` on, waited for."""
        return self.until(
            lambda: [heard for heard in self.all(name, after=after) if fits(heard.data)],
            lambda: f"{name} is heard",
            within,
        )[0]

    def sees(self, user_id: int, status: str, *, within: float = 10) -> float:
        """Wait until the picture shows this person so (who is not in it, is offline); when it was told."""
        self.until(
            lambda: self.picture.statuses.get(user_id, OFFLINE) == status,
            lambda: f"{user_id} is {status}, not {self.picture.statuses.get(user_id)}",
            within,
        )
        return next((heard.at for heard in reversed(self.heard) if tells(heard, user_id)), 0.0)


def tells(heard: Heard, user_id: int) -> bool:
    """Whether this event says something of this person's status."""
    if heard.name == "user:status":
        return bool(heard.data["userId"] == user_id)
    if heard.name == "presence:changes":
        return any(change["userId"] == user_id for change in heard.data["changes"])
    return False
