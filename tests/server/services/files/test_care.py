"""What nobody wants any more is removed: rows and bytes, after a crash too."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from presence_desktop.server.services.files.care import WALK
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql.chat.tables import files
from tests.server.pictures import picture
from tests.server.services.accounts.house import DAY
from tests.server.services.files.house import FilesHouse, files_house
from tests.waiting import eventually_async


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[FilesHouse]:
    async with files_house(tmp_path) as built:
        yield built


async def put_on(there: FilesHouse, file_id: object, message: str) -> None:
    async with there.database.writing() as connection:
        await connection.execute(update(files).where(files.c.id == str(file_id)).values(message_id=message))


async def test_what_is_on_no_message_is_kept_for_a_day(there: FilesHouse) -> None:
    half, whole, sent = await there.begun(10), await there.uploaded(picture()), await there.uploaded(b"sent")
    await there.put(half, 0, b"01234")
    await put_on(there, sent, str(uuid4()))
    there.clock.pass_by(DAY)
    assert await there.care.sweep() == 0
    young = await there.uploaded(b"young")
    there.clock.pass_by(1)
    assert await there.care.sweep() == 2
    assert await there.care.walk() == 0
    assert there.folder.ids() == sorted([young, sent], key=str)
    assert {half, whole}.isdisjoint(await there.rows.known([half, whole, sent, young]))


async def test_files_of_deleted_messages_go_at_once(there: FilesHouse) -> None:
    file_id = await there.uploaded(picture())
    await put_on(there, file_id, "")
    assert await there.care.sweep() == 1
    assert there.folder.ids() == []


async def test_one_that_is_sent_in_between_is_kept(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = await there.uploaded(b"late")
    there.clock.pass_by(DAY + 1)
    real = there.rows.orphans

    async def orphans(before: int) -> object:
        found = await real(before)
        await put_on(there, file_id, str(uuid4()))
        return found

    monkeypatch.setattr(there.rows, "orphans", orphans)
    assert await there.care.sweep() == 0
    assert there.folder.ids() == [file_id]


async def test_bytes_of_no_file_are_found_by_a_walk(there: FilesHouse) -> None:
    kept, lost = await there.uploaded(picture()), uuid4()
    there.folder.append(lost, 0, b"lost")
    there.folder.whole(kept).with_name("note.txt").write_text("somebody put it here")
    assert await there.care.walk() == 1
    assert there.folder.ids() == [kept]


async def test_it_goes_on_sweeping_whatever_happens(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    walks, sweeps = 0, 0

    async def walk() -> int:
        nonlocal walks
        walks += 1
        return 0

    async def sweep() -> int:
        nonlocal sweeps
        sweeps += 1
        if sweeps in (2, 3):
            raise StoreUnavailable("gone")
        return 0

    monkeypatch.setattr(there.care, "walk", walk)
    monkeypatch.setattr(there.care, "sweep", sweep)
    with caplog.at_level(logging.ERROR):
        task = asyncio.create_task(there.care.watch(every=0.001))
        await eventually_async(lambda: sweeps > 4)
        assert walks == 1
        there.clock.pass_by(WALK)
        await eventually_async(lambda: walks == 2)
        task.cancel()
        await asyncio.wait([task])
    assert [record.message for record in caplog.records] == ["files.store-unavailable"]
