"""The app without its window: the client's mind over the real gateway, the news applied when somebody looks."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.net.gateway import Gateway
from tests.fakes.server_process import PASSWORD, Person
from tests.net.people import MemorySecrets, SystemClock
from tests.waiting import eventually

UNKNOWN = "unknown"


class Desk:
    """One person's app."""

    def __init__(self) -> None:
        self._news: queue.SimpleQueue[incoming.Incoming] = queue.SimpleQueue()
        clock = SystemClock()
        self.gateway = Gateway(self._news.put, MemorySecrets(), clock)
        self._client = Client(self.gateway, clock)

    @property
    def client(self) -> Client:
        """The client, all news applied."""
        batch = []
        while not self._news.empty():
            batch.append(self._news.get())
        if batch:
            self._client.apply(batch)
        return self._client

    def sign_in(self, url: str, who: Person) -> None:
        """Sign in, and return when the picture is there."""
        self._client.sign_in(url, who.email, PASSWORD)
        eventually(lambda: self.knows, what=f"{who.username} has the picture")

    @property
    def knows(self) -> bool:
        """Whether the link stands and the dots can be believed."""
        connection = self.client.connection
        return connection.state is LinkState.ONLINE and connection.link_known

    def dots(self) -> dict[int, str]:
        """What is painted for everybody but oneself: the status, or `unknown`."""
        client = self.client
        known = client.connection.link_known
        return {
            contact.user_id: contact.status.value if known and contact.known else UNKNOWN
            for contact in client.roster
            if not contact.is_me
        }


@contextmanager
def desks(count: int) -> Iterator[list[Desk]]:
    """As many; closed at the end."""
    made = [Desk() for _ in range(count)]
    try:
        yield made
    finally:
        for desk in made:
            desk.gateway.close()
