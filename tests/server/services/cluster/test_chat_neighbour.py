"""What a server does with its peers' words: own clients are told, what is void is forgotten, who was put out is out."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any

import pytest

from presence_desktop.protocol.events import DeviceState
from presence_desktop.protocol.location_events import LocationUpdate
from presence_desktop.server.domain.places import Seen
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.ports import Company
from presence_desktop.server.services.cluster.chat_neighbour import ChatNeighbour
from presence_desktop.server.services.cluster.chat_peers import ChatCluster
from presence_desktop.server.services.ports import StoreUnavailable
from tests.fakes.bus import Bus, Server
from tests.fakes.presence import HandClock
from tests.waiting import eventually_async

X, OTHER, ROOM, DIRECT = 1, 2, 7, 8
TYPES = Seen({}, None, frozenset({DIRECT}))


class House:
    """A server with one person, `OTHER`, on device `o`; X is connected elsewhere."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.server = Server(Bus(), "n1", self.clock, {})
        self.presence = self.server.presence
        self.people = {ROOM: {X, OTHER}, DIRECT: {X, OTHER}}
        self.broken = False
        self.go = asyncio.Event()
        self.go.set()
        self.members = Membership(self.look, self.clock)
        self.attendance = Attendance(self.presence, self.members, lambda _: None)
        self.told: list[tuple[Any, ...]] = []
        self.neighbour = ChatNeighbour(self, self.members, self.attendance, self.presence)
        self.presence.places_to(ChatCluster(self.neighbour, node="n1", clock=self.clock, lease=70_000))
        self.presence._places_afar._nearby = self.nearby
        self.presence.connect(OTHER, "o", state=DeviceState())

    async def look(self, conversation_id: int) -> Company:
        await self.go.wait()
        if self.broken:
            raise StoreUnavailable("gone")
        return Company(frozenset(self.people.get(conversation_id, ())), conversation_id == DIRECT)

    def nearby(self, user_id: int, room_id: int) -> list[str]:
        return ["o"] if OTHER in self.members.partners(room_id, user_id) else []

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        self.told.append((user_ids, event, payload))

    def stale_here(self) -> None:
        self.told.append(("stale",))

    def whispers(self) -> list[str]:
        said = [event.name for _, event in self.server.listener.whispers]
        self.server.listener.whispers.clear()
        return said


@pytest.fixture
async def house() -> AsyncIterator[House]:
    made = House()
    yield made
    await made.neighbour.stop()
    await made.attendance.stop()


async def test_events_go_to_own_clients(house: House) -> None:
    house.neighbour.deliver((OTHER,), "message:new", {"a": 1})
    assert house.told == [((OTHER,), "message:new", {"a": 1})]


async def test_changed_people_are_asked_for_again_and_who_is_gone_is_nowhere(house: House) -> None:
    await house.attendance.locate(OTHER, "o", LocationUpdate(room_id=ROOM))
    house.people[ROOM] = {X}
    assert house.members.known(ROOM) is not None
    house.neighbour.changed(ROOM)
    assert house.members.known(ROOM) is None
    assert house.presence.here(ROOM).users == [OTHER]
    house.neighbour.gone(ROOM, OTHER)
    assert house.presence.here(ROOM).users == []


async def test_after_a_gap_clients_ask_again_and_who_was_put_out_meanwhile_is_found(house: House) -> None:
    await house.attendance.locate(OTHER, "o", LocationUpdate(room_id=ROOM))
    house.people[ROOM] = {X}
    house.neighbour.stale()
    assert house.told == [("stale",)]
    await eventually_async(lambda: house.presence.here(ROOM).users == [])
    await house.attendance.locate(OTHER, "o", LocationUpdate(room_id=DIRECT))
    house.neighbour.stale()
    await eventually_async(lambda: not house.neighbour._tasks)
    assert house.presence.here(DIRECT).users == [OTHER]


async def test_typing_in_a_direct_conversation_is_heard_once_it_is_known_by_whom(house: House) -> None:
    house.neighbour.placed("n2", X, TYPES)
    assert house.whispers() == []
    await eventually_async(lambda: house.whispers() == ["typing:changed"])
    house.neighbour.placed("n2", X, TYPES)
    assert house.whispers() == ["typing:changed"]
    assert not house.neighbour._tasks


async def test_a_store_that_is_away_is_named_and_waited_for_by_nobody(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.broken = True
    house.neighbour.placed("n2", X, TYPES)
    await eventually_async(lambda: not house.neighbour._tasks)
    assert "place.store-unavailable" in [record.message for record in caplog.records]
    house.broken = False
    house.go.clear()
    house.neighbour.placed("n2", X, TYPES)
    await house.neighbour.stop()
    assert not house.neighbour._tasks
