"""What one node hears of another: messages in order, and the whole picture where one is missing.

Decides which messages count, and when only the node's whole picture helps: at first, after a gap, and when the node
says so. Messages carry state, so those that come while the picture is read are simply laid over it. Fetching the
picture is the store's business, applying it the services'.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from presence_desktop.server.domain.nodes import Chosen, Contribution

EARLY_AT_MOST = 10_000
"""Messages kept while a picture is awaited; past it the oldest go, and a newer picture is asked for."""


class Word(Struct, frozen=True):
    """A contribution to this person."""

    user_id: int
    word: Contribution


class Touched(Struct, frozen=True):
    """A sign of life of a person whose connection is elsewhere, at this second."""

    user_id: int
    second: int


Item = Word | Chosen | Touched


class Message(Struct, frozen=True):
    """What changed at a node in one tick, in order. `at` is its clock (ms), `stamp` its newest version."""

    node: str
    seq: int
    at: int
    stamp: int
    items: tuple[Item, ...] = ()
    fresh: bool = False
    """The node's whole picture is new in the store: read it."""
    leaving: bool = False
    """The node's last word: its people go."""


class Picture(Struct, frozen=True):
    """All that a node contributes, at least as new as its message `seq`; each word with the seq it went out with."""

    node: str
    seq: int
    at: int
    stamp: int
    words: Mapping[int, tuple[int, Contribution]] = field(default_factory=dict)
    chosen: tuple[Chosen, ...] = ()


class Feed:
    """One other node, as far as it has been heard."""

    def __init__(self) -> None:
        self.seq = -1
        """The newest message that is taken in."""
        self.awaits = True
        """Whether the whole picture is needed before anything else counts."""
        self._early: list[Message] = []

    def receive(self, message: Message) -> tuple[Item, ...]:
        """A message has come: what is to be taken in now. Sets `awaits` where something is missing."""
        if message.seq <= self.seq:
            return ()
        if not self.awaits and not message.fresh and message.seq == self.seq + 1:
            self.seq = message.seq
            return message.items
        self.awaits = True
        self._early.append(message)
        del self._early[:-EARLY_AT_MOST]
        return ()

    def adopt(self, picture: Picture) -> bool:
        """The whole picture was read; whether it counts. Then it replaces all there was, and `rest` comes on top."""
        if picture.seq < self.seq or any(one.fresh and one.seq > picture.seq for one in self._early):
            return False
        self.seq = picture.seq
        self.awaits = False
        return True

    def rest(self, picture: Picture) -> Iterator[Item]:
        """What came while the picture was read and is newer than it."""
        early, self._early = sorted(self._early, key=lambda message: message.seq), []
        for message in early:
            for item in self.receive(message):
                if not isinstance(item, Word) or picture.words.get(item.user_id, (-1,))[0] < message.seq:
                    yield item
