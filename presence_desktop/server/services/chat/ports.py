"""What the services of conversations need from outside: a store, somebody who tells the clients, who is who.

Only shapes; `server.main` joins them. Moments are integer milliseconds since the Unix epoch.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from presence_desktop.protocol.chat import Kind, SearchQuery, Visibility, Window
from presence_desktop.protocol.events import Event
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.messages import Letter
from presence_desktop.server.domain.places import Seen
from presence_desktop.server.domain.rooms import Circle, Place
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.ports import StoreUnavailable


class Founding(Struct, frozen=True):
    """A conversation to be made. `made_as` finds it again when it is asked for twice."""

    made_as: str
    kind: Kind
    title: str | None
    topic: str
    visibility: Visibility
    people: Mapping[int, Place]
    at: int


class Standing(Struct, frozen=True):
    """A conversation as a member finds it: everybody's marks, one's own counts, the last message."""

    circle: Circle
    marks: Mapping[int, Marks]
    unread: int
    mentions: int
    last: Letter | None


class Stretch(Struct, frozen=True):
    """Some messages of a conversation, whether there are more, and the conversation's numbers at that moment."""

    letters: Sequence[Letter]
    more: bool
    last_seq: int
    last_change: int


class Company(Struct, frozen=True):
    """Who is in a conversation, and whether it is a direct one: then they are always the same."""

    people: Collection[int]
    direct: bool = False


class PublicRoom(Struct, frozen=True):
    """A room that everybody may find."""

    id: int
    title: str
    topic: str
    members: int
    joined: bool


class ChatStore(Protocol):
    """Conversations as they are kept. Each call is one transaction, and raises `ports.StoreUnavailable`."""

    def work(self, wanted: Wanted, decide: Callable[[Ledger], None]) -> Awaitable[None]:
        """Load, decide, and write what the ledger then says, so that it is on the disk when this returns.

        Raises `Collision`, `InDoubt`.
        """
        ...

    def found(self, founding: Founding) -> Awaitable[tuple[int, bool]]:
        """Make a conversation, or find the one made before; its id, and whether it is new. Raises `Collision`."""
        ...

    def overview(self, user_id: int) -> Awaitable[Sequence[Standing]]:
        """All conversations of somebody, by id."""
        ...

    def standing(self, conversation_id: int, user_id: int) -> Awaitable[Standing | None]:
        """One of them; None if there is none, or this is no member."""
        ...

    def counts(self, conversation_id: int, user_id: int) -> Awaitable[tuple[int, int]]:
        """How many messages are unread, and how many of them mention the reader."""
        ...

    def window(self, conversation_id: int, user_id: int, window: Window) -> Awaitable[Stretch | None]:
        """Messages by rising place; None if this is no member."""
        ...

    def missed(self, conversation_id: int, user_id: int, after: int, limit: int) -> Awaitable[Stretch | None]:
        """Messages changed after this number, by rising change; None if this is no member."""
        ...

    def pinned(self, conversation_id: int, user_id: int) -> Awaitable[Stretch | None]:
        """The pinned messages, newest pin first; None if this is no member."""
        ...

    def public_rooms(self, user_id: int) -> Awaitable[Sequence[PublicRoom]]:
        """The public rooms, by title."""
        ...

    def company(self, conversation_id: int) -> Awaitable[Company]:
        """Who is in a conversation; nobody if there is none."""
        ...

    def search(
        self, user_id: int, query: SearchQuery, words: Sequence[str]
    ) -> Awaitable[tuple[Sequence[Letter], str | None]]:
        """Messages of one's conversations that hold all words, newest first, and the cursor of the next page."""
        ...

    def hidden_marks(self, user_ids: Collection[int]) -> Awaitable[Sequence[tuple[int, int]]]:
        """Of which of these people others do not know yet how far they are, and in which conversation."""
        ...


class Collision(Exception):
    """Somebody else stored this id, or held these rows, at the same moment; nothing was written: try again."""


class InDoubt(StoreUnavailable):
    """The store failed while it committed: whether anything was written is not known. Tried again, it is found."""


class ChatPublisher(Protocol):
    """Tells people on all their devices, at this server and the others. Returns at once; keeps the order."""

    def tell(self, user_ids: Collection[int], event: Event) -> None:
        """Send an event to these people."""
        ...

    def stale(self) -> None:
        """Something may have been missed: everybody is to ask again."""
        ...


class ChatPeers(Protocol):
    """The other servers. Calls return at once; what is said is gathered per tick."""

    def tell(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """They are to send this to those of these people who are connected to them."""
        ...

    def changed(self, conversation_id: int) -> None:
        """The people of a conversation changed: who believed to know them asks again."""
        ...

    def gone(self, conversation_id: int, user_id: int) -> None:
        """Somebody is in this conversation no longer, and so neither has it open nor types in it."""
        ...

    def placed(self, user_id: int, seen: Seen) -> None:
        """Where somebody is now, as far as this server's devices say and others may know."""
        ...

    def stale(self) -> None:
        """Something may have been missed: all clients of all servers are to ask again."""
        ...


class Neighbour(Protocol):
    """What this server does with what its peers say. Nothing of it goes back to them."""

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """Send this to those of these people who are connected here."""
        ...

    def changed(self, conversation_id: int) -> None:
        """See ChatPeers."""
        ...

    def gone(self, conversation_id: int, user_id: int) -> None:
        """See ChatPeers."""
        ...

    def placed(self, node: str, user_id: int, seen: Seen) -> None:
        """Where somebody is, as far as the devices of that peer say; said again, it is so still."""
        ...

    def stale(self) -> None:
        """Anything may have been missed: own clients are to ask again, and what is believed of people holds no more."""
        ...
