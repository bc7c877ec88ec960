"""The app's place in the system tray: one's own status, how much is unread, and a menu to change the one, open, quit.

Decides what it shows. When there is a tray, and what follows from that, is `app`'s business.
"""

import sys

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from presence_desktop.core.changes import Changes
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.dots import paint_dot
from presence_desktop.gui.icons import app_icon, unread_icon
from presence_desktop.gui.quiet_board import QuietBoard
from presence_desktop.gui.quiet_menu import QuietMenu
from presence_desktop.gui.theme import LIGHT
from presence_desktop.gui.verbatim import in_menu
from presence_desktop.gui.words import choice_word, status_word
from presence_desktop.protocol.status import Status

_SIDES = (22, 24, 32, 48, 64)
_ALONE, _BESIDE, _RIM = 0.56, 0.46, 0.08
"""How much of the icon's side the dot takes: alone, and above how much is unread; how much of that is white."""
_NAME = "Presence Desktop"


class Tray(QObject):
    """The icon and its menu; shown by `begin` where there is a tray."""

    opened = Signal()
    """Open the window, by the menu."""
    clicked = Signal()
    """The icon itself."""
    picked = Signal(object, object)
    """(Status, None)."""
    account_asked = Signal(object)
    """Open the window with this account (`AccountView`)."""
    quit_asked = Signal()
    message_clicked = Signal(str)
    """The key of the message that was shown last."""

    def __init__(self, accounts: AccountViews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._menu = QMenu()
        group = QActionGroup(self._menu)
        self._choices = {status: self._menu.addAction("") for status in Status}
        for status, action in self._choices.items():
            action.setCheckable(True)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, chosen=status: self.picked.emit(chosen, None))
        self._menu.addSeparator()
        self._below = self._menu.addSeparator()
        self._servers: list[QAction] = []
        self._open = self._menu.addAction("")
        self._open.triggered.connect(self.opened)
        self._quit = self._menu.addAction("")
        self._quit.triggered.connect(self.quit_asked)
        self.icon: QSystemTrayIcon | None = None
        self._board: QuietBoard | None = None
        self._quiet: QuietMenu | None = None
        self._key = ""
        self._drawn: tuple[object, ...] = ()

    def use(self, board: QuietBoard) -> None:
        """Offer quiet for a while, and say whether it is quiet."""
        self._board, self._quiet = board, QuietMenu(board, self._menu)
        self._menu.insertMenu(self._open, self._quiet)
        self._menu.insertSeparator(self._open)
        self._menu.aboutToShow.connect(self._quiet.fill)
        board.changed.connect(self.redraw)

    def begin(self) -> None:
        """Show the icon; there is a place for it."""
        if self.icon is not None:
            return
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(lambda: self.message_clicked.emit(self._key))
        self.redraw()
        self.icon.show()

    def end(self) -> None:
        """Take the icon away."""
        if self.icon is not None:
            self.icon.hide()
        self._menu.deleteLater()

    def refresh(self, changes: Changes) -> None:
        """Take in what changed."""
        if changes.own or changes.connection or changes.talks:
            self.redraw()

    def say(self, key: str, title: str, text: str) -> None:
        """A message at the icon, for desktops whose notifications cannot be spoken to otherwise."""
        if self.icon is not None:
            self._key = key
            self.icon.showMessage(title, text, app_icon())

    def retranslate(self) -> None:
        """Another language holds."""
        self._drawn = ()
        self.redraw()

    def redraw(self) -> None:
        """Show what is held now."""
        if self.icon is None:
            return
        client = self._accounts.shown.client
        signed_in, own = client.connection.signed_in, client.own
        status = own.shown if client.connection.link_known else None
        unread = self._accounts.unread
        quiet = "" if self._board is None else self._board.words()
        each = [(view, view.name, view.unread) for view in self._accounts.signed_in]
        now = (signed_in, status, own.choice, unread, quiet, each)
        if now == self._drawn:
            return
        self._drawn = now
        self._list_servers()
        for choice, action in self._choices.items():
            action.setText(choice_word(choice))
            action.setChecked(choice is own.choice)
            action.setVisible(signed_in)
        self._open.setText(self.tr("Open"))
        self._quit.setText(self.tr("Quit"))
        words = [_NAME, *([status_word(status)] if signed_in else [])]
        if unread:
            words.append(self.tr("Unread: {count}").format(count=unread))
        if quiet:
            words.append(quiet)
        if self._quiet is not None:
            self._quiet.fill()
        self.icon.setToolTip(" · ".join(words))
        self.icon.setIcon(self._drawing(status, unread, signed_in))

    def _list_servers(self) -> None:
        """Where there are several: each with how much is unread there."""
        for action in self._servers:
            self._menu.removeAction(action)
            action.deleteLater()
        views = self._accounts.signed_in
        self._servers = [self._server(view) for view in views] if len(views) > 1 else []
        self._menu.insertActions(self._below, self._servers)

    def _server(self, view: AccountView) -> QAction:
        words = [in_menu(view.name)]
        if view.unread:
            words.append(self.tr("Unread: {count}").format(count=view.unread))
        action = QAction(" · ".join(words), self._menu)
        action.triggered.connect(lambda: self.account_asked.emit(view))
        return action

    def _drawing(self, status: Status | None, unread: int, signed_in: bool) -> QIcon:
        """The app's mark with how much is unread on it; one's own dot where there is room beside that."""
        mark = unread_icon(str(unread) if unread < 100 else "99+") if unread else app_icon()
        if not signed_in:
            return mark
        drawn = QIcon()
        for side in _SIDES:
            pixmap = mark.pixmap(QSize(side, side), 1.0)
            painter = QPainter(pixmap)
            _paint_own(painter, side, status, above=bool(unread))
            painter.end()
            drawn.addPixmap(pixmap)
        return drawn

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """The first half of a double click has done what there is to do. A Mac opens the menu, by itself."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.clicked.emit()


def _paint_own(painter: QPainter, side: int, status: Status | None, *, above: bool) -> None:
    """One's own dot on a white disc, since nobody knows what colour a tray has; `above` the number, or alone."""
    disc = round(side * (_BESIDE if above else _ALONE))
    box = QRectF(side - disc, 0 if above else side - disc, disc, disc)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawEllipse(box)
    rim = max(1.0, disc * _RIM)
    paint_dot(painter, box.adjusted(rim, rim, -rim, -rim), status, LIGHT)
