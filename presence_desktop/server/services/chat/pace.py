"""How often one may do things to conversations: a window per user for what is stored and told, a wider one for marks
and what is costly to find, the widest for reading. What was refused is not counted, and may be tried again after
`retry_after`.
"""

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.ports import Clock

ASKED_PER_WRITTEN = 4
"""How much more often one may search and mark than write."""
READ_PER_WRITTEN = 20
"""How much more often one may read: a client that was away for long catches up with many conversations at once."""


class ChatPace:
    """At most `count` writes, and so many times as many others, in any `span` ms."""

    def __init__(self, clock: Clock, *, count: int = 60, span: int = 10_000) -> None:
        self._clock = clock
        self._writes = Window(count, span)
        self._asks = Window(count * ASKED_PER_WRITTEN, span)
        self._reads = Window(count * READ_PER_WRITTEN, span)

    def write(self, user_id: int) -> None:
        """Something is to be stored. Raises Refused(TOO_MANY_REQUESTS)."""
        self._take(self._writes, user_id)

    def ask(self, user_id: int) -> None:
        """Something costly is asked, or a mark is moved. Raises Refused(TOO_MANY_REQUESTS)."""
        self._take(self._asks, user_id)

    def read(self, user_id: int) -> None:
        """Something is read. Raises Refused(TOO_MANY_REQUESTS)."""
        self._take(self._reads, user_id)

    def _take(self, window: Window, user_id: int) -> None:
        wait = window.take(str(user_id), self._clock.now())
        if wait:
            raise Refused(Code.TOO_MANY_REQUESTS, retry_after=wait / 1000)
