"""Presence over a real live link on a free port, on a clock of choice; clients that keep everything they hear."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.domain.presence import Rules
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.ports import Company
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.live import presence_events
from presence_desktop.server.transport.live.fanout import Fanout
from presence_desktop.server.transport.live.outbox import FULL, PLAIN
from presence_desktop.server.transport.live.sockets import Sockets
from tests.fakes.presence import EPOCH, MemoryClaims, MemoryRows, profile
from tests.server.transport.raw_socket import Closed, RawSocket, connected
from tests.server.transport.serving import Live, live

Event = tuple[str, Any]
SECONDS = 5.0


def authenticate(token: str) -> Identity:
    """Tokens of these tests are the user id, with the name of the sign-in after a dash: `1-laptop`."""
    user_id, _, family = token.partition("-")
    if not user_id.isdecimal():
        raise Refused(Code.TOKEN_INVALID)
    return Identity(int(user_id), f"user{user_id}", family)


async def anybody(_conversation_id: int) -> Company:
    """Everybody is a member of everything."""
    return Company(range(1, 1000))


class Client:
    """A socket that was let in. `heard` is everything it was told since it was last asked."""

    def __init__(self, socket: RawSocket, sid: str) -> None:
        self.socket = socket
        self.sid = sid
        self.heard: list[Event] = []
        self.acks: dict[int, Any] = {}
        self.ended: Closed | None = None
        self._number = 0
        self._news = asyncio.Condition()
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            while True:
                await self._take(str(await self.socket.hear()))
        except Closed as end:
            self.ended = end
        except TimeoutError:
            self.ended = Closed(None, "silence")
        async with self._news:
            self._news.notify_all()

    async def _take(self, text: str) -> None:
        async with self._news:
            if text.startswith("42"):
                name, *arguments = json.loads(text[2:])
                self.heard.append((name, arguments[0] if arguments else None))
            elif text.startswith("43"):
                number, _, body = text[2:].partition("[")
                self.acks[int(number)] = json.loads("[" + body)
            else:
                self.heard.append((text, None))
            self._news.notify_all()

    async def until(self, predicate: Callable[[], Any]) -> None:
        async with asyncio.timeout(SECONDS), self._news:
            await self._news.wait_for(predicate)

    def emit(self, event: str, *arguments: Any) -> None:
        self.socket.say("42" + json.dumps([event, *arguments]))

    async def ask(self, event: str, *arguments: Any) -> Any:
        """Emit with an acknowledgement; what it is answered."""
        self._number += 1
        number = self._number
        self.socket.say(f"42{number}" + json.dumps([event, *arguments]))
        await self.until(lambda: number in self.acks or self.ended)
        assert number in self.acks, f"ended ({self.ended}) without an answer: {self.heard}"
        return self.acks[number][0]

    async def all_heard(self) -> list[Event]:
        """Everything told until now; a heartbeat marks where now is."""
        await self.ask("heartbeat")
        heard = [event for event in self.heard if event[0] != "heartbeat:ack"]
        self.heard.clear()
        return heard

    async def wait_for(self, event: str) -> Any:
        """The payload of the first event of this name; it and what was heard before it are done with."""
        await self.until(lambda: self.ended or any(name == event for name, _ in self.heard))
        at = next((at for at, (name, _) in enumerate(self.heard) if name == event), None)
        assert at is not None, f"ended ({self.ended}) without {event}: {self.heard}"
        payload = self.heard[at][1]
        del self.heard[: at + 1]
        return payload

    async def close(self, *, goodbye: bool = True) -> None:
        if goodbye:
            self.socket.say("41")
        self.socket.writer.close()
        await self.stop()

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])


class World:
    """A server of presence, and a way in."""

    def __init__(self, link: Live, presence: PresenceService, fanout: Fanout, sockets: Sockets) -> None:
        self.link = link
        self.presence = presence
        self.fanout = fanout
        self.sockets = sockets
        self._open = AsyncExitStack()

    async def refused(self, auth: Any) -> dict[str, Any]:
        """What CONNECT_ERROR says."""
        async with connected(self.link.port) as socket:
            await socket.hear()
            socket.say("40" if auth is None else "40" + json.dumps(auth))
            answer = str(await socket.hear())
            assert answer.startswith("44"), answer
            refusal: dict[str, Any] = json.loads(answer[2:])
            return refusal

    async def join(self, token: str, **auth: Any) -> Client:
        """Sign a client in, as far as being accepted."""
        socket = await self._open.enter_async_context(connected(self.link.port))
        sid = await socket.join(json.dumps({"token": token, **auth}))
        client = Client(socket, sid)
        self._open.push_async_callback(client.stop)
        return client

    async def welcome(self, token: str, **auth: Any) -> Client:
        """Sign a client in; its first two events are done with."""
        client = await self.join(token, **auth)
        await client.until(lambda: len(client.heard) >= 2)
        client.heard.clear()
        return client

    async def leave(self) -> None:
        await self._open.aclose()


@asynccontextmanager
async def world(
    *, fast: bool, clock: Clock | None = None, rules: Rules | None = None, per_user: int = 20, **options: Any
) -> AsyncIterator[World]:
    """Everything but accounts and a database, joined as `server.main` joins it."""
    async with live(fast=fast, wide_rooms=(PLAIN, FULL)) as link:
        sockets = Sockets(per_user=per_user)
        fanout = Fanout(outbox=link.outbox, rooms=link.outbox, sockets=sockets, profiles=profile, epoch=EPOCH)
        presence_clock = clock or SystemClock()
        presence = PresenceService(
            clock=presence_clock,
            publisher=fanout,
            profiles=profile,
            rows=MemoryRows(),
            claims=MemoryClaims(),
            epoch=EPOCH,
            rules=rules,
            **options,
        )
        await presence.start()
        attendance = Attendance(presence, Membership(anybody, presence_clock), lambda _: None)
        presence_events.attach(
            link.sio,
            presence=presence,
            authenticate=authenticate,
            attendance=attendance,
            outbox=link.outbox,
            rooms=link.outbox,
            sockets=sockets,
        )
        there = World(link, presence, fanout, sockets)
        try:
            yield there
        finally:
            await there.leave()
            await attendance.stop()
            await presence.stop()
