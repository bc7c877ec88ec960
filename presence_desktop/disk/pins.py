"""What is known of servers, kept from run to run: one JSON file, its owner's alone, written whole or not at all.

Decides where that lies and what becomes of a file that cannot be read: it is put aside (`pins.json.broken`) and people
are asked again, since nothing is trusted that nobody remembers. What cannot be written holds until the app ends.
"""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from presence_desktop.core.address import is_loopback
from presence_desktop.core.trust import Guard, Known
from presence_desktop.disk import own_file

logger = logging.getLogger(__name__)

_MOST_BYTES = 1_000_000


class _Kept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    guard: Guard
    fingerprint: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")] = ""


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    servers: dict[Annotated[str, Meta(max_length=1000)], _Kept] = {}


class PinFile:
    """The file with what is known of servers (`core.trust.Pins`). From any thread; one object for each file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._kept: dict[str, _Kept] | None = None

    def go_on_with(self, servers: Iterable[str]) -> None:
        """Servers that were talked to without encryption before anybody was asked: nobody is asked now."""
        if not self._path.exists():
            self.allow_plain(*(one for one in servers if one.startswith("http:") and not is_loopback(one)))

    def known(self, server: str) -> Known | None:
        """See `core.trust.Pins`."""
        with self._lock:
            kept = self._read().get(server)
        return None if kept is None else Known(kept.guard, kept.fingerprint)

    def trust(self, server: str, fingerprint: str) -> None:
        """See `core.trust.Pins`. Raises ValueError for what is no fingerprint."""
        if not fingerprint:
            raise ValueError("no fingerprint")
        self._put(server, _Kept(guard=Guard.KEY, fingerprint=fingerprint))

    def vouch(self, server: str) -> None:
        """See `core.trust.Pins`."""
        self._put(server, _Kept(guard=Guard.SYSTEM))

    def allow_plain(self, *servers: str) -> None:
        """See `core.trust.Pins`. The file is made even without any."""
        with self._lock:
            self._write(self._read() | dict.fromkeys(servers, _Kept(guard=Guard.PLAIN)))

    def forget(self, server: str) -> None:
        """See `core.trust.Pins`."""
        with self._lock:
            kept = self._read()
            if server in kept:
                self._write({name: one for name, one in kept.items() if name != server})

    def _put(self, server: str, known: _Kept) -> None:
        with self._lock:
            kept = self._read()
            if kept.get(server) != known:
                self._write({**kept, server: known})

    def _read(self) -> dict[str, _Kept]:
        if self._kept is None:
            self._kept = self._load()
        return self._kept

    def _load(self) -> dict[str, _Kept]:
        try:
            with self._path.open("rb") as file:
                return _read(file.read(_MOST_BYTES))
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            aside = own_file.put_aside(self._path)
            logger.warning("what is known of servers could not be understood; it was put aside as %s", aside)
        except OSError as error:
            logger.warning("what is known of servers could not be read: %s", error.strerror)
        return {}

    def _write(self, kept: dict[str, _Kept]) -> None:
        content = msgspec.json.encode(_File(servers=kept))
        self._kept = _read(content)
        try:
            own_file.write(self._path, msgspec.json.format(content, indent=2))
        except OSError as error:
            logger.warning("what is known of servers could not be kept: %s", error.strerror)


def _read(content: bytes) -> dict[str, _Kept]:
    """What is written there. Raises ValueError for what is no such file."""
    return msgspec.json.decode(content, type=_File).servers
