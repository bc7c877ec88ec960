"""The main page: own card, search and people on the left, the person looked at on the right, strips on top.

Decides where things stand; each part refreshes itself from `core`.
"""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel
from presence_desktop.gui.profile_card import ProfileCard
from presence_desktop.gui.settings_menu import SettingsButton
from presence_desktop.gui.status_selector import StatusSelector
from presence_desktop.gui.strips import LinkBanner, Notice

_SIDE = 80 * theme.UNIT
_SIDE_LEAST = 60 * theme.UNIT
_NOTICES = 3


class PeoplePage(Panel):
    """What a signed-in person sees."""

    try_now = Signal()
    invite_asked = Signal()

    def __init__(self, client: Client, look: Look, clock: Clock, settings_button: SettingsButton) -> None:
        super().__init__(look)
        self._client = client
        self.selector = StatusSelector(client, look, clock)
        self.contacts = ContactPane(client, look, clock)
        self.card = ProfileCard(look, clock)
        self.banner = LinkBanner(look, client.connection, clock)
        self.banner.try_now.connect(self.try_now)
        self._notices: list[Notice] = []
        self._settings_button = settings_button
        self._strips = QVBoxLayout()
        self._lay_out()
        self.contacts.selected.connect(self._show_person)
        self.contacts.invite_asked.connect(self.invite_asked)
        for keys in ("Ctrl+F", "Ctrl+K"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._focus_search)
        QShortcut(QKeySequence("Ctrl+Shift+S"), self).activated.connect(self.selector.open_menu)

    def refresh(self, changes: Changes) -> None:
        """Take in what changed."""
        self.contacts.refresh(changes)
        self.card.set_anybody(len(self._client.roster) > 1)
        if changes.connection:
            self.banner.refresh()
        if changes.own or changes.connection:
            self.selector.refresh()
        if changes.everyone or self._shown in changes.people:
            self._show_person(self._shown)

    def time_passed(self) -> None:
        """Words like `5 min ago` grow older."""
        self.contacts.time_passed()
        self.selector.refresh()
        self.card.refresh()

    def notify(self, sentence: str) -> None:
        """Show a sentence until it is put away; the same one only once."""
        if any(notice.words.text() == sentence for notice in self._notices):
            return
        while len(self._notices) >= _NOTICES:
            self._put_away(self._notices[0])
        notice = Notice(self.look, sentence)
        notice.closed.connect(lambda: self._put_away(notice))
        self._notices.append(notice)
        self._strips.addWidget(notice)

    def focus(self) -> None:
        """Put the keyboard where arrows choose somebody, or where one searches."""
        view = self.contacts.view
        (view if view.isVisible() else self.contacts.search).setFocus()

    def clear(self) -> None:
        """Somebody else may come: keep nothing of this one."""
        for notice in tuple(self._notices):
            self._put_away(notice)
        self.contacts.start_over()
        self._show_person(None)

    @override
    def retranslate(self) -> None:
        self.selector.refresh()

    _shown: int | None = None

    def _show_person(self, user_id: int | None) -> None:
        contact = None if user_id is None else self._client.roster.get(user_id)
        self._shown = contact.user_id if contact else None
        self.card.show_contact(contact)

    def _put_away(self, notice: Notice) -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._strips.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _focus_search(self) -> None:
        self.contacts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.contacts.search.selectAll()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, 0)
        head.setSpacing(theme.UNIT)
        head.addWidget(self.selector, 1)
        head.addWidget(self._settings_button, 0, Qt.AlignmentFlag.AlignVCenter)
        side = Panel(self.look, kind="side")
        side.setMinimumSize(QSize(_SIDE_LEAST, 0))
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(2 * theme.UNIT)
        left.addLayout(head)
        left.addWidget(self.contacts, 1)

        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(side)
        halves.addWidget(self.card)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_SIDE, 3 * _SIDE])
        self._strips.setSpacing(1)
        self._strips.addWidget(self.banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._strips)
        layout.addWidget(halves, 1)
        in_order = [self.selector, self._settings_button, self.contacts.search, self.contacts.view]
        for first, second in pairwise(in_order):
            QWidget.setTabOrder(first, second)
