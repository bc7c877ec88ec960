"""Avatars: written anew, kept under random names, told to everybody, the old one gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.files.avatars import PATH
from presence_desktop.server.services.ports import StoreUnavailable
from tests.server.pictures import opened, picture
from tests.server.services.accounts.house import HOUR
from tests.server.services.files.house import ANN, BOB, FilesHouse, files_house


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[FilesHouse]:
    async with files_house(tmp_path) as built:
        yield built


def avatar_of(there: FilesHouse, user_id: int) -> str | None:
    profile = there.accounts.accounts.profile(user_id)
    assert profile is not None
    return profile.avatar


async def test_a_new_avatar_is_told_and_the_old_one_goes(there: FilesHouse) -> None:
    told: list[tuple[int, str | None]] = []
    there.accounts.accounts.tells(lambda user_id: told.append((user_id, avatar_of(there, user_id))))
    first = await there.avatars.set(ANN, picture())
    assert first.startswith(PATH)
    assert opened(there.avatars.find(first.removeprefix(PATH)).read_bytes()).size == (256, 256)
    second = await there.avatars.set(ANN, picture("JPEG"))
    assert first != second
    with pytest.raises(Refused) as caught:
        there.avatars.find(first.removeprefix(PATH))
    assert caught.value.code is Code.UNKNOWN_FILE
    await there.avatars.clear(ANN)
    await there.avatars.clear(ANN)
    assert told == [(ANN, first), (ANN, second), (ANN, None)]
    assert there.pictures.names(before=10**15) == []
    await there.accounts.look()
    assert avatar_of(there, ANN) is None


async def test_another_server_learns_of_it(there: FilesHouse, tmp_path: Path) -> None:
    taken = await there.avatars.set(BOB, picture())
    other = type(there.accounts)(there.database, there.clock, there.accounts.accounts._registration)
    try:
        await other.accounts.start()
        told: list[int] = []
        other.accounts.tells(told.append)
        await there.avatars.clear(BOB)
        await other.look()
        await other.look()
        assert told == [BOB]
        assert taken not in other.accounts.avatars()
    finally:
        other.passwords.close()


async def test_a_look_that_was_under_way_brings_nothing_old_back(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, told = there.accounts.store, list[str | None]()
    there.accounts.accounts.tells(lambda user_id: told.append(avatar_of(there, user_id)))
    real = store.changed_since

    async def changed_since(moment: int) -> object:
        rows = await real(moment)
        await there.avatars.set(ANN, picture())
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(store, "changed_since", changed_since)
        await there.accounts.look()
    await there.accounts.look()
    assert told == [avatar_of(there, ANN)]
    assert told != [None]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no picture", Code.INVALID_IMAGE),
        (picture("GIF"), Code.INVALID_IMAGE),
        (b"x" * (limits.AVATAR_BYTES + 1), Code.FILE_TOO_LARGE),
    ],
    ids=["text", "gif", "large"],
)
async def test_what_is_no_avatar_changes_nothing(there: FilesHouse, data: bytes, code: Code) -> None:
    before = await there.avatars.set(ANN, picture())
    with pytest.raises(Refused) as caught:
        await there.avatars.set(ANN, data)
    assert caught.value.code is code
    assert avatar_of(there, ANN) == before
    assert len(there.pictures.names(before=10**15)) == 1


async def test_ten_in_a_minute(there: FilesHouse) -> None:
    for _ in range(10):
        await there.avatars.set(ANN, picture(size=(8, 8)))
    with pytest.raises(Refused) as caught:
        await there.avatars.set(ANN, picture(size=(8, 8)))
    assert caught.value.code is Code.TOO_MANY_REQUESTS
    assert caught.value.retry_after is not None
    await there.avatars.set(BOB, picture(size=(8, 8)))


@pytest.mark.parametrize("name", ["", "../secret.key", "x.png", "A" * 32 + ".png", "a" * 32 + ".png.png"])
def test_only_names_that_were_given_out(tmp_path: Path, name: str, there: FilesHouse) -> None:
    with pytest.raises(Refused) as caught:
        there.avatars.find(name)
    assert caught.value.code is Code.UNKNOWN_FILE


async def test_a_picture_whose_owner_could_not_be_written_is_swept(
    there: FilesHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await there.avatars.set(BOB, picture())

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(there.accounts.store, "set_avatar", gone)
        with pytest.raises(StoreUnavailable):
            await there.avatars.set(ANN, picture())
    with pytest.raises(Refused) as caught:
        await there.avatars.set(77, picture())
    assert caught.value.code is Code.UNKNOWN_USER
    assert len(there.pictures.names(before=10**15)) == 3
    assert await there.avatars.sweep() == 0, "they may be about to become somebody's"
    there.clock.moment = 10**15
    there.clock.pass_by(HOUR)
    assert await there.avatars.sweep() == 2
    assert [PATH + name for name in there.pictures.names(before=10**15)] == [kept]


async def test_an_avatar_from_elsewhere_is_not_removed_here(there: FilesHouse) -> None:
    await there.accounts.accounts.set_avatar(ANN, "https://example.org/a.png")
    taken = await there.avatars.set(ANN, picture())
    assert avatar_of(there, ANN) == taken
