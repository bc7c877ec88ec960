"""Where pictures are decoded: a process of its own, so that no picture holds up the server, or takes it along.

Decoders hold Python's lock for seconds, take hundreds of megabytes, and are where bad files do harm. The process is
started when the first picture comes, does one after the other, and ends when none has come for a while. One that takes
too long is ended: that picture counts as one that cannot be read. What the process does is `darkroom_work`.
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import Look
from presence_desktop.server.services.files.ports import Pictures
from presence_desktop.server.services.ports import StoreUnavailable

_BROKEN = (TimeoutError, OSError, EOFError, ValueError)


class Darkroom(Pictures):
    """Runs `command`, which is to call `darkroom_work.work`. `seconds` is what one picture may take."""

    def __init__(self, command: Sequence[str], *, seconds: float = 20, idle: float = 60) -> None:
        self._command = tuple(command)
        self._seconds = seconds
        self._idle = idle
        self._one = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._resting: asyncio.subprocess.Process | None = None
        """The one before, which was asked to end."""
        self._timer: asyncio.TimerHandle | None = None

    async def look(self, path: Path) -> Look | None:
        """See Pictures."""
        told, thumbnail = await self._ask({"path": str(path)}, b"")
        return Look(told["media_type"], told["width"], told["height"], thumbnail) if thumbnail else None

    async def avatar(self, data: bytes) -> bytes:
        """See Pictures."""
        _, picture = await self._ask({"bytes": len(data)}, data)
        if not picture:
            raise Refused(Code.INVALID_IMAGE)
        return picture

    async def close(self) -> None:
        """End the process."""
        if self._timer is not None:
            self._timer.cancel()
        ending = self._process, self._resting
        self._process = self._resting = None
        for process in ending:
            if process is not None:
                with suppress(ProcessLookupError):  # it has ended already
                    process.kill()
                await process.wait()

    async def _ask(self, request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        sent = json.dumps(request).encode() + b"\n" + body
        async with self._one:
            while True:
                before = self._process
                process = await self._running()
                try:
                    async with asyncio.timeout(self._seconds):
                        answer = await _exchange(process, sent)
                except _BROKEN as error:
                    await self.close()
                    if process is before and not isinstance(error, TimeoutError):
                        continue  # it may have died of an earlier picture, or of none
                    return {}, b""
                except asyncio.CancelledError:  # nobody waits for the answer that is still to come
                    await self.close()
                    raise
                self._timer = asyncio.get_running_loop().call_later(self._idle, self._rest, process)
                return answer

    async def _running(self) -> asyncio.subprocess.Process:
        if self._timer is not None:
            self._timer.cancel()
        if self._process is None:
            pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *self._command, stdin=pipe, stdout=pipe, stderr=nowhere, start_new_session=True
                )
            except OSError as error:
                raise StoreUnavailable(f"{self._command[0]}: {error.strerror}") from error
        return self._process

    def _rest(self, process: asyncio.subprocess.Process) -> None:
        """Nothing has come for a while: at the end of its input the process ends by itself."""
        self._process, self._resting = None, process
        cast(asyncio.StreamWriter, process.stdin).close()


async def _exchange(process: asyncio.subprocess.Process, request: bytes) -> tuple[dict[str, Any], bytes]:
    requests = cast(asyncio.StreamWriter, process.stdin)
    answers = cast(asyncio.StreamReader, process.stdout)
    requests.write(request)
    await requests.drain()
    told: dict[str, Any] = json.loads(await answers.readline())
    return told, await answers.readexactly(told.pop("bytes"))
