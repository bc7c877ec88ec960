"""Conversations over a real live link and a real SQLite file: joined as `server.main` joins them, but for accounts."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from presence_desktop.server.chat_side import ChatSide
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts.ports import NewAccount
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.transport.live import presence_events
from presence_desktop.server.transport.live.fanout import Fanout
from presence_desktop.server.transport.live.sockets import Sockets
from tests.fakes.presence import EPOCH, MemoryClaims, MemoryRows, profile
from tests.server.transport.live.presence_world import Client, World, authenticate
from tests.server.transport.serving import live

ANN, BOB, EVE, DAN = 1, 2, 3, 4
"""The people there are; their tokens are their ids."""


async def seed(file: Path) -> Path:
    """A database with these people, to be copied for each test."""
    database = Database(f"sqlite:///{file}")
    await schema.migrate(database)
    accounts = SqlAccounts(database)
    for user_id in (ANN, BOB, EVE, DAN):
        row = NewAccount(f"{user_id}@example.org", f"user{user_id}", "x")
        assert await accounts.add(row, invite=None, now=1)
    await database.close()
    return file


class ChatWorld(World):
    """A server of presence and conversations, and a way in."""

    side: ChatSide
    talks: Conversations

    @property
    def members(self) -> Membership:
        """What is remembered of who is in which conversation."""
        return self.side.members

    async def room(self, owner: Client, *people: int, **more: Any) -> int:
        """A room that somebody makes; its id. What was told of it is not taken off what people heard."""
        answer = await owner.ask(
            "room:create", {"id": str(uuid4()), "title": "Lab", "userIds": list(people), **more}
        )
        made: int = answer["conversation"]["id"]
        return made


def words(text: str, conversation_id: int, **more: Any) -> dict[str, Any]:
    """The payload of `message:send`."""
    return {"conversationId": conversation_id, "id": str(uuid4()), "text": text, **more}


@asynccontextmanager
async def chat_world(
    *, fast: bool, seeded: Path, folder: Path, clock: Clock | None = None, messages: int = 60
) -> AsyncIterator[ChatWorld]:
    """A world on a copy of `seeded` in `folder`."""
    clock = clock or SystemClock()
    file = folder / "presence.db"
    shutil.copy(seeded, file)
    database = Database(f"sqlite:///{file}")
    config = Config(data_dir=folder, messages=messages)
    async with live(fast=fast) as link:
        sockets = Sockets()
        fanout = Fanout(outbox=link.outbox, rooms=link.outbox, sockets=sockets, profiles=profile, epoch=EPOCH)
        side = ChatSide(config, database, clock, link.outbox, sockets)
        presence = PresenceService(
            clock=clock,
            publisher=fanout,
            profiles=profile,
            rows=MemoryRows(),
            claims=MemoryClaims(),
            epoch=EPOCH,
            nearby=side.nearby,
        )
        await presence.start()
        there = ChatWorld(link, presence, fanout, sockets)
        there.side, there.talks = side, side.join(presence, profile)
        door = presence_events.attach(
            link.sio,
            presence=presence,
            attendance=there.talks.attendance,
            authenticate=authenticate,
            outbox=link.outbox,
            rooms=link.outbox,
            sockets=sockets,
        )
        side.attach(link.sio, door, there.talks, presence)
        try:
            yield there
        finally:
            await there.leave()
            await there.talks.stop(1)
            await presence.stop()
            await database.close()
