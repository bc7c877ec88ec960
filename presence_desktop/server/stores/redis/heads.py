"""What every message between servers says beside its items: whose it is, its number, whether it is a special one.

The items are the codecs'.
"""

from collections.abc import Callable
from typing import Any, Protocol

import orjson

from presence_desktop.server.stores.redis.reading import Got, number, text


class Sent(Protocol):
    """Something that a node says in one tick."""

    @property
    def node(self) -> str:
        """Who says it."""
        ...

    @property
    def seq(self) -> int:
        """Its number."""
        ...

    @property
    def fresh(self) -> bool:
        """Whether all of the node's picture is new."""
        ...

    @property
    def leaving(self) -> bool:
        """Whether it is the node's last one."""
        ...


def sealed(sent: Sent, items: list[list[Any]], **more: int) -> bytes:
    """It as it travels, with these items."""
    head = {"node": sent.node, "seq": sent.seq, **more}
    return orjson.dumps({**head, "items": items, "fresh": sent.fresh, "leaving": sent.leaving})


def opened(got: Any, item: Callable[[Any], Got]) -> tuple[str, int, tuple[Got, ...], bool, bool]:
    """Node, number, items, fresh, leaving. Raises ValueError, TypeError, LookupError."""
    items = tuple(item(one) for one in got["items"])
    return text(got["node"]), number(got["seq"]), items, got["fresh"] is True, got["leaving"] is True
