"""Packets between servers as JSON, and back: small arrays, each kind of item with a letter in front.

Whatever does not read as what this version writes raises `Unreadable`; nothing of it is taken in. A field more at the
end of an array is passed over, so that servers of two versions can stand side by side during an update.
"""

from typing import Any

from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.services.cluster.chat_peers import (
    Asked,
    Changed,
    Gone,
    Item,
    Packet,
    Placed,
    Stale,
    Told,
    Whole,
)
from presence_desktop.server.stores.redis.heads import opened, sealed
from presence_desktop.server.stores.redis.reading import reading, text, text_or_none, user_id


def packet(sent: Packet) -> bytes:
    """A packet as it travels."""
    return sealed(sent, [_item(item) for item in sent.items])


def read_packet(data: bytes) -> Packet:
    """Raises Unreadable."""
    return reading(data, lambda got: Packet(*opened(got, _as_item)))


def _item(item: Item) -> list[Any]:
    match item:
        case Told():
            return ["t", item.user_ids, item.event, item.payload]
        case Changed():
            return ["c", item.conversation_id]
        case Gone():
            return ["g", item.conversation_id, item.user_id]
        case Placed():
            seen = item.seen
            return ["p", item.user_id, list(seen.rooms.items()), seen.current, sorted(seen.typing)]
        case Asked():
            return ["a", item.node]
        case Whole():
            return ["w"]
        case Stale():
            return ["s"]


def _as_item(got: Any) -> Item:
    match got[0]:
        case "t":
            return Told(tuple(user_id(one) for one in got[1]), text(got[2]), _mapping(got[3]))
        case "c":
            return Changed(user_id(got[1]))
        case "g":
            return Gone(user_id(got[1]), user_id(got[2]))
        case "p":
            return Placed(user_id(got[1]), _as_seen(got))
        case "a":
            return Asked(text(got[1]))
        case "w":
            return Whole()
        case "s":
            return Stale()
    raise ValueError("an item of no known kind")


def _as_seen(got: Any) -> Seen:
    rooms = {user_id(room): text_or_none(page) for room, page in got[2]}
    typing = frozenset(user_id(room) for room in got[4])
    if not rooms and not typing:
        return NOWHERE
    return Seen(rooms, None if got[3] is None else user_id(got[3]), typing)


def _mapping(got: Any) -> dict[str, Any]:
    if not isinstance(got, dict):
        raise TypeError("not an event's payload")
    return got
