"""Servers in the network on the first page: looked for while somebody looks, if that is wished.

Decides when. What is found, and how it is shown, is others' business.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.nearby import NearbyServer
from presence_desktop.desktop.discovery import Discovery
from presence_desktop.desktop.mdns import interfaces

if TYPE_CHECKING:
    from presence_desktop.gui.welcome import WelcomePage


class Nearby(QObject):
    """One per app."""

    join_asked = Signal(object)
    """A `JoinLink` that says where the server is, and no more: the key that was announced proves nothing, so a person
    is asked before anything is sent to it."""

    def __init__(self, wished: Callable[[], bool], parent: QObject | None = None) -> None:
        """`wished`: whether servers may be looked for now."""
        super().__init__(parent)
        self._wished = wished
        self._page: WelcomePage | None = None
        where = interfaces()
        self._discovery = None if where is None else Discovery(where, self)
        if self._discovery is not None:
            self._discovery.found.connect(self._found)

    def attach(self, page: "WelcomePage") -> None:
        """The first page was made."""
        self._page = page
        page.looking.connect(self.look)
        page.nearby.chosen.connect(self._chosen)
        self.look(page.isVisible())

    def look(self, on: bool) -> None:
        """Somebody looks at the first page, or does not any more."""
        if self._discovery is None:
            return
        if on and self._wished():
            self._discovery.begin()
        else:
            self._discovery.end()
            self._found(())

    def end(self) -> None:
        """The app ends."""
        if self._discovery is not None:
            self._discovery.close()

    def _found(self, servers: tuple[NearbyServer, ...]) -> None:
        if self._page is not None:
            self._page.nearby.show_found(servers)

    def _chosen(self, server: NearbyServer) -> None:
        self.join_asked.emit(JoinLink(server.servers))
