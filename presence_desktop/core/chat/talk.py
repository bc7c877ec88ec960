"""A conversation as the list shows it."""

from msgspec import Struct

from presence_desktop.protocol.chat import Kind, Member, MemberRole, Message, Visibility


class Talk(Struct, frozen=True):
    """One conversation, now. Frozen: another object comes in its place when anything changes."""

    id: int
    kind: Kind
    title: str | None
    """None in direct conversations: they are called after `other`."""
    topic: str
    visibility: Visibility
    members: tuple[Member, ...]
    """By joining."""
    my_role: MemberRole
    other: int | None
    """The other person of a direct conversation; oneself in the one with oneself; None in rooms."""
    unread: int
    """Messages of others that are not read."""
    mentions: int
    """How many of those mention oneself."""
    last: Message | None
    """The newest message; one that still waits in the outbox counts too."""
    last_at: int
    """When something was last said here, in ms; before that, when it was made."""
    last_seq: int
    read_seq: int
    """The highest message oneself has read."""
    draft: str
    typing: tuple[int, ...]
    """Who else is typing, first come first."""
    muted: bool
    """On this computer: no notifications, no count on the taskbar."""
    unsent: int = 0
    """Messages in the outbox, failed ones too."""
    failed: int = 0
    """How many of those failed."""

    @property
    def leads(self) -> bool:
        """Whether one may change the room, pin, and put members out."""
        return self.kind is Kind.ROOM and self.my_role is not MemberRole.MEMBER
