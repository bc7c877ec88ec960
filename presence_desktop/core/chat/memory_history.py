"""Keeps conversations in memory only, for as long as the app runs: the demo, and whoever wants no traces."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from msgspec.structs import replace

from presence_desktop.core.chat_ports import Kept, KeptTalk, Progress, Unsent
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import Conversation, Message


class _Account:
    """What is kept of one account."""

    def __init__(self) -> None:
        self.account: rest.Account | None = None
        self.people: tuple[rest.DirectoryEntry, ...] = ()
        self.talks: dict[int, KeptTalk] = {}
        self.drafts: dict[int, str] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.unsent: dict[UUID, Unsent] = {}


class MemoryHistory:
    """See `core.chat_ports.History`."""

    failing = False
    begun_anew = 0

    def __init__(self) -> None:
        self._accounts: dict[tuple[str, str], _Account] = {}
        self._open = _Account()

    def open(self, server: str, email: str) -> Kept:
        """See `core.chat_ports.History`."""
        self._open = kept = self._accounts.setdefault((server, email.casefold()), _Account())
        talks = tuple(
            replace(talk, draft=kept.drafts.get(talk_id, ""), last=self._newest(talk_id))
            for talk_id, talk in kept.talks.items()
        )
        unsent = tuple(sorted(kept.unsent.values(), key=lambda one: one.number))
        return Kept(kept.account, talks, unsent, kept.people)

    def close(self) -> None:
        """See `core.chat_ports.History`."""
        self._open = _Account()

    @contextmanager
    def together(self) -> Iterator[None]:
        """See `core.chat_ports.History`."""
        yield

    def put_account(self, account: rest.Account) -> None:
        """See `core.chat_ports.History`."""
        self._open.account = account

    def put_people(self, people: Sequence[rest.DirectoryEntry]) -> None:
        """See `core.chat_ports.History`."""
        known = {person.user_id: person for person in (*self._open.people, *people)}
        self._open.people = tuple(known.values())

    def put_talk(self, conversation: Conversation) -> None:
        """See `core.chat_ports.History`."""
        before = self._open.talks.get(conversation.id)
        progress = Progress() if before is None else before.progress
        self._open.talks[conversation.id] = KeptTalk(conversation, progress)

    def put_progress(self, conversation_id: int, progress: Progress) -> None:
        """See `core.chat_ports.History`."""
        before = self._open.talks.get(conversation_id)
        if before is not None:
            self._open.talks[conversation_id] = replace(before, progress=progress)

    def drop_talk(self, conversation_id: int) -> None:
        """See `core.chat_ports.History`."""
        self._open.talks.pop(conversation_id, None)
        self._open.drafts.pop(conversation_id, None)
        self.drop_messages(conversation_id)
        for unsent in [one for one in self._open.unsent.values() if one.conversation_id == conversation_id]:
            self.drop_unsent(unsent.id)

    def drop_messages(self, conversation_id: int) -> None:
        """See `core.chat_ports.History`."""
        self._open.messages.pop(conversation_id, None)

    def put_draft(self, conversation_id: int, text: str) -> None:
        """See `core.chat_ports.History`."""
        if conversation_id in self._open.talks:
            self._open.drafts[conversation_id] = text

    def put_messages(self, messages: Sequence[Message]) -> None:
        """See `core.chat_ports.History`."""
        for message in messages:
            self._open.unsent.pop(message.id, None)
            if message.conversation_id not in self._open.talks:
                continue
            kept = self._open.messages.setdefault(message.conversation_id, {})
            before = kept.get(message.seq)
            if before is None or before.change < message.change:
                kept[message.seq] = message

    def messages(self, conversation_id: int, ids: Collection[UUID]) -> list[Message]:
        """See `core.chat_ports.History`."""
        return [message for message in self._kept(conversation_id).values() if message.id in ids]

    def files(self, conversation_id: int) -> list[UUID]:
        """See `core.chat_ports.History`."""
        return [file.id for message in self._kept(conversation_id).values() for file in message.attachments]

    def newest(self, conversation_id: int) -> int:
        """See `core.chat_ports.History`."""
        return max(self._kept(conversation_id), default=0)

    def before(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """See `core.chat_ports.History`."""
        kept = self._kept(conversation_id)
        found: list[Message] = []
        while len(found) < limit and (message := kept.get(seq - 1)) is not None:
            found.append(message)
            seq -= 1
        return found[::-1]

    def after(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """See `core.chat_ports.History`."""
        kept = self._kept(conversation_id)
        found: list[Message] = []
        while len(found) < limit and (message := kept.get(seq + 1)) is not None:
            found.append(message)
            seq += 1
        return found

    def put_unsent(self, unsent: Unsent) -> None:
        """See `core.chat_ports.History`."""
        self._open.unsent[unsent.id] = unsent

    def drop_unsent(self, message_id: UUID) -> None:
        """See `core.chat_ports.History`."""
        self._open.unsent.pop(message_id, None)

    def _kept(self, conversation_id: int) -> dict[int, Message]:
        return self._open.messages.get(conversation_id, {})

    def _newest(self, conversation_id: int) -> Message | None:
        kept = self._kept(conversation_id)
        return kept[max(kept)] if kept else None
