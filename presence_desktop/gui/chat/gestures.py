"""What a click, a key or a menu on a message leads to: a deed, the emoji picker, the picture viewer.

Decides which; doing it is `deeds`' business.
"""

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication

from presence_desktop.core.chat.row import Row
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.boxes import Hit, Spot
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.composer import Composer
from presence_desktop.gui.chat.deeds import Deed, Deeds
from presence_desktop.gui.chat.row_menu import HoverBar, RowMenu
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.gui.chat.viewer import Viewer
from presence_desktop.gui.emoji.picker import EmojiPicker
from presence_desktop.gui.look import Look

_TROUBLED = {Spot.RETRY: Deed.RETRY, Spot.EDIT: Deed.EDIT, Spot.DISCARD: Deed.DISCARD}
"""The words below a message that was not sent."""


class Gestures(QObject):
    """Stands between the messages, the composer and the deeds."""

    jump_wanted = Signal(int, int)
    """The place (`seq`) of the message to be shown, and of the one that leads there."""
    person_asked = Signal(int)

    def __init__(
        self, client: Client, look: Look, company: Company, view: ChatView, composer: Composer, deeds: Deeds
    ) -> None:
        super().__init__(view)
        self._client, self._look, self._company = client, look, company
        self._view, self._composer, self._deeds = view, composer, deeds
        self.bar = HoverBar(look, view.viewport())
        self.viewer: Viewer | None = None
        self.picker: EmojiPicker | None = None
        self._picked_for: Row | None = None
        view.clicked_at.connect(self._clicked)
        view.key_asked.connect(self._key)
        view.menu_asked.connect(self._menu)
        view.hovered_row.connect(self._hovered)
        view.typed.connect(self._type)
        self.bar.chosen.connect(deeds.do)
        self.bar.more.connect(self._menu)
        deeds.react_wanted.connect(self.ask_emoji)
        deeds.view_wanted.connect(self.show_picture)
        composer.emoji_asked.connect(lambda: self.ask_emoji(None))

    def _clicked(self, row: Row, hit: Hit) -> None:
        message = row.message
        if hit.spot is Spot.SENDER and message.sender_id is not None:
            self.person_asked.emit(message.sender_id)
        elif hit.spot is Spot.QUOTE and message.reply_to is not None:
            self.jump_wanted.emit(message.reply_to.seq, message.seq)
        elif hit.spot is Spot.LINK:
            self._deeds.follow(hit.text)
        elif hit.spot is Spot.CHIP:
            self._deeds.react(row, hit.text)
        elif hit.spot is Spot.MORE_CHIPS:
            self.ask_emoji(row)
        else:
            self._clicked_file(row, hit)

    def _clicked_file(self, row: Row, hit: Hit) -> None:
        if hit.spot is Spot.PICTURE:
            self.show_picture(row, hit.number)
        elif hit.spot is Spot.FILE:
            self._deeds.save(row, hit.number)
        elif hit.spot is Spot.CANCEL:
            self._deeds.cancel_upload(row)
        elif hit.spot in _TROUBLED:
            self._deeds.do(_TROUBLED[hit.spot], row)

    def _key(self, row: Row | None, name: str) -> None:
        if name == "leave" or row is None:
            self._composer.field.setFocus()
        else:
            self._deeds.do(Deed(name), row)

    def _menu(self, row: Row, at: QPoint) -> None:
        menu = RowMenu(self._look, row, self._deeds.offered(row), self._view)
        menu.chosen.connect(lambda deed: self._chosen(deed, row))
        menu.link_chosen.connect(self._deeds.follow)
        menu.file_chosen.connect(lambda number: self._deeds.save_anew(row, number))
        menu.emoji_chosen.connect(lambda emoji: self._deeds.react(row, emoji))
        menu.aboutToHide.connect(menu.deleteLater)
        if not menu.isEmpty():
            menu.popup(at)

    def _chosen(self, deed: Deed, row: Row) -> None:
        selected = self._view.selected_text() if deed is Deed.COPY else ""
        if selected:
            QGuiApplication.clipboard().setText(selected)
        else:
            self._deeds.do(deed, row)

    def _hovered(self, row: Row | None, box: QRect | None) -> None:
        self.bar.show_for(row, self._deeds.offered(row) if row is not None else [], box)

    def ask_emoji(self, row: Row | None) -> None:
        """Have an emoji chosen: for the composer (no row), or as a reaction."""
        if self.picker is None:
            self.picker = EmojiPicker(self._look, self._view.window())
            self.picker.picked.connect(self._take_emoji)
        self._picked_for = row
        box = None if row is None else self._view.box_of(row.key)
        if box is None:
            self.picker.open_at(self._composer.emoji)
        else:
            corner = self._view.viewport().mapToGlobal(box.topLeft())
            self.picker.open_beside(QRect(corner, box.size()), self._view)

    def _take_emoji(self, emoji: str) -> None:
        if self._picked_for is None:
            self._composer.field.insert(emoji)
            self._composer.field.setFocus()
        else:
            self._deeds.react(self._picked_for, emoji)

    def show_picture(self, row: Row, number: int) -> None:
        """Show a picture of a message in full."""
        self.viewer = Viewer(self._client, self._company, self._look, row, number, self._view.window())
        self.viewer.save_wanted.connect(self._deeds.save)
        self.viewer.finished.connect(self._viewed)
        self.viewer.open()

    def _viewed(self) -> None:
        if self.viewer is not None:
            self.viewer.deleteLater()
            self.viewer = None
        self._view.setFocus()

    def _type(self, text: str) -> None:
        self._composer.field.setFocus()
        self._composer.field.insert(text)
