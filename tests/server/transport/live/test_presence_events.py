"""CONTRACT section 4 over a real link: exact fields, exact order, nothing merged, nothing said too much."""

import asyncio
from typing import Any

import pytest
import socketio

from presence_desktop.protocol.errors import MESSAGES, Code
from presence_desktop.server.domain.presence import Rules
from tests.fakes.presence import START, HandClock
from tests.server.transport.live.presence_world import World, world
from tests.waiting import eventually_async

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])


def refusal(event: str, code: Code, message: str | None = None) -> tuple[str, Any]:
    return "request:error", {"event": event, "code": code.value, "message": message or MESSAGES[code]}


def failed(code: Code, message: str | None = None) -> dict[str, Any]:
    return {"success": False, "error": {"code": code.value, "message": message or MESSAGES[code]}}


def status(user_id: int, word: str, at: int = START) -> tuple[str, Any]:
    return "user:status", {"userId": user_id, "username": f"user{user_id}", "status": word, "timestamp": at}


def listed(user_id: int, word: str, last_seen: int = START) -> dict[str, Any]:
    avatar = f"/a/{user_id}.png" if user_id % 3 == 0 else None
    name = f"user{user_id}"
    return {"userId": user_id, "username": name, "status": word, "avatar": avatar, "lastSeen": last_seen}


async def test_connected_comes_first_then_the_list_with_oneself_in_it(there: World) -> None:
    await there.welcome("3")
    client = await there.join("1")
    await client.until(lambda: len(client.heard) >= 2)
    assert await client.all_heard() == [
        ("connected", {"userId": 1, "username": "user1", "status": "online", "timestamp": START}),
        ("online:users", {"count": 2, "users": [listed(1, "online"), listed(3, "online")]}),
    ]


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        (None, Code.TOKEN_MISSING),
        ({}, Code.TOKEN_MISSING),
        ({"token": ""}, Code.TOKEN_MISSING),
        ({"token": None}, Code.TOKEN_MISSING),
        ({"token": 5}, Code.TOKEN_INVALID),
        ({"token": "forged"}, Code.TOKEN_INVALID),
        ({"token": "1" * 5000}, Code.TOKEN_INVALID),
        ({"token": "5000"}, Code.UNKNOWN_USER),
        ({"token": "1", "presence": "two"}, Code.INVALID_PAYLOAD),
        ({"token": "1", "state": {"idleSeconds": -1}}, Code.INVALID_PAYLOAD),
    ],
)
async def test_whoever_is_not_let_in_is_told_why_and_nobody_else_hears(
    there: World, auth: Any, code: Code
) -> None:
    other = await there.welcome("2")
    assert await there.refused(auth) == {
        "message": MESSAGES[code],
        "data": {"code": code.value, "message": MESSAGES[code]},
    }
    assert await other.all_heard() == []
    assert len(there.sockets) == 1


async def test_coming_and_going_is_told_to_all_others_once(there: World, clock: HandClock) -> None:
    other = await there.welcome("2")
    first = await there.welcome("1")
    second = await there.welcome("1")
    assert await other.all_heard() == [status(1, "online")]
    assert await first.all_heard() == []
    await first.close()
    clock.wait(40)
    await second.close()
    assert await other.wait_for("user:status") == status(1, "offline", START + 40)[1]


async def test_a_choice_goes_to_all_own_devices_and_then_to_everybody(there: World) -> None:
    other, mine, second = await there.welcome("2"), await there.welcome("1"), await there.welcome("1")
    await other.all_heard()
    confirmed = {"userId": 1, "status": "busy", "timestamp": START}
    assert await mine.ask("status:update", {"status": "busy"}) == confirmed
    for device in (mine, second):
        assert await device.all_heard() == [("status:updated", confirmed), status(1, "busy")]
    assert await other.all_heard() == [status(1, "busy")]


async def test_every_change_is_sent_to_plain_clients_none_merged_and_in_order(there: World) -> None:
    other, mine = await there.welcome("2"), await there.welcome("1")
    await other.all_heard()
    words = ["busy", "away", "busy", "online", "offline", "online", "online"]
    for word in words:
        mine.emit("status:update", {"status": word})
    await mine.all_heard()
    assert await other.all_heard() == [status(1, word) for word in words]


async def test_appearing_offline_tells_oneself_the_truth_and_others_a_leave(there: World) -> None:
    other, mine = await there.welcome("2"), await there.welcome("1")
    await other.all_heard()
    await mine.ask("status:update", {"status": "offline"})
    assert [name for name, _ in await mine.all_heard()] == ["status:updated", "user:status"]
    assert await other.all_heard() == [status(1, "offline")]
    assert await mine.ask("online:list") == {"count": 1, "users": [listed(2, "online")]}
    second = await there.join("1")
    await second.until(lambda: len(second.heard) >= 2)
    (_, connected), (_, online) = (await second.all_heard())[:2]
    assert (connected["status"], online["count"]) == ("offline", 1)
    await second.ask("status:update", {"status": "offline"})
    assert await other.all_heard() == []


async def test_each_request_is_answered_as_event_and_as_acknowledgement(
    there: World, clock: HandClock
) -> None:
    await there.welcome("2")
    mine = await there.welcome("1")
    answers = {
        "heartbeat:ack": await mine.ask("heartbeat"),
        "online:users": await mine.ask("online:list"),
        "user:status": await mine.ask("status:query", {"targetUserId": 2}),
    }
    assert answers == dict(mine.heard)
    assert answers["heartbeat:ack"] == {"timestamp": START}
    assert answers["user:status"] == status(2, "online")[1]
    clock.wait(5)
    assert await mine.ask("status:query", {"targetUserId": 7}) == status(7, "offline", START + 5)[1]


@pytest.mark.parametrize(
    ("event", "payload", "code"),
    [
        ("status:update", {"status": "sleeping"}, Code.INVALID_STATUS),
        ("status:update", {"status": 1}, Code.INVALID_STATUS),
        ("status:update", {"status": "x" * 10_000}, Code.INVALID_STATUS),
        ("status:update", {}, Code.INVALID_STATUS),
        ("status:update", None, Code.INVALID_STATUS),
        ("status:update", "busy", Code.INVALID_PAYLOAD),
        ("status:update", ["busy"], Code.INVALID_PAYLOAD),
        ("status:update", {"status": "busy", "until": 5}, Code.INVALID_END_TIME),
        ("status:update", {"status": "busy", "until": "soon"}, Code.INVALID_END_TIME),
        ("status:query", {"targetUserId": "2"}, Code.INVALID_USER_ID),
        ("status:query", {"targetUserId": 2.5}, Code.INVALID_USER_ID),
        ("status:query", {"targetUserId": True}, Code.INVALID_USER_ID),
        ("status:query", {"targetUserId": 2**40}, Code.INVALID_USER_ID),
        ("status:query", {}, Code.INVALID_USER_ID),
        ("status:query", {"targetUserId": 5000}, Code.UNKNOWN_USER),
        ("heartbeat", {"state": "asleep"}, Code.INVALID_PAYLOAD),
        ("heartbeat", 5, Code.INVALID_PAYLOAD),
        ("status:custom", {"text": "x" * 101}, Code.INVALID_PAYLOAD),
        ("no:such", {}, Code.UNKNOWN_EVENT),
        ("*", {}, Code.UNKNOWN_EVENT),
    ],
)
async def test_a_wrong_request_gets_a_code_and_changes_nothing(
    there: World, event: str, payload: Any, code: Code
) -> None:
    other, mine = await there.welcome("2"), await there.welcome("1")
    await other.all_heard()
    assert await mine.ask(event, payload) == failed(code)
    assert await mine.all_heard() == [refusal(event, code)]
    assert await other.all_heard() == []


async def test_more_that_is_wrong_with_a_status(there: World) -> None:
    mine = await there.welcome("1")
    not_yours = "Only your own status can be changed."
    assert await mine.ask("status:update", {"status": "busy", "userId": 2}) == failed(
        Code.FORBIDDEN, not_yours
    )
    assert await mine.ask("status:custom", {"text": "x", "userId": 2}) == failed(Code.FORBIDDEN, not_yours)
    answer = await mine.ask("status:custom", {"text": "x", "emoji": "lol"})
    assert answer["error"]["code"] == "invalid_payload"
    assert (await mine.ask("status:update", {"status": "busy", "userId": 1}))["status"] == "busy"


async def test_the_eleventh_choice_within_ten_seconds_is_too_many(there: World, clock: HandClock) -> None:
    mine = await there.welcome("1")
    for _ in range(10):
        assert (await mine.ask("status:update", {"status": "busy"}))["status"] == "busy"
    refused = failed(Code.TOO_MANY_REQUESTS)
    refused["error"]["retryAfter"] = 10_000
    assert await mine.ask("status:update", {"status": "away"}) == refused
    clock.wait(10_000)
    assert (await mine.ask("status:update", {"status": "away"}))["status"] == "away"


async def test_a_request_that_comes_before_the_welcome_is_answered_after_it(there: World) -> None:
    client = await there.join("1")
    assert "userId" in await client.ask("status:update", {"status": "busy"})
    names = [name for name, _ in client.heard]
    assert names[:2] == ["connected", "online:users"]


async def test_a_fault_of_ours_is_answered_and_the_connection_stays(
    there: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mine = await there.welcome("1")
    monkeypatch.setattr(there.presence, "status_of", lambda user_id: 1 / 0)
    assert await mine.ask("status:query", {"targetUserId": 1}) == failed(Code.SERVER_ERROR)
    assert await mine.all_heard() == [refusal("status:query", Code.SERVER_ERROR)]
    assert "event.failed" in caplog.text


async def test_more_sockets_than_one_person_may_have_are_refused(fast: bool) -> None:
    async with world(fast=fast, per_user=2) as there:
        first, _ = await there.welcome("1"), await there.welcome("1")
        assert (await there.refused({"token": "1"}))["data"]["code"] == "too_many_connections"
        await there.welcome("2")
        await first.close()
        await eventually_async(lambda: len(there.sockets.of(1)) == 1, within=5)
        await there.welcome("1")


async def test_cutting_ends_the_sockets_of_a_sign_in_or_of_a_person_with_a_reason(there: World) -> None:
    laptop, phone, other = (
        await there.welcome("1-laptop"),
        await there.welcome("1-phone"),
        await there.welcome("2"),
    )
    await phone.all_heard()
    there.fanout.cut(1, Code.TOKEN_REVOKED, token_family="laptop")
    ended = await laptop.wait_for("session:ended")
    assert ended == {"code": "token_revoked", "message": MESSAGES[Code.TOKEN_REVOKED]}
    await laptop.wait_for("41")
    assert await phone.all_heard() == []
    there.fanout.cut(1, Code.ACCOUNT_DISABLED)
    assert (await phone.wait_for("session:ended"))["code"] == "account_disabled"
    await phone.wait_for("41")
    assert await other.wait_for("user:status") == status(1, "offline")[1]


async def test_a_goodbye_is_offline_at_once_and_a_broken_connection_has_a_moment_to_come_back(
    fast: bool,
) -> None:
    async with world(fast=fast, rules=Rules(grace=0.3)) as there:
        other, mine = await there.welcome("2"), await there.welcome("1")
        await other.all_heard()
        await mine.close(goodbye=False)
        await eventually_async(lambda: not there.sockets.of(1), within=5)
        again = await there.welcome("1")
        assert await other.all_heard() == []
        await again.close(goodbye=False)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        assert (await other.wait_for("user:status"))["status"] == "offline"
        assert 0.2 <= loop.time() - begun <= 2
        await (await there.welcome("1")).close()
        assert (await other.wait_for("user:status"))["status"] == "online"
        begun = loop.time()
        assert (await other.wait_for("user:status"))["status"] == "offline"
        assert loop.time() - begun < 1


async def test_a_storm_of_sign_ins_ends_with_everybody_knowing_everybody(fast: bool) -> None:
    async with world(fast=fast) as there:
        clients = await asyncio.gather(*(there.join(str(user_id)) for user_id in range(1, 41)))
        everybody = set(range(1, 41))

        def known(heard: list[tuple[str, Any]]) -> set[int]:
            people: set[int] = set()
            for name, payload in heard:
                if name == "online:users":
                    people = {user["userId"] for user in payload["users"]}
                elif name == "user:status":
                    people |= {payload["userId"]}
            return people

        for client in clients:
            await client.until(lambda client=client: known(client.heard) == everybody)
            assert [name for name, _ in client.heard[:2]] == ["connected", "online:users"]


async def test_the_farewell_says_that_the_server_is_going(there: World) -> None:
    mine = await there.welcome("1")
    there.fanout.farewell()
    assert (await mine.wait_for("session:ended"))["code"] == "going_away"


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], ["polling", "websocket"]])
async def test_python_socketios_own_client_understands(fast: bool, transports: list[str]) -> None:
    async with world(fast=fast, rules=Rules(grace=0.2)) as there:  # it may hang up before it has said goodbye
        other = await there.welcome("2")
        heard: list[tuple[str, Any]] = []
        client = socketio.Client(handle_sigint=False, reconnection=False)
        for event in ("connected", "online:users", "user:status"):
            client.on(event, lambda payload, event=event: heard.append((event, payload)))
        await asyncio.to_thread(
            client.connect, f"http://127.0.0.1:{there.link.port}", auth={"token": "1"}, transports=transports
        )
        try:
            answer = await asyncio.to_thread(client.call, "status:update", {"status": "away"}, timeout=5)
            assert answer["status"] == "away"
            await eventually_async(lambda: len(heard) >= 3, within=5)
            assert {name for name, _ in heard} == {"connected", "online:users", "user:status"}
            assert [payload["status"] for name, payload in await other.all_heard()] == ["online", "away"]
        finally:
            await asyncio.to_thread(client.disconnect)
        assert (await other.wait_for("user:status"))["status"] == "offline"
