"""Somebody who looks after a server: the account, what it may do, and how its asks come back.

One for each account that is looked at; the cards of the hosting pages talk to it alone.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.server_roles import ServerRole, administers, role_of
from presence_desktop.gui.asks import Asks, Done

if TYPE_CHECKING:
    from presence_desktop.core.administration import Administration


class Office(QObject):
    """An account, as the one that looks after its server."""

    def __init__(self, client: Client, asks: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client, self.asks, self.clock = client, asks, client.time
        self._on_duty: bool | None = None
        """None: not known for sure, as there was no connection."""

    @cached_property
    def administration(self) -> "Administration":
        """Its asks; loaded when the first one comes, which most people never have."""
        from presence_desktop.core.administration import Administration

        return Administration(self.client.chats)

    @property
    def role(self) -> ServerRole:
        """What this account is on its server."""
        me = self.client.me
        return ServerRole.MEMBER if me is None else role_of(me.role)

    @property
    def open(self) -> bool:
        """Whether the server is looked after by this account, and can be reached."""
        return administers(self.role) and self.client.connection.link_known

    def ask(self, changes: Changes, who: QObject, done: Done) -> bool:
        """A verb of `administration` was called: `done` gets its outcome. False where none comes."""
        return self.asks.begin(changes, who, done)

    def tell_new_duty(self, notify: Callable[[Callable[[], str]], None]) -> None:
        """Whoever was made owner or admin meanwhile is told, and where to find what there is to do."""
        sure = self.client.connection.link_known
        before, self._on_duty = self._on_duty, administers(self.role) if sure else None
        if self._on_duty and before is False:
            notify(lambda: self.tr("You look after this server now. “Your server…” in the menu leads to it."))

    def call(self, name: str) -> None:
        """The server is called so from now on: whoever renames it sees that at once."""
        self.client.connection.server_name = name
        self.asks.show(Changes(connection=True))

    def hand_over(self) -> None:
        """The server belongs to somebody else from now on; the directory will say the same in a moment."""
        if self.client.me is not None:
            self.client.me = replace(self.client.me, role=ServerRole.ADMIN.value)
            self.asks.show(Changes(connection=True))
