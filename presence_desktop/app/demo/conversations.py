"""Has the story said: one cue after another, each once the one before is answered; and answers to what oneself says.

Decides the order and the pauses; what is said stands in `story`, who is there is known to `colleagues`.
"""

import itertools
import logging
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Protocol
from uuid import UUID, uuid4

from presence_desktop.app.demo import story
from presence_desktop.app.demo.drawing import landscape_png, load_test_png
from presence_desktop.core import incoming
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.chat_events import (
    DmOpen,
    DmOpened,
    MessageMark,
    MessageNew,
    MessagePin,
    MessageReact,
    MessageSend,
    RoomCreate,
    RoomUpdated,
)
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.location_events import LocationUpdate, TypingUpdate

logger = logging.getLogger(__name__)

_BETWEEN = (12.0, 35.0)
"""Seconds between two dialogues."""
_FIRST = 6.0
_NOTICED = (1.0, 2.5)
"""Seconds until somebody has read what oneself wrote."""


class Actor(Protocol):
    """Somebody who can say something."""

    user_id: int
    here: bool

    @property
    def chat(self) -> ChatGateway:
        """Their way to the server."""
        ...


class Conversations:
    """The director. Call it from one thread only."""

    def __init__(
        self, actors: Mapping[str, Actor], chance: Random, later: Callable[[float, Callable[[], None]], None]
    ) -> None:
        """`later(seconds, what)` does something in a while."""
        self._actors = actors
        self._chance = chance
        self._later = later
        self._places: dict[str, int] = {}
        self._said: dict[str, Message] = {}
        self._newest: dict[int, int] = {}
        self._cues: deque[story.Cue] = deque()
        self._numbers = itertools.count(1)
        self._waiting: tuple[int, Callable[[object], None]] | None = None
        self._upload: tuple[UUID, Callable[[], None]] | None = None
        self._over: Callable[[], None] = lambda: None
        self._dialogues = itertools.cycle(story.DIALOGUES)
        self._quick = True

    def rehearse(self, folder: Path, over: Callable[[], None]) -> None:
        """Open the rooms and have the past said, at once; then `over`. Pictures are put into the folder meanwhile."""
        self._folder = folder
        self._over = over
        for name, colours in story.FACES.items():
            self._actors[name].chat.set_avatar(landscape_png(*colours), next(self._numbers))
        rooms = deque(story.ROOMS)
        direct = deque(story.DIRECT)

        def next_place() -> None:
            if rooms:
                self._open_room(rooms.popleft(), next_place)
            elif direct:
                self._open_direct(direct.popleft(), next_place)
            else:
                self._cues.extend(story.PAST)
                self._go_on()

        next_place()

    def go_on(self) -> None:
        """The curtain rises: from now on people type before they speak, and pause."""
        self._quick = False
        self._over = self._pause
        for key, room in story.ROOMS.items():
            for name in room.people:
                if name in self._actors and self._actors[name].here:
                    self._actors[name].chat.send(LocationUpdate(room_id=self._places[key]))
        self._later(_FIRST, self._next_dialogue)

    def hear(self, name: str, item: incoming.Incoming) -> None:
        """What one of them was told."""
        if isinstance(item, incoming.Answered | incoming.Refusal):
            self._answered(item)
        elif isinstance(item, incoming.UploadEnded):
            if self._upload is not None and self._upload[0] == item.id:
                (_, then), self._upload = self._upload, None
                then()
        elif isinstance(item, incoming.ChatEvent) and isinstance(item.event, MessageNew):
            self._heard(name, item.event.message)

    # --- one cue after another ---

    def _go_on(self) -> None:
        if not self._cues:
            self._over()
            return
        match self._cues.popleft():
            case story.Say() as say:
                self._say(say)
            case story.React(who, to, emoji):
                self._about(
                    who, to, lambda place, at: MessageReact(conversation_id=place, id=at, emoji=emoji)
                )
            case story.Pin(who, what):
                self._about(who, what, lambda place, at: MessagePin(conversation_id=place, id=at))
            case story.Read(where, who):
                for name in who:
                    self._mark(name, self._places[where])
                self._go_on()

    def _say(self, say: story.Say) -> None:
        actor = self._actors.get(say.who)
        if actor is None or not actor.here:
            self._go_on()
            return
        if self._quick:
            self._speak(say, actor)
            return
        actor.chat.send(TypingUpdate(conversation_id=self._places[say.where]))
        self._later(story.typing_seconds(say.text), lambda: self._speak(say, actor))

    def _speak(self, say: story.Say, actor: Actor) -> None:
        if not say.picture:
            self._send(say, actor, [])
            return
        picture = uuid4()
        path = self._folder / say.picture
        path.write_bytes(load_test_png())
        self._upload = (picture, lambda: self._send(say, actor, [picture]))
        actor.chat.upload(picture, str(path), say.picture)

    def _send(self, say: story.Say, actor: Actor, files: list[UUID]) -> None:
        answered = self._said.get(say.answers) if say.answers else None
        message = MessageSend(
            id=uuid4(),
            conversation_id=self._places[say.where],
            text=say.text,
            reply_to=None if answered is None else answered.id,
            attachments=files,
        )

        def then(answer: object) -> None:
            if isinstance(answer, MessageNew):
                self._newest[answer.message.conversation_id] = answer.message.seq
                self._said[say.name] = answer.message
            self._go_on()

        self._ask(actor, message, then)

    def _about(self, who: str, what: str, event: Callable[[int, UUID], Event]) -> None:
        """Something about what was said; nothing, if it was not."""
        actor, said = self._actors.get(who), self._said.get(what)
        if actor is None or said is None or not actor.here:
            self._go_on()
            return
        self._ask(actor, event(said.conversation_id, said.id), lambda _: self._go_on())

    # --- places ---

    def _open_room(self, key: str, then: Callable[[], None]) -> None:
        room = story.ROOMS[key]
        people = [self._actors[name].user_id for name in room.people[1:]]
        event = RoomCreate(
            id=uuid4(), title=room.title, topic=room.topic, visibility=room.visibility, user_ids=people
        )
        self._open(self._actors[room.people[0]], event, key, then)

    def _open_direct(self, key: str, then: Callable[[], None]) -> None:
        event = DmOpen(user_id=self._actors[story.SKY].user_id)
        self._open(self._actors[story.DIRECT[key]], event, key, then)

    def _open(self, actor: Actor, event: Event, key: str, then: Callable[[], None]) -> None:
        def opened(answer: object) -> None:
            if isinstance(answer, DmOpened | RoomUpdated):
                self._places[key] = answer.conversation.id
            then()

        self._ask(actor, event, opened)

    # --- life ---

    def _pause(self) -> None:
        self._later(self._chance.uniform(*_BETWEEN), self._next_dialogue)

    def _next_dialogue(self) -> None:
        self._cues.extend(next(self._dialogues))
        self._go_on()

    def _heard(self, name: str, message: Message) -> None:
        """Somebody was told of a message; what oneself wrote is read, and answered by one of them."""
        place, seq = message.conversation_id, message.seq
        first = seq > self._newest.get(place, 0)
        self._newest[place] = max(seq, self._newest.get(place, 0))
        mine = message.sender_id == self._actors[story.SKY].user_id
        if self._quick or not mine:
            return
        self._later(self._chance.uniform(*_NOTICED), lambda: self._mark(name, place))
        if first:
            self._later(_NOTICED[1], lambda: self._reply(name, message))

    def _reply(self, name: str, message: Message) -> None:
        actor = self._actors[name]
        if not actor.here:
            return
        place, number = message.conversation_id, next(self._numbers)
        if self._chance.random() < 0.3:
            emoji = self._chance.choice(story.REACTIONS)
            actor.chat.ask(MessageReact(conversation_id=place, id=message.id, emoji=emoji), number)
            return
        text = self._chance.choice(story.REPLIES)
        actor.chat.send(TypingUpdate(conversation_id=place))
        send = MessageSend(id=uuid4(), conversation_id=place, text=text)
        self._later(story.typing_seconds(text), lambda: actor.chat.ask(send, number))

    def _mark(self, name: str, place: int) -> None:
        actor, seq = self._actors[name], self._newest.get(place, 0)
        if actor.here:
            actor.chat.ask(MessageMark(conversation_id=place, read_seq=seq), next(self._numbers))

    # --- asking ---

    def _ask(self, actor: Actor, event: Event, then: Callable[[object], None]) -> None:
        number = next(self._numbers)
        self._waiting = (number, then)
        actor.chat.ask(event, number)

    def _answered(self, item: incoming.Answered | incoming.Refusal) -> None:
        if isinstance(item, incoming.Refusal) and item.ask is not None:
            logger.warning("%s was refused: %s", item.event, item.code.value)
        if self._waiting is not None and self._waiting[0] == item.ask:
            (_, then), self._waiting = self._waiting, None
            then(item.answer if isinstance(item, incoming.Answered) else None)
