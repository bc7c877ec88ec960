"""Changing what one said: which message, in the composer, and what becomes of a change that was refused.

Decides that no words are lost: they come back into the composer, or are handed over as left over. What a change does
to a message, sent or waiting to be sent, is `core`'s business.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.changes import Outcome
from presence_desktop.core.chat.row import Row
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.composer import Composer
from presence_desktop.gui.chat.view import ChatView


class Edits(QObject):
    """One per conversation in view."""

    changed = Signal(object)
    """The `Changes` that a change began with."""
    left_over = Signal(str)
    """The words of a change that was refused, and that the composer has no room for."""

    def __init__(self, client: Client, company: Company, view: ChatView, composer: Composer) -> None:
        super().__init__(view)
        self._client, self._company, self._view, self._composer = client, company, view, composer
        self._asked: dict[int, tuple[UUID, str]] = {}

    def begin(self, row: Row) -> None:
        """Put a message into the composer."""
        self._composer.edit(row)
        self._view.show_whole(row.key)

    def begin_last(self) -> None:
        """The last message with words that one may change."""
        for row in reversed(self._rows()):
            if self._company.may_edit(row) and row.message.text:
                self.begin(row)
                return

    def finish(self, key: UUID, text: str) -> None:
        """These are its words from now on."""
        if self._company.talk is None:
            return
        changes = self._client.chats.edit(self._company.talk.id, key, text)
        if changes.asked is not None:
            self._asked[changes.asked] = key, text
        self.changed.emit(changes)

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        """How asks ended: what was refused comes back."""
        for outcome in outcomes:
            key, text = self._asked.pop(outcome.ask, (None, ""))
            if key is None or outcome.code is None:
                continue
            row = next((row for row in self._rows() if row.key == key), None)
            if row is not None and self._company.may_edit(row) and self._composer.editing is None:
                self._composer.edit(row, text)
            else:
                self.left_over.emit(text)

    def _rows(self) -> Sequence[Row]:
        window = self._client.chats.window
        return () if window is None else window.rows
