"""Joins the settings, the parts of a running server, and `/metrics`; where that is off, nothing of it is loaded.

Decides what is told of which part. How it is told, and to whom, is `transport.rest.metrics`'.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from starlette.types import ASGIApp

from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.fast.hub import Hub
from presence_desktop.server.transport.live.fanout import Fanout
from presence_desktop.server.transport.live.sockets import Sockets
from presence_desktop.server.transport.rest.callers import Addresses

if TYPE_CHECKING:
    from presence_desktop.server.transport.rest.metrics import Metrics


class Parts(Struct, frozen=True):
    """What is read of a running server."""

    sockets: Sockets
    fanout: Fanout
    presence: PresenceService
    talks: Conversations
    passwords: Passwords
    linked: Callable[[], bool] | None
    """Whether the other servers are in sight; None where there are none."""


class Unmeasured:
    """Metrics are off: the parts are what they are."""

    fanout: type[Fanout] = Fanout

    def hub(self, wide: Iterable[str]) -> Hub:
        """The hub of the live link."""
        return Hub(wide)

    def around(self, app: ASGIApp) -> ASGIApp:
        """REST as it is."""
        return app

    def read(self, parts: Parts) -> None:
        """Nobody asks."""

    async def watch(self) -> None:
        """There is nothing to watch."""

    def close(self) -> None:
        """There is nothing to end."""


class Measured(Unmeasured):
    """Metrics are on: the parts count."""

    def __init__(self, config: Config, node: str) -> None:
        from presence_desktop.server.transport.live import counted
        from presence_desktop.server.transport.rest import metrics

        token = config.metrics_token.get_secret_value() if config.metrics_token else None
        self._metrics: Metrics = metrics.Metrics(
            node=node, token=token, addresses=Addresses(config.trusted_proxies)
        )
        self._reading = metrics.Reading
        self._counted = counted
        self._hub: counted.CountedHub | None = None
        self.fanout = counted.CountedFanout

    def hub(self, wide: Iterable[str]) -> Hub:
        """See Unmeasured."""
        self._hub = self._counted.CountedHub(wide)
        return self._hub

    def around(self, app: ASGIApp) -> ASGIApp:
        """See Unmeasured."""
        return self._metrics.around(app)

    def read(self, parts: Parts) -> None:
        """Read these parts whenever somebody asks."""
        told, hub, linked = self._reading, self._hub, parts.linked
        sockets, fanout, passwords = parts.sockets, parts.fanout, parts.passwords
        self._metrics.add(
            told("people_connected", "People who are connected here", lambda: sockets.crowd()[0]),
            told("connections", "Open connections of the live link", lambda: sockets.crowd()[1]),
            told("rows_waiting", "Rows of presence not written yet", lambda: parts.presence.rows_waiting),
            told(
                "jobs_waiting",
                "What is said in conversations and not stored yet",
                lambda: parts.talks.committer.waiting,
            ),
            told("passwords_waiting", "Passwords being hashed or waiting for it", lambda: passwords.waiting),
        )
        if isinstance(fanout, self._counted.CountedFanout):
            self._metrics.add(
                told("changes", "Changes of what is shown of somebody", lambda: fanout.changes, counts=True)
            )
        if hub is not None:
            self._metrics.add(
                told("deliveries", "Events handed to connections", lambda: hub.deliveries, counts=True)
            )
        if linked is not None:
            self._metrics.add(
                told("peers_linked", "1: the other servers are in sight", lambda: int(linked()))
            )

    async def watch(self) -> None:
        """Measure the event loop's lag until cancelled."""
        await self._metrics.watch_lag()

    def close(self) -> None:
        """Count no more."""
        self._metrics.close()


def metrics_side(config: Config, node: str) -> Unmeasured:
    """What measures this server, by its settings."""
    return Measured(config, node) if config.metrics else Unmeasured()
