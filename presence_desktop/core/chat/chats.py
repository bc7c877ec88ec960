"""All that a person can do in conversations, and what every piece of news does to them.

The window talks to this alone (`client.chats`). Every verb returns `Changes`, to be shown at once as those of
`Client.apply` are. A verb whose answer comes from the server names the number of its ask (`Changes.asked`); the answer
or the refusal comes later as one `Outcome` in `Changes.outcomes`, without a link at the next batch.
"""

from collections.abc import Sequence
from uuid import UUID

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.chat_window import ChatWindow
from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.chat.talk import Talk
from presence_desktop.protocol.chat import MemberRole, Visibility


class Chats:
    """The conversations of whoever is signed in. Call it from one thread only."""

    def __init__(self) -> None:
        self.available = False
        """Whether the server knows conversations (a plain one does not)."""
        self.known = False
        """Whether the list was told by the server in this run; before that it is what was kept here."""
        self.window: ChatWindow | None = None
        """The open conversation's rows; None: none is open."""

    # --- what is known ---

    def ids(self) -> Sequence[int]:
        """All conversations, the one with the latest activity first."""
        return ()

    def get(self, conversation_id: int) -> Talk | None:
        """A conversation as the list shows it."""
        return None

    def find_direct(self, user_id: int) -> int | None:
        """The direct conversation with somebody (or with oneself), if there is one."""
        return None

    @property
    def unread_total(self) -> int:
        """Unread messages in all conversations that are not muted."""
        return 0

    @property
    def mentions_total(self) -> int:
        """Unread mentions in all conversations, and unread messages in direct ones that are not muted."""
        return 0

    def here(self, conversation_id: int) -> tuple[int, ...]:
        """Who else has this conversation open now; known of the open one only."""
        return ()

    def readers(self, conversation_id: int, seq: int) -> tuple[int, ...]:
        """Which others have read the message at this place, as far as they let one know."""
        return ()

    def file(self, file_id: UUID) -> FileState:
        """What is here of a file on a message."""
        return FileState()

    # --- opening, going through ---

    def open(self, conversation_id: int) -> Changes:
        """Show a conversation: `window` is at its first unread row, else at the newest. Others see one in it."""
        return Changes()

    def leave_view(self) -> Changes:
        """No conversation is shown any more."""
        return Changes()

    def mark_read(self, conversation_id: int, seq: int) -> Changes:
        """The person saw all up to this place. Told to the server now, or once there is a link."""
        return Changes()

    def set_draft(self, conversation_id: int, text: str) -> Changes:
        """Keep what is written and not sent (when the person leaves or pauses, not at each key)."""
        return Changes()

    def mute(self, conversation_id: int, on: bool) -> Changes:
        """No notifications of this conversation on this computer."""
        return Changes()

    def typing(self, conversation_id: int, on: bool = True) -> None:
        """The person types: call it at every key, it is told every 3 s at most. `on=False`: the text is empty again."""

    # --- messages: kept in the outbox, sent when it can be ---

    def send(
        self,
        conversation_id: int,
        text: str,
        reply_to: UUID | None = None,
        files: Sequence[LocalFile] = (),
    ) -> Changes:
        """Send a message. It stands in the outbox (on the disk) before this returns, and the draft is empty.

        Nothing happens with neither text nor files. Where older rows are shown, the window goes to the newest.
        """
        return Changes()

    def retry(self, key: UUID) -> Changes:
        """Send a failed message again, after those written since; what waits for its next try goes at once."""
        return Changes()

    def discard(self, key: UUID) -> Changes:
        """Take an unsent message out of the outbox. One that is on its way to the server just now stays."""
        return Changes()

    def cancel_upload(self, key: UUID) -> Changes:
        """Stop sending a message's files: the same as `discard`."""
        return Changes()

    # --- messages: asked of the server ---

    def edit(self, conversation_id: int, key: UUID, text: str) -> Changes:
        """Change one's own message -> `MessageChanged`. An unsent one changes at once, without an ask."""
        return Changes()

    def delete(self, conversation_id: int, key: UUID) -> Changes:
        """Delete a message -> `MessageChanged`. An unsent one goes at once, without an ask."""
        return Changes()

    def react(self, conversation_id: int, key: UUID, emoji: str, on: bool) -> Changes:
        """React with an emoji, or take that back -> `MessageChanged`."""
        return Changes()

    def pin(self, conversation_id: int, key: UUID, on: bool) -> Changes:
        """Pin a message, or take that back -> `MessageChanged`."""
        return Changes()

    def fetch_pins(self, conversation_id: int) -> Changes:
        """The pinned messages -> `MessagePage`, newest pin first."""
        return Changes()

    def search(self, text: str, cursor: str | None = None) -> Changes:
        """Search everywhere -> `chat_rest.Found`, newest first; `cursor`: its `next`, for more.

        `from:name`, `in:room` (or a person's name: the direct conversation), `before:2026-11-23`, `after:2026-11-23`
        (days of this computer) narrow it; `"a b"` is found as it stands, also `from:"a b"`. A name that nobody has
        gives `UNKNOWN_USER`, a room `UNKNOWN_CONVERSATION`, no words at all `INVALID_TEXT`: at once.
        """
        return Changes()

    # --- conversations: asked of the server ---

    def open_direct(self, user_id: int) -> Changes:
        """The direct conversation with somebody, made if there is none -> `DmOpened`; then `open` it."""
        return Changes()

    def create_room(
        self,
        title: str,
        topic: str = "",
        visibility: Visibility = Visibility.PRIVATE,
        user_ids: Sequence[int] = (),
    ) -> Changes:
        """Make a room with these people -> `RoomUpdated`; then `open` it."""
        return Changes()

    def update_room(
        self,
        conversation_id: int,
        title: str | None = None,
        topic: str | None = None,
        visibility: Visibility | None = None,
    ) -> Changes:
        """Change what is given -> `RoomUpdated`."""
        return Changes()

    def invite(self, conversation_id: int, user_ids: Sequence[int]) -> Changes:
        """Bring people in -> `RoomUpdated`."""
        return Changes()

    def join(self, conversation_id: int) -> Changes:
        """Join a public room -> `RoomUpdated`."""
        return Changes()

    def leave(self, conversation_id: int) -> Changes:
        """Leave a room -> `RoomRemoved`. Its messages and its outbox go from this computer."""
        return Changes()

    def remove(self, conversation_id: int, user_id: int) -> Changes:
        """Put somebody out of a room -> `RoomUpdated`."""
        return Changes()

    def give_role(self, conversation_id: int, user_id: int, role: MemberRole) -> Changes:
        """Give somebody a role -> `RoomUpdated`."""
        return Changes()

    def fetch_public_rooms(self) -> Changes:
        """The public rooms -> `RoomDirectory`, by title."""
        return Changes()

    # --- files ---

    def fetch_thumbnail(self, file_id: UUID) -> None:
        """Have a picture's thumbnail here; asked once, `Changes.files` says when."""

    def fetch_picture(self, file_id: UUID) -> None:
        """Have the whole picture here, for the viewer."""

    def download(self, file_id: UUID, path: str) -> Changes:
        """Save a file there."""
        return Changes()

    def cancel_download(self, file_id: UUID) -> Changes:
        """Stop saving it."""
        return Changes()

    def set_avatar(self, data: bytes | None) -> Changes:
        """Take this picture for oneself, None: none -> `AvatarTaken`."""
        return Changes()

    # --- time ---

    def tick(self) -> Changes:
        """Once a second: who stopped typing, what is to be tried again. Costs nothing when nothing is due."""
        return Changes()
