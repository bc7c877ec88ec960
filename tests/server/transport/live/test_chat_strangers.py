"""Whoever is no member sees nothing and changes nothing: every request that names a conversation, as the types have it.

The list is made from what is registered, so a new request cannot be forgotten: it has a sample here, or this fails.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from presence_desktop.protocol import chat_events, location_events
from presence_desktop.protocol.events import Event
from presence_desktop.server.transport.live import chat_events as sio_chat
from presence_desktop.server.transport.live.presence_events import PresenceRequests
from tests.server.transport.live.chat_world import ANN, BOB, DAN, EVE, ChatWorld, chat_world, words
from tests.server.transport.live.presence_world import Client

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])

OF_NO_CONVERSATION = {"notification:list", "dm:open", "room:create", "room:list"}
"""Requests that name none; what they answer is tried by themselves below."""
TYPES = {
    kind.name: kind
    for module in (chat_events, location_events)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}


@pytest.fixture
async def there(fast: bool, seeded: Path, tmp_path: Path) -> AsyncIterator[ChatWorld]:
    async with chat_world(fast=fast, seeded=seeded, folder=tmp_path, messages=10_000) as made:
        yield made


def requests_of(there: ChatWorld) -> dict[str, type[Event]]:
    """Every request about one conversation, by the event's name."""
    tables = sio_chat.ChatRequests(there.talks, there.presence.touch).tables()
    names = {name for table in tables.values() for name in table}
    slow = PresenceRequests.slow_handlers(object.__new__(_Unbound))
    return {name: TYPES[name] for name in (names | slow.keys()) - OF_NO_CONVERSATION}


class _Unbound(PresenceRequests):
    """Only the names of its handlers are of interest."""

    def __init__(self) -> None:
        """Nothing is handled."""


def payload(kind: type[Event], where: int, message_id: str) -> dict[str, Any]:
    """A good request of this type, about this conversation and this message of it."""
    samples: dict[str, Any] = {
        "conversationId": where,
        "roomId": where,
        "id": message_id if kind is not chat_events.MessageSend else str(uuid4()),
        "text": "hello",
        "emoji": "👍",
        "after": 0,
        "userId": BOB,
        "userIds": [EVE],
        "role": "moderator",
    }
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    wanted = {
        name: samples[name]
        for name, field in fields.items()
        if field.required or name in ("conversationId", "roomId", "text")
    }
    assert wanted.keys() & {"conversationId", "roomId"}, f"{kind.name} names no conversation"
    return wanted


async def tries(there: ChatWorld, who: Client, where: int, message_id: str) -> dict[str, str]:
    """What each request is refused with."""
    found = {}
    for name, kind in sorted(requests_of(there).items()):
        answer = await who.ask(name, payload(kind, where, message_id))
        found[name] = answer["error"]["code"] if answer.get("success") is False else f"answered: {answer}"
    return found


async def test_a_stranger_a_former_member_and_one_removed_while_connected_find_nothing(
    there: ChatWorld,
) -> None:
    ann, bob, eve, dan = [await there.welcome(token) for token in ("1", "2", "3", "4")]
    where = await there.room(ann, BOB, DAN)
    message = (await ann.ask("message:send", words("secret", where)))["message"]
    for client in (ann, bob):
        await client.ask("location:update", {"roomId": where})
        await client.ask("typing:update", {"conversationId": where})
    await dan.ask("room:leave", {"conversationId": where})
    await ann.ask("room:remove", {"conversationId": where, "userId": BOB})
    before = (await ann.ask("notification:list"))["conversations"]
    for client in (ann, bob, eve, dan):
        await client.all_heard()
    refusals = {
        name: await tries(there, client, where, message["id"])
        for name, client in (("stranger", eve), ("former", dan), ("removed", bob))
    }
    nothing = dict.fromkeys(requests_of(there), "unknown_conversation")
    assert refusals == {"stranger": nothing, "former": nothing, "removed": nothing}
    assert await tries(there, eve, where + 1, message["id"]) == nothing
    assert await ann.all_heard() == []
    assert (await ann.ask("notification:list"))["conversations"] == before
    for client in (bob, eve, dan):
        assert (await client.ask("notification:list"))["conversations"] == []
        assert (await client.ask("room:list"))["rooms"] == []


async def test_nothing_that_members_do_is_heard_by_others(there: ChatWorld) -> None:
    ann, _, eve, dan = [await there.welcome(token) for token in ("1", "2", "3", "4")]
    where = await there.room(ann, BOB, DAN)
    await dan.ask("location:update", {"roomId": where})
    await dan.ask("typing:update", {"conversationId": where})
    await ann.ask("room:remove", {"conversationId": where, "userId": DAN})
    message = (await ann.ask("message:send", words("secret", where)))["message"]
    for client in (eve, dan):
        await client.all_heard()
    last = ["message:delete", "room:role", "room:remove", "room:leave"]
    names = sorted(
        requests_of(there).items(), key=lambda one: (last.index(one[0]) if one[0] in last else -1, one)
    )
    done = {}
    for name, kind in names:
        if name not in ("room:invite", "room:join"):
            answer = await ann.ask(name, payload(kind, where, message["id"]))
            done[name] = answer.get("error", {}).get("code")
    assert {name for name, code in done.items() if code is not None} == set()
    for client in (eve, dan):
        assert await client.all_heard() == []


async def test_one_put_out_loses_place_and_typing_at_once_and_is_not_shown_there_again(
    there: ChatWorld,
) -> None:
    ann, bob, tablet = await there.welcome("1"), await there.welcome("2"), await there.welcome("2")
    where = await there.room(ann, BOB)
    for client in (ann, bob, tablet):
        await client.ask("location:update", {"roomId": where})
    await bob.ask("typing:update", {"conversationId": where})
    await ann.all_heard()
    await ann.ask("room:remove", {"conversationId": where, "userId": BOB})
    told = [event for event in await ann.all_heard() if event[0].startswith(("location:", "typing:"))]
    assert told == [
        ("typing:changed", {"conversationId": where, "userId": BOB, "typing": False}),
        ("location:changed", {"roomId": where, "userId": BOB, "here": False, "page": None}),
    ]
    assert (await ann.ask("location:here", {"roomId": where}))["users"] == [ANN]
    await bob.ask("heartbeat", {"state": {"roomId": where}})
    await ann.ask("typing:update", {"conversationId": where})
    await ann.ask("location:update", {"roomId": where, "page": "secret"})
    for client in (bob, tablet):
        told = [event for event in await client.all_heard() if event[0].startswith(("location:", "typing:"))]
        assert told == []
    assert (await ann.ask("location:here", {"roomId": where}))["users"] == [ANN]


async def test_who_just_came_in_may_open_it_at_once(there: ChatWorld) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await there.room(ann, visibility="public")
    at = {"conversationId": where}
    assert (await bob.ask("location:update", {"roomId": where}))["error"]["code"] == "unknown_conversation"
    await ann.ask("location:update", {"roomId": where})
    await bob.ask("room:join", at)
    assert await bob.ask("location:update", {"roomId": where}) == {"success": True}
    assert await bob.ask("typing:update", at) == {"success": True}
    assert (await ann.wait_for("typing:changed"))["userId"] == BOB
