"""The events of conversations over sockets: answered by type, told to all devices, in one order, or refused."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from presence_desktop.protocol import chat_events
from presence_desktop.server.services.ports import StoreUnavailable
from tests.fakes.presence import HandClock
from tests.server.transport.live.chat_world import ANN, BOB, EVE, ChatWorld, chat_world, words
from tests.server.transport.live.presence_world import Client

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def there(fast: bool, clock: HandClock, seeded: Path, tmp_path: Path) -> AsyncIterator[ChatWorld]:
    async with chat_world(fast=fast, seeded=seeded, folder=tmp_path, clock=clock) as made:
        yield made


async def heard(client: Client) -> list[tuple[str, Any]]:
    """What was told of conversations until now."""
    first = ("message:", "room:", "dm:", "notification:", "typing:")
    return [event for event in await client.all_heard() if event[0].startswith(first)]


async def direct(there: ChatWorld, one: Client, other: int) -> int:
    answer = await one.ask("dm:open", {"userId": other})
    opened: int = answer["conversation"]["id"]
    return opened


async def test_a_direct_conversation_from_its_opening_to_what_was_missed(there: ChatWorld) -> None:
    ann, phone = await there.welcome("1"), await there.welcome("1", presence=2)
    bob, eve = await there.welcome("2", presence=2), await there.welcome("3")
    opened = await ann.ask("dm:open", {"userId": BOB})
    where = opened["conversation"]["id"]
    for client in (ann, phone, bob):
        ((name, payload),) = await heard(client)
        assert (name, payload["conversation"]["id"]) == ("dm:opened", where)
        assert [one["userId"] for one in payload["conversation"]["members"]] == [ANN, BOB]

    sent = words("안녕, **Bob**!", where)
    answer = await ann.ask("message:send", sent)
    message = answer["message"]
    msgspec.convert(answer, chat_events.MessageNew)
    assert (message["id"], message["seq"], message["text"]) == (sent["id"], 1, sent["text"])
    for client in (ann, phone, bob):
        assert await heard(client) == [("message:new", {"message": message})]
    again = await ann.ask("message:send", sent)
    assert again == answer
    for client in (ann, phone, bob):
        assert "message:new" not in [name for name, _ in await heard(client)]

    page = await bob.ask("message:history", {"conversationId": where})
    assert (page["messages"], page["more"], page["lastSeq"]) == ([message], False, 1)
    missed = await bob.ask("message:missed", {"conversationId": where, "after": 0})
    assert (missed["messages"], missed["lastChange"]) == ([message], 1)
    (listed,) = (await bob.ask("notification:list"))["conversations"]
    assert (listed["id"], listed["unread"], listed["lastMessage"]) == (where, 1, message)

    marks = await bob.ask("message:mark", {"conversationId": where, "readSeq": 1})
    mine = {"conversationId": where, "userId": BOB, "deliveredSeq": 1, "readSeq": 1}
    assert marks == mine
    for client in (ann, phone):
        assert await heard(client) == [("message:marks", mine)]
    counts = {"conversationId": where, "readSeq": 1, "unread": 0, "mentions": 0}
    assert await heard(bob) == [("message:marks", mine), ("notification:unread", counts)]
    assert await heard(eve) == []
    assert (await eve.ask("notification:list"))["conversations"] == []


async def test_what_is_done_with_a_message_reaches_all_members(there: ChatWorld) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(there, ann, BOB)
    first = (await ann.ask("message:send", words("one", where)))["message"]
    answer = await bob.ask("message:send", words('@user1 "two"', where, replyTo=first["id"]))
    second = answer["message"]
    assert second["replyTo"] == {"id": first["id"], "seq": 1, "senderId": ANN, "text": "one"}
    assert (second["mentions"], second["senderId"]) == ([ANN], BOB)
    mention = {"conversationId": where, "id": second["id"], "seq": 2, "senderId": BOB}
    assert ("notification:mention", mention) in await heard(ann)
    await heard(bob)
    at = {"conversationId": where, "id": first["id"]}
    steps: list[tuple[Client, str, dict[str, Any], str, object]] = [
        (ann, "message:edit", {"text": "uno"}, "text", "uno"),
        (bob, "message:react", {"emoji": "👍"}, "reactions", [{"emoji": "👍", "userIds": [BOB]}]),
        (bob, "message:react", {"emoji": "👍", "on": False}, "reactions", []),
        (bob, "message:pin", {}, "pinnedBy", BOB),
        (ann, "message:delete", {}, "text", ""),
    ]
    for number, (who, event, more, field, value) in enumerate(steps, start=3):
        changed = await who.ask(event, {**at, **more})
        assert (changed["message"][field], changed["message"]["change"]) == (value, number), event
        for client in (ann, bob):
            assert await heard(client) == [("message:changed", changed)], event
    assert (await ann.ask("message:pins", {"conversationId": where}))["messages"] == []
    missed = await ann.ask("message:missed", {"conversationId": where, "after": 2})
    assert [message["change"] for message in missed["messages"]] == [7]


async def test_a_room_is_made_found_joined_led_and_left(there: ChatWorld) -> None:
    ann, bob, eve = [await there.welcome(token) for token in ("1", "2", "3")]
    wanted = {
        "id": str(uuid4()),
        "title": "실험실",
        "topic": "about",
        "visibility": "public",
        "userIds": [BOB],
    }
    made = await ann.ask("room:create", wanted)
    where = made["conversation"]["id"]
    assert (await ann.ask("room:create", wanted))["conversation"]["id"] == where
    for client in (ann, bob):
        assert [name for name, _ in await heard(client)] == ["room:updated"]
    assert await heard(eve) == []
    (found,) = (await eve.ask("room:list"))["rooms"]
    assert (found["id"], found["title"], found["members"], found["joined"]) == (where, "실험실", 2, False)
    at = {"conversationId": where}
    joined = await eve.ask("room:join", at)
    assert [one["userId"] for one in joined["conversation"]["members"]] == [ANN, BOB, EVE]
    for client in (ann, bob, eve):
        assert [name for name, _ in await heard(client)] == ["room:updated"]
    led = await ann.ask("room:role", {**at, "userId": BOB, "role": "moderator"})
    assert [one["role"] for one in led["conversation"]["members"]] == ["owner", "moderator", "member"]
    changed = await bob.ask("room:update", {**at, "topic": "what for"})
    assert (changed["conversation"]["topic"], changed["conversation"]["title"]) == ("what for", "실험실")
    invited = await bob.ask("room:invite", {**at, "userIds": [4]})
    assert len(invited["conversation"]["members"]) == 4
    for client in (ann, bob, eve):
        await heard(client)
    removed = await bob.ask("room:remove", {**at, "userId": EVE})
    assert EVE not in [one["userId"] for one in removed["conversation"]["members"]]
    assert await heard(eve) == [("room:removed", {**at, "byId": BOB})]
    assert await bob.ask("room:leave", at) == at
    assert ("room:removed", {**at, "byId": BOB}) in await heard(bob)
    assert [name for name, _ in await heard(ann)] == ["room:updated", "room:updated"]
    assert (await ann.ask("room:remove", {**at, "userId": ANN}))["error"]["code"] == "last_owner"
    await ann.ask("room:remove", {**at, "userId": 4})
    assert await ann.ask("room:remove", {**at, "userId": ANN}) == at


@pytest.mark.parametrize("asynchronously", [False, True], ids=["acknowledged", "unacknowledged"])
async def test_what_one_device_sends_without_waiting_is_stored_in_the_order_it_was_sent(
    there: ChatWorld, asynchronously: bool
) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(there, ann, BOB)
    await heard(bob)
    texts = [str(number) for number in range(40)]
    for number, text in enumerate(texts, start=1000):
        if asynchronously:
            ann.emit("message:send", words(text, where))
        else:
            ann.socket.say(f'42{number}["message:send",{json.dumps(words(text, where))}]')
    await bob.until(lambda: sum(name == "message:new" for name, _ in bob.heard) == len(texts))
    told = [payload["message"] for name, payload in bob.heard if name == "message:new"]
    assert [(message["seq"], message["text"]) for message in told] == list(enumerate(texts, start=1))
    if not asynchronously:
        await ann.until(lambda: 1039 in ann.acks)
        assert [ann.acks[number][0]["message"]["seq"] for number in range(1000, 1040)] == list(range(1, 41))


@pytest.mark.parametrize(
    ("event", "payload", "code"),
    [
        ("message:send", [7], "invalid_payload"),
        ("message:send", {"id": "7"}, "invalid_payload"),
        ("message:send", {"id": str(uuid4()), "text": "x" * 8001}, "text_too_long"),
        ("message:send", {"text": "x", "id": str(uuid4()), "replyTo": "none"}, "invalid_payload"),
        ("message:send", {"text": " \n ", "id": str(uuid4())}, "invalid_text"),
        ("message:send", {"text": "\x00", "id": str(uuid4())}, "invalid_text"),
        ("message:send", {"text": "x", "id": str(uuid4()), "attachments": [str(uuid4())]}, "unknown_file"),
        ("message:edit", {"id": str(uuid4()), "text": "x" * 8001}, "text_too_long"),
        ("message:edit", {"id": str(uuid4()), "text": "x"}, "unknown_message"),
        ("message:react", {"id": str(uuid4()), "emoji": ""}, "invalid_payload"),
        ("message:history", {"before": 3, "after": 2}, "invalid_payload"),
        ("message:history", {"before": -1}, "invalid_payload"),
        ("message:history", {"limit": 201}, "invalid_payload"),
        ("message:missed", {"after": 2**53 + 1}, "invalid_payload"),
        ("message:mark", {"readSeq": "3"}, "invalid_payload"),
        ("room:invite", {"userIds": ["2"]}, "invalid_user_id"),
        ("room:invite", {"userIds": []}, "invalid_payload"),
        ("room:create", {"id": str(uuid4()), "title": " "}, "invalid_payload"),
        ("room:create", {"id": str(uuid4()), "title": "x", "userIds": [99_999]}, "unknown_user"),
        ("room:leave", {}, "forbidden"),
        ("dm:open", {"userId": 99_999}, "unknown_user"),
        ("dm:open", {"userId": "2"}, "invalid_payload"),
        ("room:enter", {}, "unknown_event"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_changes_nothing(
    there: ChatWorld, event: str, payload: object, code: str
) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(there, ann, BOB)
    await heard(bob)
    await ann.all_heard()
    asked = {"conversationId": where, **payload} if isinstance(payload, dict) else payload
    answer = await ann.ask(event, asked)
    assert (answer["success"], answer["error"]["code"]) == (False, code)
    ((told, error),) = await ann.all_heard()
    assert (told, error["event"], error["code"]) == ("request:error", event, code)
    assert await heard(bob) == []
    (listed,) = (await ann.ask("notification:list"))["conversations"]
    assert (listed["lastSeq"], listed["lastChange"], listed["version"]) == (0, 0, 1)


async def test_too_many_messages_are_refused_saying_when_to_try_again(
    fast: bool, clock: HandClock, seeded: Path, tmp_path: Path
) -> None:
    async with chat_world(fast=fast, seeded=seeded, folder=tmp_path, clock=clock, messages=4) as there:
        ann = await there.welcome("1")
        where = await direct(there, ann, BOB)
        for number in range(3):
            assert "message" in await ann.ask("message:send", words(str(number), where))
        clock.wait(4000)
        late = words("late", where)
        refused = await ann.ask("message:send", late)
        assert (refused["error"]["code"], refused["error"]["retryAfter"]) == ("too_many_requests", 6000)
        assert "messages" in await ann.ask("message:history", {"conversationId": where})
        for _ in range(16):
            assert "readSeq" in await ann.ask("message:mark", {"conversationId": where, "readSeq": 1})
        marked = await ann.ask("message:mark", {"conversationId": where, "readSeq": 1})
        assert marked["error"]["code"] == "too_many_requests"
        for _ in range(79):
            await ann.ask("notification:list")
        assert (await ann.ask("notification:list"))["error"]["code"] == "too_many_requests"
        bob = await there.welcome("2")
        assert "message" in await bob.ask("message:send", words("not me", where))
        clock.wait(6000)
        assert (await ann.ask("message:send", late))["message"]["seq"] == 5


async def test_a_store_that_fails_is_told_as_unavailable_and_nobody_is_told_anything(
    there: ChatWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(there, ann, BOB)
    await heard(bob)

    async def broken(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(there.talks.chat._means.store, "work", broken)
        sent = words("one", where)
        assert (await ann.ask("message:send", sent))["error"]["code"] == "unavailable"
    assert await heard(bob) == []
    assert (await ann.ask("message:send", sent))["message"]["seq"] == 1


async def test_everybody_is_told_to_ask_again_when_something_may_have_been_missed(there: ChatWorld) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    there.side.fanout.stale()
    for client in (ann, bob):
        assert await heard(client) == [("notification:stale", {})]


async def test_who_is_back_from_hiding_shows_how_far_they_have_read(there: ChatWorld) -> None:
    ann, bob = await there.welcome("1"), await there.welcome("2")
    where = await direct(there, ann, BOB)
    await ann.ask("message:send", words("one", where))
    await bob.ask("status:update", {"status": "offline"})
    await ann.all_heard()
    await bob.ask("message:mark", {"conversationId": where, "readSeq": 1})
    assert await ann.all_heard() == []
    (listed,) = (await ann.ask("notification:list"))["conversations"]
    assert [one["readSeq"] for one in listed["members"] if one["userId"] == BOB] == [0]
    await bob.ask("status:update", {"status": "online"})
    marks = {"conversationId": where, "userId": BOB, "deliveredSeq": 1, "readSeq": 1}
    assert await ann.wait_for("message:marks") == marks


async def test_what_somebody_unseen_does_in_a_room_is_seen_and_nothing_else_of_them(there: ChatWorld) -> None:
    ann, bob, eve = [await there.welcome(token) for token in ("1", "2", "3")]
    wanted = {"id": str(uuid4()), "title": "lab", "userIds": [BOB, EVE]}
    at = {"conversationId": (await ann.ask("room:create", wanted))["conversation"]["id"]}
    await ann.ask("status:update", {"status": "offline"})
    seen = await bob.ask("status:query", {"targetUserId": ANN})
    await eve.all_heard()
    await ann.ask("message:send", words("one", at["conversationId"]))
    await ann.ask("room:remove", {**at, "userId": EVE})
    told = await eve.all_heard()
    assert [name for name, _ in told] == ["message:new", "room:removed"]
    assert (told[0][1]["message"]["senderId"], told[1][1]) == (ANN, {**at, "byId": ANN})
    assert await bob.ask("status:query", {"targetUserId": ANN}) == seen
    assert seen["status"] == "offline"
