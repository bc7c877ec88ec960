"""Rows written behind: in groups, newest per person, kept while the store refuses, spread over the minute."""

import pytest

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim
from presence_desktop.server.services.ports import ChoicesRow, PresenceRow
from presence_desktop.server.services.presence import writer as presence_writer
from presence_desktop.server.services.presence.writer import HeartbeatRound, PresenceWriter
from tests.fakes.presence import MemoryClaims, MemoryRows
from tests.waiting import eventually_async

BUSY = Choices((Claim(Status.BUSY, 1),))


def row(user_id: int, last_seen: int) -> PresenceRow:
    return PresenceRow(user_id, "online", last_seen)


async def test_a_group_holds_the_newest_of_each() -> None:
    rows, claims = MemoryRows(), MemoryClaims()
    writer = PresenceWriter(rows, claims, within=0.02)
    writer.start()
    for turn in range(5):
        writer.presence(row(1, turn))
        writer.presence(row(2, turn))
    writer.choices(ChoicesRow(1, BUSY))
    writer.choices(ChoicesRow(3, BUSY))
    assert len(writer) == 4
    writer.forget(3)
    assert len(writer) == 3
    await eventually_async(lambda: rows.groups, within=2)
    await writer.stop()
    assert rows.groups == [[row(1, 4), row(2, 4)]]
    assert claims.kept == {1: BUSY}
    await writer.stop()


async def test_what_the_store_refuses_is_kept_newest_first_and_written_when_it_can_be(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(presence_writer, "RETRY_SECONDS", 0.01)
    caplog.set_level("INFO")
    rows, claims = MemoryRows(), MemoryClaims()
    rows.broken = claims.broken = True
    writer = PresenceWriter(rows, claims, within=0.01)
    writer.start()
    writer.presence(row(1, 1))
    writer.presence(row(2, 1))
    writer.choices(ChoicesRow(1, BUSY))
    await eventually_async(lambda: "presence.not_written" in caplog.text, within=2)
    writer.presence(row(1, 2))
    claims.broken = False
    await eventually_async(lambda: claims.kept, within=2)
    rows.broken = False
    await eventually_async(lambda: len(rows.rows) == 2, within=2)
    await eventually_async(lambda: "presence.written_again" in caplog.text, within=2)
    await writer.stop()
    assert rows.rows == {1: row(1, 2), 2: row(2, 1)}
    assert caplog.text.count("presence.not_written") == 1


async def test_the_end_waits_for_no_store_that_refuses() -> None:
    rows = MemoryRows()
    rows.broken = True
    writer = PresenceWriter(rows, MemoryClaims(), within=0.01)
    writer.start()
    writer.presence(row(1, 1))
    await writer.stop()
    assert rows.groups == []


def test_a_round_takes_everybody_once_and_spreads_them_over_the_period() -> None:
    everybody = list(range(60))
    taken = HeartbeatRound(60_000, 0)
    assert taken.take(500, lambda: everybody) == []
    assert taken.take(1000, lambda: everybody) == []
    first_round = [taken.take(now, lambda: everybody) for now in range(60_000, 120_000, 1000)]
    assert max(map(len, first_round)) <= 2
    assert sorted(user_id for some in first_round for user_id in some) == everybody


def test_a_round_of_many_never_writes_more_than_a_few_a_second() -> None:
    taken = HeartbeatRound(60_000, 0)
    everybody = range(100_000)
    assert len(taken.take(60_000, lambda: everybody)) == 50
    assert len(taken.take(61_000, lambda: everybody)) == 50


def test_a_round_survives_a_clock_that_goes_back() -> None:
    taken = HeartbeatRound(60_000, 10**9)
    assert taken.take(5, lambda: [1]) == [1]
    assert taken.take(10, lambda: [1]) == []
