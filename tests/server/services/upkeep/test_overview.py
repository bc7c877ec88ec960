"""How a server stands, for whoever may know it, and a backup by hand."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from presence_desktop.protocol.admin_rest import Backup, DiskUse
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.upkeep.overview import DISK_MS, Overview, Places
from presence_desktop.server.stores.disk_use import disk_use
from tests.server.services.accounts.house import PASSWORD, House

ANN, BOB = 1, 2


@dataclass
class Drawer:
    """Backups that are names only."""

    kept: list[Backup] = field(default_factory=list)

    async def listed(self) -> list[Backup]:
        return self.kept[::-1]

    async def make(self) -> Backup:
        self.kept.append(Backup(name=f"{len(self.kept)}.zip", made_at=1, size=5))
        return self.kept[-1]


@dataclass
class Scales:
    """Counts how often the disk is measured."""

    weighed: int = 0

    async def measure(self, _places: Places) -> DiskUse:
        self.weighed += 1
        return DiskUse(database=self.weighed)


def overview(built: House, folder: Path, scales: Scales, fingerprint: str | None = None) -> Overview:
    return Overview(
        clock=built.clock,
        accounts=built.accounts,
        administration=built.administration,
        crowd=lambda: (2, 3),
        shelf=Drawer(),
        places=Places(None, folder, folder),
        measure=scales.measure,
        fingerprint=fingerprint,
        naming=built.naming,
    )


@pytest.fixture
async def staffed(accounts_house: House) -> House:
    for name in ("Ann", "Bob"):
        await accounts_house.accounts.add(f"{name}@example.org", name, PASSWORD)
    return accounts_house


async def test_owner_and_admins_see_how_it_stands(staffed: House, tmp_path: Path) -> None:
    scales, clock = Scales(), staffed.clock
    made = overview(staffed, tmp_path, scales, "ab" * 32)
    began = clock.now()
    clock.pass_by(DISK_MS - 1)
    facts = await made.facts(by=ANN)
    assert (facts.started_at, facts.uptime_seconds, facts.people) == (began, DISK_MS // 1000 - 1, 2)
    assert (facts.connected, facts.connections, facts.backups) == (2, 3, [])
    assert (facts.tls.on, facts.tls.fingerprint) == (True, "ab" * 32)
    with pytest.raises(Refused, match="forbidden"):
        await made.facts(by=BOB)


async def test_the_disk_is_measured_now_and_then_and_after_a_backup(staffed: House, tmp_path: Path) -> None:
    scales = Scales()
    made = overview(staffed, tmp_path, scales)
    await made.facts(by=ANN)
    await made.facts(by=ANN)
    assert scales.weighed == 1
    staffed.clock.pass_by(DISK_MS)
    await made.facts(by=ANN)
    assert scales.weighed == 2
    assert (await made.back_up(by=ANN)).name == "0.zip"
    facts = await made.facts(by=ANN)
    assert (scales.weighed, [backup.name for backup in facts.backups]) == (3, ["0.zip"])
    (entry, *_) = await staffed.administration.log(before=None, limit=1)
    assert (entry.actor, entry.act, entry.detail) == ("Ann", "backup.made", "0.zip")
    with pytest.raises(Refused) as caught:
        await made.back_up(by=BOB)
    assert caught.value.code is Code.FORBIDDEN


async def test_the_name_is_the_owners_to_give(staffed: House, tmp_path: Path) -> None:
    made = overview(staffed, tmp_path, Scales())
    assert (await made.facts(by=ANN)).name is None
    assert await made.rename("Lab", by=ANN) == "Lab"
    assert (await made.facts(by=ANN)).name == "Lab"
    with pytest.raises(Refused, match="forbidden"):
        await made.rename("Mine", by=BOB)


async def test_bytes_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "presence.db").write_bytes(b"x" * 10)
    (tmp_path / "presence.db-wal").write_bytes(b"x" * 5)
    files = tmp_path / "files"
    (files / "uploads").mkdir(parents=True)
    (files / "uploads" / "one").write_bytes(b"x" * 7)
    found = await disk_use(Places(tmp_path / "presence.db", files, tmp_path / "backups"))
    assert (found.database, found.files, found.backups) == (15, 7, 0)
    assert found.free
    assert (await disk_use(Places(None, files, files))).database is None
