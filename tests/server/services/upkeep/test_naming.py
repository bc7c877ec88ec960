"""The server's name: given by its owner, logged, and followed where another process changes it."""

import asyncio

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.accounts.administration_ports import Deed
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.services.upkeep.naming import NameStore, Naming
from tests.server.services.accounts.house import PASSWORD, House, TurnedClock
from tests.waiting import eventually_async

ANN, BOB = 1, 2


class Slip(NameStore):
    """A name on a slip of paper, which may be lost for a while."""

    def __init__(self) -> None:
        self.written: str | None = None
        self.lost = False
        self.asked = 0

    async def name(self) -> str | None:
        self.asked += 1
        if self.lost:
            raise StoreUnavailable("lost")
        return self.written

    async def rename(self, name: str | None, deed: Deed) -> None:
        self.written = name


async def test_the_owner_names_it_and_nobody_else(accounts_house: House) -> None:
    for name in ("Ann", "Bob"):
        await accounts_house.accounts.add(f"{name}@example.org", name, PASSWORD)
    naming = accounts_house.naming
    await naming.start()
    assert naming.name is None
    with pytest.raises(Refused) as caught:
        await naming.rename("Bob's", by=BOB)
    assert (caught.value.code, naming.name) == (Code.FORBIDDEN, None)
    await naming.rename("연구실", by=ANN)
    await naming.rename(None)
    await naming.rename("Lab")
    again = Naming(naming._store, accounts_house.clock)
    await again.start()
    assert (naming.name, again.name) == ("Lab", "Lab")
    rows = await accounts_house.administration.log(before=None, limit=3)
    assert [(row.actor, row.act, row.detail) for row in rows] == [
        (None, "server.renamed", "Lab"),
        (None, "server.renamed", None),
        ("Ann", "server.renamed", "연구실"),
    ]


async def test_what_another_process_does_is_followed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    slip = Slip()
    naming = Naming(slip, TurnedClock())
    task = asyncio.create_task(naming.watch(every=0))
    slip.lost, slip.written = True, "Lab"
    await eventually_async(lambda: slip.asked > 1, within=5)
    assert naming.name is None
    slip.lost = False
    await eventually_async(lambda: naming.name == "Lab", within=5)
    slip.written = None
    await eventually_async(lambda: naming.name is None, within=5)
    task.cancel()
    await asyncio.wait([task])
    assert [record.message for record in caplog.records] == ["server.named"] * 2


async def test_a_look_that_is_under_way_takes_nothing_back() -> None:
    held = asyncio.Event()

    class Slow(Slip):
        async def name(self) -> str | None:
            self.asked += 1
            before = self.written
            await held.wait()
            return before

    slip = Slow()
    naming = Naming(slip, TurnedClock())
    task = asyncio.create_task(naming.watch(every=0))
    await eventually_async(lambda: slip.asked == 1, within=5)
    await naming.rename("new")
    held.set()
    await eventually_async(lambda: slip.asked > 2, within=5)
    assert naming.name == "new"
    task.cancel()
    await asyncio.wait([task])
