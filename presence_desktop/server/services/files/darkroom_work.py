"""The work of the darkroom, in a process of its own: one request after the other, until there are no more.

A request is a line of JSON, `{"path"}` or `{"bytes": N}` and N bytes; so is an answer: `{"bytes": N}`, with what the
picture is beside it, and N bytes, the new picture. Without bytes there is none.
"""

import json
from pathlib import Path
from typing import IO, Any

from msgspec.structs import asdict

from presence_desktop.protocol.errors import Refused
from presence_desktop.server.services.files import images


def work(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Do everything that is asked for, until the end of the requests."""
    while line := requests.readline():
        asked: dict[str, Any] = json.loads(line)
        if "path" in asked:
            told, picture = _look(Path(asked["path"]))
        else:
            told, picture = {}, _avatar(requests.read(asked["bytes"]))
        answers.write(json.dumps({**told, "bytes": len(picture)}).encode() + b"\n" + picture)
        answers.flush()


def _look(path: Path) -> tuple[dict[str, Any], bytes]:
    look = images.looked_at(path)
    if look is None:
        return {}, b""
    told = asdict(look)
    return told, told.pop("thumbnail")


def _avatar(data: bytes) -> bytes:
    try:
        return images.avatar(data)
    except Refused:
        return b""
