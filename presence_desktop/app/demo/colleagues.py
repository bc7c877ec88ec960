"""The simulated colleagues: real clients of a real server, in this process; they change status and talk as people do.

`presence-desktop colleagues URL [SEED]` registers everybody of `cast`, the one whom the app will sign in as too, has
what was said before the curtain rises said, says `ready` when all are there, and goes on until standard input closes or
a signal comes. No Qt here.
"""

import heapq
import itertools
import logging
import os
import queue
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from presence_desktop.app.demo.cast import COLLEAGUES, ME, PASSWORD, Person, next_status, next_wait
from presence_desktop.app.demo.conversations import Conversations
from presence_desktop.app.demo.short_memory import ShortMemory
from presence_desktop.core import incoming
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.join_link import JoinLink
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
        self.user_id = 0
        self.gateway = Gateway(lambda item: post.put((self, item)), _nothing_kept(), SystemClock())

    @property
    def chat(self) -> ChatGateway:
        """The way to conversations."""
        return self.gateway.chat

    def join(self, url: str) -> None:
        """Make the account and come."""
        person = self.person
        self.gateway.register(JoinLink((url,)), person.email, person.username, PASSWORD)

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
        self._me = Colleague(ME, self.news)
        """Oneself, as long as the past lasts: somebody has to have said one's own words."""
        self._everybody = [*self._team, self._me]
        self._plans: list[tuple[int, int, Callable[[], None]]] = []
        """What is done next: (monotonic ms, a number that tells two apart, what), as a heap."""
        self._numbers = itertools.count()
        self._met: set[Colleague] = set()
        self._folder = Path()
        self._talk = Conversations(
            {one.person.username: one for one in self._everybody}, self._chance, self._plan
        )

    def run(self) -> int:
        """Act until told to stop; the return value is the exit status."""
        with tempfile.TemporaryDirectory(prefix="presence-colleagues-", ignore_cleanup_errors=True) as folder:
            self._folder = Path(folder)
            for colleague in self._everybody:
                colleague.join(self._url)
            self._plan(HEARTBEAT_SECONDS, self._beat)
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
            _, _, what = heapq.heappop(self._plans)
            what()
            return True
        if news is None:
            return False
        self._hear(*news)
        return True

    def _hear(self, colleague: Colleague, item: incoming.Incoming) -> None:
        if isinstance(item, incoming.SignedIn):
            colleague.user_id = item.user.user_id
            colleague.gateway.connect()
        elif isinstance(item, incoming.LinkUp):
            colleague.arrive()
            self._arrived(colleague)
        elif isinstance(item, incoming.SignInFailed):
            logger.error("%s cannot join: %s", colleague.person.username, item.message)
            self.news.put(None)
        else:
            self._talk.hear(colleague.person.username, item)

    def _arrived(self, colleague: Colleague) -> None:
        before = len(self._met)
        self._met.add(colleague)
        if before < len(self._met) == len(self._everybody):
            self._talk.rehearse(self._folder, self._rehearsed)

    def _rehearsed(self) -> None:
        """The past is told: oneself leaves, to come back as the app; so do those who begin offline."""
        self._me.here = False
        self._me.gateway.close()
        for colleague in self._team:
            if colleague.person.first is Status.OFFLINE:
                self._plan(_LEAVES_AFTER_SECONDS, partial(colleague.become, Status.OFFLINE))
            wait = _LEAVES_AFTER_SECONDS + next_wait(colleague.person, self._chance)
            self._plan(wait, self._changing(colleague))
        self._plan(_LEAVES_AFTER_SECONDS, self._raise_curtain)

    def _raise_curtain(self) -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        self._talk.go_on()

    def _changing(self, colleague: Colleague) -> Callable[[], None]:
        """Somebody becomes something else, and will again."""

        def change() -> None:
            colleague.become(next_status(colleague.status, self._chance))
            self._plan(next_wait(colleague.person, self._chance), change)

        return change

    def _beat(self) -> None:
        for colleague in self._team:
            colleague.beat()
        self._plan(HEARTBEAT_SECONDS, self._beat)

    def _plan(self, seconds: float, what: Callable[[], None]) -> None:
        at = self._clock.monotonic() + round(seconds * 1000)
        heapq.heappush(self._plans, (at, next(self._numbers), what))

    def _go_home(self) -> None:
        closing = [threading.Thread(target=colleague.gateway.close) for colleague in self._everybody]
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
