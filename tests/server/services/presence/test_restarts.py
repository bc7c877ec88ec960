"""The presence service over restarts and time: what is written when, and what a start finds again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from presence_desktop.protocol.events import (
    StatusUpdate,
)
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.domain.presence import Change
from presence_desktop.server.services.ports import StoredPresence
from tests.fakes.presence import START, Hand, MemoryClaims, MemoryRows
from tests.waiting import eventually_async

BUSY = StatusUpdate(status=Status.BUSY)
HIDE = StatusUpdate(status=Status.OFFLINE)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@asynccontextmanager
async def started(hand: Hand) -> AsyncIterator[Hand]:
    await hand.service.start()
    try:
        yield hand
    finally:
        await hand.service.stop()


async def test_a_start_forgets_nobodys_last_seen_nor_choice_and_versions_grow_on() -> None:
    ended = Claim(Status.AWAY, 0, START - 1)
    kept = Choices((ended, Claim(Status.BUSY, 0)), CustomText("x", None, START + 60_000))
    rows = MemoryRows(
        [StoredPresence(1, START - 5000, START + 10**9), StoredPresence(2, START - 9, START - 9)]
    )
    async with started(Hand(rows=rows, claims=MemoryClaims({1: kept, 2: None}))) as hand:
        assert hand.service.one(1).last_seen == START - 5000
        assert hand.service.summary().total == 0
        own = hand.service.connect(1, "a")
        assert (own.status, own.text) == (Status.BUSY, "x")
        assert own.version > START + 10**9
        hand.wait(60)
        assert hand.service.own(1).text is None


async def test_what_was_chosen_is_written_within_a_quarter_of_a_second_and_outlives_the_stop() -> None:
    claims, rows = MemoryClaims(), MemoryRows()
    async with started(Hand(claims=claims, rows=rows)) as hand:
        hand.service.connect(1, "a")
        hand.service.claim(1, BUSY)
        hand.service.claim(1, StatusUpdate(status=Status.AWAY))
        await eventually_async(lambda: claims.kept and rows.rows, within=0.25)
        assert [row.status for group in rows.groups for row in group] == ["away"]
        hand.clock.wait(5)
    assert (rows.rows[1].status, rows.rows[1].last_seen) == ("offline", START + 5)
    kept = claims.kept[1].claim(START)
    assert kept is not None
    assert kept.status is Status.AWAY


async def test_end_times_come_by_themselves() -> None:
    async with started(Hand()) as hand:
        hand.service.connect(1, "a")
        hand.service.claim(1, StatusUpdate(status=Status.BUSY, until=START + 1))
        hand.clock.wait(1)
        await eventually_async(lambda: hand.status() == "online", within=2)


async def test_time_is_looked_at_when_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presence_desktop.server.services.presence.service.LOOK_SECONDS", 0.01)
    async with started(Hand()) as hand:
        hand.service.connect(1, "a")
        hand.clock.wait(3_600_000)
        await eventually_async(lambda: hand.status() == "offline", within=2)


async def test_a_fault_with_one_person_stops_nobody_elses_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("presence_desktop.server.services.presence.service.LOOK_SECONDS", 0.01)
    hand = Hand()
    publish = hand.listener.publish

    def fault(change: Change) -> None:
        if change.user_id == 1 and change.status is Status.OFFLINE:
            raise KeyError("a bug")
        publish(change)

    monkeypatch.setattr(hand.listener, "publish", fault)
    async with started(hand):
        for user_id in (1, 2):
            hand.service.connect(user_id, "a")
            hand.service.disconnect(user_id, "a", graceful=False)
            hand.clock.wait(1)
        hand.clock.wait(6000)
        await eventually_async(lambda: hand.listener.changes[-1].status is Status.OFFLINE, within=2)
    assert (hand.listener.changes[-1].user_id, "presence.time_failed" in caplog.text) == (2, True)


async def test_heartbeats_write_a_row_a_minute_at_most() -> None:
    rows = MemoryRows()
    async with started(Hand(rows=rows)) as hand:
        hand.service.connect(1, "a")
        hand.service.connect(2, "b")
        hand.service.claim(2, HIDE)
        await eventually_async(lambda: rows.rows, within=2)
        before = len(rows.groups)
        for _ in range(240):
            hand.wait(0.5)
            hand.service.heartbeat(1, "a")
            hand.service.heartbeat(2, "b")
            await asyncio.sleep(0)
        await eventually_async(lambda: len(rows.groups) > before, within=2)
        later = [row for group in rows.groups[before:] for row in group]
        assert {row.user_id for row in later} == {1}
        assert len(later) <= 2
        assert rows.rows[1].last_seen > START + 50_000


async def test_a_service_that_never_started_can_be_stopped(hand: Hand) -> None:
    await hand.service.stop()
