"""Presence 2: versions, one batch per tick, catching up, watching some, states of devices, custom statuses."""

import msgspec
import pytest

from presence_desktop.protocol.events import (
    Connected,
    OnlineUsers,
    PresenceChanges,
    StatusUpdate,
    StatusUpdated,
)
from presence_desktop.protocol.status import Reason, Status
from tests.fakes.presence import EPOCH, START, HandClock
from tests.server.transport.live.presence_world import Client, World

pytestmark = pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])


async def changes(client: Client) -> list[tuple[int, str]]:
    """What the batches heard until now say."""
    heard = await client.all_heard()
    batches = [
        msgspec.convert(payload, PresenceChanges) for name, payload in heard if name == "presence:changes"
    ]
    assert all(batch.version >= change.version for batch in batches for change in batch.changes)
    return [(change.user_id, change.status.value) for batch in batches for change in batch.changes]


async def test_the_welcome_says_all_about_oneself_and_what_the_list_is_worth(there: World) -> None:
    mine = await there.join("1", presence=2, state={"idleSeconds": 400, "locked": False})
    connected = msgspec.convert(await mine.wait_for("connected"), Connected)
    listed = msgspec.convert(await mine.wait_for("online:users"), OnlineUsers)
    assert connected.own is not None
    assert (connected.own.status, connected.own.reason) == (Status.AWAY, Reason.IDLE)
    assert (connected.epoch, connected.version, connected.idle_seconds) == (EPOCH, listed.version, 300)
    assert (listed.epoch, listed.users[0].reason) == (EPOCH, Reason.IDLE)


async def test_a_batch_holds_the_newest_of_each_person_and_no_single_statuses_come(there: World) -> None:
    other = await there.welcome("2", presence=2)
    mine = await there.welcome("1")
    assert await changes(other) == [(1, "online")]
    for word in ("busy", "away", "busy"):
        there.presence.claim(1, StatusUpdate(status=Status(word)))
    heard = await other.all_heard()
    assert [name for name, _ in heard] == ["presence:changes"]
    batch = msgspec.convert(heard[0][1], PresenceChanges)
    assert [(change.user_id, change.status) for change in batch.changes] == [(1, Status.BUSY)]
    assert batch.version == batch.changes[0].version
    assert len([name for name, _ in await mine.all_heard() if name == "user:status"]) == 3


async def test_who_comes_back_gets_only_what_changed(there: World, clock: HandClock) -> None:
    gone = await there.welcome("3", presence=2)
    await there.welcome("2")
    await gone.close()
    clock.wait(10)
    mine = await there.join("1", presence=2)
    known = await mine.wait_for("online:users")
    await mine.close()
    cursor = {"epoch": known["epoch"], "version": known["version"]}
    clock.wait(10)
    three = await there.welcome("3")
    again = await there.join("1", presence=2, known=cursor)
    missed = msgspec.convert(await again.wait_for("presence:changes"), PresenceChanges)
    assert {(change.user_id, change.status.value) for change in missed.changes} == {
        (1, "online"),
        (3, "online"),
    }
    for name, payload in await again.all_heard():  # what it knows by now may come again; versions tell
        assert name == "presence:changes"
        assert payload["version"] <= missed.version
    await three.all_heard()


@pytest.mark.parametrize("known", [{"epoch": "old", "version": 5}, {"epoch": EPOCH, "version": 2**53}])
async def test_a_cursor_from_elsewhere_or_from_the_future_gets_the_whole_list(
    there: World, known: dict[str, object]
) -> None:
    mine = await there.join("1", presence=2, known=known)
    assert (await mine.wait_for("online:users"))["count"] == 1


async def test_whoever_watches_some_hears_of_them_alone(there: World) -> None:
    mine = await there.welcome("1", presence=2)
    picture = await mine.ask("presence:watch", {"userIds": [2, 5, 5000]})
    assert [(change["userId"], change["status"]) for change in picture["changes"]] == [
        (2, "offline"),
        (5, "offline"),
    ]
    assert ("presence:changes", picture) in mine.heard
    await mine.all_heard()
    two, three = await there.welcome("2"), await there.welcome("3")
    await two.all_heard()
    assert await changes(mine) == [(2, "online")]
    everybody = await mine.ask("presence:watch", {"userIds": None})
    assert everybody["count"] == 3
    await mine.all_heard()
    await three.ask("status:update", {"status": "busy"})
    assert await changes(mine) == [(3, "busy")]
    await mine.ask("presence:watch", {"userIds": []})
    await three.ask("status:update", {"status": "away"})
    assert await changes(mine) == []


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (["2"], "invalid_user_id"),
        ([0], "invalid_user_id"),
        (list(range(1, 10_002)), "invalid_payload"),
        (2, "invalid_payload"),
    ],
)
async def test_a_wrong_watch_list_is_refused(there: World, ids: object, code: str) -> None:
    mine = await there.welcome("1", presence=2)
    answer = await mine.ask("presence:watch", {"userIds": ids})
    assert answer["error"]["code"] == code


async def test_plain_clients_cannot_watch(there: World) -> None:
    mine = await there.welcome("1")
    assert (await mine.ask("presence:watch", {"userIds": [2]}))["error"]["code"] == "unknown_event"


async def test_a_state_turns_away_and_back_and_oneself_is_told_why(there: World) -> None:
    mine, other = await there.welcome("1", presence=2), await there.welcome("2")
    await mine.all_heard()
    await mine.ask("heartbeat", {"state": {"idleSeconds": 3, "locked": True}})
    updated = msgspec.convert(await mine.wait_for("status:updated"), StatusUpdated)
    assert updated.own is not None
    assert (updated.status, updated.own.reason) == (Status.AWAY, Reason.LOCKED)
    await mine.ask("heartbeat", {"state": {"idleSeconds": 0}})
    assert [payload["status"] for _, payload in await other.all_heard()] == ["away", "online"]


async def test_a_custom_status_reaches_presence_2_and_leaves_plain_clients_alone(
    there: World, clock: HandClock
) -> None:
    mine, full, plain = (
        await there.welcome("1", presence=2),
        await there.welcome("2", presence=2),
        await there.welcome("3"),
    )
    for client in (mine, full, plain):
        await client.all_heard()
    answer = await mine.ask("status:custom", {"text": "점심", "emoji": "🍜", "until": START + 60_000})
    assert (answer["own"]["text"], answer["own"]["textUntil"]) == ("점심", START + 60_000)
    batch = msgspec.convert(await full.wait_for("presence:changes"), PresenceChanges)
    assert [(change.text, change.emoji) for change in batch.changes] == [("점심", "🍜")]
    assert await plain.all_heard() == []
    clock.wait(60_000)
    batch = msgspec.convert(await full.wait_for("presence:changes"), PresenceChanges)
    assert [(change.text, change.emoji) for change in batch.changes] == [(None, None)]
    assert (await mine.ask("status:custom", {"text": "x", "until": START}))["error"][
        "code"
    ] == "invalid_end_time"


async def test_a_choice_made_without_a_link_comes_with_connect(there: World) -> None:
    other = await there.welcome("2")
    mine = await there.join("1", presence=2, claim={"status": "busy"})
    assert (await mine.wait_for("connected"))["own"]["claim"] == "busy"
    assert [payload["status"] for _, payload in await other.all_heard()] == ["busy"]
