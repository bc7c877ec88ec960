"""The server on this computer, for as long as the app runs: the program, its page, its word in the network, its key.

Decides what is remembered of it, when the app's own account learns of its key, and whom the page's wishes go to. The
program itself is `desktop.local_server`'s business, the page `gui.hosting`'s.
"""

import platform
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from presence_desktop import __version__
from presence_desktop.core.hosting import HostReport, HostRequest, HostState, Owner
from presence_desktop.core.nearby import Announcement
from presence_desktop.core.trust import Pins
from presence_desktop.desktop.announce import Announcer
from presence_desktop.desktop.local_server import LocalServer
from presence_desktop.desktop.mdns import interfaces
from presence_desktop.disk.settings import Hosting as Kept

if TYPE_CHECKING:
    from presence_desktop.gui.hosting.page import HostingPage

_BACKUPS = "backups"
"""The folder of the server's own backups, in its data folder."""


class Hosting(QObject):
    """One per app."""

    reported = Signal(object)
    """A `HostReport`, for the window."""
    settled = Signal()
    """Whether it runs is known: whoever is remembered on it finds it, or does not."""
    owner_ready = Signal(str, str, str)
    """It runs and its owner's account is there: URL, e-mail address and password, to sign in with."""
    key_changed = Signal(str)
    """The server at this URL encrypts with another key, or not any more: its link is to be made anew."""
    autostart_asked = Signal(bool)

    def __init__(
        self,
        local: LocalServer,
        pins: Pins,
        folder: Path,
        kept: Callable[[], Kept],
        keep: Callable[..., None],
        parent: QObject | None = None,
    ) -> None:
        """`folder`: the server's data. `kept` gives what is remembered of hosting, `keep(**fields)` changes it."""
        super().__init__(parent)
        self._local, self._pins, self._folder = local, pins, folder
        self._kept, self._keep = kept, keep
        self._owner: Owner | None = None
        self._seen: tuple[HostState, str] | None = None
        """What the last report said of it, and of its key."""
        self._page: HostingPage | None = None
        self._autostart: Callable[[], bool | None] = lambda: None
        self._stays: Callable[[], str] = str
        where = interfaces()
        self._announcer = None if where is None else Announcer(where)
        local.reported.connect(self._reported)
        local.logged.connect(self._show_log)
        local.port_chosen.connect(lambda port: keep(port=port))

    @property
    def report(self) -> HostReport:
        """How it stands now."""
        return self._local.report

    @property
    def runs(self) -> bool:
        """Whether somebody may be served by it."""
        return self.report.state not in (HostState.STOPPED, HostState.FAILED)

    @property
    def backups(self) -> Path:
        """Where its backups lie."""
        return self._folder / _BACKUPS

    def asks(self, autostart: Callable[[], bool | None], stays: Callable[[], str]) -> None:
        """What the page shows besides: whether the app starts with the computer, and what closing the window does."""
        self._autostart, self._stays = autostart, stays

    def attach(self, page: "HostingPage") -> None:
        """The page was made."""
        self._page = page
        page.stop_asked.connect(self.stop)
        page.reach_asked.connect(self.reach)
        page.find_asked.connect(self.show_in_network)
        page.autostart_asked.connect(self.autostart_asked)
        self.refresh()
        self._show_log()

    def refresh(self) -> None:
        """What is set may have changed."""
        if self._page is not None:
            self._page.running.show_choices(
                findable=self._kept().findable, autostart=self._autostart(), stays=self._stays()
            )

    # --- wishes ---

    def begin(self) -> bool:
        """At the app's start: start the server if it is to run. Whether it is."""
        kept = self._kept()
        if kept.running:
            self._local.start(HostRequest(owner=None, reachable=kept.reachable))
        elif kept.hosted:
            self._reported(self.report)
        return kept.running

    def host(self, request: HostRequest) -> None:
        """For the first time, or with another owner's account."""
        self._owner = request.owner
        self._keep(reachable=request.reachable)
        self._local.start(request)

    def start_again(self) -> None:
        """Start what was stopped, or failed."""
        self._local.start(HostRequest(owner=None, reachable=self._kept().reachable))

    def stop(self) -> None:
        """Stop it, until it is started by hand."""
        self._keep(running=False)
        self._local.stop()

    def reach(self, reachable: bool) -> None:
        """Let the network in, or keep it out."""
        self._keep(reachable=reachable)
        self._local.reach(reachable)

    def show_in_network(self, findable: bool) -> None:
        """Whether apps in the network are told of it."""
        self._keep(findable=findable)
        self._announce(self.report)

    def look_at_network(self) -> None:
        """The network is another one: the addresses to hand out, and what is told in it, may be others."""
        self._local.look_at_network()

    def end(self) -> None:
        """The app ends, and the server with it; takes some seconds at most."""
        if self._announcer is not None:
            self._announcer.close()
        self._local.stop_and_wait()

    # --- news ---

    def _reported(self, report: HostReport) -> None:
        if report.state is HostState.RUNNING and (report.state, report.key) != self._seen:
            self._running(report)
        self._seen = report.state, report.key
        self._announce(report)
        self.refresh()
        self.reported.emit(report)
        if report.state is not HostState.STARTING:
            self.settled.emit()
        if report.state is HostState.RUNNING and self._owner is not None:
            owner, self._owner = self._owner, None
            self.owner_ready.emit(report.url, owner.email, owner.password)

    def _running(self, report: HostReport) -> None:
        """The own child says which key it has: that is as good as having seen it."""
        if report.key:
            self._pins.trust(report.url, report.key)
        else:
            self._pins.forget(report.url)
        if not (self._kept().running and self._kept().hosted):
            self._keep(running=True, hosted=True)
        self.key_changed.emit(report.url)

    def _announce(self, report: HostReport) -> None:
        if self._announcer is None:
            return
        may = report.state is HostState.RUNNING and report.reachable and self._kept().findable
        self._announcer.announce(_announcement(report) if may else None)

    def _show_log(self) -> None:
        if self._page is not None:
            self._page.log.show_text(self._local.log.text())


def _announcement(report: HostReport) -> Announcement:
    hosts = tuple(url.partition("://")[2].rpartition(":")[0] for url in (report.address, *report.further))
    port = int(report.address.rpartition(":")[2])
    return Announcement(
        report.name or platform.node() or "Presence", port, hosts, report.key or None, __version__
    )
