"""Redis as several servers see it, in memory and in the hand: messages wait until they are delivered, in any order.

A `Server` is the presence service of one node with its cluster; a `Bus` holds what the nodes wrote and the messages on
their way to each of them.
"""

from dataclasses import dataclass

from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.feeds import Message, Picture, Word
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.nodes import Chosen, Contribution
from presence_desktop.server.domain.presence import Change, Rules
from presence_desktop.server.services.cluster.peers import Cluster
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.stores.redis import presence_codec as codec
from tests.fakes.presence import HandClock, Listener, MemoryClaims, MemoryRows, profile

LEASE = 70_000


@dataclass
class Held:
    """What the store holds of one node."""

    seq: int
    at: int
    stamp: int
    words: dict[int, tuple[int, Contribution]]


class Bus:
    """The store and the channel. `delivered` goes through the codec, as over a wire."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.chosen: dict[int, Chosen] = {}
        self.queues: dict[str, list[Message]] = {}

    def send(self, message: Message) -> None:
        """Keep what a message says, and put it on its way."""
        before = self.held.get(message.node)
        words = dict(before.words) if before else {}
        for item in message.items:
            if isinstance(item, Word) and item.word.state.connected:
                words[item.user_id] = (message.seq, item.word)
            elif isinstance(item, Word):
                words.pop(item.user_id, None)
            elif isinstance(item, Chosen):
                self.keep(item)
        self.held[message.node] = Held(message.seq, message.at, message.stamp, words)
        self._spread(message)

    def introduce(self, message: Message, picture: Picture) -> None:
        """A node's whole picture, and the message that says so."""
        self.held[message.node] = Held(message.seq, message.at, message.stamp, dict(picture.words))
        for chosen in picture.chosen:
            self.keep(chosen)
        self._spread(message)

    def keep(self, chosen: Chosen) -> None:
        """The newest choice of a person stays."""
        known = self.chosen.get(chosen.user_id)
        if known is None or known.stamp <= chosen.stamp:
            self.chosen[chosen.user_id] = chosen

    def picture(self, node: str) -> Picture | None:
        """What a reader gets of a node now."""
        held = self.held.get(node)
        if held is None:
            return None
        return Picture(node, held.seq, held.at, held.stamp, dict(held.words), tuple(self.chosen.values()))

    def forget(self, node: str) -> None:
        """What is done after a dead node."""
        self.held.pop(node, None)
        self.queues.pop(node, None)

    def _spread(self, message: Message) -> None:
        for queue in self.queues.values():
            queue.append(codec.read_message(codec.message(message)))


class Server:
    """One node on a bus; `database` is what all nodes share: (stamp, choices) by user."""

    def __init__(
        self,
        bus: Bus,
        node: str,
        clock: HandClock,
        database: dict[int, tuple[int, Choices | None]],
        rules: Rules | None = None,
    ) -> None:
        self.bus = bus
        self.node = node
        self.database = database
        self.listener = Listener()
        self.presence = SharedPresence(
            clock=clock,
            publisher=self.listener,
            profiles=profile,
            rows=MemoryRows(),
            claims=MemoryClaims(),
            epoch=node,
            rules=rules or Rules(),
            pace=Window(10**6, 1),
        )
        self.cluster = Cluster(self.presence, node=node, clock=clock, lease=LEASE, refresh=60)
        self.presence.join(self.cluster)
        for user_id, (stamp, choices) in database.items():
            self.presence.take_chosen(Chosen(user_id, stamp, choices))
        self.link()

    def link(self) -> None:
        """As a new session with the store begins."""
        self.bus.queues[self.node] = []
        self.bus.introduce(*self.cluster.fresh())
        for node in list(self.bus.held):
            self.cluster.meet(node, LEASE)
        self.read()
        self.cluster.up()

    def flush(self) -> None:
        """One tick: what was said goes out, and what was chosen into the database."""
        self.bus.send(self.cluster.outgoing())
        for row in self.presence._writer._choices.values():
            if row.stamp >= self.database.get(row.user_id, (0, None))[0]:
                self.database[row.user_id] = (row.stamp, row.choices)
        self.presence._writer._choices.clear()

    def receive(self, index: int = 0, *, keep: bool = False) -> None:
        """Take one of the messages that wait; `keep` leaves it to come again."""
        queue = self.bus.queues[self.node]
        if queue:
            at = index % len(queue)
            self.cluster.receive(queue[at] if keep else queue.pop(at))

    def lose(self, index: int) -> None:
        """One of the messages that wait never comes."""
        queue = self.bus.queues[self.node]
        if queue:
            queue.pop(index % len(queue))

    def read(self) -> None:
        """Read the pictures that are needed."""
        for node in self.cluster.wanted():
            picture = self.bus.picture(node)
            if picture is not None:
                self.cluster.adopt(picture)

    def settle(self) -> None:
        """Take everything that waits, in order, reading pictures as needed."""
        while self.bus.queues[self.node]:
            self.receive()
            self.read()
        self.read()

    @property
    def changes(self) -> list[Change]:
        """Everything that was published here."""
        return self.listener.changes

    def shown(self, user_id: int) -> tuple[str, str | None]:
        """Status and text of a person, as everybody at this server sees them."""
        entry = self.presence.picture_of([user_id])["changes"][0]
        return entry["status"], entry["text"]
