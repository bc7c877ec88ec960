"""One server among several: what it says to its peers, what it hears of them, and when it takes a peer for dead.

Decides what goes into a message and what follows from one that came, as plain synchronous steps, so that any order,
loss and repetition can be tried without a network. How messages and pictures travel is `stores.redis.presence`;
which of them count is `domain.feeds`, what they mean for a person `SharedPresence`.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from presence_desktop.server.domain.feeds import Feed, Item, Message, Picture, Touched, Word
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.services.cluster.silence import Silence
from presence_desktop.server.services.ports import Clock, Peers

CLOCKS_DIFFER = 10_000
"""Clocks this far apart (ms) are allowed for, and named in the log."""
RECENT = 30 * 60 * 1000
"""How long (ms) choices are kept for peers; the database has had them for long by then."""

_log = logging.getLogger(__name__)


class Replica(Protocol):
    """What is done with what peers say (`SharedPresence`)."""

    def hear(self, stamp: int) -> None:
        """A peer's newest version."""
        ...

    def take(self, node: str, user_id: int, word: Contribution) -> None:
        """A peer's word, by our clock."""
        ...

    def take_touch(self, user_id: int, second: int) -> None:
        """A sign of life elsewhere of somebody who may be connected here."""
        ...

    def take_chosen(self, chosen: Chosen) -> bool:
        """A choice made elsewhere; whether it is news."""
        ...

    def keep_chosen(self, chosen: Chosen) -> None:
        """A choice made at a server that may have died before it could write it."""
        ...

    def take_down(self, node: str, state: State, *, kept: bool) -> None:
        """A peer is gone; `kept`: its people's rows are to be written here."""
        ...

    def contributed_by(self, node: str) -> list[int]:
        """The people of whom a peer contributes something."""
        ...

    @property
    def newest(self) -> int:
        """Our newest version."""
        ...


class Cluster(Peers):
    """This server's place among its peers."""

    def __init__(self, replica: Replica, *, node: str, clock: Clock, lease: int, refresh: float) -> None:
        """`lease`: silence (ms) after which a peer is dead; `refresh`: how often (s) signs of life are worth a word."""
        self.node = node
        self.linked = False
        """Whether the peers are heard, and hear what is said. See `up` and `down`."""
        self.wake: Callable[[], None] = lambda: None
        """Called when there is something to send."""
        self._replica = replica
        self._clock = clock
        self._refresh = refresh
        self._silence = Silence(clock, lease)
        self._seq = 0
        self._gathers = False
        """Whether what is said goes into messages: from the moment on that the whole picture was taken."""
        self._items: list[Item] = []
        self._said: dict[int, Contribution] = {}
        self._touched: dict[int, int] = {}
        self._recent: dict[int, tuple[int, str, Chosen]] = {}
        """Choices made lately, here or elsewhere: when (ticks), at which node, which."""
        self._feeds: dict[str, Feed] = {}
        self._ahead: dict[str, int] = {}

    # --- what this server says (Peers) ----------------------------------------------------------------------

    def due(self, user_id: int, second: int) -> bool:
        """See Peers."""
        said = self._said.get(user_id)
        last = self._touched.get(user_id, 0) if said is None else said.heard
        return not 0 <= second - last < self._refresh

    def say(self, user_id: int, word: Contribution) -> None:
        """See Peers."""
        said = self._said.get(user_id)
        if word.state.connected:
            if said is not None and self._says_the_same(said, word):
                return
            self._said[user_id] = word
        elif self._said.pop(user_id, None) is None:
            return
        self._add(Word(user_id, word))

    def touched(self, user_id: int, second: int) -> None:
        """See Peers."""
        self._touched[user_id] = second
        self._add(Touched(user_id, second))

    def chosen(self, chosen: Chosen) -> None:
        """See Peers."""
        self._recent[chosen.user_id] = (self._clock.ticks(), self.node, chosen)
        self._add(chosen)

    def _says_the_same(self, said: Contribution, word: Contribution) -> bool:
        same = (said.state, said.until) == (word.state, word.until)
        return same and 0 <= word.heard - said.heard < self._refresh

    def _add(self, item: Item) -> None:
        if self._gathers:
            self._items.append(item)
            self.wake()

    # --- the link -------------------------------------------------------------------------------------------

    def up(self) -> None:
        """Our picture is with the peers, and theirs is here."""
        self.linked = True

    def down(self) -> None:
        """Nothing said reaches anybody: it will all be in the next `fresh`. So it is with the peers."""
        self.linked = self._gathers = False
        self._items = []
        for feed in self._feeds.values():
            feed.awaits = True

    # --- what travels -----------------------------------------------------------------------------------------

    def outgoing(self, *, leaving: bool = False) -> Message:
        """What was said since the last message; empty, it is a sign of life."""
        items, self._items = self._items, []
        return self._message(tuple(items), leaving=leaving)

    def fresh(self) -> tuple[Message, Picture]:
        """A message that asks all peers to read our whole picture, and that picture, as of the message."""
        self._items, self._gathers = [], True
        message = self._message((), fresh=True)
        words = {user_id: (message.seq, word) for user_id, word in self._said.items()}
        recent = tuple(chosen for _, _, chosen in self._recent.values())
        return message, Picture(message.node, message.seq, message.at, message.stamp, words, recent)

    def _message(self, items: tuple[Item, ...], *, fresh: bool = False, leaving: bool = False) -> Message:
        self._seq += 1
        return Message(self.node, self._seq, self._clock.now(), self._replica.newest, items, fresh, leaving)

    # --- what is heard ------------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """A message has come; ask `wanted` afterwards."""
        node = message.node
        if node == self.node:
            return
        self._word_of(node, message.at)
        if message.leaving:
            self._forget(node, State.SIGNED_OUT, kept=False)
            return
        self._replica.hear(message.stamp)
        self._take(node, self._feeds.setdefault(node, Feed()).receive(message))

    def wanted(self) -> list[str]:
        """The peers whose whole picture is needed."""
        return [node for node, feed in self._feeds.items() if feed.awaits]

    def meet(self, node: str, remaining: int) -> None:
        """A peer is known to the store, whose lease ends in so many ms."""
        if node != self.node and node not in self._feeds:
            self._feeds[node] = Feed()
            self._silence.heard(node, remaining=remaining)

    def adopt(self, picture: Picture) -> None:
        """A peer's whole picture was read."""
        node, feed = picture.node, self._feeds.get(picture.node)
        if feed is None or not feed.adopt(picture):
            return
        self._measure(node, picture.at)
        self._replica.hear(picture.stamp)
        ahead = self._ahead.get(node, 0)
        for user_id in self._replica.contributed_by(node):
            if user_id not in picture.words:
                self._replica.take(node, user_id, Contribution(State.LOST, 0))
        for user_id, (_, word) in picture.words.items():
            self._replica.take(node, user_id, word.by_clock(ahead))
        self._take(node, picture.chosen)
        self._take(node, feed.rest(picture))

    def look(self) -> list[str]:
        """Take down the peers that have been silent for the lease; their ids, for the store to clear up after."""
        dead = self._silence.dead()
        for node in dead:
            _log.warning("cluster.node-silent", extra={"fields": {"node": node}})
            self._forget(node, State.LOST, kept=self.linked)
        if self.linked:
            now = self._clock.ticks()
            self._recent = {who: entry for who, entry in self._recent.items() if now - entry[0] < RECENT}
        second = self._clock.now() // 1000
        self._touched = {who: at for who, at in self._touched.items() if 0 <= second - at < self._refresh}
        return dead

    @property
    def peers(self) -> list[str]:
        """The peers that count as alive."""
        return self._silence.nodes

    def _forget(self, node: str, state: State, *, kept: bool) -> None:
        self._feeds.pop(node, None)
        self._silence.forget(node)
        self._ahead.pop(node, None)
        self._replica.take_down(node, state, kept=kept)
        for _, origin, chosen in self._recent.values():
            if origin == node:
                self._replica.keep_chosen(chosen)

    def _word_of(self, node: str, at: int) -> None:
        if node not in self._silence:
            _log.info("cluster.node-heard", extra={"fields": {"node": node}})
        self._silence.heard(node)
        self._measure(node, at)

    def _measure(self, node: str, at: int) -> None:
        """How far our clock is ahead of the peer's, in whole seconds, if that is worth minding."""
        difference = self._clock.now() - at
        if abs(difference) < CLOCKS_DIFFER:
            self._ahead.pop(node, None)
            return
        if node not in self._ahead:
            seconds = round(difference / 1000)
            _log.warning("cluster.clocks-differ", extra={"fields": {"node": node, "seconds": seconds}})
        self._ahead[node] = round(difference / 1000)

    def _take(self, node: str, items: Iterable[Item]) -> None:
        ahead = self._ahead.get(node, 0)
        for item in items:
            if isinstance(item, Word):
                self._replica.take(node, item.user_id, item.word.by_clock(ahead))
            elif isinstance(item, Touched):
                self._replica.take_touch(item.user_id, item.second + ahead)
            elif self._replica.take_chosen(item):
                self._recent[item.user_id] = (self._clock.ticks(), node, item)
