"""A conversation: header, messages, who is typing, composer; and what happens when one uses them.

Places the parts and passes wishes on to `client.chats`; it holds no rules. Every `Changes` a wish gives back leaves by
`changed`, and comes back with `refresh` like all news.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from presence_desktop.core.changes import Changes, Lost
from presence_desktop.core.chat.row import LocalFile, Row
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.completion import Completion
from presence_desktop.gui.chat.composer import Composer
from presence_desktop.gui.chat.deeds import Deeds
from presence_desktop.gui.chat.dropping import DropZone
from presence_desktop.gui.chat.edits import Edits
from presence_desktop.gui.chat.floating_day import FloatingDay
from presence_desktop.gui.chat.gestures import Gestures
from presence_desktop.gui.chat.header import Header
from presence_desktop.gui.chat.layouts import Layouts
from presence_desktop.gui.chat.model import ChatModel
from presence_desktop.gui.chat.opening import Opening
from presence_desktop.gui.chat.paging import Paging
from presence_desktop.gui.chat.painter import RowPainter
from presence_desktop.gui.chat.pictures import Pictures
from presence_desktop.gui.chat.reading import Reading
from presence_desktop.gui.chat.returning import Returning
from presence_desktop.gui.chat.states import EmptyState
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.gui.chat.way_down import WayDown
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.rooms.talk_words import typing_words

DRAFT_MS = 1_500
"""A draft is kept when nothing was typed for so long."""


class ChatPane(DropZone):
    """One conversation at a time."""

    changed = Signal(object)
    """The `Changes` of a wish, to be shown everywhere (here too, by `refresh`)."""
    back = Signal()
    person_asked = Signal(int)
    members_asked = Signal(int)
    details_asked = Signal(int)
    pins_asked = Signal(int)
    search_asked = Signal(int)
    notice = Signal(str, str)
    """A sentence, and a text that is nowhere else any more (empty: none)."""

    def __init__(self, client: Client, look: Look, clock: Clock, outgoing: Path | None = None) -> None:
        super().__init__(look)
        self._client, self._clock = client, clock
        self.company = Company(client)
        self.pictures = Pictures(client, self)
        self.layouts = Layouts(look, self.company)
        self._painter = RowPainter(look, client, self.company, self.pictures, clock)
        self._opening = Opening(look, self.company)
        self.model = ChatModel(self.company, clock, self)
        self.header = Header(client, look, self.company, clock)
        self.view = ChatView(self.model, self.layouts, self._painter, self._opening)
        self.empty = EmptyState(look, self.company)
        self.typing_line = ElidedLabel("small")
        self.composer = Composer(look, outgoing)
        self.way_down = WayDown(client, look, self.view)
        self.day = FloatingDay(look, clock, self.view)
        self.completion = Completion(look, self.company, self)
        self.deeds = Deeds(client, self.company, self)
        self.edits = Edits(client, self.company, self.view, self.composer)
        self.gestures = Gestures(client, look, self.company, self.view, self.composer, self.deeds)
        self._returning = Returning(client, self.company, self.view, self.composer)
        self.reading = Reading(client, self.company, self.view, clock)
        self.paging = Paging(client, look, self.view, self._opening, self.empty, self.day)
        self._draft = QTimer(self, interval=DRAFT_MS, singleShot=True)
        self._draft.timeout.connect(self._keep_draft)
        self._lay_out()
        self._connect_view()
        self._connect_composer()
        self.retranslate()

    # --- what is told ---

    @property
    def shown(self) -> int | None:
        """The conversation in view."""
        return self.company.talk.id if self.company.talk is not None else None

    def show_talk(self, conversation_id: int) -> None:
        """Open a conversation."""
        if self.shown == conversation_id:
            return
        self._keep_draft()
        talk = self._client.chats.get(conversation_id)
        if talk is None:
            return
        self._returning.leave()
        self.company.talk = talk
        self.pictures.forget()
        self.way_down.forget()
        self.composer.begin(talk.draft, self.company.invitation)
        self.changed.emit(self._client.chats.open(conversation_id))
        self.changed.emit(self._returning.come())
        self._drop_gone()

    def close_talk(self) -> None:
        """Show no conversation any more."""
        if self.company.talk is None:
            return
        self._keep_draft()
        self._returning.leave()
        self.company.talk = None
        self.composer.begin("", str)
        self.model.show(())
        self.changed.emit(self._client.chats.leave_view())

    def jump(self, seq: int) -> None:
        """Show the message at this place, and light it up."""
        self.paging.jump(seq)

    def refresh(self, changes: Changes) -> None:
        """Take in what changed."""
        self.edits.settle(changes.outcomes)
        if self.company.talk is None:
            return
        if self.company.talk.id in changes.talks:
            talk = self._client.chats.get(self.company.talk.id)
            if talk is None:
                self._lose(changes.lost)
                return
            self.company.talk = talk
        self._refresh_people(changes)
        if changes.chat or changes.window:
            self._follow(changes)
        if self.company.talk.id in changes.talks or changes.window:
            self._refresh_talk()
        if changes.files:
            self.view.viewport().update()
            if self.gestures.viewer is not None:
                self.gestures.viewer.refresh()

    def time_passed(self) -> None:
        """`Today` becomes `Yesterday`."""
        self.view.viewport().update()
        self.header.refresh()

    def focus(self) -> None:
        """Put the keyboard where one writes."""
        self.composer.field.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is out of sight, so that there must be a way back."""
        self.header.set_narrow(narrow)

    # --- showing ---

    def _refresh_people(self, changes: Changes) -> None:
        """Names and faces; of the many whose status changes only those in sight count."""
        if changes.everyone:
            self.layouts.renew()
            self.view.forget_heights()
        elif not changes.people.isdisjoint(self.view.senders()):
            self.view.viewport().update()
        if changes.everyone or not changes.people.isdisjoint(self.header.people()):
            self.header.refresh()
            self.reading.say_status()

    def _follow(self, changes: Changes) -> None:
        """Rows came, went, or are others."""
        window = self._client.chats.window
        if window is None or window.conversation_id != self.shown:
            return
        self.paging.follow(window, changes)
        if changes.chat:
            self._drop_gone()
            self.reading.read_out(window.rows)
        self._moved()

    def _drop_gone(self) -> None:
        """What was being edited, answered or looked at may be gone."""
        for row in self.composer.concerned:
            if self._is_gone(row):
                self.composer.gone(row.key)
        viewer = self.gestures.viewer
        if viewer is not None and self._is_gone(viewer.row):
            viewer.close()

    def _is_gone(self, row: Row) -> bool:
        at = self.model.place(row.key)
        now = self.model.row(at) if at is not None else row
        return now is not None and now.message.deleted_at is not None

    def _refresh_talk(self) -> None:
        talk = self.company.talk
        if talk is None:
            return
        self.header.refresh()
        self.reading.say_status()
        self.way_down.button.set_count(talk.unread)
        words = typing_words([self.company.name(user_id) for user_id in talk.typing])
        self.typing_line.setText(words)
        self.typing_line.setAccessibleName(words)

    def _moved(self) -> None:
        """Other rows are on the screen."""
        self.gestures.bar.hide()
        self.paging.moved()
        self.reading.moved()
        self.way_down.moved()

    # --- writing ---

    def _send(self, text: str, files: tuple[LocalFile, ...], reply_to: UUID | None) -> None:
        if self.shown is not None:
            self._draft.stop()
            self.changed.emit(self._client.chats.send(self.shown, text, reply_to, files))
            self.view.show_end()

    def _reply(self, row: Row) -> None:
        self.composer.reply_to(row, self.company.name(row.message.sender_id))

    def _typing(self, on: bool) -> None:
        if self.shown is not None:
            self._client.chats.typing(self.shown, on)
            self._draft.start()

    def _lose(self, lost: Sequence[Lost]) -> None:
        """One is no longer in it."""
        if text := self._returning.left_over(lost):
            self.notice.emit(self.tr("What you were just writing was not sent."), text)
        self.close_talk()
        self.back.emit()

    def _tell_left_over(self, text: str) -> None:
        self.notice.emit(self.tr("What you changed in a message was not taken."), text)

    def _keep_draft(self) -> None:
        self._draft.stop()
        talk = self.company.talk
        if talk is not None and self.composer.draft != talk.draft:
            self.changed.emit(self._client.chats.set_draft(talk.id, self.composer.draft))

    # --- the parts ---

    def _connect_view(self) -> None:
        view, header, deeds = self.view, self.header, self.deeds
        view.moved.connect(self._moved)
        self.way_down.jump_wanted.connect(self.jump)
        self.way_down.arrived.connect(self.focus)
        self.pictures.arrived.connect(view.viewport().update)
        for part in (deeds, self.paging, self.reading, self.edits, self.way_down):
            part.changed.connect(self.changed)
        self.reading.looked_away.connect(self._keep_draft)
        deeds.reply_wanted.connect(self._reply)
        deeds.edit_wanted.connect(self.edits.begin)
        deeds.discarded.connect(self.composer.gone)
        self.gestures.jump_wanted.connect(self.way_down.jump)
        deeds.quoted_wanted.connect(self.way_down.jump)
        self.gestures.person_asked.connect(self.person_asked)
        header.back.connect(self.back)
        for asked, signal in (
            (header.details, self.details_asked),
            (header.members, self.members_asked),
            (header.pins, self.pins_asked),
            (header.search, self.search_asked),
        ):
            asked.connect(lambda signal=signal: self.shown is not None and signal.emit(self.shown))

    def _connect_composer(self) -> None:
        composer, field = self.composer, self.composer.field
        composer.submitted.connect(self._send)
        composer.edited.connect(self.edits.finish)
        composer.edit_last.connect(self.edits.begin_last)
        self.edits.left_over.connect(self._tell_left_over)
        composer.typing.connect(self._typing)
        composer.notice.connect(lambda words: self.notice.emit(words, ""))
        composer.left.connect(self.back)
        field.scrolled.connect(self.view.page)
        field.list_wanted.connect(self._go_to_messages)
        self.dropped.connect(field.insertFromMimeData)
        self.completion.attend(composer.field, composer.box)

    def _go_to_messages(self) -> None:
        self.view.setFocus()
        self.view.choose_last()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep_draft()  # the app may be about to end

    @property
    @override
    def takes_files(self) -> bool:
        return self.shown is not None

    @override
    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Messages"))
        self.layouts.renew()
        self.view.forget_heights()
        self.model.repaint_all()
        self._refresh_talk()

    @override
    def repaint_look(self) -> None:
        self._painter.renew()
        self.layouts.renew()
        self.view.forget_heights()

    def _lay_out(self) -> None:
        self.typing_line.setContentsMargins(5 * theme.UNIT, 0, 5 * theme.UNIT, 0)
        self.typing_line.setFixedHeight(6 * theme.UNIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.paging, 1)
        layout.addSpacing(2 * theme.UNIT)
        layout.addWidget(self.composer)
        layout.addWidget(self.typing_line)
