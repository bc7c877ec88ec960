"""Who may do what in a conversation: membership, roles, and how they change.

Pure. A conversation somebody is not in does not exist for them: every refusal of a stranger says so in the same words.
What happens to messages is `domain.messages`; marks are `domain.marks`.
"""

from collections.abc import Iterable

from msgspec import Struct

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import Kind, MemberRole, RoomPatch, Visibility
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import written

OWNER, MODERATOR, MEMBER = MemberRole.OWNER, MemberRole.MODERATOR, MemberRole.MEMBER


class Place(Struct, frozen=True):
    """Somebody's place in a conversation: the role, and when it was taken (ms)."""

    role: MemberRole
    joined_at: int


class Circle(Struct):
    """A conversation while it is decided on. The functions here and the services change it, nobody else.

    `people` are in the order of joining. `version`, `last_seq`, `last_change` are those of the protocol.
    """

    id: int
    kind: Kind
    title: str | None
    topic: str
    visibility: Visibility
    version: int
    created_at: int
    last_seq: int
    last_change: int
    people: dict[int, Place]


def place(circle: Circle | None, user_id: int) -> tuple[Circle, Place]:
    """The conversation and one's place in it. Raises Refused(UNKNOWN_CONVERSATION)."""
    found = None if circle is None else circle.people.get(user_id)
    if circle is None or found is None:
        raise Refused(Code.UNKNOWN_CONVERSATION)
    return circle, found


def leads(circle: Circle, user_id: int) -> bool:
    """Whether somebody owns or moderates this room."""
    found = circle.people.get(user_id)
    return circle.kind is Kind.ROOM and found is not None and found.role is not MEMBER


def may_pin(circle: Circle, user_id: int) -> bool:
    """In direct conversations both pin, in rooms who leads."""
    return circle.kind is Kind.DIRECT or leads(circle, user_id)


def room(circle: Circle | None, user_id: int) -> tuple[Circle, Place]:
    """As `place`, of a room. Raises Refused: UNKNOWN_CONVERSATION, FORBIDDEN in a direct conversation."""
    circle, found = place(circle, user_id)
    if circle.kind is not Kind.ROOM:
        raise Refused(Code.FORBIDDEN, "A direct conversation belongs to its two people.")
    return circle, found


def title_of(text: str) -> str:
    """A title as it is kept. Raises Refused: as `written.line`; INVALID_TEXT if there is nothing to be seen."""
    plain = written.line(text, limits.ROOM_TITLE_LENGTH)
    if not written.shows(plain):
        raise Refused(Code.INVALID_TEXT)
    return plain


def topic_of(text: str) -> str:
    """A topic as it is kept, perhaps empty. Raises Refused: as `written.line`."""
    return written.line(text, limits.ROOM_TOPIC_LENGTH)


def change(circle: Circle | None, user_id: int, patch: RoomPatch) -> bool:
    """Change title, topic, visibility; whether anything did. Raises Refused."""
    circle, _ = room(circle, user_id)
    if not leads(circle, user_id):
        raise Refused(Code.FORBIDDEN)
    before = circle.title, circle.topic, circle.visibility
    title = circle.title if patch.title is None else title_of(patch.title)
    topic = circle.topic if patch.topic is None else topic_of(patch.topic)
    circle.title, circle.topic = title, topic
    circle.visibility = circle.visibility if patch.visibility is None else patch.visibility
    return _moved(circle, before != (circle.title, circle.topic, circle.visibility))


def invite(circle: Circle | None, user_id: int, wanted: Iterable[int], now: int) -> list[int]:
    """Bring people in; those who are new. Raises Refused."""
    circle, _ = room(circle, user_id)
    if circle.visibility is Visibility.PRIVATE and not leads(circle, user_id):
        raise Refused(Code.FORBIDDEN)
    return _bring_in(circle, wanted, now)


def join(circle: Circle | None, user_id: int, now: int) -> list[int]:
    """Come into a public room by oneself. A private one does not exist for a stranger. Raises Refused."""
    if circle is None or (circle.visibility is Visibility.PRIVATE and user_id not in circle.people):
        raise Refused(Code.UNKNOWN_CONVERSATION)
    if circle.kind is not Kind.ROOM:
        raise Refused(Code.FORBIDDEN)
    return _bring_in(circle, [user_id], now)


def leave(circle: Circle | None, user_id: int) -> None:
    """Go out. The last owner names another one first, unless nobody else is there. Raises Refused."""
    circle, found = room(circle, user_id)
    if found.role is OWNER and len(circle.people) > 1 and _owners(circle) == 1:
        raise Refused(Code.LAST_OWNER)
    del circle.people[user_id]
    _moved(circle, True)


def remove(circle: Circle | None, user_id: int, other: int) -> None:
    """Put somebody out: an owner anybody, a moderator members. Raises Refused."""
    circle, own = room(circle, user_id)
    if other == user_id:
        leave(circle, user_id)
        return
    if own.role is MEMBER:
        raise Refused(Code.FORBIDDEN)
    theirs = circle.people.get(other)
    if theirs is None:
        raise Refused(Code.UNKNOWN_USER)
    if own.role is MODERATOR and theirs.role is not MEMBER:
        raise Refused(Code.FORBIDDEN)
    del circle.people[other]
    _moved(circle, True)


def give_role(circle: Circle | None, user_id: int, other: int, role: MemberRole) -> bool:
    """An owner says who is what; whether that is new. There is always an owner. Raises Refused."""
    circle, own = room(circle, user_id)
    if own.role is not OWNER:
        raise Refused(Code.FORBIDDEN)
    theirs = circle.people.get(other)
    if theirs is None:
        raise Refused(Code.UNKNOWN_USER)
    if theirs.role is OWNER and role is not OWNER and _owners(circle) == 1:
        raise Refused(Code.LAST_OWNER)
    circle.people[other] = Place(role, theirs.joined_at)
    return _moved(circle, theirs.role is not role)


def direct_key(one: int, other: int) -> str:
    """What a direct conversation is found by: its two people, in either order."""
    return f"{min(one, other)}:{max(one, other)}"


def _bring_in(circle: Circle, wanted: Iterable[int], now: int) -> list[int]:
    new = [user_id for user_id in dict.fromkeys(wanted) if user_id not in circle.people]
    if len(circle.people) + len(new) > limits.ROOM_MEMBERS:
        raise Refused(Code.LIMIT_REACHED)
    role = MEMBER if circle.people else OWNER  # whoever comes into an empty room takes it over
    for user_id in new:
        circle.people[user_id] = Place(role, now)
    _moved(circle, bool(new))
    return new


def _owners(circle: Circle) -> int:
    return sum(place.role is OWNER for place in circle.people.values())


def _moved(circle: Circle, moved: bool) -> bool:
    circle.version += moved
    return moved
