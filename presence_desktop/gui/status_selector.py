"""One's own card: avatar, name, and the server's word on one's status; a click opens the choices.

Decides nothing: it shows what `core` holds and says what was picked.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import avatar_pixmap
from presence_desktop.gui.card_button import CardButton
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.quiet_board import QuietBoard
from presence_desktop.gui.status_menu import StatusMenu
from presence_desktop.gui.when import at
from presence_desktop.gui.words import choice_word, custom_words, status_word, why
from presence_desktop.protocol.status import Status

_SIDE = 10 * theme.UNIT


class StatusSelector(CardButton):
    """The own card."""

    picked = Signal(object, object)
    """(Status, end in ms or None)."""
    custom_picked = Signal(object)
    """A `CustomForm`."""

    why_asked = Signal()

    def __init__(self, client: Client, look: Look, clock: Clock) -> None:
        super().__init__()
        self._client, self._look, self._clock = client, look, clock
        self._fallback_name = ""
        self.setObjectName("status-selector")
        self.setProperty("kind", "own")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QLabel()
        self._name = ElidedLabel("strong")
        self._line = ElidedLabel("small")
        self._chevron, self.quiet = QLabel(), QLabel()
        self._board: QuietBoard | None = None
        self._lay_out()
        self.choices = StatusMenu(look, self)
        self.choices.picked.connect(self.picked)
        self.choices.end_asked.connect(self._ask_end)
        self.choices.custom_asked.connect(self._ask_custom)
        self.choices.why_asked.connect(self.why_asked)
        # whether it is pointed at may have changed meanwhile
        self.choices.aboutToHide.connect(lambda: self.update())
        self.clicked.connect(self.open_menu)
        look.changed.connect(self.refresh)
        self.refresh()

    def set_name(self, name: str) -> None:
        """What to call the person until the server has said it."""
        self._fallback_name = name
        self.refresh()

    def use(self, board: QuietBoard) -> None:
        """Show whether it is quiet, and let it be asked for in the menu."""
        self._board = self.choices.board = board
        board.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Draw what is held now."""
        me, own = self._client.me, self._client.own
        name = me.username if me else self._fallback_name
        line, status = self._status_line(), self._status()
        self._name.setText(name)
        self._line.setText(line)
        look = self._look
        dot = (status, look.palette, look.color("side"))
        user_id = me.user_id if me else 0
        ratio = self.devicePixelRatioF()
        face = look.faces.of(user_id, _SIDE) if me else None
        self._picture.setPixmap(avatar_pixmap(_SIDE, user_id, name, look.font("strong"), ratio, dot, face))
        self._chevron.setPixmap(look.icon("chevron-down").pixmap(QSize(16, 16)))
        quiet = "" if self._board is None else self._board.words()
        self.quiet.setPixmap(look.icon("bell-off").pixmap(QSize(16, 16)))
        self.quiet.setVisible(bool(quiet))
        now = self._clock.now()
        reason = None if status is None else own.reason
        self.setToolTip("\n".join(part for part in (why(status, reason, own.since, now), quiet) if part))
        spoken = self.tr("{name}, you are: {status}").format(name=name, status=line)
        self.setAccessibleName(f"{spoken}. {quiet}" if quiet else spoken)
        self.setAccessibleDescription(self.tr("Opens the choice of a status"))

    def open_menu(self) -> None:
        """Show the choices below the card."""
        self.choices.fill(self._client.own, self._clock.now())
        self.choices.setMinimumWidth(self.width())
        self.choices.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _status(self) -> Status | None:
        return self._client.own.shown if self._client.connection.link_known else None

    def _status_line(self) -> str:
        own = self._client.own
        if own.pending:
            return self.tr("{status} · waiting for the server…").format(status=choice_word(own.choice))
        status = self._status()
        if status is None:
            return status_word(None)
        chosen = own.choice is Status.OFFLINE and status is Status.OFFLINE
        word = choice_word(status) if chosen else status_word(status)
        if own.until is not None:
            time = at(own.until, self._clock.now())
            word = self.tr("{status} · until {time}").format(status=word, time=time)
        custom = (
            "" if chosen else custom_words(own.emoji, own.text)
        )  # nobody sees it while one appears offline
        return " · ".join((word, custom)) if custom and own.until is not None else custom or word

    def _ask_end(self) -> None:
        from presence_desktop.gui.end_time import ask_end_time

        choice = self._client.own.choice
        moment = ask_end_time(self._clock.now(), self)
        if moment is not None:
            self.picked.emit(choice, moment)

    def _ask_custom(self) -> None:
        from presence_desktop.gui.custom_status import CustomForm, ask_custom_status

        own = self._client.own
        form = ask_custom_status(
            self._look, self._clock.now(), CustomForm(own.text, own.emoji, own.text_until), self
        )
        if form is not None:
            self.custom_picked.emit(form)

    def _lay_out(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self._name)
        lines.addWidget(self._line)
        lines.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT)
        layout.setSpacing(2 * theme.UNIT)
        layout.addWidget(self._picture)
        layout.addLayout(lines, 1)
        layout.addWidget(self.quiet)
        layout.addWidget(self._chevron)
        self.quiet.hide()
        self.let_through(self._picture, self._name, self._line, self.quiet, self._chevron)
