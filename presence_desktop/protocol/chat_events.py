"""The events of conversations, one type each (docs/protocol.md, "Conversation").

A request is answered by acknowledgement with the type named in its docstring, or with
`{success: false, error: {code, message}}` (and `request:error`); whoever else is concerned gets the event named there,
the caller's own devices included. No member, no answer: a conversation one is not in is `UNKNOWN_CONVERSATION`, as is
one that does not exist. Who has one open and who types in it is told by `location_events`.
"""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import (
    Conversation,
    ConversationId,
    Message,
    MessageText,
    NewMessage,
    NewRoom,
    RoleName,
    RoomEntry,
    RoomPatch,
    Sequence,
    Window,
)
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.wire import UserId

# --- client -> server: messages ---------------------------------------------------------------------


class MessageSend(NewMessage, Event):
    """Send. Stored before it is answered; sent again, the answer is the first one. -> `MessageNew`; members get
    `message:new`, the mentioned `notification:mention` too.
    """

    name = "message:send"
    conversation_id: ConversationId


class MessageEdit(Event):
    """Change the text of one's own message. -> `MessageChanged`; members get `message:changed`."""

    name = "message:edit"
    conversation_id: ConversationId
    id: UUID
    text: MessageText


class MessageDelete(Event):
    """Delete one's own message, or as owner or moderator anybody's. -> `MessageChanged`; members get it."""

    name = "message:delete"
    conversation_id: ConversationId
    id: UUID


class MessageReact(Event):
    """React with an emoji (`on`), or take that back. -> `MessageChanged`; members get it."""

    name = "message:react"
    conversation_id: ConversationId
    id: UUID
    emoji: Annotated[str, Meta(min_length=1, max_length=limits.REACTION_LENGTH)]
    on: bool = True


class MessagePin(Event):
    """Pin a message (in rooms: owner and moderators), or take that back. -> `MessageChanged`; members get it."""

    name = "message:pin"
    conversation_id: ConversationId
    id: UUID
    on: bool = True


class MessageMark(Event):
    """How far one is: what reached this device, what was read. Lower than known changes nothing; what was read was
    delivered. -> `MessageMarks` with one's own marks; members get `message:marks`, own devices `notification:unread`.
    """

    name = "message:mark"
    conversation_id: ConversationId
    delivered_seq: Sequence = 0
    read_seq: Sequence = 0


class MessageHistory(Window, Event):
    """Ask for a window of messages. -> `MessagePage`."""

    name = "message:history"
    conversation_id: ConversationId


class MessageMissed(Event):
    """Ask for messages whose `change` is above `after`, by rising `change`. -> `MessagePage`; go on while `more`,
    with `after` = the last one's `change`.
    """

    name = "message:missed"
    conversation_id: ConversationId
    after: Sequence
    limit: Annotated[int, Meta(ge=1, le=limits.HISTORY_PAGE)] = limits.HISTORY_PAGE


class MessagePins(Event):
    """Ask for the pinned messages, newest pin first. -> `MessagePage`."""

    name = "message:pins"
    conversation_id: ConversationId


# --- client -> server: conversations ----------------------------------------------------------------


class NotificationList(Event):
    """Ask for all conversations one is in, with marks, counts and last numbers. -> `NotificationOverview`."""

    name = "notification:list"


class DmOpen(Event):
    """The direct conversation with somebody, made if there is none. -> `DmOpened`; both get it when it is made."""

    name = "dm:open"
    user_id: UserId


class RoomCreate(NewRoom, Event):
    """Make a room. -> `RoomUpdated`; its members get it."""

    name = "room:create"


class RoomUpdate(RoomPatch, Event):
    """Change title, topic or visibility (owner and moderators). -> `RoomUpdated`; members get it."""

    name = "room:update"
    conversation_id: ConversationId


class RoomInvite(Event):
    """Bring people in (private rooms: owner and moderators; public: every member). -> `RoomUpdated`; all members get
    it, the new ones too.
    """

    name = "room:invite"
    conversation_id: ConversationId
    user_ids: Annotated[list[UserId], Meta(min_length=1, max_length=limits.INVITED_AT_ONCE)]


class RoomJoin(Event):
    """Join a public room. -> `RoomUpdated`; all members get it."""

    name = "room:join"
    conversation_id: ConversationId


class RoomLeave(Event):
    """Leave a room. -> `RoomRemoved`, on all own devices; the members get `room:updated`."""

    name = "room:leave"
    conversation_id: ConversationId


class RoomRemove(Event):
    """Put somebody out (owner: anybody; moderators: members). -> `RoomUpdated`; the one who is out `room:removed`."""

    name = "room:remove"
    conversation_id: ConversationId
    user_id: UserId


class RoomRole(Event):
    """Give somebody a role (owner). -> `RoomUpdated`; members get it."""

    name = "room:role"
    conversation_id: ConversationId
    user_id: UserId
    role: RoleName


class RoomList(Event):
    """Ask for the public rooms. -> `RoomDirectory`."""

    name = "room:list"


# --- server -> client -------------------------------------------------------------------------------


class MessageNew(Event):
    """A message was stored."""

    name = "message:new"
    message: Message


class MessageChanged(Event):
    """A message was edited, deleted, reacted to, pinned: this is what it is now."""

    name = "message:changed"
    message: Message


class MessageMarks(Event):
    """How far somebody is in a conversation."""

    name = "message:marks"
    conversation_id: int
    user_id: int
    delivered_seq: int
    read_seq: int


class MessagePage(Event):
    """Messages that were asked for. Comes as an acknowledgement only."""

    name = "message:page"
    conversation_id: int
    messages: list[Message]
    more: bool
    """Whether there are more in the direction asked (`around`: newer ones)."""
    last_seq: int
    last_change: int
    """Of the conversation, as of this page."""


class NotificationOverview(Event):
    """All conversations one is in. Comes as an acknowledgement only; replaces what the client knows of them."""

    name = "notification:overview"
    conversations: list[Conversation]


class NotificationUnread(Event):
    """One's own counts after one read something, on one's own devices. New messages are counted by the client."""

    name = "notification:unread"
    conversation_id: int
    read_seq: int
    unread: int
    mentions: int


class NotificationMention(Event):
    """A message that mentions oneself, right after its `message:new`."""

    name = "notification:mention"
    conversation_id: int
    id: UUID
    seq: int
    sender_id: int


class NotificationStale(Event):
    """Something may have been missed (servers lost sight of each other): ask for `notification:list` again."""

    name = "notification:stale"


class DmOpened(Event):
    """A direct conversation, to each of both as seen by them."""

    name = "dm:opened"
    conversation: Conversation


class RoomUpdated(Event):
    """A room as it is now: made, changed, somebody came, went or got a role. Whoever did not know it is new in it."""

    name = "room:updated"
    conversation: Conversation


class RoomRemoved(Event):
    """One is no longer in this room: left, put out. Nothing more of it may be seen."""

    name = "room:removed"
    conversation_id: int
    by_id: int | UnsetType | None = UNSET
    """Who did it, oneself too; unset or None: nobody says."""


class RoomDirectory(Event):
    """The public rooms, by title. Comes as an acknowledgement only."""

    name = "room:directory"
    rooms: list[RoomEntry]
