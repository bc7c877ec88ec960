"""Avatars: made of what people send, kept under random names, told to everybody as part of the profile.

Decides when the old one goes. The rules of pictures are `images`'; who has which avatar is the accounts'.
"""

import asyncio
import re
import secrets
from pathlib import Path

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.accounts.directory import Accounts, count_try
from presence_desktop.server.services.files.ports import AvatarFolder, Pictures
from presence_desktop.server.services.ports import Clock

PATH = "/api/avatars/"
"""Where avatars are fetched from."""
_NAME = re.compile(r"[0-9a-f]{32}\.png")
_RANDOM_BYTES = 16
_YOUNG = 3_600_000
"""A picture younger than this (ms) may be about to become somebody's."""


class AvatarService:
    """The avatars of all accounts."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        folder: AvatarFolder,
        pictures: Pictures,
        clock: Clock,
        pace: Window | None = None,
    ) -> None:
        """`pace` bounds the changes of each user (10 in a minute)."""
        self._accounts = accounts
        self._folder = folder
        self._pictures = pictures
        self._clock = clock
        self._pace = Window(10, 60_000) if pace is None else pace

    async def set(self, user_id: int, data: bytes) -> str:
        """Make this picture somebody's avatar; where it is fetched from.

        Raises Refused: FILE_TOO_LARGE, INVALID_IMAGE, TOO_MANY_REQUESTS; StoreUnavailable.
        """
        if len(data) > limits.AVATAR_BYTES:
            raise Refused(Code.FILE_TOO_LARGE)
        count_try(self._pace, str(user_id), self._clock.now())
        picture = await self._pictures.avatar(data)
        name = f"{secrets.token_hex(_RANDOM_BYTES)}.png"
        await asyncio.to_thread(self._folder.put, name, picture)
        await self._change(user_id, PATH + name)
        return PATH + name

    async def clear(self, user_id: int) -> None:
        """Somebody has no avatar any more."""
        await self._change(user_id, None)

    def find(self, name: str) -> Path:
        """Where the picture of this name lies. Raises Refused(UNKNOWN_FILE)."""
        path = self._folder.find(name) if _NAME.fullmatch(name) else None
        if path is None:
            raise Refused(Code.UNKNOWN_FILE)
        return path

    async def sweep(self) -> int:
        """Remove the pictures that are nobody's; how many."""
        before = self._clock.now() - _YOUNG
        names = await asyncio.to_thread(self._folder.names, before=before)
        kept = self._accounts.avatars()
        nobodys = [name for name in names if PATH + name not in kept]
        for name in nobodys:
            await asyncio.to_thread(self._folder.remove, name)
        return len(nobodys)

    async def _change(self, user_id: int, avatar: str | None) -> None:
        old = await self._accounts.set_avatar(user_id, avatar)
        if old is not None and old != avatar and old.startswith(PATH):
            await asyncio.to_thread(self._folder.remove, old.removeprefix(PATH))
