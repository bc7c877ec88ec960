"""Answers and events with a message in them that cannot be read: that one is stood in for, the others are taken.

Decides what is left of such a message: its place, and whatever else of it can be read, as a `chat.UNREADABLE` one. One
that does not even tell its place, where that cannot be counted either, is left out. What the window says of them is
decided elsewhere.
"""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec

from presence_desktop.net.reading import read
from presence_desktop.protocol.chat import UNREADABLE, Message

logger = logging.getLogger(__name__)

_MESSAGE, _MESSAGES, _LAST = "message", "messages", "lastMessage"
_PLACE = "seq"
_FIELDS = Message.__struct_encode_fields__
_EMPTY: dict[str, object] = {"change": 0, "senderId": None, "text": "", "sentAt": 0}
"""What a message cannot be without, where it says nothing that can be read."""


def mended(about: str, data: object, *, counted: bool = False) -> object:
    """The payload with its unreadable messages stood in for, the same object where there are none.

    `counted`: its messages stand in a row, so that the place of one follows from those beside it.
    """
    if not isinstance(data, dict):
        return data
    repair = _Repair(counted)
    whole = {name: repair.part(name, value, data.get("conversationId")) for name, value in data.items()}
    if not repair.count:
        return data
    logger.warning("%s: %d messages could not be read", about, repair.count)
    return whole


class _Repair:
    """One payload's."""

    def __init__(self, counted: bool) -> None:
        self._counted = counted
        self.count = 0

    def part(self, name: str, value: object, conversation: object) -> object:
        """A field of the payload."""
        if name == _MESSAGE and isinstance(value, dict):
            return self._message(value, conversation, None) or value
        if name == _MESSAGES and isinstance(value, list):
            return list(self._row(value, conversation))
        if name == "conversations" and isinstance(value, list):
            return [self._talk(one) for one in value]
        return value

    def _row(self, raws: list[Any], conversation: object) -> Iterator[object]:
        before: int | None = None
        for at, raw in enumerate(raws):
            place = before + 1 if before is not None else _place(raws[at + 1 : at + 2], -1)
            message = self._message(raw, conversation, place if self._counted else None)
            if message is not None:
                yield message
            before = _place([message], 0)

    def _talk(self, raw: object) -> object:
        """A conversation; without its last message, where that cannot be read at all."""
        if not isinstance(raw, dict) or raw.get(_LAST) is None:
            return raw
        return {**raw, _LAST: self._message(raw[_LAST], raw.get("id"), None)}

    def _message(self, raw: object, conversation: object, place: int | None) -> object:
        """The message as it is, or what stands in for it; None for nothing."""
        told = raw if isinstance(raw, dict) else {}
        wrong = _wrong(told)
        if not wrong:
            return raw
        self.count += 1
        left = {name: told[name] for name in _FIELDS if name in told and name not in wrong}
        left.setdefault("conversationId", conversation)
        left.setdefault(_PLACE, place)
        named = str(uuid5(NAMESPACE_OID, f"{left['conversationId']} {left[_PLACE]}"))
        whole = {**_EMPTY, "id": named, **left, "kind": UNREADABLE}
        return None if _wrong(whole) else whole


def _wrong(raw: dict[str, Any]) -> set[str]:
    """The fields that hinder reading a message."""
    try:
        read(raw, Message)
    except ValueError:
        return {field.encode_name for field in msgspec.structs.fields(Message) if _hinders(field, raw)}
    return set()


def _hinders(field: msgspec.structs.FieldInfo, raw: dict[str, Any]) -> bool:
    try:
        read(raw[field.encode_name], field.type)
    except KeyError:
        return field.required
    except ValueError:
        return True
    return False


def _place(raws: list[Any], step: int) -> int | None:
    """The place beside that of the one message, if it has one."""
    place = raws[0].get(_PLACE) if raws and isinstance(raws[0], dict) else None
    return place + step if isinstance(place, int) and place + step > 0 else None
