"""Pictures are decoded in a process of their own, which may die, hang or be missing without harm to the server."""

import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.files import darkroom_work
from presence_desktop.server.services.files.darkroom import Darkroom
from presence_desktop.server.services.ports import StoreUnavailable
from tests.leftovers import child_processes
from tests.server.pictures import opened, picture, png_of
from tests.waiting import eventually_async

COMMAND = (sys.executable, "-m", "presence_desktop", "server", "darkroom")
HANGS = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
SPEAKS_NONSENSE = (sys.executable, "-c", "print('nonsense')")
ENDS = (sys.executable, "-c", "")


@pytest.fixture
async def room() -> AsyncIterator[Darkroom]:
    darkroom = Darkroom(COMMAND)
    try:
        yield darkroom
    finally:
        await darkroom.close()


def kept(tmp_path: Path, data: bytes, name: str = "picture") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


async def test_one_process_does_one_after_the_other(room: Darkroom, tmp_path: Path) -> None:
    before = child_processes()
    good, bad = (
        kept(tmp_path, picture("JPEG", (900, 600)), "good"),
        kept(tmp_path, png_of(60_000, 60_000), "bad"),
    )
    assert child_processes() == before, "it is started when the first picture comes"
    looks = await asyncio.gather(*(room.look(path) for path in (good, bad, good)))
    assert looks[1] is None
    assert looks[0] == looks[2]
    assert looks[0] is not None
    assert (looks[0].width, looks[0].height, looks[0].media_type) == (900, 600, "image/jpeg")
    assert opened(looks[0].thumbnail).size == (512, 341)
    assert opened(await room.avatar(picture())).size == (256, 256)
    with pytest.raises(Refused) as caught:
        await room.avatar(b"no picture")
    assert caught.value.code is Code.INVALID_IMAGE
    assert len(child_processes() - before) == 1
    await room.close()
    await room.close()
    assert child_processes() == before


async def test_it_is_started_anew_after_it_was_killed(room: Darkroom, tmp_path: Path) -> None:
    path, before = kept(tmp_path, picture()), child_processes()
    assert await room.look(path) is not None
    (number,) = child_processes() - before
    os.kill(int(number.split()[0]), signal.SIGKILL)
    await eventually_async(lambda: not child_processes() - before)
    assert await room.look(path) is not None


async def test_it_ends_when_nothing_comes(tmp_path: Path) -> None:
    darkroom, before = Darkroom(COMMAND, idle=0.05), child_processes()
    path = kept(tmp_path, picture())
    for _ in range(2):
        assert await darkroom.look(path) is not None
        await eventually_async(lambda: not child_processes() - before)
    await darkroom.close()


@pytest.mark.parametrize("command", [HANGS, SPEAKS_NONSENSE, ENDS], ids=["hangs", "speaks nonsense", "ends"])
async def test_a_picture_at_which_it_fails_cannot_be_read(command: tuple[str, ...], tmp_path: Path) -> None:
    darkroom, before = Darkroom(command, seconds=0.5), child_processes()
    assert await darkroom.look(kept(tmp_path, picture())) is None
    with pytest.raises(Refused) as caught:
        await darkroom.avatar(picture())
    assert caught.value.code is Code.INVALID_IMAGE
    assert child_processes() == before


async def test_who_is_cancelled_leaves_no_answer_for_the_next(tmp_path: Path) -> None:
    darkroom, before = Darkroom(HANGS, seconds=30), child_processes()
    task = asyncio.create_task(darkroom.look(kept(tmp_path, picture())))
    await eventually_async(lambda: darkroom._process)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert child_processes() == before


async def test_where_it_cannot_be_started_the_server_says_so(tmp_path: Path) -> None:
    darkroom = Darkroom([str(tmp_path / "nothing")])
    with pytest.raises(StoreUnavailable):
        await darkroom.look(kept(tmp_path, picture()))
    with pytest.raises(StoreUnavailable):
        await darkroom.avatar(picture())
    await darkroom.close()


def test_the_work_itself(tmp_path: Path) -> None:
    data = picture()
    asked = [
        json.dumps({"path": str(kept(tmp_path, data, "good"))}).encode() + b"\n",
        json.dumps({"path": str(tmp_path / "gone")}).encode() + b"\n",
        json.dumps({"bytes": len(data)}).encode() + b"\n" + data,
        json.dumps({"bytes": 4}).encode() + b"\nnone",
    ]
    answers = io.BytesIO()
    darkroom_work.work(io.BytesIO(b"".join(asked)), answers)
    answers.seek(0)
    told = []
    while line := answers.readline():
        told.append(json.loads(line))
        told[-1]["picture"] = answers.read(told[-1]["bytes"])
    assert (told[0]["media_type"], told[0]["width"], told[0]["height"]) == ("image/png", 640, 400)
    assert opened(told[0]["picture"]).size == (512, 320)
    assert opened(told[2]["picture"]).size == (256, 256)
    assert (told[1], told[3]) == ({"bytes": 0, "picture": b""}, {"bytes": 0, "picture": b""})
