"""The services of conversations over a real database, with three people and a publisher that takes notes."""

from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from presence_desktop.protocol.chat import NewMessage, NewRoom, Visibility
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from presence_desktop.server.services.accounts.ports import NewAccount
from presence_desktop.server.services.chat.commit import Committer
from presence_desktop.server.services.chat.means import Means
from presence_desktop.server.services.chat.messages import ChatService
from presence_desktop.server.services.chat.reading import ChatReading
from presence_desktop.server.services.chat.rooms import RoomService
from presence_desktop.server.services.ports import Profile
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.chat.store import SqlChat
from presence_desktop.server.stores.sql.database import Database
from tests.wire.made import made

ANN, BOB, EVE = 1, 2, 3
NAMES = {ANN: "ann", BOB: "bob lee", EVE: "eve"}


class StillClock:
    """A clock that moves by hand."""

    def __init__(self) -> None:
        self.at = 1_000_000

    def now(self) -> int:
        return self.at

    def ticks(self) -> int:
        return self.at


@dataclass
class Heard:
    """Who was told what, in order."""

    told: list[tuple[list[int], Event]] = field(default_factory=list)
    stales: int = 0

    def tell(self, user_ids: Collection[int], event: Event) -> None:
        self.told.append((sorted(user_ids), event))

    def stale(self) -> None:
        self.stales += 1

    def take(self) -> list[tuple[list[int], str]]:
        told, self.told = self.told, []
        return [(who, event.name) for who, event in told]


class House:
    """One server's services."""

    def __init__(self, database: Database, names: Sequence[str] = tuple(NAMES.values())) -> None:
        self.clock, self.heard, self.hidden = StillClock(), Heard(), set[int]()
        self.known = {at: Profile(at, name, None, "member") for at, name in enumerate(names, 1)}
        self.store = SqlChat(database)
        self.committer = Committer(self.store, self.heard)

        def visible(user_id: int) -> bool:
            return user_id not in self.hidden

        self.quieted: list[tuple[int, int]] = []
        self.put_out: list[tuple[int, int]] = []
        self.changed: list[int] = []
        means = Means(self.clock, self.store, self.committer, self.heard, self.known.get)
        self.chat = ChatService(
            means,
            visible=visible,
            quiet=lambda *where: self.quieted.append(where),
        )
        self.rooms = RoomService(
            means,
            changed=self.changed.append,
            gone=lambda *where: self.put_out.append(where),
        )
        self.reading = ChatReading(self.store)

    async def room(self, *people: int, visibility: Visibility = Visibility.PRIVATE) -> int:
        """A room that Ann owns."""
        new = NewRoom(id=uuid4(), title="Lab", visibility=visibility, user_ids=list(people))
        made, _ = await self.rooms.create(ANN, new)
        self.heard.take()
        return made.id


def say(text: str, **more: object) -> NewMessage:
    return made(NewMessage, id=uuid4(), text=text, **more)


async def refused(doing: Awaitable[object]) -> Code:
    with pytest.raises(Refused) as caught:
        await doing
    return caught.value.code


async def settled(database: Database, names: Sequence[str] = tuple(NAMES.values())) -> House:
    """A house with its people's accounts, numbered from 1."""
    accounts = SqlAccounts(database)
    for name in names:
        await accounts.add(NewAccount(f"{name}@x", name, "x"), invite=None, now=1)
    return House(database, names)
