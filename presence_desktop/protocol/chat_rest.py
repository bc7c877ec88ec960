"""The REST twins of the events of conversations, and what only REST has: search, files, avatars.

| call | body | answer |
| --- | --- | --- |
| `GET /api/conversations` | | `Conversations` |
| `GET /api/conversations/{id}` | | `OneConversation` |
| `POST /api/conversations/direct` | `DirectWith` | `OneConversation` |
| `POST /api/conversations/rooms` | `chat.NewRoom` | 201 `OneConversation` (200: it was made before) |
| `GET /api/conversations/rooms` | | `Rooms`, the public ones |
| `PATCH /api/conversations/{id}` | `chat.RoomPatch` | `OneConversation` |
| `POST /api/conversations/{id}/members` | `Invited` (oneself alone: join) | `OneConversation` |
| `PATCH /api/conversations/{id}/members/{userId}` | `RoleGiven` | `OneConversation` |
| `DELETE /api/conversations/{id}/members/{userId}` | (oneself: leave) | `rest.Success` |
| `GET /api/conversations/{id}/messages?before=&after=&around=&limit=` | | `Page` |
| `GET /api/conversations/{id}/changes?after=&limit=` | | `Page` |
| `GET /api/conversations/{id}/pins` | | `Page` |
| `POST /api/conversations/{id}/messages` | `chat.NewMessage` | 201 `OneMessage` (200: stored before) |
| `PATCH /api/conversations/{id}/messages/{messageId}` | `Edited` | `OneMessage` |
| `DELETE /api/conversations/{id}/messages/{messageId}` | | `OneMessage` |
| `PUT`, `DELETE /api/conversations/{id}/messages/{messageId}/reactions/{emoji}` | | `OneMessage` |
| `PUT`, `DELETE /api/conversations/{id}/messages/{messageId}/pin` | | `OneMessage` |
| `POST /api/conversations/{id}/marks` | `MarksSet` | `MarksTaken` |
| `GET /api/search?q=&conversationId=&fromId=&before=&after=&cursor=&limit=` | | `Found` |
| `POST /api/uploads` | `NewUpload` | 201 `UploadState` (200: begun before) |
| `GET /api/uploads/{id}` | | `UploadState` |
| `PUT /api/uploads/{id}?offset=N` | the bytes from N on, as many as one likes | `UploadState` |
| `DELETE /api/uploads/{id}` | | `rest.Success` |
| `GET /api/files/{id}`, `GET /api/files/{id}/thumbnail` | (`Range`) | the bytes |
| `PUT /api/users/me/avatar` | the picture | `AvatarTaken` |
| `DELETE /api/users/me/avatar` | | `AvatarTaken` |
| `GET /api/avatars/{name}` | (no token) | the picture, PNG |
"""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import (
    Attachment,
    Conversation,
    Message,
    MessageText,
    RoleName,
    RoomEntry,
    Sequence,
)
from presence_desktop.protocol.rest import Success
from presence_desktop.protocol.wire import UserId, Wire


class Conversations(Success):
    """All conversations one is in."""

    conversations: list[Conversation]


class OneConversation(Success):
    """A conversation as one sees it now."""

    conversation: Conversation


class Rooms(Success):
    """The public rooms, by title."""

    rooms: list[RoomEntry]


class OneMessage(Success):
    """A message as it is now."""

    message: Message


class Page(Success):
    """Messages by rising `seq` (of changes: by rising `change`; pins: newest pin first)."""

    conversation_id: int
    messages: list[Message]
    more: bool
    last_seq: int
    last_change: int


class DirectWith(Wire):
    """With whom."""

    user_id: UserId


class Invited(Wire):
    """Who is to come in."""

    user_ids: Annotated[list[UserId], Meta(min_length=1, max_length=limits.INVITED_AT_ONCE)]


class RoleGiven(Wire):
    """Which role somebody is to have."""

    role: RoleName


class Edited(Wire):
    """The new text of a message."""

    text: MessageText


class MarksSet(Wire):
    """How far one is."""

    delivered_seq: Sequence = 0
    read_seq: Sequence = 0


class MarksTaken(Success):
    """One's own marks and counts after that."""

    delivered_seq: int
    read_seq: int
    unread: int
    mentions: int


class Found(Success):
    """Messages that were found, newest first; `next` is the `cursor` of the next page."""

    messages: list[Message]
    next: str | None = None


class NewUpload(Wire):
    """A file that is about to be sent in pieces. The same `id` again goes on with what was begun."""

    id: UUID
    name: Annotated[str, Meta(min_length=1, max_length=1_000)]
    """The name it has on the sender's machine; the server makes a harmless one of it."""
    size: Annotated[int, Meta(ge=1, le=2**53)]


class UploadState(Success):
    """How much of it has arrived; go on from there. `file` is set once all of it has."""

    id: UUID
    size: int
    received: int
    file: Attachment | None = None


class AvatarTaken(Success):
    """Where one's avatar is to be fetched from now on (a path on this server), None if there is none any more."""

    avatar: str | None
