"""Only members are anywhere: what is asked first, what may wait, what is forgotten at the end."""

import asyncio
from collections.abc import AsyncIterator, Collection

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import DeviceState
from presence_desktop.protocol.location_events import LocationUpdate, TypingUpdate
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.pace import ASKED_PER_WRITTEN, ChatPace
from presence_desktop.server.services.chat.ports import Company
from presence_desktop.server.services.chat.returns import Returns
from presence_desktop.server.services.ports import StoreUnavailable
from tests.fakes.presence import Hand
from tests.waiting import eventually_async

X, OTHER, STRANGER = 1, 2, 3


class House(Hand):
    """Two people who are in 7 and 8, and one who is in none."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.go.set()
        self.members = Membership(self.look, self.clock)
        self.pace = ChatPace(self.clock, count=2)
        self.attendance = Attendance(self.service, self.members, self.pace.ask)
        for user_id, sid in ((X, "x"), (OTHER, "o"), (STRANGER, "s")):
            self.attendance.connect(user_id, sid, state=None, claim=None)

    async def look(self, conversation_id: int) -> Company:
        await self.go.wait()
        return Company(frozenset({X, OTHER}) if conversation_id in (7, 8) else frozenset())

    def where(self, room_id: int = 7) -> list[int]:
        return self.service.here(room_id).users


@pytest.fixture
async def house() -> AsyncIterator[House]:
    made = House()
    yield made
    await made.attendance.stop()


async def code_of(house: House, user_id: int, sid: str, room_id: int) -> Code | None:
    try:
        await house.attendance.locate(user_id, sid, LocationUpdate(room_id=room_id))
    except Refused as refusal:
        return refusal.code
    return None


async def test_strangers_open_nothing_and_to_close_what_is_open_nobody_is_asked(house: House) -> None:
    assert await code_of(house, STRANGER, "s", 7) is Code.UNKNOWN_CONVERSATION
    assert await code_of(house, X, "x", 7) is None
    assert house.where() == [X]
    house.go.clear()
    await house.attendance.locate(X, "x", LocationUpdate())
    assert house.where() == []


async def test_asking_for_what_is_not_known_is_counted_and_what_is_known_is_not(house: House) -> None:
    codes = [
        await code_of(house, STRANGER, "s", room_id) for room_id in range(100, 100 + 2 * ASKED_PER_WRITTEN)
    ]
    assert set(codes) == {Code.UNKNOWN_CONVERSATION}
    assert await code_of(house, STRANGER, "s", 200) is Code.TOO_MANY_REQUESTS
    assert await code_of(house, X, "x", 7) is None
    assert await code_of(house, STRANGER, "s", 7) is Code.UNKNOWN_CONVERSATION
    house.clock.wait(10_000)
    assert await code_of(house, STRANGER, "s", 200) is Code.UNKNOWN_CONVERSATION


async def test_a_place_in_a_heartbeat_follows_when_it_is_known_to_be_right(house: House) -> None:
    house.go.clear()
    at = house.attendance.heartbeat(X, "x", DeviceState(room_id=7))
    house.attendance.heartbeat(STRANGER, "s", DeviceState(room_id=7))
    assert (at, house.where()) == (house.clock.now(), [])
    house.go.set()
    await eventually_async(lambda: house.where() == [X], what="the place counts")
    house.members.changed(7)
    house.go.clear()
    house.attendance.heartbeat(X, "x", DeviceState(room_id=7, page="p"))
    assert house.service.here(7).pages == {X: "p"}
    house.go.set()
    house.attendance.heartbeat(X, "x", DeviceState(room_id=9))
    await eventually_async(lambda: house.where() == [], what="a place that is none leaves nowhere")
    house.attendance.heartbeat(X, "x", DeviceState(room_id=7))
    await eventually_async(lambda: house.where() == [X], what="back")
    house.attendance.heartbeat(OTHER, "o", DeviceState(room_id=7))
    assert house.where() == [X, OTHER]


async def test_a_place_of_a_socket_that_is_gone_meanwhile_is_passed_over(house: House) -> None:
    house.go.clear()
    house.attendance.heartbeat(X, "x", DeviceState(room_id=7))
    house.attendance.connect(OTHER, "o2", state=DeviceState(room_id=7), claim=None)
    house.service.disconnect(X, "x", graceful=True)
    house.go.set()
    await eventually_async(lambda: house.where() == [OTHER], what="the other's place counts")
    house.service.place(999, "x", DeviceState(room_id=7))
    assert house.where() == [OTHER]


async def test_who_is_put_out_is_nowhere_and_types_nowhere(house: House) -> None:
    assert await code_of(house, X, "x", 7) is None
    assert await code_of(house, OTHER, "o", 7) is None
    await house.attendance.type(X, "x", TypingUpdate(conversation_id=7))
    assert house.service._whereabouts.row(X) == (7, True)
    house.attendance.gone(8, X)
    assert house.service._whereabouts.row(X) == (7, True)
    house.attendance.gone(7, X)
    house.attendance.gone(7, 999)
    assert house.service._whereabouts.row(X) == (None, False)
    assert house.where() == [OTHER]


async def test_at_the_end_nothing_waits_any_more(house: House) -> None:
    house.go.clear()
    house.attendance.heartbeat(X, "x", DeviceState(room_id=7))
    await house.attendance.stop()
    house.go.set()
    assert house.where() == []


async def test_those_who_are_back_are_gathered_and_asked_for_together() -> None:
    asked: list[Collection[int]] = []
    broken = True

    async def appeared(user_ids: Collection[int]) -> None:
        asked.append(set(user_ids))
        if broken:
            raise StoreUnavailable("gone")

    returns = Returns(appeared, within=0.001)
    for user_id in (1, 2, 1):
        returns.note(user_id)
    await eventually_async(lambda: asked == [{1, 2}], what="asked once")
    broken = False
    returns.note(3)
    await eventually_async(lambda: asked == [{1, 2}, {3}], what="asked again")
    await returns.stop()
    await returns.stop()
    slow = Returns(appeared, within=60)
    slow.note(4)
    await slow.stop()
    assert asked == [{1, 2}, {3}]
