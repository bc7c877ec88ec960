"""The rows of the open conversation: 300 to 500 of them at most, over what is kept here and on the server."""

from collections.abc import Sequence
from uuid import UUID

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Row
from presence_desktop.protocol.errors import Code

MOST_ROWS = 500
PAGE_ROWS = 100


class ChatWindow:
    """A window over one conversation. Made by `Chats.open`; it changes in `Chats`' and its own calls only, and every
    such call tells the steps (`Changes.chat`).
    """

    def __init__(self, conversation_id: int) -> None:
        self.conversation_id = conversation_id
        self.rows: Sequence[Row] = ()
        """Oldest first; what is in the outbox stands at the end. Only to be read."""
        self.has_older = True
        """Whether there are messages above the first row, here or on the server."""
        self.has_newer = False
        """Whether there are messages below the last row: then new ones do not come in, and the outbox is not shown."""
        self.loading_older = False
        self.loading_newer = False
        self.loading = False
        """The whole window waits for the server (opened without anything kept, jumped to where nothing is)."""
        self.error: Code | None = None
        """Why the last fetching failed; None once another began. `fetch_*`, `jump` and `to_newest` try again."""
        self.target: UUID | None = None
        """The row to show after `Replaced`: the one jumped to, or the first unread one; None: the newest."""
        self.first_unread_key: UUID | None = None
        """The row below the line *new*, None: no line, or it is not in the window."""

    def index(self, key: UUID) -> int | None:
        """Where the row with this key stands."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), None)

    def fetch_older(self) -> Changes:
        """Up to 100 more rows above the first one; nothing while some are on their way. Call it from the view's
        scrolling, never while painting.
        """
        return Changes()

    def fetch_newer(self) -> Changes:
        """Up to 100 more rows below the last one; nothing while some are on their way."""
        return Changes()

    def jump(self, seq: int) -> Changes:
        """Show the rows around this place (at once where they are kept here); `target` is its row then."""
        return Changes()

    def to_newest(self) -> Changes:
        """Show the newest rows."""
        return Changes()

    def draw_line(self) -> Changes:
        """The person looks away: whatever comes from now on stands below the line *new*."""
        return Changes()
