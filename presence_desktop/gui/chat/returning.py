"""Where one was in a conversation when one looked at another: its place, an answer or a change begun, files attached.

Decides what of it comes back: all that was begun; the place where one had scrolled to unless something new is there,
which is shown instead. Text is kept over restarts as a draft, by `core`; this is kept while the app runs.
"""

from collections.abc import Sequence

from msgspec import Struct

from presence_desktop.core.changes import Changes, Lost
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.composer import Begun, Composer
from presence_desktop.gui.chat.view import ChatView


class _Left(Struct, frozen=True):
    """How a conversation was left."""

    begun: Begun | None
    seq: int | None
    """The uppermost message in view; None: one was at the end."""
    share: float
    """Where it stood, in heights of the view."""


class Returning:
    """One per pane."""

    def __init__(self, client: Client, company: Company, view: ChatView, composer: Composer) -> None:
        self._client, self._company, self._view, self._composer = client, company, view, composer
        self._left: dict[tuple[str, int, int], _Left] = {}

    def leave(self) -> None:
        """The conversation in view is about to be left."""
        if self._company.talk is not None:
            self._left[self._key(self._company.talk.id)] = self._place(self._composer.begun)

    def come(self) -> Changes:
        """The conversation in view was opened just now: go on as one left it; what that changed."""
        talk, window = self._company.talk, self._client.chats.window
        left = None if talk is None else self._left.pop(self._key(talk.id), None)
        if talk is None or left is None:
            return Changes()
        if left.begun is not None:
            self._composer.go_on(left.begun)
        if left.seq is None or talk.unread or window is None:
            return Changes()
        row = next((row for row in window.rows if row.message.seq == left.seq), None)
        if row is None:
            return window.jump(left.seq)
        self._view.show_row(row.key, left.share)
        return Changes()

    def left_over(self, lost: Sequence[Lost]) -> str:
        """One was put out while one wrote: what is not among what was kept; empty: nothing."""
        text = self._composer.draft.strip()
        known = any(text == kept.strip() for one in lost for kept in one.texts)
        return "" if known or not lost else text

    def _place(self, begun: Begun | None) -> _Left:
        window = self._client.chats.window
        if window is None or (self._view.at_end and not window.has_newer):
            return _Left(begun, None, 0)
        for at in self._view.visible():
            row = self._view.rows.row(at)
            if row is not None and row.message.seq:
                height = max(1, self._view.viewport().height())
                return _Left(begun, row.message.seq, self._view.top_of(at) / height)
        return _Left(begun, None, 0)

    def _key(self, conversation_id: int) -> tuple[str, int, int]:
        return self._client.server, self._company.me, conversation_id
