"""Search in all messages, and the pinned messages of a conversation: a list of places to jump to.

Decides when the server is asked, and offers the filters (`from:`, `in:`, `before:`, `after:`); what they mean is
decided in `core`.
"""

import re

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.contacts.view import PeopleView
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel, Panel, text_label
from presence_desktop.gui.rooms.talk_words import talk_title
from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.search_results import FoundDelegate, FoundModel
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol import limits
from presence_desktop.protocol.chat_events import MessagePage
from presence_desktop.protocol.chat_rest import Found
from presence_desktop.protocol.errors import Code

_PAUSE_MS = 300
"""After the last key before the server is asked."""
_LAID_OUT_MS = 50
"""After rows came, until the list knows how far it can be scrolled."""
_FILTERS = ("from:", "in:", "before:", "after:")
_FILTER = re.compile(r'\b(?:from|in|before|after):(?:"[^"]*"?|\S*)', re.IGNORECASE)


def searched_words(query: str) -> tuple[str, ...]:
    """The words of a search without its filters, folded, to be marked in what was found."""
    plain = _FILTER.sub(" ", query)
    quoted = re.findall(r'"([^"]+)"', plain)
    rest = re.sub(r'"[^"]*"?', " ", plain).split()
    return tuple(word.strip().casefold() for word in (*quoted, *rest) if word.strip())


class SearchPage(Panel):
    """The page; one for searching and for pins."""

    back = Signal()
    jumped = Signal(int, int)
    """(conversation, seq): show this place."""

    def __init__(self, client: Client, look: Look, clock: Clock, asks: Asks) -> None:
        super().__init__(look)
        self._client, self._asks = client, asks
        self._pins_of: int | None = None
        self._next: str | None = None
        self._query = ""
        self._waiting = False
        self._error: Code | None = None
        self.back_button = QToolButton()
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.title = ElidedLabel("title")
        self.query = SearchField()
        self.query.setObjectName("message-search")
        self.query.setMaxLength(limits.SEARCH_LENGTH)
        self._glass = self.query.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.model = FoundModel(client, clock, self)
        self._delegate = FoundDelegate(look, self.model)
        self.list = PeopleView()
        self.list.setObjectName("found")
        self.list.setProperty("kind", "page")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.again = QPushButton()
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._chips: dict[str, QToolButton] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._fill = QTimer(self)
        self._fill.setSingleShot(True)
        self._fill.setInterval(_LAID_OUT_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.repaint_look()

    # --- what is shown ---

    def search(self, query: str = "") -> None:
        """Search from now on; a query that is given is carried out at once."""
        self._pins_of = None
        self.model.one_talk = False
        self._forget()
        self._show_search(True)
        self.query.setText(query)
        self.query.setFocus()
        self.query.setCursorPosition(0 if query.lstrip().startswith(_FILTERS) else len(query))
        self.retranslate()
        self._run()

    def show_pins(self, conversation_id: int) -> None:
        """Show what is pinned in a conversation."""
        self._pins_of = conversation_id
        self.model.one_talk = True
        self._forget()
        self._show_search(False)
        self.retranslate()
        pins = self._client.chats.fetch_pins(conversation_id)
        self._waiting = pins.asked is not None
        self._asks.begin(pins, self, self._pins_came)
        self._show_state()
        self.back_button.setFocus()

    def clear(self) -> None:
        """Somebody else may come."""
        self.query.clear()
        self._forget()

    @override
    def retranslate(self) -> None:
        self.back_button.setToolTip(self.tr("Back"))
        self.back_button.setAccessibleName(self.tr("Back"))
        self.query.setPlaceholderText(self.tr("Search in all messages"))
        self.query.setAccessibleName(self.tr("Search in all messages"))
        self._glass.setText(self.query.accessibleName())
        self.list.setAccessibleName(self.tr("Found messages"))
        self.again.setText(self.tr("Try again"))
        shown = {
            "from:": self.tr("From…"),
            "in:": self.tr("In…"),
            "before:": self.tr("Before…"),
            "after:": self.tr("After…"),
        }
        told = {
            "from:": self.tr("Said by somebody: from:name"),
            "in:": self.tr("In a room or with somebody: in:name"),
            "before:": self.tr("Said before a day: before:2026-11-23"),
            "after:": self.tr("Said after a day: after:2026-11-23"),
        }
        for name, chip in self._chips.items():
            chip.setText(shown[name])
            chip.setToolTip(told[name])
            chip.setAccessibleName(told[name])
        talk = None if self._pins_of is None else self._client.chats.get(self._pins_of)
        if talk is None:
            self.title.setText(self.tr("Search in messages"))
        else:
            self.title.setText(self.tr("Pinned in {room}").format(room=talk_title(self._client, talk)))
        self._show_state()

    @override
    def repaint_look(self) -> None:
        self.back_button.setIcon(self.look.icon("back"))
        self._glass.setIcon(self.look.icon("search"))
        self.list.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        self._show_state()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.model.rowCount():
                self.list.setCurrentIndex(self.model.index(0, 0))
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    # --- asking ---

    def _run(self) -> None:
        self._pause.stop()
        self._forget()
        self._query = self.query.text().strip()
        if searched_words(self._query):
            found = self._client.chats.search(self._query)
            self._waiting = found.asked is not None
            self._asks.begin(found, self, self._found_came)
        self._show_state()

    def _more(self) -> None:
        """The end of the list is near: fetch what is older."""
        bar = self.list.verticalScrollBar()
        near = bar.value() >= bar.maximum() - self.list.viewport().height()
        if near and self._next is not None and not self._waiting:
            found = self._client.chats.search(self._query, self._next)
            self._waiting = found.asked is not None
            self._asks.begin(found, self, self._found_came)

    def _found_came(self, outcome: Outcome) -> None:
        self._waiting = False
        self._error = outcome.code
        if isinstance(outcome.answer, Found):
            first = not self.model.rowCount()
            self._next = outcome.answer.next
            if first:
                self.model.show(outcome.answer.messages, searched_words(self._query))
            else:
                self.model.add(outcome.answer.messages)
            self._fill.start()  # a page may hold little or nothing, and there is more all the same
        self._show_state()

    def _pins_came(self, outcome: Outcome) -> None:
        self._waiting = False
        self._error = outcome.code
        if isinstance(outcome.answer, MessagePage):
            self.model.show(outcome.answer.messages, ())
            self.list.setFocus()
        self._show_state()

    def _forget(self) -> None:
        self._asks.forget(self)
        self._fill.stop()
        self._waiting, self._next, self._error = False, None, None
        self.model.show((), ())

    def _try_again(self) -> None:
        if self._pins_of is None:
            self._run()
        else:
            self.show_pins(self._pins_of)

    def _jump(self, index: QModelIndex) -> None:
        message = self.model.message(index.row())
        if message is not None:
            self.jumped.emit(message.conversation_id, message.seq)

    # --- looks ---

    def _show_search(self, on: bool) -> None:
        self.query.setVisible(on)
        for chip in self._chips.values():
            chip.setVisible(on)

    def _show_state(self) -> None:
        some = self.model.rowCount() > 0
        self.list.setVisible(some)
        self.again.setVisible(not some and self._error not in (None, *self._filter_words()))
        for part in (self.words, self._picture):
            part.setVisible(not some)
        self.words.setText("" if some else self._state_words())
        icon = "search" if self._pins_of is None else "pin"
        self._picture.setPixmap(self.look.picture(icon, theme.EMPTY_ICON, self.devicePixelRatioF()))

    def _state_words(self) -> str:
        if self._waiting or self._next is not None:
            return self.tr("Searching…") if self._pins_of is None else self.tr("Looking what is pinned…")
        if self._error is not None:
            return self._filter_words().get(self._error) or ask_sentence(self._error)
        if self._pins_of is not None:
            return self.tr("Nothing is pinned here yet.\nPin what everybody should find again.")
        if searched_words(self._query):
            return self.tr("No message has “{words}” in it.").format(words=self._query)
        return self.tr(
            "Type what you remember of it. All words must be found; Korean is found inside words too."
        )

    def _filter_words(self) -> dict[Code, str]:
        """What is wrong with a filter; trying again would not help."""
        return {
            Code.UNKNOWN_USER: self.tr("Nobody has the name behind from:"),
            Code.UNKNOWN_CONVERSATION: self.tr("No room and nobody has the name behind in:"),
            Code.INVALID_PAYLOAD: self.tr("Write days like this: before:2026-11-23"),
        }

    def _add_filter(self, name: str) -> None:
        text = self.query.text().rstrip()
        self.query.setText(f"{text} {name}" if text else name)
        self.query.setFocus()

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back)
        self.query.textChanged.connect(lambda: self._pause.start())
        self.query.installEventFilter(self)
        self._pause.timeout.connect(self._run)
        self._fill.timeout.connect(self._more)
        self.again.clicked.connect(self._try_again)
        self.list.activated.connect(self._jump)
        self.list.clicked.connect(self._jump)
        self.list.verticalScrollBar().valueChanged.connect(self._more)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(3 * theme.UNIT, 3 * theme.UNIT, 4 * theme.UNIT, 0)
        top.setSpacing(2 * theme.UNIT)
        top.addWidget(self.back_button)
        top.addWidget(self.title, 1)
        chips = QHBoxLayout()
        chips.setSpacing(2 * theme.UNIT)
        for name in _FILTERS:
            chip = self._chips[name] = QToolButton()
            chip.setProperty("kind", "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _checked=False, chosen=name: self._add_filter(chosen))
            chips.addWidget(chip)
        chips.addStretch(1)
        asking = QVBoxLayout()
        asking.setContentsMargins(5 * theme.UNIT, 0, 5 * theme.UNIT, 0)
        asking.setSpacing(2 * theme.UNIT)
        asking.addWidget(self.query)
        asking.addLayout(chips)
        empty = QVBoxLayout()
        empty.setContentsMargins(8 * theme.UNIT, 0, 8 * theme.UNIT, 0)
        empty.setSpacing(3 * theme.UNIT)
        empty.addStretch(1)
        empty.addWidget(self._picture)
        empty.addWidget(self.words)
        empty.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addStretch(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2 * theme.UNIT)
        layout.setSpacing(3 * theme.UNIT)
        layout.addLayout(top)
        layout.addLayout(asking)
        layout.addWidget(self.list, 1)
        layout.addLayout(empty)
