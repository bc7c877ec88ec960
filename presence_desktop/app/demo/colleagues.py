"""The simulated colleagues: real clients of a real server, all in this process, changing status as people do.

`presence-desktop colleagues URL [SEED]` registers everybody of `cast`, says `ready` when all are there, and goes on
until standard input closes or a signal comes. No Qt here.
"""

import heapq
import logging
import os
import queue
import signal
import sys
import threading
from random import Random

from presence_desktop.app.demo.cast import COLLEAGUES, PASSWORD, Person, next_status, next_wait
from presence_desktop.app.demo.short_memory import ShortMemory
from presence_desktop.core import incoming
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol.events import CustomStatus, Heartbeat, StatusUpdate
from presence_desktop.protocol.limits import HEARTBEAT_SECONDS
from presence_desktop.protocol.status import Status

logger = logging.getLogger(__name__)

_LEAVES_AFTER_SECONDS = 1.0
"""Those who begin offline are seen for a moment first: somebody who was never here has no *last seen*."""


class Colleague:
    """One client."""

    def __init__(
        self, person: Person, post: "queue.SimpleQueue[tuple[Colleague, incoming.Incoming] | None]"
    ) -> None:
        self.person = person
        self.status = person.first
        self.here = False
        self.gateway = Gateway(lambda item: post.put((self, item)), _nothing_kept(), SystemClock())

    def join(self, url: str) -> None:
        """Make the account and come."""
        person = self.person
        self.gateway.register(url, person.email, person.username, PASSWORD, None)

    def arrive(self) -> None:
        """The link is up: be as one is."""
        self.here = True
        if self.status is not Status.OFFLINE:
            self.gateway.send(StatusUpdate(status=self.status))
        if self.person.text:
            self.gateway.send(CustomStatus(text=self.person.text, emoji=self.person.emoji))

    def become(self, status: Status) -> None:
        """Change as people do: offline is leaving, and back is coming back."""
        was, self.status = self.status, status
        if status is Status.OFFLINE:
            self.here = False
            self.gateway.pause()
        elif was is Status.OFFLINE or not self.here:
            self.gateway.reconnect_now()
        else:
            self.gateway.send(StatusUpdate(status=status))

    def beat(self) -> None:
        """A sign of life."""
        if self.here:
            self.gateway.send(Heartbeat())


class Team:
    """All of them, and the times at which they do something next."""

    def __init__(self, url: str, seed: int) -> None:
        self._url = url
        self._chance = Random(seed)  # noqa: S311 - habits, no secrets
        self._clock = SystemClock()
        self.news: queue.SimpleQueue[tuple[Colleague, incoming.Incoming] | None] = queue.SimpleQueue()
        self._team = [Colleague(person, self.news) for person in COLLEAGUES]
        self._plans: list[tuple[int, int]] = []
        """(monotonic ms, index) of everybody's next change, as a heap; index -1 is the heartbeat."""
        self._met: set[Colleague] = set()
        self._expected = set(self._team)

    def run(self) -> int:
        """Act until told to stop; the return value is the exit status."""
        for colleague in self._team:
            colleague.join(self._url)
        self._plan(HEARTBEAT_SECONDS, -1)
        try:
            while self._step():
                pass
        finally:
            self._go_home()
        return 0

    def _step(self) -> bool:
        wait = max(0.0, (self._plans[0][0] - self._clock.monotonic()) / 1000)
        try:
            news = self.news.get(timeout=wait)
        except queue.Empty:
            self._act()
            return True
        if news is None:
            return False
        self._hear(*news)
        return True

    def _hear(self, colleague: Colleague, item: incoming.Incoming) -> None:
        if isinstance(item, incoming.SignedIn):
            colleague.gateway.connect()
        elif isinstance(item, incoming.LinkUp):
            colleague.arrive()
            if colleague not in self._met:
                self._first_time(colleague)
        elif isinstance(item, incoming.SignInFailed):
            logger.error("%s cannot join: %s", colleague.person.username, item.message)
            self.news.put(None)

    def _first_time(self, colleague: Colleague) -> None:
        self._met.add(colleague)
        index = self._team.index(colleague)
        leaves = colleague.person.first is Status.OFFLINE
        wait = next_wait(colleague.person, self._chance)
        self._plan(_LEAVES_AFTER_SECONDS if leaves else wait, index)
        if not leaves:
            self._settled(colleague)

    def _settled(self, colleague: Colleague) -> None:
        """Somebody is as they begin; when all are, the curtain may rise."""
        self._expected.discard(colleague)
        if not self._expected:
            sys.stdout.write("ready\n")
            sys.stdout.flush()

    def _act(self) -> None:
        _, index = heapq.heappop(self._plans)
        if index < 0:
            for colleague in self._team:
                colleague.beat()
            self._plan(HEARTBEAT_SECONDS, -1)
            return
        colleague = self._team[index]
        leaving_first = colleague.status is Status.OFFLINE and colleague.here
        colleague.become(Status.OFFLINE if leaving_first else next_status(colleague.status, self._chance))
        if colleague in self._expected:
            self._settled(colleague)
        self._plan(next_wait(colleague.person, self._chance), index)

    def _plan(self, seconds: float, index: int) -> None:
        heapq.heappush(self._plans, (self._clock.monotonic() + round(seconds * 1000), index))

    def _go_home(self) -> None:
        closing = [threading.Thread(target=colleague.gateway.close) for colleague in self._team]
        for thread in closing:
            thread.start()
        for thread in closing:
            thread.join()


class _NoSecrets:
    def get(self, server: str, account: str) -> str | None:
        return None

    def set(self, server: str, account: str, secret: str) -> None:
        """Nothing is kept."""

    def delete(self, server: str, account: str) -> None:
        """There is nothing to delete."""


def _nothing_kept() -> ShortMemory:
    memory = ShortMemory(_NoSecrets())
    memory.forgetting = True
    return memory


def main(arguments: list[str]) -> int:
    """Run the team for the server at `arguments[0]`, with the seed `arguments[1]` if there is one."""
    logging.basicConfig(level=logging.ERROR)
    team = Team(arguments[0], int(arguments[1]) if len(arguments) > 1 else 1)

    def until_alone() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        team.news.put(None)

    threading.Thread(target=until_alone, name="parent", daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: team.news.put(None))
    return team.run()
