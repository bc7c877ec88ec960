"""What presence and conversations tell each other, and the other servers; and the end."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest

from presence_desktop.protocol.chat import NewMessage, NewRoom
from presence_desktop.protocol.events import DeviceState, Event, StatusUpdate
from presence_desktop.protocol.location_events import LocationUpdate, TypingUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.places import Seen
from presence_desktop.server.services.accounts.ports import NewAccount
from presence_desktop.server.services.chat.conversations import Conversations, conversations
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.pace import ChatPace
from presence_desktop.server.services.chat.ports import ChatPeers
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.chat.store import SqlChat
from presence_desktop.server.stores.sql.database import Database
from tests.fakes.presence import Hand, profile
from tests.fakes.ready_database import ready_sqlite
from tests.waiting import eventually_async

ANN, BOB = 1, 2


class Peers(ChatPeers):
    """The other servers: they take notes."""

    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []

    def tell(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        self.heard.append(("told", event))

    def changed(self, conversation_id: int) -> None:
        self.heard.append(("changed", conversation_id))

    def gone(self, conversation_id: int, user_id: int) -> None:
        self.heard.append(("gone", conversation_id, user_id))

    def placed(self, user_id: int, seen: Seen) -> None:
        self.heard.append(("placed", user_id))

    def stale(self) -> None:
        self.heard.append(("stale",))


class Heard:
    """Who was told what."""

    def __init__(self) -> None:
        self.told: list[tuple[list[int], str]] = []

    def tell(self, user_ids: Collection[int], event: Event) -> None:
        self.told.append((sorted(user_ids), event.name))

    def stale(self) -> None:
        self.told.append(([], "stale"))


class House(Hand):
    """Ann and Bob, both connected, and a database."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.store = SqlChat(database)
        self.members = Membership(self.store.company, self.clock)
        self.peers: ChatPeers | None = None
        self.heard = Heard()

    def join(self) -> Conversations:
        talks = conversations(
            clock=self.clock,
            store=self.store,
            publisher=self.heard,
            profiles=profile,
            presence=self.service,
            members=self.members,
            pace=ChatPace(self.clock),
            peers=lambda: self.peers,
        )
        for user_id, sid in ((ANN, "a"), (BOB, "b")):
            self.service.connect(user_id, sid, state=DeviceState())
        return talks


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    database = ready_sqlite(tmp_path)
    for name in ("user1", "user2"):
        await SqlAccounts(database).add(NewAccount(f"{name}@x", name, "x"), invite=None, now=1)
    yield House(database)
    await database.close()


async def test_sending_ends_typing_and_being_put_out_ends_everything_at_all_servers(house: House) -> None:
    talks = house.join()
    room, _ = await talks.rooms.create(ANN, NewRoom(id=uuid4(), title="Lab", user_ids=[BOB]))
    house.peers = peers = Peers()
    await talks.attendance.locate(BOB, "b", LocationUpdate(room_id=room.id))
    await talks.attendance.type(BOB, "b", TypingUpdate(conversation_id=room.id))
    assert house.service._whereabouts.row(BOB) == (room.id, True)
    await talks.chat.send(BOB, room.id, NewMessage(id=uuid4(), text="hello"))
    assert house.service._whereabouts.row(BOB) == (room.id, False)
    await talks.rooms.remove(ANN, room.id, BOB)
    assert house.service._whereabouts.row(BOB) == (None, False)
    assert peers.heard == [("changed", room.id), ("gone", room.id, BOB)]
    house.peers = None
    await talks.rooms.leave(ANN, room.id)
    await talks.stop(1)


async def test_marks_stand_still_while_one_appears_offline_and_show_when_one_is_back(house: House) -> None:
    talks = house.join()
    opened = await talks.rooms.open_direct(ANN, BOB)
    await talks.chat.send(ANN, opened.id, NewMessage(id=uuid4(), text="hello"))
    house.service.claim(BOB, StatusUpdate(status=Status.OFFLINE))
    house.heard.told.clear()
    await talks.chat.mark(BOB, opened.id, delivered=1, read=1)
    assert [name for who, name in house.heard.told if ANN in who] == []
    house.service.claim(BOB, StatusUpdate(status=Status.ONLINE))
    await eventually_async(lambda: ([ANN], "message:marks") in house.heard.told, what="Ann is told")
    await talks.stop(1)


async def test_the_end_waits_for_what_was_begun_but_not_for_ever(house: House) -> None:
    talks = house.join()
    opened = await talks.rooms.open_direct(ANN, BOB)
    held, work = asyncio.Event(), house.store.work

    async def hanging(*what: Any) -> None:
        await held.wait()
        await work(*what)

    cast(Any, house.store).work = hanging
    sending = asyncio.create_task(talks.chat.send(ANN, opened.id, NewMessage(id=uuid4(), text="x")))
    await asyncio.sleep(0)
    await talks.stop(0.01)
    assert not sending.done()
    held.set()
    await talks.stop(10)
    message, _ = await sending
    assert message.seq == 1
