"""The Engine.IO server of the fast transport: the strict engine with a hub, and messages handed over synchronously.

Decides nothing of its own; it is what sessions, the hub and the Socket.IO server meet in.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from presence_desktop.server.transport.engine import Engine
from presence_desktop.server.transport.fast_session import FastSession, Step
from presence_desktop.server.transport.hub import Hub

UPGRADE_SECONDS: Final = 10.0
"""How long a probe may take to upgrade."""


class FastEngine(Engine):
    """`receiver(session, message)` takes each message, and may return what the session has to wait for."""

    def __init__(self, *, hub: Hub | None = None, **options: Any) -> None:
        super().__init__(session_class=FastSession, websocket=FastSession, **options)
        self.hub = hub or Hub()
        self.upgrade_seconds = UPGRADE_SECONDS
        self.receiver: Callable[[FastSession, str | bytes], Step | None] = self._to_handler

    def _to_handler(self, session: FastSession, message: str | bytes) -> Step:
        return partial(self._trigger_event, "message", session.sid, message, run_async=False)
