"""A server with people in it, and observers of every kind who must agree about them.

`SCALED` shortens every timing so that a fault takes a second or two; `REAL` is what the product promises by default.
"""

import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.fakes.server_process import PASSWORD, Person, ServerProcess, running_server
from tests.fakes.socket_client import SocketClient
from tests.waiting import eventually


@dataclass(frozen=True)
class Timings:
    """What a server is set to, in seconds; `slack` is what may come on top of the timers that a fault waits for."""

    ping_interval: float
    ping_timeout: float
    grace: float
    lease: float
    slack: float

    @property
    def settings(self) -> dict[str, float]:
        """As the server's settings."""
        return {
            "ping_interval_seconds": self.ping_interval,
            "ping_timeout_seconds": self.ping_timeout,
            "grace_seconds": self.grace,
            "polling_lease_seconds": self.lease,
        }


SCALED = Timings(ping_interval=1.0, ping_timeout=0.75, grace=0.4, lease=1.5, slack=1.0)
REAL = Timings(ping_interval=20, ping_timeout=15, grace=5, lease=75, slack=1.0)


class Town:
    """A running server where anybody may register."""

    def __init__(self, server: ServerProcess, timings: Timings) -> None:
        self.server = server
        self.timings = timings
        self.clients: list[SocketClient] = []
        self._numbers = itertools.count(1)

    def person(self) -> Person:
        """Somebody new."""
        name = f"person{next(self._numbers)}"
        body = {"username": name, "email": f"{name}@example.org", "password": PASSWORD}
        answer = self.server.post("/api/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        got = answer.json()
        return Person(got["user"]["userId"], body["email"], name, got["token"], got["refreshToken"])

    def client(self, who: Person, *, presence: object = 1, **more: object) -> SocketClient:
        """A socket of this person's, not opened yet."""
        client = SocketClient(self.server.url, who.token, presence=presence, **more)
        self.clients.append(client)
        return client


@contextmanager
def town(folder: Path, timings: Timings = SCALED, **settings: object) -> Iterator[Town]:
    """A server on a new data folder, with these timings."""
    more = {"registration": "open", **timings.settings, **settings}
    with running_server(folder, **more) as server:
        place = Town(server, timings)
        try:
            yield place
        finally:
            for client in place.clients:
                client.abandon()


class Watch:
    """Somebody who looks in every way there is: a plain client, one of presence 2, and REST. A context manager."""

    def __init__(self, place: Town) -> None:
        self.place = place
        self.me = place.person()
        self.plain = place.client(self.me)
        self.full = place.client(self.me, presence=2)
        self._stack = ExitStack()

    def __enter__(self) -> "Watch":
        for client in (self.plain, self.full):
            client.open()
            self._stack.callback(client.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def sees(self, user_id: int, status: str, *, within: float = 10) -> float:
        """Wait until all of them see this person so; when the last of the sockets was told."""
        told = [client.sees(user_id, status, within=within) for client in (self.plain, self.full)]
        assert self.shown(user_id) == status
        return max(told)

    def shown(self, user_id: int) -> str:
        """What REST says of one person."""
        return str(self.place.server.get(f"/api/online-status/{user_id}", self.me).json()["status"])

    def agree(self, expected: dict[int, str], *, within: float = 10) -> None:
        """Everybody shows exactly these people (and the observer), and nobody was ever told anything older again."""
        rightly = {**expected, self.me.user_id: "online"}
        eventually(
            lambda: all(picture == rightly for picture in self.pictures().values()),
            within=within,
            what=f"everybody shows {rightly}; now {self.pictures()}",
        )
        assert self.totals() == len(rightly)
        assert not self.full.picture.backward

    def pictures(self) -> dict[str, dict[int, str]]:
        """Who is here, as each way of looking shows it."""
        listed = self.place.server.get("/api/online-status", self.me).json()["users"]
        directory = self.place.server.get("/api/users", self.me).json()["users"]
        return {
            "plain": self.plain.picture.here,
            "full": self.full.picture.here,
            "list": {user["userId"]: user["status"] for user in listed},
            "directory": {
                user["userId"]: user["status"] for user in directory if user["status"] != "offline"
            },
        }

    def totals(self) -> int:
        """How many the statistics count."""
        stats = self.place.server.get("/api/online-status/stats/summary", self.me).json()["stats"]
        assert stats["total"] == sum(stats["byStatus"].values())
        return int(stats["total"])

    def fence(self) -> tuple[int, int]:
        """Everything that was sent so far has been heard; how many events each client has heard."""
        return self.plain.fence(), self.full.fence()

    def told_of(self, user_id: int, since: tuple[int, int]) -> tuple[list[str], list[str]]:
        """The statuses that each client was told of this person since a fence."""
        plain = [
            heard.data["status"]
            for heard in self.plain.all("user:status", after=since[0])
            if heard.data["userId"] == user_id
        ]
        full = [
            change["status"]
            for heard in self.full.all("presence:changes", after=since[1])
            for change in heard.data["changes"]
            if change["userId"] == user_id
        ]
        return plain, full


def nothing_left_of(who: Person, watch: Watch, sockets_per_user: int) -> None:
    """No session and no socket of this person is left: as many as may be are let in, and their goodbyes end it all."""
    watch.agree({})
    sockets = [watch.place.client(who).open() for _ in range(sockets_per_user)]
    assert [socket.refused for socket in sockets] == [None] * sockets_per_user
    watch.agree({who.user_id: "online"})
    for socket in sockets:
        socket.close()
    watch.sees(who.user_id, "offline", within=1.0)
    watch.agree({})
