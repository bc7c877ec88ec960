"""What one can do to a message: answer, edit, react, pin, copy, delete, try again, save its files, open them.

Decides what of it is offered for which message; doing it is `core`'s business.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.company import Company, is_stored, waits
from presence_desktop.gui.chat.layouts import is_picture
from presence_desktop.gui.chat.markdown import safe_link
from presence_desktop.gui.confirm import confirmed
from presence_desktop.protocol.chat import Attachment


class Deed(StrEnum):
    """The things to do, in the order of the menu."""

    OPEN = "open"
    QUOTED = "quoted"
    REPLY = "reply"
    EDIT = "edit"
    REACT = "react"
    COPY = "copy"
    PIN = "pin"
    SAVE = "save"
    RETRY = "retry"
    DISCARD = "discard"
    DELETE = "delete"


class Deeds(QObject):
    """Does them."""

    changed = Signal(object)
    """The `Changes` a verb gave back."""
    reply_wanted = Signal(object)
    edit_wanted = Signal(object)
    react_wanted = Signal(object)
    """A `Row`: which emoji is still to be chosen."""
    quoted_wanted = Signal(int, int)
    """The place of the message that is answered, and of the answer."""
    discarded = Signal(object)
    """The id of a message that is not to be sent any more."""
    view_wanted = Signal(object, int)
    """A `Row` and the number of the picture to be seen."""

    def __init__(self, client: Client, company: Company, parent: QWidget) -> None:
        super().__init__(parent)
        self._client, self._company, self._window = client, company, parent

    def offered(self, row: Row) -> list[Deed]:
        """What can be done to a message now, in the order of a menu."""
        stored, attachments = is_stored(row), row.message.attachments
        offers = {
            Deed.QUOTED: row.message.reply_to is not None and row.message.deleted_at is None,
            Deed.REPLY: stored,
            Deed.EDIT: self._company.may_edit(row),
            Deed.REACT: stored,
            Deed.COPY: bool(row.message.text) and row.message.deleted_at is None,
            Deed.PIN: self._company.may_pin(row),
            Deed.SAVE: stored and bool(attachments),
            Deed.RETRY: row.state is Delivery.FAILED,
            Deed.DISCARD: waits(row),
            Deed.DELETE: self._company.may_delete(row),
        }
        return [deed for deed, offered in offers.items() if offered]

    def do(self, deed: Deed, row: Row) -> None:
        """Do it, if it can be done to this message."""
        if deed is Deed.OPEN:
            self._open(row)
            return
        if deed not in self.offered(row):
            return
        steps: dict[Deed, Callable[[Row], object]] = {
            Deed.QUOTED: self._go_to_quoted,
            Deed.REPLY: self.reply_wanted.emit,
            Deed.EDIT: self.edit_wanted.emit,
            Deed.REACT: self.react_wanted.emit,
            Deed.COPY: self._copy,
            Deed.PIN: self._pin,
            Deed.SAVE: self._save_first,
            Deed.RETRY: lambda row: self.changed.emit(self._client.chats.retry(row.key)),
            Deed.DISCARD: self._discard,
            Deed.DELETE: self._delete,
        }
        steps[deed](row)

    def react(self, row: Row, emoji: str) -> None:
        """React with this emoji, or take it back if one did so already."""
        if not is_stored(row):
            return
        mine = any(
            reaction.emoji == emoji and self._company.me in reaction.user_ids
            for reaction in row.message.reactions
        )
        self._tell(self._client.chats.react(row.message.conversation_id, row.key, emoji, not mine))

    def save(self, row: Row, number: int) -> None:
        """Ask where to, then save a file there. One that is on its way is stopped; one that was saved is shown where it
        lies: nothing that came from elsewhere is ever opened by itself.
        """
        attachment = row.message.attachments[number]
        state = self._client.chats.file(attachment.id)
        if state.total is not None:
            self._tell(self._client.chats.cancel_download(attachment.id))
        elif state.saved is not None and Path(state.saved).exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(state.saved).parent)))
        elif not waits(row):
            self._ask_where(attachment)

    def save_anew(self, row: Row, number: int) -> None:
        """Ask where to, then save a file there, whether it was saved before or not."""
        self._ask_where(row.message.attachments[number])

    def cancel_upload(self, row: Row) -> None:
        """Do not send it, nor its files."""
        self.discarded.emit(row.key)
        self._tell(self._client.chats.cancel_upload(row.key))

    def follow(self, link: str) -> None:
        """Open a link in the browser or the mail program, if it is one that may be opened."""
        target = safe_link(link)
        if target is not None:
            QDesktopServices.openUrl(QUrl(target))

    def _tell(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _open(self, row: Row) -> None:
        """The pictures on it, else its file, else what can be done to it."""
        for number, attachment in enumerate(row.message.attachments):
            local = row.files[number] if number < len(row.files) else None
            if is_picture(attachment, local):
                self.view_wanted.emit(row, number)
            else:
                self.save(row, number)
            return
        if row.state is Delivery.FAILED:
            self.do(Deed.RETRY, row)
        else:
            self.do(Deed.REPLY, row)

    def _go_to_quoted(self, row: Row) -> None:
        if row.message.reply_to is not None:
            self.quoted_wanted.emit(row.message.reply_to.seq, row.message.seq)

    def _copy(self, row: Row) -> None:
        QGuiApplication.clipboard().setText(row.message.text)

    def _pin(self, row: Row) -> None:
        message = row.message
        self._tell(self._client.chats.pin(message.conversation_id, row.key, message.pinned_at is None))

    def _discard(self, row: Row) -> None:
        self.discarded.emit(row.key)
        self._tell(self._client.chats.discard(row.key))

    def _delete(self, row: Row) -> None:
        sure = confirmed(
            self._window,
            self.tr("Delete this message?"),
            self.tr("It disappears for everybody in this conversation."),
            self.tr("Delete"),
        )
        if sure:
            self._tell(self._client.chats.delete(row.message.conversation_id, row.key))

    def _save_first(self, row: Row) -> None:
        self.save_anew(row, 0)

    def _ask_where(self, attachment: Attachment) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, self.tr("Save file"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(attachment.name).name)
        dialog.fileSelected.connect(lambda path: self._tell(self._client.chats.download(attachment.id, path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
