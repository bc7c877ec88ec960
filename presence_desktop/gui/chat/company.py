"""Who speaks in the open conversation: names, whether it is oneself, and what one may do to a message.

Decides nothing that the server would not decide again; it only keeps buttons away that would be refused.
"""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.gui.rooms.talk_words import name_of, talk_title
from presence_desktop.protocol.chat import Kind, Message, Quote

_tr = QCoreApplication.translate


class Company:
    """The people of the conversation in view."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.talk: Talk | None = None
        """The conversation in view, as it is now."""

    @property
    def me(self) -> int:
        """One's own user id; 0 for nobody."""
        return self._client.me.user_id if self._client.me is not None else 0

    def contact(self, user_id: int | None) -> Contact | None:
        """What is known of somebody."""
        return None if user_id is None else self._client.roster.get(user_id)

    def name(self, user_id: int | None) -> str:
        """What somebody is called."""
        return name_of(self._client, user_id)

    def title(self) -> str:
        """What the conversation is called."""
        return "" if self.talk is None else talk_title(self._client, self.talk)

    def invitation(self) -> str:
        """What stands where one writes, as long as nothing is written."""
        talk = self.talk
        if talk is None:
            return ""
        if talk.other is None:
            return _tr("chat", "Message to {name}", "a room").format(name=self.title())
        if talk.other == self.me:
            return _tr("chat", "Write a note")
        return _tr("chat", "Message to {name}", "a person").format(name=self.title())

    def is_mine(self, message: Message) -> bool:
        """Whether oneself said it."""
        return message.sender_id is not None and message.sender_id == self.me

    def mentioned(self, message: Message) -> list[tuple[str, bool]]:
        """The names a message mentions, and whether it is oneself."""
        return [(self.name(user_id), user_id == self.me) for user_id in message.mentions]

    def concerns_me(self, message: Message) -> bool:
        """Whether a message of somebody else's mentions oneself."""
        return not self.is_mine(message) and (message.mentions_all or self.me in message.mentions)

    def may_edit(self, row: Row) -> bool:
        """One's own words, stored or waiting to be sent."""
        return (is_stored(row) or waits(row)) and self.is_mine(row.message) and row.message.is_known

    def may_delete(self, row: Row) -> bool:
        """One's own, and in rooms one leads, anybody's."""
        return is_stored(row) and (self.is_mine(row.message) or (self.talk is not None and self.talk.leads))

    def may_pin(self, row: Row) -> bool:
        """In direct conversations both, in rooms who leads them."""
        talk = self.talk
        return is_stored(row) and talk is not None and (talk.kind is Kind.DIRECT or talk.leads)

    def quoted(self, quote: Quote) -> Message | None:
        """The message that is quoted, if it is among the rows in view."""
        window = self._client.chats.window
        rows = () if window is None else window.rows
        return next((row.message for row in rows if row.key == quote.id), None)

    def readers(self, message: Message) -> list[str]:
        """Who else has read it, by name."""
        return [
            self.name(user_id) for user_id in self._client.chats.readers(message.conversation_id, message.seq)
        ]


def is_stored(row: Row) -> bool:
    """Whether the server has it and it was not deleted: one can react, reply, pin."""
    there = row.message.deleted_at is None and not row.message.is_unreadable
    return row.state >= Delivery.SENT and row.message.seq > 0 and there


def waits(row: Row) -> bool:
    """Whether it still stands in the outbox."""
    return row.state < Delivery.SENT
