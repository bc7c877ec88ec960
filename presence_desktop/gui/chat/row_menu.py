"""The menu of a message, and the little bar over the one under the pointer.

Decides how deeds are called and drawn; which are offered is `deeds`' business.
"""

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget, QWidgetAction

from presence_desktop.core.chat.row import Row
from presence_desktop.gui import theme
from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.chat.layouts import GUTTER
from presence_desktop.gui.chat.markdown import addresses, read
from presence_desktop.gui.emoji.book import book
from presence_desktop.gui.look import Look
from presence_desktop.gui.verbatim import in_menu

_LINKS = 3
_LINK_LENGTH = 60
QUICK = 6
"""So many emoji are offered at once."""
_ICONS = {
    Deed.QUOTED: "message",
    Deed.REPLY: "reply",
    Deed.EDIT: "edit",
    Deed.REACT: "react",
    Deed.COPY: "copy",
    Deed.PIN: "pin",
    Deed.SAVE: "download",
    Deed.RETRY: "refresh",
    Deed.DISCARD: "close",
    Deed.DELETE: "trash",
}
_KEYS = {
    Deed.QUOTED: "O",
    Deed.REPLY: "R",
    Deed.EDIT: "E",
    Deed.REACT: "+",
    Deed.COPY: "Ctrl+C",
    Deed.PIN: "P",
    Deed.DELETE: "Del",
}
_BAR = (Deed.REACT, Deed.REPLY, Deed.EDIT)

_tr = QCoreApplication.translate


def deed_word(deed: Deed, row: Row) -> str:
    """What a deed is called."""
    return {
        Deed.QUOTED: _tr("chat", "Go to what it answers"),
        Deed.REPLY: _tr("chat", "Reply"),
        Deed.EDIT: _tr("chat", "Edit"),
        Deed.REACT: _tr("chat", "React…"),
        Deed.COPY: _tr("chat", "Copy text"),
        Deed.PIN: _tr("chat", "Pin") if row.message.pinned_at is None else _tr("chat", "Unpin"),
        Deed.SAVE: _tr("chat", "Save file…"),
        Deed.RETRY: _tr("chat", "Try again"),
        Deed.DISCARD: _tr("chat", "Do not send"),
        Deed.DELETE: _tr("chat", "Delete…"),
    }[deed]


class RowMenu(QMenu):
    """What can be done to one message."""

    chosen = Signal(object)
    """A `Deed`."""
    emoji_chosen = Signal(str)
    link_chosen = Signal(str)
    file_chosen = Signal(int)
    """The number of a file that is to be saved."""

    def __init__(self, look: Look, row: Row, offered: list[Deed], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("row-menu")
        if Deed.REACT in offered:
            self.addAction(self._quick_row())
            self.addSeparator()
        for deed in offered:
            if deed is Deed.DELETE or deed is Deed.DISCARD:
                self.addSeparator()
            icon = look.icon(_ICONS[deed], "danger" if deed is Deed.DELETE else "muted")
            action = self.addAction(icon, deed_word(deed, row))
            if deed in _KEYS:
                action.setShortcut(QKeySequence(_KEYS[deed]))
                action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(lambda _checked=False, deed=deed: self.chosen.emit(deed))
            if deed is Deed.SAVE:
                self._add_files(look, row)

        self._add_links(look, row)

    def _add_files(self, look: Look, row: Row) -> None:
        """Each file after the first by its name."""
        for number, attachment in enumerate(row.message.attachments[1:], 1):
            words = _tr("chat", "Save {name}…").format(name=in_menu(attachment.name))
            action = self.addAction(look.icon("download"), words)
            action.triggered.connect(lambda _checked=False, at=number: self.file_chosen.emit(at))

    def _add_links(self, look: Look, row: Row) -> None:
        """The links of the text, for whoever has no pointer."""
        links = addresses(read(row.message.text))[:_LINKS] if row.message.deleted_at is None else []
        if links:
            self.addSeparator()
        for link in links:
            shown = link if len(link) <= _LINK_LENGTH else f"{link[:_LINK_LENGTH]}…"
            words = _tr("chat", "Open {link}").format(link=in_menu(shown))
            action = self.addAction(look.icon("join"), words)
            action.triggered.connect(lambda _checked=False, link=link: self.link_chosen.emit(link))

    def _quick_row(self) -> QWidgetAction:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
        layout.setSpacing(0)
        for emoji in book().recent[:QUICK]:
            button = QPushButton(emoji.char)
            button.setProperty("kind", "emoji")
            button.setToolTip(emoji.name)
            button.setAccessibleName(emoji.name)
            button.clicked.connect(lambda _checked=False, char=emoji.char: self._quick(char))
            layout.addWidget(button)
        action = QWidgetAction(self)
        action.setDefaultWidget(line)
        return action

    def _quick(self, char: str) -> None:
        self.close()
        self.emoji_chosen.emit(char)


class HoverBar(QFrame):
    """A few buttons at the upper right of the message under the pointer."""

    chosen = Signal(object, object)
    """A `Deed` and the `Row`."""
    more = Signal(object, object)
    """The `Row`, and where on the screen its menu is to open."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._ground = look, parent
        self._row: Row | None = None
        self.setProperty("kind", "popup")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        line = QHBoxLayout(self)
        line.setContentsMargins(1, 1, 1, 1)
        line.setSpacing(0)
        self._buttons = {deed: self._button() for deed in _BAR}
        self._more = self._button()
        for deed, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, deed=deed: self._choose(deed))
            line.addWidget(button)
        line.addWidget(self._more)
        self._more.clicked.connect(self._ask_more)
        look.changed.connect(self._draw)
        self._draw()
        self.hide()

    def show_for(self, row: Row | None, offered: list[Deed], box: QRect | None) -> None:
        """Stand over this row's box; nothing to offer, or no row: hide."""
        self._row = row
        if row is None or box is None or not offered:
            self.hide()
            return
        for deed, button in self._buttons.items():
            button.setVisible(deed in offered)
            button.setToolTip(deed_word(deed, row))
            button.setAccessibleName(deed_word(deed, row))
        self._more.setToolTip(_tr("chat", "More…"))
        self._more.setAccessibleName(_tr("chat", "More…"))
        self.adjustSize()
        width = self._ground.width()
        top = max(0, box.top() - self.height() // 2)
        self.move(width - self.width() - GUTTER, top)
        self.show()
        self.raise_()

    def _choose(self, deed: Deed) -> None:
        if self._row is not None:
            self.chosen.emit(deed, self._row)

    def _ask_more(self) -> None:
        if self._row is not None:
            self.more.emit(self._row, self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _draw(self) -> None:
        for deed, button in self._buttons.items():
            button.setIcon(self._look.icon(_ICONS[deed]))
        self._more.setIcon(self._look.icon("more"))
