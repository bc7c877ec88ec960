"""A person at the other end of a gateway: remembers the news, waits for some; and keyrings made of memory."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from presence_desktop.core import incoming
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol import events
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.status import Status
from tests.waiting import eventually

News = TypeVar("News")


class SystemClock:
    """The machine's own."""

    def now(self) -> int:
        return round(datetime.now(UTC).timestamp() * 1000)  # noqa: TID251 - this is a clock

    def monotonic(self) -> int:
        return time.monotonic_ns() // 1_000_000


class MemorySecrets:
    """Keeps secrets for the test; `broken`: keeps none."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = broken

    def get(self, server: str, account: str) -> str | None:
        self._check()
        return self.kept.get((server, account))

    def set(self, server: str, account: str, secret: str) -> None:
        self._check()
        self.kept[server, account] = secret

    def delete(self, server: str, account: str) -> None:
        self._check()
        self.kept.pop((server, account), None)

    def _check(self) -> None:
        if self.broken:
            raise Refused(Code.NO_KEYRING)


class Person:
    """Somebody at a gateway."""

    def __init__(self, secrets: MemorySecrets | None = None) -> None:
        self.secrets = secrets or MemorySecrets()
        self.news: list[incoming.Incoming] = []
        self.threads: set[str] = set()
        self.gateway = Gateway(self._take, self.secrets, SystemClock())

    def _take(self, item: incoming.Incoming) -> None:
        self.news.append(item)
        self.threads.add(threading.current_thread().name)

    def wait(
        self,
        kind: type[News],
        fits: Callable[[News], bool] = lambda _: True,
        *,
        after: int = 0,
        within: float = 10,
    ) -> News:
        """The first news of this kind (since `after`), waited for."""

        def found() -> list[News]:
            return [item for item in list(self.news)[after:] if isinstance(item, kind) and fits(item)]

        try:
            return eventually(found, within=within)[0]
        except AssertionError:
            raise AssertionError(f"no {kind.__name__} within {within} s among {self.news[after:]}") from None

    def all(self, kind: type[News]) -> list[News]:
        return [item for item in list(self.news) if isinstance(item, kind)]

    @property
    def mark(self) -> int:
        """Where the news stands now, for `after`."""
        return len(self.news)

    def come_in(self, server: str, email: str, password: str = "right") -> events.Connected:
        """Sign in and be connected."""
        mark = self.mark
        self.gateway.sign_in(server, email, password)
        self.wait(incoming.SignedIn, after=mark)
        self.gateway.connect()
        return self.wait(incoming.LinkUp, after=mark).connected

    def sees(self, username: str, status: Status, *, after: int = 0, within: float = 10) -> None:
        """Wait until news says so, plain or versioned."""

        def told() -> bool:
            return (username, status) in [pair for item in list(self.news)[after:] for pair in _told(item)]

        try:
            eventually(told, within=within)
        except AssertionError:
            raise AssertionError(f"not {username} {status} within {within} s: {self.news[after:]}") from None


def _told(item: incoming.Incoming) -> list[tuple[str, Status]]:
    match item:
        case incoming.StatusChanged(change):
            return [(change.username, change.status)]
        case incoming.PresenceChanged(batch):
            return [(change.username, change.status) for change in batch.changes]
        case incoming.People(users):
            return [(user.username, user.status) for user in users.users]
    return []
