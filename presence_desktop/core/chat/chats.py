"""All that a person can do in conversations, and what every piece of news does to them.

The window talks to this alone (`client.chats`). Every verb returns `Changes`, to be shown at once as those of
`Client.apply` are. A verb whose answer comes from the server names the number of its ask (`Changes.asked`); the answer
or the refusal comes later as one `Outcome` in `Changes.outcomes`, without a link at the next batch.
"""

from collections.abc import Sequence
from uuid import UUID

from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.chat.chat_window import ChatWindow
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.requesting import Requesting, why_wrong
from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.chat.window_news import Replaced
from presence_desktop.core.chat_ports import OutFile, Unsent
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.chat_events import MessageSend
from presence_desktop.protocol.location_events import TypingUpdate


class Chats(Requesting):
    """The conversations of whoever is signed in. Call it from one thread only."""

    # --- what is known ---

    @property
    def available(self) -> bool:
        """Whether the server knows conversations (a plain one does not)."""
        return not self._engine.plain

    @property
    def known(self) -> bool:
        """Whether the list was told by the server in this run; before that it is what was kept here."""
        return self._engine.catching_up.known

    @property
    def window(self) -> ChatWindow | None:
        """The open conversation's rows; None: none is open."""
        return self._engine.window

    def ids(self) -> Sequence[int]:
        """All conversations, the one with the latest activity first."""
        return self._engine.book.ids()

    def get(self, conversation_id: int) -> Talk | None:
        """A conversation as the list shows it."""
        entry = self._engine.book.get(conversation_id)
        return None if entry is None else entry.talk

    def find_direct(self, user_id: int) -> int | None:
        """The direct conversation with somebody (or with oneself), if there is one."""
        return self._engine.book.direct(user_id)

    @property
    def unread_total(self) -> int:
        """Unread messages in all conversations that are not muted."""
        return sum(entry.unread for entry in self._engine.book if not entry.muted)

    @property
    def mentions_total(self) -> int:
        """Unread mentions in all conversations, and unread messages in direct ones that are not muted."""
        return sum(
            entry.mentions if entry.muted or entry.shape.kind is Kind.ROOM else entry.unread
            for entry in self._engine.book
        )

    def here(self, conversation_id: int) -> tuple[int, ...]:
        """Who else has this conversation open now; known of the open one only."""
        return self._engine.attendance.of(conversation_id)

    def readers(self, conversation_id: int, seq: int) -> tuple[int, ...]:
        """Which others have read the message at this place, as far as they let one know."""
        entry = self._engine.book.get(conversation_id)
        return () if entry is None else entry.readers(seq)

    def file(self, file_id: UUID) -> FileState:
        """What is here of a file on a message."""
        return self._engine.shelf.get(file_id)

    # --- opening, going through ---

    def open(self, conversation_id: int) -> Changes:
        """Show a conversation: `window` is at its first unread row, else at the newest. Others see one in it."""
        engine = self._engine
        with engine.step() as news:
            entry = engine.book.get(conversation_id)
            if entry is not None and not (engine.window and engine.window.conversation_id == conversation_id):
                engine.window = ChatWindow(entry, engine)
                engine.window.start(news)
                engine.attendance.enter(conversation_id)
        return news.changes()

    def leave_view(self) -> Changes:
        """No conversation is shown any more."""
        engine = self._engine
        with engine.step() as news:
            if engine.window is not None:
                engine.window = None
                engine.attendance.enter(None)
                news.window = True
                news.chat.append(Replaced())
        return news.changes()

    def mark_read(self, conversation_id: int, seq: int) -> Changes:
        """The person saw all up to this place. Told to the server now, or once there is a link."""
        engine = self._engine
        with engine.step() as news:
            entry = engine.book.get(conversation_id)
            if entry is not None and entry.read(seq):
                engine.book.touch(entry, news)
                engine.marks.tell_read(entry)
        return news.changes()

    def set_draft(self, conversation_id: int, text: str) -> Changes:
        """Keep what is written and not sent (when the person leaves or pauses, not at each key)."""
        engine = self._engine
        with engine.step() as news:
            entry = engine.book.get(conversation_id)
            if entry is not None and entry.draft != text:
                self._draft(entry, text, news)
        return news.changes()

    def mute(self, conversation_id: int, on: bool) -> Changes:
        """No notifications of this conversation on this computer."""
        engine = self._engine
        with engine.step() as news:
            entry = engine.book.get(conversation_id)
            if entry is not None:
                entry.muted = on
                engine.book.touch(entry, news)
        return news.changes()

    def typing(self, conversation_id: int, on: bool = True) -> None:
        """The person types: call it at every key, it is told every 3 s at most. `on=False`: the text is empty again."""
        engine = self._engine
        known = engine.book.get(conversation_id) is not None
        if known and engine.typists.typed(conversation_id, on, engine.clock.monotonic()):
            engine.gateway.send(TypingUpdate(conversation_id=conversation_id, typing=on))

    # --- messages: kept in the outbox, sent when it can be ---

    def send(
        self,
        conversation_id: int,
        text: str,
        reply_to: UUID | None = None,
        files: Sequence[LocalFile] = (),
    ) -> Changes:
        """Send a message. It stands in the outbox (on the disk) before this returns, and the draft is empty.

        Nothing happens with neither text nor files. Where older rows are shown, the window goes to the newest. What no
        server would take (too long, too many files, half characters) is not kept: a `Notice` says why.
        """
        engine = self._engine
        text = text.strip()
        with engine.step() as news:
            entry = engine.book.get(conversation_id)
            wrong = why_wrong(text, files)
            if wrong is not None:
                news.notices.append(Notice(wrong, MessageSend.name))
            elif entry is not None and (text or files):
                self._write(entry, text, reply_to, files, news)
        return news.changes()

    def retry(self, key: UUID) -> Changes:
        """Send a failed message again, after those written since; what waits for its next try goes at once."""
        with self._engine.step() as news:
            self._engine.sending.retry(key, news)
        return news.changes()

    def discard(self, key: UUID) -> Changes:
        """Take an unsent message out of the outbox. One that is on its way to the server just now stays."""
        with self._engine.step() as news:
            self._engine.sending.discard(key, news)
        return news.changes()

    def cancel_upload(self, key: UUID) -> Changes:
        """Stop sending a message's files: the same as `discard`."""
        return self.discard(key)

    # --- files ---

    def fetch_thumbnail(self, file_id: UUID) -> None:
        """Have a picture's thumbnail here; asked once, `Changes.files` says when."""
        self._engine.shelf.thumbnail(file_id)

    def fetch_picture(self, file_id: UUID) -> None:
        """Have the whole picture here, for the viewer."""
        self._engine.shelf.picture(file_id)

    def download(self, file_id: UUID, path: str) -> Changes:
        """Save a file there."""
        self._engine.shelf.save(file_id, path)
        return Changes(files=frozenset({file_id}))

    def cancel_download(self, file_id: UUID) -> Changes:
        """Stop saving it."""
        self._engine.shelf.stop(file_id)
        return Changes(files=frozenset({file_id}))

    # --- time ---

    def tick(self) -> Changes:
        """Once a second: who stopped typing, what is to be tried again. Costs nothing when nothing is due."""
        with self._engine.step() as news:
            self._engine.tick(news)
        return news.changes()

    # --- parts of the above ---

    def _write(
        self, entry: Entry, text: str, reply_to: UUID | None, files: Sequence[LocalFile], news: News
    ) -> None:
        engine = self._engine
        outgoing = tuple(OutFile(self._new_id(), file) for file in files)
        for file in outgoing:
            engine.shelf.local(file.id, file.file.path)
        if engine.window is not None and engine.window.conversation_id == entry.id:
            engine.window.show_newest(news)
        engine.sending.write(
            Unsent(self._new_id(), entry.id, 0, text, engine.clock.now(), reply_to, outgoing), news
        )
        engine.typists.sent(entry.id)
        self._draft(entry, "", news)

    def _draft(self, entry: Entry, text: str, news: News) -> None:
        entry.draft = text
        self._engine.history.put_draft(entry.id, text)
        self._engine.book.touch(entry, news)
