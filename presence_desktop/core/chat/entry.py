"""One conversation as far as the client knows it, and what each piece of news does to it.

Decides what counts as unread, how far a message got, whether something was missed. Keeps nothing on the disk and asks
nothing: `book`, `catch_up` and `marks` do. `Talk` is what others see of it.
"""

from collections.abc import Sequence

import msgspec

from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.chat_ports import KeptTalk, Progress
from presence_desktop.protocol.chat import Conversation, Kind, Member, MemberRole, Message
from presence_desktop.protocol.chat_events import MessageMarks, NotificationUnread


class Entry:
    """A conversation. `me` is one's own user id."""

    def __init__(self, conversation: Conversation, me: int) -> None:
        self.me = me
        self.shape = conversation
        """As it was told last; its marks, counts and last numbers are not kept up, those below are."""
        self.members = {member.user_id: member for member in conversation.members}
        self.known_change = conversation.last_change
        """Every message of the cache is right as of this change."""
        self.last_seq = conversation.last_seq
        self.unread = conversation.unread or 0
        self.mentions = conversation.mentions or 0
        self.read_seq = self._own().read_seq
        self.last = conversation.last_message
        self.muted = False
        self.draft = ""
        self.typing: tuple[int, ...] = ()
        self.waiting: Message | None = None
        """The last one of those in the outbox."""
        self.unsent = 0
        self.failed = 0
        self._ahead: set[int] = set()
        self._counted_change = conversation.last_change
        self._reach: tuple[int, int] | None = None
        self._talk: Talk | None = None

    @classmethod
    def kept(cls, kept: KeptTalk, me: int) -> "Entry":
        """The conversation as it was kept."""
        entry = cls(kept.conversation, me)
        how = kept.progress
        entry.known_change, entry.last_seq, entry.read_seq = how.known_change, how.last_seq, how.read_seq
        entry.unread, entry.mentions, entry.muted = how.unread, how.mentions, how.muted
        entry.draft, entry.last = kept.draft, kept.last
        return entry

    @property
    def id(self) -> int:
        """The conversation's id."""
        return self.shape.id

    @property
    def progress(self) -> Progress:
        """How far this computer is."""
        return Progress(
            self.known_change, self.last_seq, self.read_seq, self.unread, self.mentions, self.muted
        )

    @property
    def last_at(self) -> int:
        """When something was last said here."""
        said = [message.sent_at for message in (self.last, self.waiting) if message is not None]
        return max(said, default=self.shape.created_at)

    @property
    def talk(self) -> Talk:
        """What others see of it."""
        if self._talk is None:
            self._talk = self._told()
        return self._talk

    def changed(self) -> None:
        """Something that `talk` tells is different."""
        self._talk = None

    # --- the conversation itself ---

    def reshape(self, new: Conversation) -> bool:
        """The conversation as it is told now; whether that is news. Marks only grow."""
        if new.version < self.shape.version:
            return False
        self.shape = new
        self.members = {
            member.user_id: _further(self.members.get(member.user_id), member) for member in new.members
        }
        self.read_seq = max(self.read_seq, self._own().read_seq)
        self._reach = None
        self.changed()
        return True

    def counted(self, told: Conversation, since: Sequence[Message]) -> None:
        """The server's counts; `since` are the kept messages above the last one it counted."""
        self.unread, self.mentions = told.unread or 0, told.mentions or 0
        self._counted_change = told.last_change
        if self.read_seq > self._own().read_seq and self.read_seq >= told.last_seq:
            self.unread = self.mentions = 0
        for message in since:
            self._count(message)
        if told.last_message is not None:
            self._note_last(told.last_message)
        self.last_seq = max(self.last_seq, told.last_seq)
        self.changed()

    def restart(self, told: Conversation) -> None:
        """Nothing kept counts any more: too much was missed, or the server is not the one it was."""
        self.known_change, self.last_seq = told.last_change, told.last_seq
        self.read_seq = min(self.read_seq, told.last_seq)
        self.last = told.last_message
        self._ahead.clear()
        self.changed()

    # --- messages ---

    def hear(self, message: Message, before: Message | None = None) -> bool:
        """A message as it is now, and as it was kept, where that is needed (`recounts`); whether it is news."""
        fresh = message.change > self.known_change and message.change not in self._ahead
        if fresh:
            self._ahead.add(message.change)
            self._follow()
        newest = message.seq > self.last_seq
        if newest:
            self.last_seq = message.seq
            self._count(message)
        elif fresh and message.change > self._counted_change and self.recounts(message):
            self._recount(message, before)
        self._note_last(message)
        self.changed()
        return fresh

    def caught_up(self, last_change: int) -> None:
        """All that happened up to this change is known."""
        self.known_change = max(self.known_change, last_change)
        self._follow()

    @property
    def behind(self) -> bool:
        """Whether something is missing between what is known and what was heard."""
        return bool(self._ahead)

    def _follow(self) -> None:
        while self.known_change + 1 in self._ahead:
            self.known_change += 1
            self._ahead.discard(self.known_change)
        self._ahead = {change for change in self._ahead if change > self.known_change}

    def _note_last(self, message: Message) -> None:
        last = self.last
        if last is None or message.seq > last.seq or (message.id == last.id and message.change > last.change):
            self.last = message

    # --- unread ---

    def read(self, seq: int) -> bool:
        """All up to this place was seen here; whether that is news."""
        seq = min(seq, self.last_seq)
        if seq <= self.read_seq:
            return False
        self.read_seq = seq
        if seq >= self.last_seq:
            self.unread = self.mentions = 0
        self.changed()
        return True

    def told_unread(self, told: NotificationUnread) -> None:
        """The server's counts, after something was read on one of one's own devices."""
        if told.read_seq < self.read_seq:
            return
        self.read_seq = told.read_seq
        self.unread, self.mentions = told.unread, told.mentions
        self.changed()

    def _count(self, message: Message) -> None:
        if message.sender_id == self.me or message.deleted_at is not None or message.seq <= self.read_seq:
            return
        self.unread += 1
        self.mentions += self._mentioned(message)

    def recounts(self, message: Message) -> bool:
        """Whether an unread message was changed so that counts may be others: what it was before is needed."""
        changed = message.edited_at is not None or message.deleted_at is not None
        return changed and message.sender_id != self.me and self.read_seq < message.seq <= self.last_seq

    def _recount(self, message: Message, before: Message | None) -> None:
        self.unread = max(0, self.unread - (message.deleted_at is not None))
        if before is not None and before.change < message.change:
            self.mentions += self._mentioned(message) - self._mentioned(before)
        self.mentions = max(0, min(self.mentions, self.unread))

    def _mentioned(self, message: Message) -> bool:
        return message.mentions_all or self.me in message.mentions

    # --- marks ---

    def mark(self, told: MessageMarks) -> bool:
        """How far somebody is; whether that is news."""
        member = self.members.get(told.user_id)
        if member is None:
            return False
        further = msgspec.structs.replace(
            member,
            delivered_seq=max(member.delivered_seq, told.delivered_seq),
            read_seq=max(member.read_seq, told.read_seq),
        )
        if further == member:
            return False
        self.members[told.user_id] = further
        if told.user_id == self.me:
            self.read_seq = max(self.read_seq, further.read_seq)
        self._reach = None
        self.changed()
        return True

    def delivery(self, seq: int) -> Delivery:
        """How far one's own message at this place got."""
        delivered, read = self.reach
        if seq <= read:
            return Delivery.READ
        return Delivery.DELIVERED if seq <= delivered else Delivery.SENT

    @property
    def reach(self) -> tuple[int, int]:
        """Up to where everything was delivered to, and read by, everybody else."""
        if self._reach is None:
            others = [member for member in self.members.values() if member.user_id != self.me]
            self._reach = (
                min((member.delivered_seq for member in others), default=0),
                min((member.read_seq for member in others), default=0),
            )
        return self._reach

    def readers(self, seq: int) -> tuple[int, ...]:
        """Which others have read the message at this place."""
        return tuple(
            member.user_id
            for member in self.members.values()
            if member.user_id != self.me and member.read_seq >= seq
        )

    @property
    def told(self) -> Member:
        """One's own marks as the server knows them."""
        return self._own()

    def _own(self) -> Member:
        return self.members.get(self.me) or Member(user_id=self.me, joined_at=0)

    def _told(self) -> Talk:
        shape = self.shape
        return Talk(
            id=shape.id,
            kind=shape.kind,
            title=shape.title,
            topic=shape.topic,
            visibility=shape.visibility,
            members=tuple(self.members.values()),
            my_role=self._own().role if shape.kind is Kind.ROOM else MemberRole.MEMBER,
            other=self.other if shape.kind is Kind.DIRECT else None,
            unread=self.unread,
            mentions=self.mentions,
            last=self.waiting or self.last,
            last_at=self.last_at,
            last_seq=self.last_seq,
            read_seq=self.read_seq,
            draft=self.draft,
            typing=self.typing,
            muted=self.muted,
            unsent=self.unsent,
            failed=self.failed,
        )

    @property
    def other(self) -> int:
        """The first who is not oneself; oneself where there is nobody else."""
        return next((user_id for user_id in self.members if user_id != self.me), self.me)


def _further(before: Member | None, now: Member) -> Member:
    """A member as told now, with marks that only grow."""
    if before is None or (now.delivered_seq >= before.delivered_seq and now.read_seq >= before.read_seq):
        return now
    delivered, read = (
        max(before.delivered_seq, now.delivered_seq),
        max(before.read_seq, now.read_seq),
    )
    return msgspec.structs.replace(now, delivered_seq=delivered, read_seq=read)
