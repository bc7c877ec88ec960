"""When the server makes a backup by itself, how many are kept, and what happens where one cannot be made."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.services.upkeep.backups import RETRY, Backup, Backups, BackupStore
from tests.waiting import eventually_async

HOUR = 3_600_000


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.moment = 1_000 * HOUR

    def now(self) -> int:
        return self.moment

    def ticks(self) -> int:
        return self.moment


class Shelf(BackupStore):
    """Backups in memory; `full` says that none can be made."""

    def __init__(self, *moments: int) -> None:
        self.kept = [Backup(str(moment), moment, 1) for moment in sorted(moments, reverse=True)]
        self.full = self.gone = False
        self.tried = 0

    async def listed(self) -> list[Backup]:
        if self.gone:
            raise StoreUnavailable("no folder")
        return list(self.kept)

    async def make(self, now: int, *, by_hand: bool) -> Backup:
        self.tried += 1
        if self.full:
            raise StoreUnavailable("No space left on device")
        self.kept.insert(0, Backup(str(now), now, 1, by_hand))
        self.kept.sort(key=lambda backup: -backup.made_at)
        return next(backup for backup in self.kept if backup.made_at == now)

    async def remove(self, name: str) -> None:
        self.kept = [backup for backup in self.kept if backup.name != name]


@asynccontextmanager
async def watching(backups: Backups) -> AsyncIterator[None]:
    task = asyncio.create_task(backups.watch(settle=0, every=0))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def soon(condition: Callable[[], bool]) -> None:
    await eventually_async(condition, within=5)


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_one_a_day_and_the_newest_are_kept() -> None:
    clock, shelf = Hands(), Shelf()
    async with watching(Backups(store=shelf, clock=clock, hours=24, keep=3)):
        await soon(lambda: len(shelf.kept) == 1)
        clock.moment += 24 * HOUR - 1
        await turns()
        assert shelf.tried == 1
        for day in range(2, 6):
            clock.moment += 24 * HOUR
            await soon(lambda day=day: shelf.tried == day)  # type: ignore[misc]
        await turns()
    assert len(shelf.kept) == 3
    assert shelf.kept[0].made_at == clock.moment


async def test_a_computer_that_slept_makes_up_for_it_once() -> None:
    clock = Hands()
    shelf = Shelf(clock.moment - HOUR)
    async with watching(Backups(store=shelf, clock=clock, hours=24, keep=3)):
        await turns()
        assert shelf.tried == 0
        clock.moment += 24 * HOUR * 30
        await soon(lambda: shelf.tried == 1)
        await turns()
    assert shelf.tried == 1


async def test_one_of_a_clock_that_was_ahead_does_not_count() -> None:
    clock = Hands()
    shelf = Shelf(clock.moment + 1000 * HOUR)
    async with watching(Backups(store=shelf, clock=clock, hours=24, keep=3)):
        await soon(lambda: len(shelf.kept) == 2)
        await turns()
    assert shelf.tried == 1


async def test_those_of_a_clock_that_was_ahead_go_before_what_is_made_now() -> None:
    clock = Hands()
    shelf = Shelf(clock.moment + 1000 * HOUR, clock.moment + 1024 * HOUR)
    async with watching(Backups(store=shelf, clock=clock, hours=24, keep=2)):
        for tried in (1, 2):
            await soon(lambda tried=tried: shelf.tried == tried)  # type: ignore[misc]
            await turns()
            assert clock.moment in {backup.made_at for backup in shelf.kept}
            clock.moment += 24 * HOUR
    assert max(backup.made_at for backup in shelf.kept) < clock.moment


async def test_what_fails_is_told_once_tried_again_and_leaves_the_old_ones(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Hands()
    shelf = Shelf(*(clock.moment - day * 24 * HOUR for day in range(1, 4)))
    shelf.full = True
    caplog.set_level("INFO")
    async with watching(Backups(store=shelf, clock=clock, hours=24, keep=3)):
        await soon(lambda: shelf.tried == 1)
        await turns()
        clock.moment += RETRY
        await soon(lambda: shelf.tried == 2)
        await turns()
        assert [record.message for record in caplog.records] == ["backup.failed"]
        assert len(shelf.kept) == 3
        shelf.full = False
        clock.moment += RETRY
        await soon(lambda: shelf.tried == 3)
        await turns()
    assert [record.message for record in caplog.records] == ["backup.failed", "backup.made"]
    assert len(shelf.kept) == 3


@pytest.mark.parametrize(("hours", "whole"), [(0, True), (24, False)])
async def test_none_by_itself(hours: float, whole: bool) -> None:
    shelf = Shelf()
    await Backups(store=shelf, clock=Hands(), hours=hours, keep=3, whole=whole).watch(settle=0, every=0)
    assert shelf.tried == 0


async def test_asking_often_costs_none_of_those_made_by_itself() -> None:
    clock = Hands()
    shelf = Shelf(*(clock.moment - day * 24 * HOUR for day in range(3)))
    own = [backup.name for backup in shelf.kept]
    backups = Backups(store=shelf, clock=clock, hours=24, keep=3)
    for _ in range(5):
        clock.moment += HOUR
        await backups.make()
    assert [backup.name for backup in shelf.kept if not backup.by_hand] == own
    assert len([backup for backup in shelf.kept if backup.by_hand]) == 3
    clock.moment += 19 * HOUR  # a day after the last of its own, not after the last by hand
    async with watching(backups):
        await soon(lambda: shelf.tried == 6)
        await turns()
    assert len(shelf.kept) == 6


async def test_one_because_somebody_asks() -> None:
    clock, shelf = Hands(), Shelf()
    backups = Backups(store=shelf, clock=clock, hours=0, keep=1)
    assert (await backups.make()).made_at == clock.moment
    clock.moment += 1
    made = await backups.make()
    assert await backups.listed() == [made]
    shelf.full = shelf.gone = True
    for ask in (backups.make, backups.listed):
        with pytest.raises(Refused) as refused:
            await ask()
        assert refused.value.code is Code.UNAVAILABLE
    with pytest.raises(Refused, match="its own tool"):
        await Backups(store=shelf, clock=clock, hours=0, keep=1, whole=False).make()
