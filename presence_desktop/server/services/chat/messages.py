"""What people do with messages: send, edit, delete, react, pin, mark; each stored before it is answered and told.

The rules are `domain.messages` and `domain.rooms`; what shares a transaction is `commit`'s.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from presence_desktop.protocol import chat
from presence_desktop.protocol.chat_events import (
    MessageChanged,
    MessageMarks,
    MessageNew,
    NotificationMention,
    NotificationUnread,
)
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import marks as marking
from presence_desktop.server.domain import messages, rooms
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.messages import File, Letter
from presence_desktop.server.domain.rooms import Circle
from presence_desktop.server.domain.searching import folded
from presence_desktop.server.services.chat import views
from presence_desktop.server.services.chat.commit import Outcome, Told
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.means import Means

Change = Callable[[Letter, Circle], Letter]


class ChatService:
    """The messages of all conversations.

    `visible` says whether others may know that somebody is here; `quiet` is told who has just sent something: they
    are no longer typing.
    """

    def __init__(
        self,
        means: Means,
        *,
        visible: Callable[[int], bool],
        quiet: Callable[[int, int], None],
    ) -> None:
        self._means = means
        self._visible = visible
        self._quiet = quiet

    async def send(
        self, user_id: int, conversation_id: int, new: chat.NewMessage
    ) -> tuple[chat.Message, bool]:
        """Store a message, or find the one stored before with this id; whether it is new. Raises Refused."""
        ids = {new.id} if new.reply_to is None else {new.id, new.reply_to}
        wanted = Wanted(
            conversations=frozenset({conversation_id}),
            messages=frozenset(ids),
            files=frozenset(new.attachments),
        )

        def decide(ledger: Ledger) -> Outcome[tuple[chat.Message, bool]]:
            circle, _ = rooms.place(ledger.circles.get(conversation_id), user_id)
            before = ledger.letters.get(new.id)
            if before is not None:
                if (before.sender_id, before.conversation_id) != (user_id, conversation_id):
                    raise Refused(Code.ID_TAKEN)
                # whoever sends again was not answered: perhaps the others were not told either
                known = views.message(before)
                return Outcome((known, False), [(list(circle.people), MessageChanged(message=known))])
            letter = ledger.add(self._written(user_id, circle, new, ledger))
            return Outcome((views.message(letter), True), _news(circle, letter))

        sent, is_new = await self._means.committer.do(wanted, decide)
        self._quiet(conversation_id, user_id)
        return sent, is_new

    async def edit(self, user_id: int, conversation_id: int, message_id: UUID, text: str) -> chat.Message:
        """Change the text of one's own message. Raises Refused."""
        now = self._means.clock.now()

        def change(letter: Letter, circle: Circle) -> Letter:
            return messages.edited(letter, user_id, text, lambda: self._names(circle), now)

        return await self._change(user_id, conversation_id, message_id, change)

    async def delete(self, user_id: int, conversation_id: int, message_id: UUID) -> chat.Message:
        """Delete a message: one's own, or as who leads the room. Raises Refused."""
        now = self._means.clock.now()

        def change(letter: Letter, circle: Circle) -> Letter:
            return messages.deleted(letter, user_id, leads=rooms.leads(circle, user_id), now=now)

        return await self._change(user_id, conversation_id, message_id, change)

    async def react(
        self, user_id: int, conversation_id: int, message_id: UUID, emoji: str, *, on: bool
    ) -> chat.Message:
        """Give a reaction, or take it back. Raises Refused."""

        def change(letter: Letter, _circle: Circle) -> Letter:
            return messages.reacted(letter, user_id, emoji, on=on)

        return await self._change(user_id, conversation_id, message_id, change)

    async def pin(self, user_id: int, conversation_id: int, message_id: UUID, *, on: bool) -> chat.Message:
        """Pin a message, or take that back. Raises Refused."""
        now = self._means.clock.now()
        wanted = _one_message(conversation_id, message_id) | Wanted(pins=frozenset({conversation_id}))

        def decide(ledger: Ledger) -> Outcome[chat.Message]:
            circle, letter = _at_hand(ledger, user_id, conversation_id, message_id)
            if not rooms.may_pin(circle, user_id):
                raise Refused(Code.FORBIDDEN)
            pins = ledger.pins.get(conversation_id, 0)
            return _changed(ledger, circle, messages.pinned(letter, user_id, on=on, pins=pins, now=now))

        return await self._means.committer.do(wanted, decide)

    async def mark(
        self, user_id: int, conversation_id: int, *, delivered: int, read: int
    ) -> tuple[MessageMarks, NotificationUnread]:
        """Say how far one is; one's own marks and counts after that. Raises Refused."""
        key = conversation_id, user_id
        visible = self._visible(user_id)

        def decide(ledger: Ledger) -> Outcome[tuple[Marks, bool]]:
            circle, _ = rooms.place(ledger.circles.get(conversation_id), user_id)
            before = ledger.marks.get(key, Marks())
            after = marking.moved(before, delivered, read, circle.last_seq, visible=visible)
            if after == before:
                return Outcome((after, False))
            ledger.mark(conversation_id, user_id, after)
            told: Told = [([user_id], views.own_marks(conversation_id, user_id, after))]
            if views.shown_marks(*key, after) != views.shown_marks(*key, before):
                told.append((_others(circle, user_id), views.shown_marks(conversation_id, user_id, after)))
            return Outcome((after, after.read != before.read), told)

        wanted = Wanted(conversations=frozenset({conversation_id}), marks=frozenset({key}))
        after, has_read = await self._means.committer.do(wanted, decide)
        unread, mentions = await self._means.store.counts(conversation_id, user_id)
        counts = NotificationUnread(
            conversation_id=conversation_id, read_seq=after.read, unread=unread, mentions=mentions
        )
        if has_read:
            self._means.publisher.tell([user_id], counts)
        return views.own_marks(conversation_id, user_id, after), counts

    async def appeared(self, user_ids: Collection[int]) -> None:
        """These people are shown as here again: what they read while they were not may be known now."""
        hidden = await self._means.store.hidden_marks(user_ids)
        await asyncio.gather(*(self._show(user_id, conversation_id) for user_id, conversation_id in hidden))

    async def _show(self, user_id: int, conversation_id: int) -> None:
        key = conversation_id, user_id

        def decide(ledger: Ledger) -> Outcome[None]:
            circle, before = ledger.circles.get(conversation_id), ledger.marks.get(key)
            if circle is None or before is None or not self._visible(user_id):
                return Outcome(None)
            after = marking.shown(before)
            ledger.mark(conversation_id, user_id, after)
            return Outcome(
                None, [(_others(circle, user_id), views.shown_marks(conversation_id, user_id, after))]
            )

        wanted = Wanted(conversations=frozenset({conversation_id}), marks=frozenset({key}))
        await self._means.committer.do(wanted, decide)

    async def _change(
        self, user_id: int, conversation_id: int, message_id: UUID, change: Change
    ) -> chat.Message:
        def decide(ledger: Ledger) -> Outcome[chat.Message]:
            circle, letter = _at_hand(ledger, user_id, conversation_id, message_id)
            return _changed(ledger, circle, change(letter, circle))

        return await self._means.committer.do(_one_message(conversation_id, message_id), decide)

    def _written(self, user_id: int, circle: Circle, new: chat.NewMessage, ledger: Ledger) -> Letter:
        reply = None
        if new.reply_to is not None:
            reply = messages.quoted(_in_circle(ledger, circle, new.reply_to))
        draft = Letter(
            new.id,
            circle.id,
            seq=0,
            change=0,
            sender_id=user_id,
            text="",
            sent_at=self._means.clock.now(),
            reply_to=reply,
            files=tuple(_own_file(ledger, user_id, file_id) for file_id in dict.fromkeys(new.attachments)),
        )
        return messages.with_text(draft, new.text, lambda: self._names(circle))

    def _names(self, circle: Circle) -> Mapping[str, Collection[int]]:
        names: dict[str, list[int]] = {}
        for profile in map(self._means.profiles, circle.people):
            if profile is not None:
                names.setdefault(folded(profile.username), []).append(profile.user_id)
        return names


def _news(circle: Circle, letter: Letter) -> Told:
    told: Told = [(list(circle.people), MessageNew(message=views.message(letter)))]
    who = circle.people if letter.mentions_all else letter.mentions
    mentioned = [user_id for user_id in who if user_id != letter.sender_id]
    if mentioned and letter.sender_id is not None:
        mention = NotificationMention(
            conversation_id=circle.id, id=letter.id, seq=letter.seq, sender_id=letter.sender_id
        )
        told.append((mentioned, mention))
    return told


def _one_message(conversation_id: int, message_id: UUID) -> Wanted:
    return Wanted(conversations=frozenset({conversation_id}), messages=frozenset({message_id}))


def _at_hand(ledger: Ledger, user_id: int, conversation_id: int, message_id: UUID) -> tuple[Circle, Letter]:
    circle, _ = rooms.place(ledger.circles.get(conversation_id), user_id)
    return circle, _in_circle(ledger, circle, message_id)


def _in_circle(ledger: Ledger, circle: Circle, message_id: UUID) -> Letter:
    letter = ledger.letters.get(message_id)
    if letter is None or letter.conversation_id != circle.id:
        raise Refused(Code.UNKNOWN_MESSAGE)
    return letter


def _own_file(ledger: Ledger, user_id: int, file_id: UUID) -> File:
    file = ledger.files.get(file_id)
    if file is None or file.owner_id != user_id:
        raise Refused(Code.UNKNOWN_FILE)
    if file.message_id is not None:
        raise Refused(Code.ID_TAKEN, "This file is on a message already.")
    return file


def _changed(ledger: Ledger, circle: Circle, after: Letter) -> Outcome[chat.Message]:
    if after == ledger.letters[after.id]:
        return Outcome(views.message(after))
    placed = views.message(ledger.put(after))
    return Outcome(placed, [(list(circle.people), MessageChanged(message=placed))])


def _others(circle: Circle, user_id: int) -> list[int]:
    return [one for one in circle.people if one != user_id]
