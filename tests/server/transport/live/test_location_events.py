"""Location and typing over sockets: rosters, who is told what, bad input, somebody invisible."""

from typing import Any

import pytest

from tests.fakes.presence import HandClock
from tests.server.transport.live.presence_world import Client, World, world

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])
DONE = {"success": True}
LONG = "x" * 10_000


async def rooms_heard(client: Client) -> list[tuple[str, Any]]:
    """What was told of rooms until now."""
    return [event for event in await client.all_heard() if event[0].startswith(("location:", "typing:"))]


def here(user_id: int, *, gone: bool = False, page: str | None = None) -> tuple[str, Any]:
    payload = {"roomId": 7, "userId": user_id, "here": not gone, "page": page}
    return "location:changed", payload


def types(user_id: int, *, quiet: bool = False) -> tuple[str, Any]:
    return "typing:changed", {"conversationId": 7, "userId": user_id, "typing": not quiet}


async def test_those_who_have_a_room_open_see_each_other_come_and_go(there: World) -> None:
    full, plain = await there.welcome("1", presence=2), await there.welcome("2")
    outside = await there.welcome("3")
    assert await full.ask("location:update", {"roomId": 7}) == DONE
    assert await plain.ask("location:update", {"roomId": 7, "page": "1쪽"}) == DONE
    assert await rooms_heard(full) == [here(2, page="1쪽")]
    roster = {"success": True, "roomId": 7, "users": [1, 2], "pages": {"2": "1쪽"}}
    assert await outside.ask("location:here", {"roomId": 7}) == roster
    assert await full.ask("location:update", {}) == DONE
    assert await rooms_heard(plain) == [here(1, gone=True)]
    await plain.close()
    assert (await outside.ask("location:here", {"roomId": 7}))["users"] == []
    assert await rooms_heard(outside) == []
    assert await rooms_heard(full) == []


async def test_a_place_comes_with_connect_and_heartbeats_and_the_welcome_comes_first(there: World) -> None:
    one = await there.join("1", presence=2, state={"roomId": 7})
    two = await there.join("2", presence=2, state={"roomId": 7, "idleSeconds": 0})
    await two.wait_for("online:users")
    await one.until(lambda: len(one.heard) >= 2)
    assert [name for name, _ in one.heard[:2]] == ["connected", "online:users"]
    assert (await two.ask("location:here", {"roomId": 7}))["users"] == [1, 2]
    one.heard.clear()
    await two.ask("heartbeat", {"state": {"idleSeconds": 3, "locked": False}})
    assert await rooms_heard(one) == []
    await two.ask("heartbeat", {"state": {"roomId": None}})
    assert await rooms_heard(one) == [here(2, gone=True)]


async def test_typing_reaches_those_who_have_the_room_open_and_ends_by_itself(
    there: World, clock: HandClock
) -> None:
    one, two, outside = (
        await there.welcome("1"),
        await there.welcome("2", presence=2),
        await there.welcome("3"),
    )
    mine_too = await there.welcome("2")
    for client in (one, two, mine_too):
        await client.ask("location:update", {"roomId": 7})
    await one.all_heard()
    assert await two.ask("typing:update", {"conversationId": 7}) == DONE
    assert await rooms_heard(one) == [types(2)]
    clock.wait(6000)
    assert await one.wait_for("typing:changed") == types(2, quiet=True)[1]
    await two.ask("typing:update", {"conversationId": 7, "typing": True})
    await two.ask("typing:update", {"conversationId": 7, "typing": False})
    assert await rooms_heard(one) == [types(2), types(2, quiet=True)]
    for client in (outside, two, mine_too):
        assert [event for event in await rooms_heard(client) if event[0].startswith("typing:")] == []


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("location:update", [7]),
        ("location:update", {"roomId": 7, "page": LONG}),
        ("location:update", {"roomId": 7, "page": "two\nlines"}),
        ("location:update", {"roomId": 7, "page": ""}),
        ("location:update", {"roomId": 7, "page": 3}),
        *[("location:update", {"roomId": wrong}) for wrong in ("7", 0, -1, 7.5, True, 2**31, [7], {})],
        ("location:here", {}),
        ("location:here", {"roomId": None}),
        ("location:here", {"roomId": "7"}),
        ("typing:update", None),
        ("typing:update", {"roomId": 7}),
        ("typing:update", {"conversationId": 0}),
        ("typing:update", {"conversationId": 7, "typing": "perhaps"}),
        ("heartbeat", {"state": {"roomId": 0}}),
        ("heartbeat", {"state": {"roomId": 7, "page": LONG}}),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    there: World, event: str, payload: object
) -> None:
    mine, other = await there.welcome("1"), await there.welcome("2")
    for client in (other, mine):
        await client.ask("location:update", {"roomId": 7})
    await mine.all_heard()
    await other.all_heard()
    answer = await mine.ask(event, payload)
    assert answer["success"] is False
    assert answer["error"]["code"] == "invalid_payload"
    assert [name for name, _ in await mine.all_heard()] == ["request:error"]
    assert await other.all_heard() == []
    assert (await other.ask("location:here", {"roomId": 7}))["users"] == [1, 2]


@pytest.mark.parametrize("state", [{"roomId": "7"}, {"roomId": 7, "page": LONG}])
async def test_a_wrong_place_at_connect_lets_nobody_in(there: World, state: dict[str, object]) -> None:
    assert (await there.refused({"token": "1", "state": state}))["data"]["code"] == "invalid_payload"


async def test_too_much_of_it_is_refused(there: World) -> None:
    mine = await there.welcome("1")
    for _ in range(30):
        assert await mine.ask("typing:update", {"conversationId": 7}) == DONE
    answer = await mine.ask("location:update", {"roomId": 7})
    assert answer["error"]["code"] == "too_many_requests"


async def recording(fast: bool, *, hidden: bool) -> list[Any]:
    """All that somebody in room 7 hears and is answered while another is hidden there, or gone."""
    async with world(fast=fast, clock=HandClock()) as there:
        observer = await there.welcome("2", presence=2)
        await observer.ask("location:update", {"roomId": 7})
        mine = await there.welcome("1")
        await mine.ask("location:update", {"roomId": 7, "page": "p"})
        await mine.ask("typing:update", {"conversationId": 7})
        if hidden:
            await mine.ask("status:update", {"status": "offline"})
            await mine.ask("location:update", {"roomId": 8})
            await mine.ask("location:update", {"roomId": 7})
            await mine.ask("typing:update", {"conversationId": 7})
            await mine.ask("heartbeat", {"state": {"roomId": 7, "page": "q"}})
        else:
            await mine.close()
        await observer.until(lambda: here(1, gone=True) in observer.heard)
        found: list[Any] = [await observer.ask("location:here", {"roomId": room}) for room in (7, 8)]
        return [*found, await observer.all_heard()]


async def test_somebody_invisible_leaves_no_trace_in_a_room(fast: bool) -> None:
    assert await recording(fast, hidden=True) == await recording(fast, hidden=False)
