"""Whoever sends or takes a file too slowly is let go; what is gone is said to be gone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.files.service import BrokenOff
from presence_desktop.server.transport.rest import files, ranges
from presence_desktop.server.transport.rest.ranges import FileAnswer
from tests.waiting import eventually_async

SCOPE: dict[str, Any] = {"type": "http", "method": "GET", "path": "/", "headers": []}


def request(receive: Receive) -> Request:
    return Request({**SCOPE, "method": "PUT"}, receive)


async def taken(pieces: AsyncIterator[bytes], into: bytearray) -> None:
    async for piece in pieces:
        into += piece


async def silent() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


def first_and_then(then: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": b"first", "more_body": True}]

    async def receive() -> Message:
        return messages.pop() if messages else await then()

    return receive


async def test_who_falls_silent_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SILENCE_SECONDS", 0.05)
    got = bytearray()
    with pytest.raises(BrokenOff):
        await taken(files.arriving(request(first_and_then(silent))), got)
    assert got == b"first"


async def test_who_is_gone_is_let_go() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    got = bytearray()
    with pytest.raises(BrokenOff):
        await taken(files.arriving(request(first_and_then(gone))), got)
    assert got == b"first"


async def test_when_the_server_stops_what_came_is_kept() -> None:
    got = bytearray()
    task = asyncio.create_task(taken(files.arriving(request(first_and_then(silent))), got))
    await eventually_async(lambda: got)
    task.cancel()
    with pytest.raises(BrokenOff):
        await task


def answer(path: Path, size: int) -> FileAnswer:
    return FileAnswer(path, size, "application/octet-stream", "tag", {})


async def test_who_takes_nothing_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "STALL_SECONDS", 0.05)
    path = tmp_path / "file"
    path.write_bytes(b"x" * 300_000)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) > 2:
            await asyncio.Event().wait()

    await answer(path, 300_000)(SCOPE, silent, send)
    assert [message["type"] for message in sent] == ["http.response.start"] + ["http.response.body"] * 2
    assert sent[-1]["more_body"] is True


async def test_a_file_that_has_just_been_removed(tmp_path: Path) -> None:
    async def send(message: Message) -> None:
        raise AssertionError(message)

    with pytest.raises(Refused) as caught:
        await answer(tmp_path / "gone", 10)(SCOPE, silent, send)
    assert caught.value.code is Code.UNKNOWN_FILE


async def test_a_file_shorter_than_it_was_ends_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await answer(path, 20)(SCOPE, silent, send)
    assert [message.get("body") for message in sent] == [None, b"x" * 10, b""]
