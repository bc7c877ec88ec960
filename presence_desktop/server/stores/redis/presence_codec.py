"""Messages and pictures between servers as JSON, and back: small arrays, each kind of item with a letter in front.

Whatever does not read as what this version writes raises `Unreadable`; nothing of it is taken in. A field more at the
end of an array is passed over, so that servers of two versions can stand side by side during an update.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.domain.feeds import Item, Message, Picture, Touched, Word
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.stores.redis.heads import opened, sealed
from presence_desktop.server.stores.redis.reading import (
    Unreadable,
    moment,
    number,
    reading,
    text_or_none,
    user_id,
)

__all__ = [
    "Unreadable", "choice", "entry", "lease", "message", "read_message", "read_picture", "read_users",
]  # fmt: skip


def message(told: Message) -> bytes:
    """A message as it travels."""
    return sealed(told, [_item(item) for item in told.items], at=told.at, stamp=told.stamp)


def lease(told: Message) -> bytes:
    """What a node's lease says."""
    return orjson.dumps([told.seq, told.at, told.stamp])


def entry(seq: int, word: Contribution) -> bytes:
    """One contribution, with the number of the message it went out with."""
    return orjson.dumps([seq, *_word(word)])


def choice(chosen: Chosen) -> bytes:
    """One choice."""
    return orjson.dumps(_chosen(chosen))


def read_message(data: bytes) -> Message:
    """Raises Unreadable."""
    return reading(data, _as_message)


def read_picture(
    node: str, held: bytes, entries: Iterable[tuple[int, bytes]], choices: Iterable[bytes]
) -> Picture:
    """A node's picture from its lease, its entries by user id, and the choices made lately. Raises Unreadable."""
    seq, at, stamp = reading(held, lambda got: (number(got[0]), number(got[1]), number(got[2])))
    words = {user_id: reading(data, _as_entry) for user_id, data in entries}
    return Picture(node, seq, at, stamp, words, tuple(reading(data, _as_chosen) for data in choices))


def read_users(members: Iterable[bytes]) -> list[int]:
    """The user ids of an index. Raises Unreadable."""
    return [reading(member, user_id) for member in members]


# --- one way ------------------------------------------------------------------------------------------------


def _item(item: Item) -> list[Any]:
    match item:
        case Word():
            return ["w", item.user_id, *_word(item.word)]
        case Touched():
            return ["t", item.user_id, item.second]
        case Chosen():
            return ["c", *_chosen(item)]


def _word(word: Contribution) -> list[Any]:
    return [word.state.value, word.heard, word.until]


def _chosen(chosen: Chosen) -> list[Any]:
    choices = chosen.choices or Choices()
    custom = choices.custom
    stack = [[claim.status.value, claim.made_at, claim.until] for claim in choices.claims]
    text = None if custom is None else [custom.text, custom.emoji, custom.until]
    return [chosen.user_id, chosen.stamp, stack, text, chosen.told]


# --- and back ------------------------------------------------------------------------------------------------


def _as_message(got: Any) -> Message:
    node, seq, items, fresh, leaving = opened(got, _as_item)
    return Message(node, seq, number(got["at"]), number(got["stamp"]), items, fresh, leaving)


def _as_item(got: Any) -> Item:
    match got[0]:
        case "w":
            return Word(user_id(got[1]), _as_word(got[2:]))
        case "t":
            return Touched(user_id(got[1]), number(got[2]))
        case "c":
            return _as_chosen(got[1:])
    raise ValueError("an item of no known kind")


def _as_entry(got: Any) -> tuple[int, Contribution]:
    return number(got[0]), _as_word(got[1:])


def _as_word(got: Any) -> Contribution:
    return Contribution(State(got[0]), number(got[1]), moment(got[2]))


def _as_chosen(got: Any) -> Chosen:
    claims = tuple(Claim(Status(one[0]), number(one[1]), moment(one[2])) for one in got[2])
    custom = None
    if got[3] is not None:
        text, emoji, until = got[3]
        custom = CustomText(text_or_none(text), text_or_none(emoji), moment(until))
    choices = Choices(claims, custom) if claims or custom is not None else None
    return Chosen(user_id(got[0]), number(got[1]), choices, got[4] is True)
