"""Location and typing of members: who hears of it, what a place at CONNECT counts for, in which order it is taken."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from presence_desktop.server.services.chat.ports import Company
from presence_desktop.server.services.ports import StoreUnavailable
from tests.server.transport.live.chat_world import ANN, BOB, EVE, ChatWorld, chat_world, words
from tests.server.transport.live.presence_world import Client

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])


@pytest.fixture
async def there(fast: bool, seeded: Path, tmp_path: Path) -> AsyncIterator[ChatWorld]:
    async with chat_world(fast=fast, seeded=seeded, folder=tmp_path) as made:
        yield made


async def direct(one: Client, other: int) -> int:
    answer = await one.ask("dm:open", {"userId": other})
    opened: int = answer["conversation"]["id"]
    return opened


async def typing_heard(client: Client) -> list[bool]:
    heard = await client.all_heard()
    return [payload["typing"] for name, payload in heard if name == "typing:changed"]


def slowed(there: ChatWorld, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """From now on nothing is found out of who is where before this is set."""
    go = asyncio.Event()
    look = there.members._look

    async def slow(conversation_id: int) -> Company:
        await go.wait()
        return await look(conversation_id)

    monkeypatch.setattr(there.members, "_look", slow)
    return go


async def test_the_other_of_a_direct_conversation_hears_typing_on_every_device_open_or_not(
    there: ChatWorld,
) -> None:
    ann, mine_too = await there.welcome("1"), await there.welcome("1")
    bob, phone, eve = await there.welcome("2"), await there.welcome("2", presence=2), await there.welcome("3")
    where = await direct(ann, BOB)
    await bob.ask("location:update", {"roomId": where})
    await ann.ask("typing:update", {"conversationId": where})
    for client in (bob, phone):
        assert await typing_heard(client) == [True]
    await ann.ask("message:send", words("done", where))
    for client in (bob, phone):
        assert await typing_heard(client) == [False]
    for client in (ann, mine_too, eve):
        assert await typing_heard(client) == []


async def test_in_a_room_those_hear_typing_who_have_it_open(there: ChatWorld) -> None:
    ann, bob, eve = [await there.welcome(token) for token in ("1", "2", "3")]
    where = await there.room(ann, BOB, EVE)
    await bob.ask("location:update", {"roomId": where})
    await ann.ask("typing:update", {"conversationId": where})
    assert await typing_heard(bob) == [True]
    assert await typing_heard(eve) == []


async def test_somebody_invisible_types_for_nobody(there: ChatWorld) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(ann, BOB)
    await ann.ask("status:update", {"status": "offline"})
    await bob.ask("location:update", {"roomId": where})
    await bob.all_heard()
    await ann.ask("location:update", {"roomId": where})
    await ann.ask("typing:update", {"conversationId": where})
    assert await bob.all_heard() == []


async def test_a_place_at_connect_and_in_heartbeats_counts_for_members_only(there: ChatWorld) -> None:
    ann = await there.welcome("1")
    where = await there.room(ann, BOB)
    await ann.ask("location:update", {"roomId": where})
    there.members.changed(where)
    bob, eve = (
        await there.welcome("2", state={"roomId": where}),
        await there.welcome("3", state={"roomId": where}),
    )
    assert (await ann.wait_for("location:changed"))["userId"] == BOB
    await eve.ask("heartbeat", {"state": {"roomId": where}})
    refused = await eve.ask("location:here", {"roomId": where})
    assert refused["error"]["code"] == "unknown_conversation"
    assert (await bob.ask("location:here", {"roomId": where}))["users"] == [ANN, BOB]
    elsewhere = await there.room(bob)
    await bob.ask("heartbeat", {"state": {"roomId": elsewhere, "idleSeconds": 1}})
    assert (await bob.ask("location:here", {"roomId": elsewhere}))["users"] == [BOB]
    assert (await ann.wait_for("location:changed"))["here"] is False
    private = await there.room(ann)
    await bob.ask("heartbeat", {"state": {"roomId": private}})
    assert (await bob.ask("location:here", {"roomId": elsewhere}))["users"] == []


async def test_what_one_device_says_is_taken_in_the_order_it_was_said(
    there: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    one, other = await there.room(ann, BOB), await there.room(ann, BOB)
    for where in (one, other):
        there.members.changed(where)
    go = slowed(there, monkeypatch)
    said: list[tuple[str, dict[str, Any]]] = [
        ("location:update", {"roomId": one}),
        ("location:update", {"roomId": other}),
        ("location:update", {}),
        ("location:update", {"roomId": one}),
        ("typing:update", {"conversationId": one}),
        ("typing:update", {"conversationId": one, "typing": False}),
        ("typing:update", {"conversationId": one}),
    ]
    for event, payload in said:
        bob.emit(event, payload)
    await bob.all_heard()
    go.set()
    assert (await bob.ask("location:here", {"roomId": one}))["users"] == [BOB]
    assert there.presence._whereabouts.row(BOB) == (one, True)
    await ann.ask("location:update", {"roomId": one})
    bob.emit("location:update", {"roomId": other})
    assert [(await ann.wait_for(name))["userId"] for name in ("typing:changed", "location:changed")] == [
        BOB,
        BOB,
    ]


async def test_a_store_that_fails_lets_nobody_in_and_a_heartbeat_is_still_one(
    there: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await there.welcome("1")
    where = await there.room(ann)
    there.members.changed(where)

    async def broken(_: int) -> Company:
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patched:
        patched.setattr(there.members, "_look", broken)
        assert "timestamp" in await ann.ask("heartbeat", {"state": {"roomId": where}})
        answer = await ann.ask("location:update", {"roomId": where})
        assert answer["error"]["code"] == "unavailable"
    assert (await ann.ask("location:here", {"roomId": where}))["users"] == []
