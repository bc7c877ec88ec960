"""Brings what is written to the server: the outbox joined with its copy on the disk, the uploads and the asks.

Decides nothing about order or time: `outbox` does. An acknowledged message leaves the outbox in the same step that
puts it into the cache.
"""

from collections.abc import Iterable
from uuid import UUID

from msgspec.structs import replace

from presence_desktop.core.chat.desk import Desk
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.outbox import Drawn, Item, Look, Outbox
from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.core.chat_ports import ChatGateway, History, OutFile, Unsent
from presence_desktop.core.incoming import Refusal, UploadEnded, UploadMoved
from presence_desktop.core.ports import Clock
from presence_desktop.protocol.chat import Attachment, Message, Quote
from presence_desktop.protocol.chat_events import MessageChanged, MessageDelete, MessageNew, MessageSend
from presence_desktop.protocol.errors import Code


class Sending:
    """The way out."""

    def __init__(
        self, gateway: ChatGateway, clock: Clock, history: History, outbox: Outbox, desk: Desk
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._history = history
        self._outbox = outbox
        self._desk = desk
        self._linked = False
        self._me = 0
        self._given_up: set[UUID] = set()
        """What one no longer wanted to send: if it had arrived all the same, it is deleted there."""

    def begin(self, unsent: Iterable[Unsent], me: int) -> None:
        """Begin with what was kept."""
        self._me = me
        self._given_up.clear()
        self._outbox.begin(unsent)

    def clear(self) -> None:
        """Nobody is signed in: the disk keeps what waits, the server what it has of the files."""
        self._outbox.begin(())
        self._linked = False

    def linked(self) -> None:
        """The link is up."""
        self._linked = True
        self._outbox.at_once()

    def lost(self) -> None:
        """There is no link (any more)."""
        self._linked = False

    # --- what a person does ---

    def write(self, unsent: Unsent, news: News) -> None:
        """A message was written: it is on the disk before anything else happens."""
        unsent = replace(unsent, number=self._outbox.next_number())
        self._history.put_unsent(unsent)
        self._outbox.add(unsent)
        self._desk.unsent_changed(unsent.conversation_id, news)

    def retry(self, key: UUID, news: News) -> None:
        """Try it again."""
        item = self._outbox.again(key)
        if item is not None:
            self._keep(item, news)

    def discard(self, key: UUID, news: News) -> bool:
        """Give it up, unless it is on its way just now; whether it is gone."""
        item = self._outbox.get(key)
        if item is None or (item.on_its_way and item.next_file is None):
            return False
        self._forget_files(item)
        self._given_up.add(key)
        self._outbox.drop(key)
        self._history.drop_unsent(key)
        self._desk.unsent_changed(item.unsent.conversation_id, news)
        return True

    def rewrite(self, key: UUID, text: str, news: News) -> bool:
        """Change its text, unless it is on its way just now; whether it is changed. It goes at once, in its place."""
        item = self._outbox.rewrite(key, text)
        if item is not None:
            self._keep(item, news)
        return item is not None

    def forget(self, conversation_id: int) -> list[str]:
        """The conversation is gone, and what is kept of it; the texts that waited to be sent."""
        items = self._outbox.drop_all(conversation_id)
        for item in items:
            self._forget_files(item)
        return [item.unsent.text for item in items if item.unsent.text.strip()]

    # --- what is told ---

    def arrived(self, messages: Iterable[Message], news: News) -> None:
        """These are on the server: whichever of them stood in the outbox leaves it."""
        for message in messages:
            if self._outbox.drop(message.id) is not None:
                self._desk.unsent_changed(message.conversation_id, news)
            elif message.id in self._given_up and message.deleted_at is None:
                self._take_back(message)

    def upload_moved(self, moved: UploadMoved, news: News) -> None:
        """So much of a file is there."""
        item = self._outbox.with_file(moved.id)
        if item is not None:
            item.moved[moved.id] = moved.sent
            self._desk.unsent_changed(item.unsent.conversation_id, news)

    def upload_ended(self, ended: UploadEnded, news: News) -> None:
        """A file is there, or came to nothing for now."""
        item = self._outbox.with_file(ended.id)
        if item is None:
            return
        if ended.file is None:
            self._refused(item, ended.code or Code.UNAVAILABLE, None, news)
            return
        item.on_its_way = False
        files = (replace(one, uploaded=one.uploaded or one.id == ended.id) for one in item.unsent.files)
        item.unsent = replace(item.unsent, files=tuple(files))
        self._keep(item, news)

    def pump(self, news: News) -> None:
        """Hand over whatever is due."""
        if not self._linked:
            return
        for item in self._outbox.due(self._clock.monotonic()):
            item.on_its_way = True
            file = item.next_file
            if file is not None:
                self._gateway.upload(file.id, file.file.path, file.file.name)
            else:
                self._send(item)
            self._desk.unsent_changed(item.unsent.conversation_id, news)

    # --- as others see it ---

    def tell(self, entry: Entry) -> None:
        """The list shows what waits."""
        items = self._outbox.of(entry.id)
        entry.unsent = len(items)
        entry.waiting = self._message(items[-1].unsent, None) if items else None
        entry.failed = sum(item.unsent.failed is not None for item in items)

    def rows(self, conversation_id: int) -> list[Row]:
        """What waits in a conversation, as rows."""
        items = self._outbox.of(conversation_id)
        answered = {item.unsent.reply_to for item in items if item.unsent.reply_to is not None}
        known = {one.id: one for one in self._history.messages(conversation_id, answered)} if answered else {}
        return [self._row(item, known) for item in items]

    def _row(self, item: Item, known: dict[UUID, Message]) -> Row:
        """Made once for as long as it stays the same: a long outbox is looked through at every step."""
        unsent = item.unsent
        reply = None if unsent.reply_to is None else known.get(unsent.reply_to)
        uploading = item.on_its_way and item.next_file is not None
        look = (uploading, item.trouble, item.progress if uploading else None)
        drawn = item.drawn
        if drawn is None or drawn.unsent is not unsent or (drawn.reply, drawn.look) != (reply, look):
            drawn = item.drawn = Drawn(unsent, reply, look, self._painted(item, reply, look))
        return drawn.row

    def _painted(self, item: Item, reply: Message | None, look: Look) -> Row:
        unsent = item.unsent
        uploading, trouble, progress = look
        state = Delivery.UPLOADING if uploading else Delivery.PENDING
        return Row(
            key=unsent.id,
            message=self._message(unsent, reply),
            state=state if unsent.failed is None else Delivery.FAILED,
            error=unsent.failed or trouble,
            progress=progress,
            files=tuple(file.file for file in unsent.files),
        )

    def _message(self, unsent: Unsent, reply: Message | None) -> Message:
        return Message(
            id=unsent.id,
            conversation_id=unsent.conversation_id,
            seq=0,
            change=0,
            sender_id=self._me,
            text=unsent.text,
            sent_at=unsent.written_at,
            reply_to=None
            if reply is None
            else Quote(id=reply.id, seq=reply.seq, sender_id=reply.sender_id, text=reply.text[:_QUOTED]),
            attachments=[_attachment(file) for file in unsent.files],
        )

    # --- single steps ---

    def _send(self, item: Item) -> None:
        unsent = item.unsent

        def answered(told: MessageNew, news: News) -> None:
            self._desk.hear([told.message], news)

        def refused(refusal: Refusal, news: News) -> None:
            if self._outbox.get(unsent.id) is item:
                self._refused(item, refusal.code, refusal.retry_after, news)

        event = MessageSend(
            conversation_id=unsent.conversation_id,
            id=unsent.id,
            text=unsent.text,
            reply_to=unsent.reply_to,
            attachments=[file.id for file in unsent.files],
        )
        self._desk.ask(event, MessageNew, answered, refused)

    def _take_back(self, message: Message) -> None:
        """The answer to it was lost, then it was given up."""
        self._given_up.discard(message.id)

        def deleted(told: MessageChanged, news: News) -> None:
            self._desk.hear([told.message], news)

        def refused(_refusal: Refusal, _news: News) -> None:
            self._given_up.add(message.id)  # the next time that it is told of

        event = MessageDelete(conversation_id=message.conversation_id, id=message.id)
        self._desk.ask(event, MessageChanged, deleted, refused)

    def _refused(self, item: Item, code: Code, retry_after: int | None, news: News) -> None:
        self._outbox.refused(item, code, self._clock.monotonic(), retry_after)
        self._keep(item, news)

    def _keep(self, item: Item, news: News) -> None:
        self._history.put_unsent(item.unsent)
        self._desk.unsent_changed(item.unsent.conversation_id, news)

    def _forget_files(self, item: Item) -> None:
        file = item.next_file
        if item.on_its_way and file is not None:
            self._gateway.cancel_upload(file.id)
        for one in item.unsent.files:
            self._gateway.forget_file(one.id, one.file.path)


_QUOTED = 200


def _attachment(file: OutFile) -> Attachment:
    local = file.file
    return Attachment(
        id=file.id,
        name=local.name,
        media_type=local.media_type,
        size=local.size,
        width=local.width,
        height=local.height,
    )
