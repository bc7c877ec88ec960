"""Password hashes: argon2id, in a few threads of its own, so that hashing never holds up the event loop.

Decides the cost of a hash (19 MiB, 2 passes: OWASP's) and how many are made at once. For an account that does not exist
the same work is done on a hash that nothing matches.
"""

import asyncio
import base64
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from presence_desktop.protocol.errors import Code, Refused

Answer = TypeVar("Answer")

_WAITING_AT_MOST = 200


class Passwords:
    """Makes and verifies password hashes."""

    def __init__(self, workers: int) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._nobody = _hash_of_nothing(self._hasher)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="password")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """The hash to keep. Raises Refused(UNAVAILABLE) when too many wait already."""
        return await self._run(self._hasher.hash, _normal(password))

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; with no hash kept, False after the same work."""
        verified = await self._run(self._verify, kept or self._nobody, _normal(password))
        return verified and kept is not None

    @property
    def waiting(self) -> int:
        """How many are being hashed, or wait for it."""
        return self._waiting

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., Answer], *arguments: str) -> Answer:
        if self._waiting >= _WAITING_AT_MOST:
            raise Refused(Code.UNAVAILABLE)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._waiting -= 1


def _normal(password: str) -> str:
    """One form for what keyboards of different systems make of the same keys (composed and decomposed Hangul)."""
    return unicodedata.normalize("NFC", password)


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = secrets.token_bytes(hasher.salt_len), secrets.token_bytes(hasher.hash_len)
    return f"$argon2id$v=19${cost}${_unpadded(salt)}${_unpadded(digest)}"


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
