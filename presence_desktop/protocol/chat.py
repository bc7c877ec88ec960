"""What a conversation consists of on the wire: conversations, members, messages, files; shared by events and REST.

Each conversation counts two things. `seq` is a message's place: 1, 2, 3, ... in the one order all agree on, given when
it is stored and never changed. `change` counts everything that happens to messages: a new one, an edit, a deletion,
a reaction, a pin. Every message carries the number of its own last change, so "the messages whose `change` is above
the highest I know" is all that a client has missed. `version` counts what happens to the conversation itself: its
people, roles, title, topic.
"""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field
from msgspec.structs import force_setattr

from presence_desktop.protocol import limits
from presence_desktop.protocol.wire import Millis, UserId, Wire

ConversationId = Annotated[int, Meta(ge=1, le=limits.USER_ID_MAX)]
Sequence = Annotated[int, Meta(ge=0, le=limits.SEQUENCE_MAX)]
"""A place or a change in a conversation; 0 stands before the first."""
MessageText = Annotated[str, Meta(max_length=limits.MESSAGE_LENGTH)]
"""Markdown. Which characters it may hold is checked by the server (`INVALID_TEXT`)."""
Title = Annotated[str, Meta(min_length=1, extra_json_schema={"maxLength": limits.ROOM_TITLE_LENGTH})]
Topic = Annotated[str, Meta(extra_json_schema={"maxLength": limits.ROOM_TOPIC_LENGTH})]
"""They are measured without the blanks at their ends (`_trim`)."""
TEXT = "text"
"""The kind of a message that is its text, with its files."""
UNREADABLE = "unreadable"
"""The kind of what stands in an app for a message that it could not read."""


class Kind(StrEnum):
    """The two kinds of conversation."""

    DIRECT = "direct"
    """Two people (or one, with oneself); nobody joins or leaves, nobody has a role."""
    ROOM = "room"


class Visibility(StrEnum):
    """Who finds a room."""

    PUBLIC = "public"
    """Everybody on the server finds it and may join."""
    PRIVATE = "private"
    """Only its members know of it; one is invited."""


class MemberRole(StrEnum):
    """What somebody may do in a room. In a direct conversation both are members."""

    OWNER = "owner"
    MODERATOR = "moderator"
    MEMBER = "member"

    @classmethod
    def _missing_(cls, value: object) -> "MemberRole | None":
        """A role that only a newer server knows is read as the least."""
        return cls.MEMBER if isinstance(value, str) else None


RoleName = Literal["owner", "moderator", "member"]
"""A role that is to be given: none but these."""


class Member(Wire):
    """Somebody in a conversation, with how far they are. Marks only grow."""

    user_id: int
    role: MemberRole = MemberRole.MEMBER
    joined_at: int
    delivered_seq: int = 0
    """The highest message that reached one of their devices, as far as others may know."""
    read_seq: int = 0
    """The highest message they have seen, as far as others may know."""


class Attachment(Wire):
    """A file on a message. It is fetched from `GET /api/files/{id}`, its thumbnail from `.../thumbnail`."""

    id: UUID
    name: str
    media_type: str
    """By its content, not by its name; `application/octet-stream` where that says nothing."""
    size: int
    width: int | None = None
    """Of pictures, in pixels, upright."""
    height: int | None = None
    has_thumbnail: bool = False


class Reaction(Wire):
    """One emoji and who reacted with it, in order."""

    emoji: str
    user_ids: list[int]


class Quote(Wire):
    """The message that is answered, as it was found when this one was sent or last changed."""

    id: UUID
    seq: int
    sender_id: int | None
    text: str
    """Its beginning, 200 characters at most; empty if it was deleted."""


class Message(Wire):
    """One message as it is now. Of two with the same id the one with the higher `change` holds."""

    id: UUID
    """Made by the client that sent it."""
    conversation_id: int
    seq: int
    change: int
    sender_id: int | None
    """None: the account is gone."""
    text: str
    """Markdown; empty if deleted, or if there are files only."""
    sent_at: int
    """When the server stored it, in ms."""
    edited_at: int | None = None
    deleted_at: int | None = None
    """A deleted message keeps its place and nothing else."""
    reply_to: Quote | None = None
    mentions: list[int] = field(default_factory=list)
    """The members whom the text mentions as `@username` or `@"user name"`."""
    mentions_all: bool = False
    """The text says `@all`."""
    attachments: list[Attachment] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    pinned_at: int | None = None
    pinned_by: int | None = None
    kind: str | UnsetType = UNSET
    """What a message is. Nothing is said where it is `text`; of a kind that is not known its text is shown, and that
    there is more to it.
    """

    @property
    def is_known(self) -> bool:
        """Whether all of it is understood here."""
        return self.kind in (UNSET, "", TEXT)

    @property
    def is_unreadable(self) -> bool:
        """Whether it stands in for one that could not be read."""
        return self.kind == UNREADABLE


class Conversation(Wire):
    """A conversation as one of its members sees it now. Of two with the same id the higher `version` holds; marks
    and counts beside it are those of the moment.
    """

    id: int
    kind: Kind
    title: str | None = None
    """None in direct conversations: they are called after the other person."""
    topic: str = ""
    visibility: Visibility = Visibility.PRIVATE
    version: int
    created_at: int
    members: list[Member]
    """By joining. One's own entry holds one's own marks in full."""
    last_seq: int = 0
    last_change: int = 0
    unread: int | None = None
    """Messages of others above one's own read mark that are not deleted.

    None in events: as it was, 0 for who is new.
    """
    mentions: int | None = None
    """How many of those mention oneself. None in events."""
    last_message: Message | None = None
    """None in events: as it was."""


class RoomEntry(Wire):
    """A public room in the list of all."""

    id: int
    title: str
    topic: str
    members: int
    joined: bool


_BLANKS = (
    " \t\n\v\f\r\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)
"""White space as Unicode has it: `str.strip` takes four control characters for some, too, which nobody may write."""


def _trim(room: Wire) -> None:
    """Title and topic without the blanks at their ends. Raises ValueError for what is too short or too long then."""
    for name, least, most in (("title", 1, limits.ROOM_TITLE_LENGTH), ("topic", 0, limits.ROOM_TOPIC_LENGTH)):
        text = getattr(room, name)
        if text is not None:
            force_setattr(room, name, text := text.strip(_BLANKS))
            if not least <= len(text) <= most:
                raise ValueError(f"{name}: of {least} to {most} characters")


class RoomPatch(Wire):
    """What is to be changed of a room; what is left out stays."""

    title: Title | None = None
    topic: Topic | None = None
    visibility: Visibility | None = None

    def __post_init__(self) -> None:
        _trim(self)


class NewRoom(Wire):
    """A room to be made; whoever makes it owns it. The same `id` again gives the room that was made first."""

    id: UUID
    title: Title
    topic: Topic = ""
    visibility: Visibility = Visibility.PRIVATE
    user_ids: Annotated[list[UserId], Meta(max_length=limits.INVITED_AT_ONCE)] = field(default_factory=list)
    """Who is in it from the beginning, besides oneself."""

    def __post_init__(self) -> None:
        _trim(self)


class NewMessage(Wire):
    """A message to be sent. The same `id` again gives the message that was stored first."""

    id: UUID
    text: MessageText = ""
    reply_to: UUID | None = None
    """A message of the same conversation."""
    attachments: Annotated[list[UUID], Meta(max_length=limits.ATTACHMENTS)] = field(default_factory=list)
    """Complete uploads of one's own that are on no message yet."""


class Window(Wire):
    """Which messages of a conversation are asked for: at most one of `before`, `after` and `around`, each a `seq`;
    none: the newest. They come by rising `seq`.
    """

    before: Sequence | None = None
    after: Sequence | None = None
    around: Sequence | None = None
    limit: Annotated[int, Meta(ge=1, le=limits.HISTORY_PAGE)] = 50


class SearchQuery(Wire):
    """A search in all that one may see, newest first. Words apart by spaces must all be found; `"a b"` as it stands.

    `before` and `after` are moments in ms, `cursor` is the `next` of the page before.
    """

    q: Annotated[str, Meta(min_length=1, max_length=limits.SEARCH_LENGTH)]
    conversation_id: ConversationId | None = None
    from_id: UserId | None = None
    before: Millis | None = None
    after: Millis | None = None
    cursor: Annotated[str, Meta(max_length=64)] | None = None
    limit: Annotated[int, Meta(ge=1, le=limits.SEARCH_PAGE)] = 20
