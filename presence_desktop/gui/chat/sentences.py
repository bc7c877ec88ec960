"""What a conversation says in words: a row as a screen reader says it, who is typing, who has read.

Decides the wording only.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.days import clock_time, day
from presence_desktop.gui.chat.markdown import plain, read
from presence_desktop.gui.rooms.talk_words import message_line, strange_words
from presence_desktop.gui.words import begun, error_sentence, link_sentence
from presence_desktop.protocol.chat import Attachment, Quote

_tr = QCoreApplication.translate


def spoken(row: Row, company: Company, now: int) -> str:
    """A row in one sentence."""
    message = row.message
    parts = []
    if row.new_line:
        parts.append(_tr("chat", "New messages"))
    if row.new_day:
        parts.append(day(message.sent_at, now))
    said = _said(row, company)
    who = _tr("chat", "{name}, {time}: {text}")
    parts.append(
        who.format(name=company.name(message.sender_id), time=clock_time(message.sent_at), text=said)
    )
    parts.extend(f"{reaction.emoji} {len(reaction.user_ids)}" for reaction in message.reactions)
    if message.pinned_at is not None:
        parts.append(_tr("chat", "pinned"))
    if company.is_mine(message) and (state := delivery_words(row)):
        parts.append(state)
    return ". ".join(parts)


def _said(row: Row, company: Company) -> str:
    message = row.message
    if message.deleted_at is not None:
        return _tr("chat", "This message was deleted.")
    parts = []
    if message.reply_to is not None:
        parts.append(_tr("chat", "in reply to {name}").format(name=company.name(message.reply_to.sender_id)))
    if message.text:
        parts.append(plain(read(message.text)))
    parts.extend(file_words(attachment) for attachment in message.attachments)
    if strange := strange_words(message):
        parts.append(strange)
    if message.edited_at is not None:
        parts.append(_tr("chat", "(edited)"))
    return ", ".join(parts)


def file_words(attachment: Attachment) -> str:
    """A file by its name, and what it is."""
    if attachment.has_thumbnail:
        return _tr("chat", "picture {name}").format(name=attachment.name)
    return _tr("chat", "file {name}").format(name=attachment.name)


def delivery_words(row: Row) -> str:
    """How far one's own message got."""
    return {
        Delivery.FAILED: _tr("chat", "not sent"),
        Delivery.PENDING: _tr("chat", "waiting to be sent"),
        Delivery.UPLOADING: _tr("chat", "sending its files"),
        Delivery.SENT: _tr("chat", "sent"),
        Delivery.DELIVERED: _tr("chat", "delivered"),
        Delivery.READ: _tr("chat", "read"),
    }[row.state]


def delivery_hover(row: Row, company: Company) -> str:
    """How far one's own message got, and who has read it."""
    words = begun(delivery_words(row))
    if row.state is Delivery.PENDING and row.error is not None:
        return f"{words}. {link_sentence(row.error)}"
    if row.state < Delivery.SENT:
        return words
    readers = company.readers(row.message)
    if readers and row.state is not Delivery.READ:
        return _tr("chat", "Read by {names}").format(names=listed(readers))
    return words


def trouble_words(row: Row) -> str:
    """Why a message was not sent."""
    reason = error_sentence(row.error) if row.error is not None else ""
    return _tr("chat", "Not sent. {reason}").format(reason=reason).strip()


def quote_words(quote: Quote, company: Company) -> str:
    """The quoted message in one line; without a text it is said what it is, if that is known."""
    words = plain(read(quote.text))
    if not words and (message := company.quoted(quote)) is not None:
        words = message_line(message)
    return words or _tr("chat", "a deleted message, or a file")


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names in a row, cut where they are many."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    if more > 0:
        return _tr("chat", "{names} and %n more", "", more).format(names=shown)
    return shown
