"""The server's own backups in their folder: made by a process of its own, listed by their names."""

import asyncio
import sys
from pathlib import Path

import pytest

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.backups.kept import BackupsKept
from tests.server.stores.backups import house
from tests.waiting import eventually_async

NOON = 1_700_000_000_000


def python(code: str) -> list[str]:
    return [sys.executable, "-c", f"import sys, pathlib, time; target = pathlib.Path(sys.argv[1]); {code}"]


async def test_only_files_of_such_a_name_count(tmp_path: Path) -> None:
    kept = BackupsKept(tmp_path / "backups", python("target.write_bytes(b'123')"))
    assert await kept.listed() == []
    for name in ("notes.txt", "presence-mine.tar", ".presence-20231114T221320Z.tar.part"):
        house.put(tmp_path / "backups" / name, b"x")
    first, second = await kept.make(NOON, by_hand=False), await kept.make(NOON, by_hand=False)
    assert (first.name, first.made_at, first.size) == ("presence-20231114T221320Z.tar", NOON, 3)
    assert second.made_at == NOON + 1000
    asked = await kept.make(NOON + 9000, by_hand=True)
    assert (asked.name, asked.by_hand) == ("presence-20231114T221329Z-by-hand.tar", True)
    assert await kept.listed() == [asked, second, first]
    await kept.remove(asked.name)
    await kept.remove(first.name)
    await kept.remove(first.name)
    assert await kept.listed() == [second]


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (
            python("sys.exit('presence-server: folder_unusable: No space left on device')"),
            "folder_unusable: No space",
        ),
        (python("sys.exit(3)"), "without a word"),
        (python("pass"), "not there"),
        (["/nowhere/python"], "No such file"),
    ],
)
async def test_what_fails_says_why(tmp_path: Path, command: list[str], word: str) -> None:
    with pytest.raises(StoreUnavailable, match=word):
        await BackupsKept(tmp_path, command).make(NOON, by_hand=False)


async def test_a_server_that_ends_takes_it_along(tmp_path: Path) -> None:
    kept = BackupsKept(tmp_path, python("target.write_bytes(b''); time.sleep(60)"))
    making = asyncio.create_task(kept.make(NOON, by_hand=False))
    await eventually_async(lambda: list(tmp_path.iterdir()), within=10)
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making


async def test_a_real_one(tmp_path: Path) -> None:
    house.house(tmp_path / "server")
    command = [
        sys.executable,
        "-m",
        "presence_desktop",
        "server",
        "backup",
        "--data-dir",
        str(tmp_path / "server"),
    ]
    made = await BackupsKept(tmp_path / "server" / "backups", [*command, "--to"]).make(NOON, by_hand=False)
    assert made.size > 100_000
