"""Conversations among several servers: what this one says to its peers, what it hears of them, what it may have missed.

Decides what goes into a packet and what follows from one that came, as plain synchronous steps. Messages are in the
database before anybody is told of them, so nothing is ever sent twice between servers: whoever finds that something is
missing has its clients ask again (`stale`). Where people are is nowhere but here, and so is told whole after a gap.
How packets travel is the store's (`stores.redis.chat`).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from msgspec import Struct

from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.services.chat.ports import ChatPeers, Neighbour
from presence_desktop.server.services.cluster.silence import Silence
from presence_desktop.server.services.ports import Clock

AT_ONCE = 1000
"""Items in one packet, at most."""
STALE_EVERY = 1000
"""Clients are asked to ask again once in so many ms, at most."""


class Told(Struct, frozen=True):
    """An event for these people."""

    user_ids: tuple[int, ...]
    event: str
    payload: Mapping[str, Any]


class Changed(Struct, frozen=True):
    """The people of this conversation changed."""

    conversation_id: int


class Gone(Struct, frozen=True):
    """Somebody is in this conversation no longer."""

    conversation_id: int
    user_id: int


class Placed(Struct, frozen=True):
    """Where somebody is, as far as the devices of the node say and others may know."""

    user_id: int
    seen: Seen


class Asked(Struct, frozen=True):
    """This node (empty: everybody) is to tell where all its people are."""

    node: str = ""


class Whole(Struct, frozen=True):
    """That was everybody: of whom nothing was said since `Packet.fresh`, nothing is known."""


class Stale(Struct, frozen=True):
    """All clients are to ask again."""


Item = Told | Changed | Gone | Placed | Whole | Asked | Stale


class Packet(Struct, frozen=True):
    """What a node said in one tick, in order. Without items it is a sign of life; `seq` counts those with."""

    node: str
    seq: int
    items: tuple[Item, ...] = ()
    fresh: bool = False
    """Where all the node's people are follows, up to `Whole`."""
    leaving: bool = False
    """The node's last one."""


class ChatCluster(ChatPeers):
    """This server's place among its peers. A node that is silent for `lease` (ms) is dead."""

    def __init__(self, neighbour: Neighbour, *, node: str, clock: Clock, lease: int) -> None:
        self.node = node
        self.linked = False
        """Whether the peers hear what is said. See `up` and `down`."""
        self.wake: Callable[[], None] = lambda: None
        """Called when there is something to send."""
        self._neighbour = neighbour
        self._clock = clock
        self._silence = Silence(clock, lease)
        self._seq = 0
        self._lost = False
        """Whether something was said that no packet holds: their numbers then leave one out."""
        self._fresh = False
        self._items: list[Item] = []
        self._placed: dict[int, Seen] = {}
        self._known: dict[str, int] = {}
        """The newest packet of every node that was ever heard."""
        self._there: dict[str, set[int]] = {}
        """Who was said to be somewhere, by the node that said so."""
        self._unseen: dict[str, set[int]] = {}
        """Whom a node has not named yet, that tells of all its people."""
        self._stale = False
        self._told_stale = clock.ticks() - STALE_EVERY

    # --- what this server says (ChatPeers) --------------------------------------------------------------------

    def tell(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """See ChatPeers."""
        if user_ids:
            self._add(Told(tuple(user_ids), event, payload))

    def changed(self, conversation_id: int) -> None:
        """See ChatPeers."""
        self._add(Changed(conversation_id))

    def gone(self, conversation_id: int, user_id: int) -> None:
        """See ChatPeers."""
        self._add(Gone(conversation_id, user_id))

    def stale(self) -> None:
        """See ChatPeers."""
        self._add(Stale())

    def placed(self, user_id: int, seen: Seen) -> None:
        """See ChatPeers."""
        if seen is NOWHERE:
            if self._placed.pop(user_id, None) is None:
                return
        else:
            self._placed[user_id] = seen
        if self.linked:
            self._add(Placed(user_id, seen))

    def _add(self, item: Item) -> None:
        if self.linked:
            self._items.append(item)
            self.wake()
        else:
            self._lost = True

    # --- the link -----------------------------------------------------------------------------------------------

    def up(self) -> None:
        """The peers are heard, and hear what is said from now on; they learn where our people are, and we of theirs."""
        self.linked = True
        self._introduce()
        self._add(Asked())

    def down(self) -> None:
        """Nothing said reaches anybody, nor perhaps what was on its way."""
        self.linked = False
        self._lost = self._lost or bool(self._items)
        self._items = []

    def _introduce(self) -> None:
        self._fresh = True
        self._items = [item for item in self._items if not isinstance(item, Placed | Whole)]
        self._items += [Placed(user_id, seen) for user_id, seen in self._placed.items()]
        self._add(Whole())

    # --- what travels -------------------------------------------------------------------------------------------

    def outgoing(self) -> Packet:
        """What was said since the last packet, or as much as fits into one; empty, it is a sign of life."""
        items, self._items = tuple(self._items[:AT_ONCE]), self._items[AT_ONCE:]
        fresh, self._fresh = self._fresh, False
        self._seq += self._lost + bool(items or fresh)
        self._lost = False
        return Packet(self.node, self._seq, items, fresh)

    @property
    def waiting(self) -> bool:
        """Whether there is more for another packet."""
        return bool(self._items)

    def goodbye(self) -> Packet:
        """The last packet, once all others are on their way."""
        return Packet(self.node, self._seq, leaving=True)

    # --- what is heard ------------------------------------------------------------------------------------------

    def receive(self, packet: Packet) -> None:
        """A packet has come."""
        node = packet.node
        if node == self.node:
            return
        known = self._known.get(node, 0)
        follows = packet.seq == known + bool(packet.items or packet.fresh)
        self._known[node] = max(known, packet.seq)
        self._silence.heard(node)
        if packet.fresh:
            self._unseen[node] = set(self._there.get(node, ()))
        elif not follows:
            self._add(Asked(node))
        if not follows:
            self._missed()
        for item in packet.items:
            self._take(node, item)
        if packet.leaving:
            self._forget(node)

    def look(self) -> list[str]:
        """Take nodes for dead that have been silent for the lease, and do what had to wait; the dead ones' ids."""
        dead = self._silence.dead()
        for node in dead:
            self._forget(node)
        self._stale = self._stale or bool(dead)  # it may have died between storing something and telling us
        self._ask_again()
        return dead

    @property
    def peers(self) -> list[str]:
        """The nodes that count as alive."""
        return self._silence.nodes

    def _missed(self) -> None:
        self._stale = True
        self._ask_again()

    def _ask_again(self) -> None:
        now = self._clock.ticks()
        if self._stale and now - self._told_stale >= STALE_EVERY:
            self._stale, self._told_stale = False, now
            self._neighbour.stale()

    def _forget(self, node: str) -> None:
        self._silence.forget(node)
        self._unseen.pop(node, None)
        for user_id in self._there.pop(node, ()):
            self._neighbour.placed(node, user_id, NOWHERE)

    def _place(self, node: str, placed: Placed) -> None:
        there = self._there.setdefault(node, set())
        self._unseen.get(node, set()).discard(placed.user_id)
        if placed.seen == NOWHERE:
            there.discard(placed.user_id)
        else:
            there.add(placed.user_id)
        self._neighbour.placed(node, placed.user_id, placed.seen)

    def _take(self, node: str, item: Item) -> None:
        match item:
            case Told():
                self._neighbour.deliver(item.user_ids, item.event, item.payload)
            case Changed():
                self._neighbour.changed(item.conversation_id)
            case Gone():
                self._neighbour.gone(item.conversation_id, item.user_id)
            case Stale():
                self._missed()
            case _:
                self._take_place(node, item)

    def _take_place(self, node: str, item: Placed | Whole | Asked) -> None:
        if isinstance(item, Placed):
            self._place(node, item)
        elif isinstance(item, Whole):
            for user_id in self._unseen.pop(node, ()):
                self._place(node, Placed(user_id, NOWHERE))
        elif item.node in ("", self.node):
            self._introduce()
