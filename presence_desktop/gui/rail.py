"""The rail at the window's edge: the servers one has an account on, side by side; there when there are several.

Decides what can be done with each of them by menu, by key and by dragging. Which one comes into view, and what becomes
of one that is to be forgotten, others decide.
"""

from itertools import pairwise

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.gui import theme
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.look import Look
from presence_desktop.gui.server_marks import marks, shades
from presence_desktop.gui.server_sign import ServerSign
from presence_desktop.gui.shortcuts import Way, keys_of
from presence_desktop.gui.sign_column import SignColumn
from presence_desktop.gui.verbatim import in_menu

WIDTH = 14 * theme.UNIT


class Rail(SignColumn):
    """One per window."""

    opened = Signal(object)
    """Show this account (`AccountView`)."""
    add_asked = Signal()
    """A further server."""

    def __init__(self, accounts: AccountViews, look: Look, window: QWidget) -> None:
        """`window` is the one in which the keys work."""
        super().__init__(look)
        self._accounts = accounts
        self.moved.connect(accounts.move)
        self.setFixedWidth(WIDTH)
        self.add = QToolButton()
        self.add.setObjectName("add-server")
        self.add.setIconSize(QSize(20, 20))
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.clicked.connect(self.add_asked)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 2 * theme.UNIT, 0, 2 * theme.UNIT)
        self._column.setSpacing(theme.UNIT)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._lay_out()
        accounts.listed.connect(self.fill)
        accounts.turned.connect(self.refresh)
        accounts.linked.connect(lambda _view: self.fill())
        accounts.news.connect(self._take)
        for place, key in enumerate(keys_of(Way.TO_SERVER)):
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.activated.connect(lambda number=place: self.go_to(number))
        self.retranslate()
        self.repaint_look()
        self.fill()

    def go_to(self, place: int) -> None:
        """Show the account at this place, from 0."""
        known = self._accounts.known
        if place < len(known):
            self.opened.emit(known[place])

    def fill(self) -> None:
        """Which accounts there are, and in which order."""
        known = self._accounts.known
        if [sign.view for sign in self.signs] != known:
            made = {sign.view: sign for sign in self.signs}
            self.signs = [made.pop(view) if view in made else self._sign(view) for view in known]
            for sign in made.values():
                self._column.removeWidget(sign)
                sign.hide()
                sign.deleteLater()
            for place, sign in enumerate(self.signs):
                self._column.insertWidget(place, sign, 0, Qt.AlignmentFlag.AlignHCenter)
            for first, second in pairwise((*self.signs, self.add)):
                QWidget.setTabOrder(first, second)
        self.refresh()

    def refresh(self) -> None:
        """How each of them stands."""
        known, here = self._accounts.known, self._accounts.here
        said = marks([(sign.view.name, sign.view.email) for sign in self.signs])
        fills = shades([sign.view.server for sign in self.signs], len(theme.AVATAR_FILLS))
        stop = next((sign for sign in self.signs if sign.view is here), next(iter(self.signs), None))
        for place, (sign, mark, fill) in enumerate(zip(self.signs, said, fills, strict=True)):
            sign.show_as(mark, fill)
            sign.refresh(place, here=sign.view is here, stop=sign is stop)
        self.setVisible(len(known) > 1 or (bool(known) and here not in known))

    def menu(self, view: AccountView) -> QMenu:
        """What can be done with one."""
        menu, icon = QMenu(self), self.look.icon
        known = self._accounts.known
        place = known.index(view)
        menu.addAction(icon("people"), self.tr("Open")).triggered.connect(lambda: self.opened.emit(view))
        menu.addSeparator()
        up, down = menu.addAction(self.tr("Move up")), menu.addAction(self.tr("Move down"))
        up.setEnabled(place > 0)
        down.setEnabled(place + 1 < len(known))
        up.triggered.connect(lambda: self._accounts.move(view, -1))
        down.triggered.connect(lambda: self._accounts.move(view, 1))
        menu.addSeparator()
        name = in_menu(view.name)
        if view.client.connection.signed_in:
            leave = menu.addAction(icon("sign-out"), self.tr("Sign out of {server}").format(server=name))
            leave.triggered.connect(view.client.sign_out)
        forget = menu.addAction(icon("trash", "danger"), self.tr("Remove {server}…").format(server=name))
        forget.triggered.connect(lambda: self._forget(view))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @override
    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Servers"))
        self.add.setToolTip(self.tr("Add a server"))
        self.add.setAccessibleName(self.tr("Add a server"))
        self.refresh()

    @override
    def repaint_look(self) -> None:
        self.add.setIcon(self.look.icon("plus"))
        for sign in self.signs:
            sign.update()

    def _forget(self, view: AccountView) -> None:
        if confirmed(
            self.window(),
            self.tr("Remove {server}?").format(server=view.name),
            self.tr(
                "You are signed out, and this computer forgets {account} and its conversations. "
                "What waits to be sent is lost."
            ).format(account=view.email),
            self.tr("Remove"),
        ):
            self._accounts.forget_asked.emit(view)

    def _take(self, _view: AccountView, changes: Changes) -> None:
        if changes.own or changes.connection or changes.talks:
            self.refresh()

    def _sign(self, view: AccountView) -> ServerSign:
        sign = ServerSign(view, self.look)
        self.attend(sign)
        sign.clicked.connect(lambda: self._clicked(sign))
        sign.customContextMenuRequested.connect(lambda place: self._popup(sign, place))
        return sign

    def _clicked(self, sign: ServerSign) -> None:
        self.opened.emit(sign.view)
        self.refresh()  # a click on the one that is in view leaves it chosen

    def _popup(self, sign: ServerSign, place: QPoint) -> None:
        self.menu(sign.view).popup(sign.mapToGlobal(place))

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("kind", "side")
        inner.setLayout(self._column)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
