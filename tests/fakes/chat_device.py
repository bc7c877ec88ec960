"""One device that writes and reads in conversations, as any client must: an outbox, and catching up by `change`.

What it writes stays in its outbox, in order, until it is acknowledged; one message of a conversation is on its way at a
time, again with the same id until there is an answer. It keeps what it has seen, and in `wrong` whatever the server
must never do.
"""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from presence_desktop.protocol.chat import Message, NewMessage
from presence_desktop.protocol.chat_events import (
    MessageChanged,
    MessageDelete,
    MessageEdit,
    MessageMissed,
    MessageNew,
    MessagePage,
    MessageReact,
    MessageSend,
    NotificationList,
    NotificationOverview,
)
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from tests.fakes.live_client import LiveClient

ANSWER_SECONDS = 2.0
"""How long an answer is waited for; then the connection counts as dead."""
RETRIED = {Code.UNAVAILABLE.value, Code.TOO_MANY_REQUESTS.value, Code.SERVER_ERROR.value}
"""Refusals after which the same is said again."""
DUPLICATED = 0.2
"""How often a message is sent twice at once."""


class Lost(ConnectionError):
    """The connection ended before an answer."""


class Outbox:
    """What is to be sent in one conversation, in order."""

    def __init__(self) -> None:
        self.waiting: list[NewMessage] = []
        self._some = asyncio.Event()

    def add(self, new: NewMessage) -> None:
        """After all others."""
        self.waiting.append(new)
        self._some.set()

    async def first(self) -> NewMessage:
        """What is to be sent next, waited for."""
        await self._some.wait()
        return self.waiting[0]

    def done(self) -> None:
        """The first one is acknowledged."""
        self.waiting.pop(0)
        if not self.waiting:
            self._some.clear()


class ChatDevice(LiveClient):
    """A device that roams between `urls` until it is `ended`. `one_server`: new messages must come in their order."""

    def __init__(
        self,
        token: str,
        user_id: int,
        *,
        urls: Sequence[str],
        conversations: Iterable[int],
        chance: random.Random,
        one_server: bool,
    ) -> None:
        super().__init__(token, user_id=user_id)
        self.urls = urls
        self.chance = chance
        self.one_server = one_server
        self.conversations = list(conversations)
        self.ended = False
        self.written: dict[int, list[UUID]] = defaultdict(list)
        """Everything ever written, by conversation, in order."""
        self.acknowledged: dict[UUID, Message] = {}
        self.changed: dict[UUID, Message] = {}
        """The last change of each message that this device was promised."""
        self.seen: dict[int, dict[UUID, Message]] = defaultdict(dict)
        self.wrong: list[str] = []
        self.connections = 0
        self._outbox = {conversation_id: Outbox() for conversation_id in self.conversations}
        self._wishes: asyncio.Queue[Event] = asyncio.Queue()
        self._stale = asyncio.Event()
        self._known: dict[int, int] = defaultdict(int)
        self._ahead: dict[int, set[int]] = defaultdict(set)
        self._newest: dict[int, int] = defaultdict(int)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0

    # --- what a person does -------------------------------------------------------------------------------

    def write(self, conversation_id: int, new: NewMessage) -> None:
        """Put a message into the outbox."""
        self.written[conversation_id].append(new.id)
        self._outbox[conversation_id].add(new)

    def change_mind(self) -> None:
        """Edit, delete or react to something: once, whatever comes of it."""
        own = [message for message in self.acknowledged.values() if message.deleted_at is None]
        if not own:
            return
        message = self.chance.choice(own)
        of: dict[str, Any] = {"conversation_id": message.conversation_id, "id": message.id}
        wish: Event
        match self.chance.randrange(4):
            case 0:
                wish = MessageDelete(**of)
            case 1:
                wish = MessageReact(**of, emoji="👍", on=self.chance.random() < 0.7)
            case _:
                wish = MessageEdit(**of, text=f"고침 {self.chance.getrandbits(40)}")
        self._wishes.put_nowait(wish)

    @property
    def unrest(self) -> dict[str, Any]:
        """What keeps it from being connected, having nothing more to say, and having caught up as far as it knows."""
        found = {
            "not connected": not self.connected,
            "unsent": {one: len(outbox.waiting) for one, outbox in self._outbox.items() if outbox.waiting},
            "wishes": self._wishes.qsize(),
            "ahead": {one: (self._known[one], ahead) for one, ahead in self._ahead.items() if ahead},
            "stale": self._stale.is_set(),
        }
        return {what: value for what, value in found.items() if value}

    # --- its life -----------------------------------------------------------------------------------------

    async def roam(self) -> None:
        """Connect, work, and come back whenever that ends; until `ended`."""
        while not self.ended:
            try:
                await self.connect(self.chance.choice(self.urls), within=3)
                await self._session()
            except* OSError:
                pass
            await self.drop()
            await asyncio.sleep(self.chance.uniform(0.02, 0.3))

    async def _session(self) -> None:
        """Everything that a connected device does, until the connection ends. Raises Lost."""
        self.connections += 1
        self._newest.clear()
        self._stale.set()
        assert self._task is not None
        async with asyncio.TaskGroup() as group:
            for work in (self._keep_up(), self._wish(), *map(self._send_all, self._outbox)):
                group.create_task(work)
            await asyncio.wait([self._task])
            raise Lost

    async def drop(self) -> None:
        """The connection is gone, and with it what was asked on it."""
        await super().drop()
        for future in self._answers.values():
            if not future.done():
                future.set_exception(Lost())
                future.exception()  # whoever asked may be gone too
        self._answers.clear()

    async def _send_all(self, conversation_id: int) -> None:
        outbox = self._outbox[conversation_id]
        while True:
            new = await outbox.first()
            event = MessageSend(conversation_id=conversation_id, **msgspec.structs.asdict(new))
            times = 2 if self.chance.random() < DUPLICATED else 1
            answers = await asyncio.gather(*(self.ask(event) for _ in range(times)))
            sent = [self._sent(new.id, answer) for answer in answers]
            if all(sent):
                outbox.done()
            else:
                await asyncio.sleep(self.chance.uniform(0.05, 0.4))

    def _sent(self, message_id: UUID, answer: Any) -> bool:
        if answer.get("success") is False:
            if answer["error"]["code"] not in RETRIED:
                self.wrong.append(f"{message_id} was refused: {answer['error']}")
            return False
        message = msgspec.convert(answer, MessageNew).message
        first = self.acknowledged.setdefault(message_id, message)
        if (message.id, message.seq, message.sender_id) != (message_id, first.seq, self.user_id):
            self.wrong.append(f"{message_id} was acknowledged as {message}, before as {first}")
        self._take(message)
        return True

    async def _wish(self) -> None:
        while True:
            wish = await self._wishes.get()
            answer = await self.ask(wish)
            if answer.get("success") is not False:
                message = msgspec.convert(answer, MessageChanged).message
                before = self.changed.get(message.id)
                if before is None or before.change < message.change:
                    self.changed[message.id] = message
                self._take(message)

    async def ask(self, event: Event) -> Any:
        """Send an event, and return its acknowledgement. Raises Lost."""
        self._asked += 1
        number = self._asked
        future = self._answers[number] = asyncio.get_running_loop().create_future()
        self._send(f"42{number}" + json.dumps([event.name, msgspec.to_builtins(event, str_keys=True)]))
        try:
            return await asyncio.wait_for(future, ANSWER_SECONDS)
        except TimeoutError:
            raise Lost from None
        finally:
            self._answers.pop(number, None)

    # --- what it sees -------------------------------------------------------------------------------------

    async def _keep_up(self) -> None:
        while True:
            await self._stale.wait()
            self._stale.clear()  # what is heard from now on may be newer than the answer
            overview = await self.ask(NotificationList())
            if overview.get("success") is False:
                self._stale.set()
                await asyncio.sleep(0.1)
                continue
            for conversation in msgspec.convert(overview, NotificationOverview).conversations:
                if conversation.last_change > self._known[conversation.id]:
                    await self._catch_up(conversation.id)

    async def _catch_up(self, conversation_id: int) -> None:
        more, after = True, self._known[conversation_id]
        while more:
            answer = await self.ask(MessageMissed(conversation_id=conversation_id, after=after, limit=50))
            if answer.get("success") is False:
                self._stale.set()
                return
            page = msgspec.convert(answer, MessagePage)
            for message in page.messages:
                self._keep(message)
            more = page.more
            after = page.messages[-1].change if more else page.last_change
        self._reach(conversation_id, after)

    def _packet(self, text: str) -> None:
        if text.startswith("43"):
            number, _, rest = text[2:].partition("[")
            future = self._answers.get(int(number))
            if future is not None and not future.done():
                future.set_result(json.loads("[" + rest)[0])
        else:
            super()._packet(text)

    def _event(self, event: str, payload: Any) -> None:
        if event == MessageNew.name:
            message = msgspec.convert(payload, MessageNew).message
            if self.one_server and message.seq <= self._newest[message.conversation_id]:
                self.wrong.append(f"{message.seq} was told after {self._newest[message.conversation_id]}")
            self._newest[message.conversation_id] = message.seq
            self._take(message)
        elif event == MessageChanged.name:
            self._take(msgspec.convert(payload, MessageChanged).message)
        elif event == "notification:stale":
            self._stale.set()
        else:
            super()._event(event, payload)

    def _take(self, message: Message) -> None:
        """A message came by itself: a gap before it is asked for."""
        self._keep(message)
        known = self._known[message.conversation_id]
        if message.change > known:
            self._ahead[message.conversation_id].add(message.change)
            self._reach(message.conversation_id, known)
            if self._ahead[message.conversation_id]:
                self._stale.set()

    def _keep(self, message: Message) -> None:
        known = self.seen[message.conversation_id].get(message.id)
        if known is not None and known.seq != message.seq:
            self.wrong.append(f"{message.id} was at {known.seq}, then at {message.seq}")
        if known is not None and known.change == message.change and known != message:
            self.wrong.append(f"two messages of one change: {known} and {message}")
        if known is None or known.change < message.change:
            self.seen[message.conversation_id][message.id] = message

    def _reach(self, conversation_id: int, change: int) -> None:
        ahead = self._ahead[conversation_id]
        known = max(change, self._known[conversation_id])
        while known + 1 in ahead:
            known += 1
        self._known[conversation_id] = known
        self._ahead[conversation_id] = {one for one in ahead if one > known}
