"""Uploads stop anywhere and go on; nothing is half there; nobody sees what is not theirs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import update

from presence_desktop.protocol.chat_rest import NewUpload
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.files import images
from presence_desktop.server.services.files.service import PIECE, BrokenOff
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql.chat.tables import files
from tests.server.pictures import picture, zipped
from tests.server.services.files.house import ANN, BOB, FilesHouse, coming, files_house


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[FilesHouse]:
    async with files_house(tmp_path, file=1_000_000, quota=1_500_000, waiting=5) as built:
        yield built


async def refused(doing: Awaitable[object]) -> Code:
    with pytest.raises(Refused) as caught:
        await doing
    return caught.value.code


async def test_a_file_goes_up_in_pieces_and_comes_down_as_it_was(there: FilesHouse) -> None:
    data = picture("PNG", (1200, 800))
    new = NewUpload(id=uuid4(), name="../나의 고양이.png", size=len(data))
    state, is_new = await there.files.begin(ANN, new)
    assert (state.received, state.file, is_new) == (0, None, True)
    state = await there.put(new.id, 0, data[:100], data[100:300])
    assert (state.received, state.file) == (300, None)
    state, is_new = await there.files.begin(ANN, new)
    assert (state.received, is_new) == (300, False)
    state = await there.put(new.id, 300, data[300:])
    assert state.file is not None
    assert msgspec.to_builtins(state.file, str_keys=True) == {
        "id": str(new.id), "name": "나의 고양이.png", "mediaType": "image/png", "size": len(data),
        "width": 1200, "height": 800, "hasThumbnail": True,
    }  # fmt: skip
    assert await there.files.state(ANN, new.id) == state
    file, path = await there.files.file(ANN, new.id)
    assert path.read_bytes() == data
    assert (await there.files.thumbnail(ANN, new.id)).stat().st_size > 0
    assert file.owner_id == ANN


async def test_what_arrived_before_a_break_is_kept(there: FilesHouse) -> None:
    data = bytes(range(256)) * 2000
    file_id = await there.begun(len(data))
    with pytest.raises(BrokenOff):
        await there.files.append(
            ANN, file_id, 0, coming([data[: PIECE + 77], data[PIECE + 77 : PIECE + 99]], broken=True)
        )
    assert (await there.files.state(ANN, file_id)).received == PIECE + 99
    state = await there.put(file_id, PIECE + 99, data[PIECE + 99 :])
    assert state.file is not None
    assert (await there.files.file(ANN, file_id))[1].read_bytes() == data


async def test_it_goes_on_where_it_stopped_and_nowhere_else(there: FilesHouse) -> None:
    file_id = await there.begun(10)
    assert await refused(there.put(file_id, 1, b"x")) is Code.WRONG_OFFSET
    await there.put(file_id, 0, b"01234")
    for offset in (0, 4, 6):
        assert await refused(there.put(file_id, offset, b"x")) is Code.WRONG_OFFSET
        assert await refused(there.put(file_id, offset)) is Code.WRONG_OFFSET
    assert (await there.put(file_id, 5)).received == 5
    assert await refused(there.put(file_id, 5, b"567890")) is Code.FILE_TOO_LARGE
    assert (await there.files.state(ANN, file_id)).received == 5
    done = await there.put(file_id, 5, b"56789")
    assert done.file is not None
    assert done.file.media_type == "text/plain"
    assert await there.put(file_id, 10) == done
    assert await refused(there.put(file_id, 0, b"01234")) is Code.WRONG_OFFSET
    assert await refused(there.put(file_id, 10, b"more")) is Code.FILE_TOO_LARGE


class Halting:
    """A sender who stops after a piece until told to go on."""

    def __init__(self) -> None:
        self.halted, self.go_on = asyncio.Event(), asyncio.Event()

    async def pieces(self) -> AsyncIterator[bytes]:
        yield b"a" * PIECE
        self.halted.set()
        await self.go_on.wait()
        yield b"b" * PIECE


async def test_of_two_senders_the_later_goes_on(there: FilesHouse) -> None:
    file_id = await there.begun(PIECE * 3)
    slow = Halting()
    first = asyncio.create_task(there.files.append(ANN, file_id, 0, slow.pieces()))
    await slow.halted.wait()
    state = await there.put(file_id, PIECE, b"c" * PIECE)
    assert state.received == PIECE * 2
    slow.go_on.set()
    assert await refused(first) is Code.WRONG_OFFSET
    await there.put(file_id, PIECE * 2, b"d" * PIECE)
    whole = (await there.files.file(ANN, file_id))[1].read_bytes()
    assert (whole[PIECE : PIECE + 1], whole[-1:]) == (b"c", b"d")


async def test_what_is_too_much_is_refused_before_a_byte_is_sent(there: FilesHouse) -> None:
    def begin(size: int, name: str = "x", user_id: int = ANN) -> Awaitable[object]:
        return there.files.begin(user_id, NewUpload(id=uuid4(), name=name, size=size))

    assert await refused(begin(5_000_000_000)) is Code.FILE_TOO_LARGE
    assert await refused(begin(1_000_001)) is Code.FILE_TOO_LARGE
    assert await refused(begin(10, "../..")) is Code.INVALID_FILE_NAME
    await begin(1_000_000)
    assert await refused(begin(500_001)) is Code.QUOTA_EXCEEDED
    await begin(1_000_000, user_id=BOB)
    for _ in range(4):
        await begin(1)
    assert await refused(begin(1)) is Code.LIMIT_REACHED


async def test_an_id_stands_for_one_file_of_one_person(there: FilesHouse) -> None:
    file_id = await there.begun(10)
    again = NewUpload(id=file_id, name="x", size=11)
    assert await refused(there.files.begin(ANN, again)) is Code.ID_TAKEN
    same = NewUpload(id=file_id, name="x", size=10)
    assert await refused(there.files.begin(BOB, same)) is Code.ID_TAKEN
    for doing in (
        there.files.state(BOB, file_id),
        there.put(file_id, 0, b"x", user_id=BOB),
        there.files.cancel(BOB, file_id),
        there.files.file(BOB, file_id),
        there.files.thumbnail(BOB, file_id),
        there.files.file(ANN, file_id),
        there.files.state(ANN, uuid4()),
    ):
        assert await refused(doing) is Code.UNKNOWN_FILE
    assert (await there.files.state(ANN, file_id)).received == 0


async def test_a_file_that_is_no_picture_has_no_thumbnail(there: FilesHouse) -> None:
    file_id = await there.uploaded(zipped(), "cat.png")
    file, _ = await there.files.file(ANN, file_id)
    assert (file.media_type, file.name, file.has_thumbnail) == ("application/zip", "cat.png", False)
    assert await refused(there.files.thumbnail(ANN, file_id)) is Code.UNKNOWN_FILE


async def test_what_is_given_up_is_gone(there: FilesHouse) -> None:
    begun, whole = await there.begun(10), await there.uploaded(picture())
    await there.put(begun, 0, b"01234")
    for file_id in (begun, whole):
        await there.files.cancel(ANN, file_id)
        assert await refused(there.files.state(ANN, file_id)) is Code.UNKNOWN_FILE
    assert there.folder.ids() == []
    assert (await there.begun(1_000_000)) is not None, "what is gone does not count"


async def test_what_is_on_a_message_is_not_given_up(there: FilesHouse) -> None:
    file_id = await there.uploaded(picture())
    async with there.database.writing() as connection:
        await connection.execute(update(files).values(message_id=str(uuid4())))
    assert await refused(there.files.cancel(ANN, file_id)) is Code.ID_TAKEN
    assert there.folder.ids() == [file_id]


async def test_a_sender_learns_that_it_was_given_up(there: FilesHouse) -> None:
    file_id = await there.begun(PIECE * 3)
    slow = Halting()
    first = asyncio.create_task(there.files.append(ANN, file_id, 0, slow.pieces()))
    await slow.halted.wait()
    await there.files.cancel(ANN, file_id)
    slow.go_on.set()
    assert await refused(first) is Code.WRONG_OFFSET
    assert there.folder.ids() == []


async def test_given_up_while_the_last_byte_arrives(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = await there.begun(5)
    real, found = there.rows.find, []

    async def find(wanted: object) -> object:
        found.append(wanted)
        return None if len(found) > 1 else await real(file_id)

    monkeypatch.setattr(there.rows, "find", find)
    assert await refused(there.put(file_id, 0, b"01234")) is Code.UNKNOWN_FILE


async def test_a_disk_that_is_full_leaves_nothing_half_there(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = picture()
    file_id = await there.begun(len(data))

    def full(*_: object) -> None:
        raise StoreUnavailable("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(there.folder, "settle", full)
        with pytest.raises(StoreUnavailable):
            await there.put(file_id, 0, data)
        assert await refused(there.files.file(ANN, file_id)) is Code.UNKNOWN_FILE
    state = await there.files.state(ANN, file_id)
    assert (state.received, state.file is not None) == (len(data), True), "asked once more it is completed"
    with monkeypatch.context() as patch:
        patch.setattr(there.folder, "make_sure_of", full)
        with pytest.raises(StoreUnavailable):
            await there.begun(10)


async def test_another_server_settles_it_or_removes_it_meanwhile(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = picture()
    settled, removed = await there.begun(len(data)), await there.begun(len(data))
    for file_id in (settled, removed):
        there.folder.append(file_id, 0, data)
    real = there.folder.source

    def source(file_id: UUID) -> Path:
        path = real(file_id)
        there.folder.settle(file_id, None)
        if file_id == removed:
            there.folder.remove(file_id)
        return path

    monkeypatch.setattr(there.folder, "source", source)
    state = await there.files.state(ANN, settled)
    assert state.file is not None
    assert state.file.has_thumbnail
    assert await refused(there.files.state(ANN, removed)) is Code.UNKNOWN_FILE


async def test_several_who_find_it_complete_look_at_it_once(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, looks = picture(), []
    file_id = await there.begun(len(data))
    real = images.looked_at

    def looked_at(path: Path) -> object:
        looks.append(path)
        return real(path)

    monkeypatch.setattr(images, "looked_at", looked_at)
    there.folder.append(file_id, 0, data)
    states = await asyncio.gather(*(there.files.state(ANN, file_id) for _ in range(5)))
    assert len(looks) == 1
    assert {state.file is not None for state in states} == {True}
    assert there.files._open == {}
