"""Who looks after which server: the one on this computer, and those elsewhere whose owner or admin is signed in here.

Decides which of the two pages is opened, and which account stands behind it. Pages are made when they are first wanted;
what the program on this computer is to do leaves as signals of its page, for `app`.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.core.server_roles import administers
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.look import Look
from presence_desktop.protocol.status import Status

if TYPE_CHECKING:
    from presence_desktop.gui.hosting.page import HostingPage
    from presence_desktop.gui.hosting.server_page import ServerPage


class LookingAfter(QObject):
    """One per window."""

    made = Signal(object)
    """The `HostingPage`, which is there from now on."""
    back = Signal()
    sign_in_asked = Signal(str)
    """Somebody wants to sign in to the server at this URL, to look after it."""
    start_asked = Signal()
    """The server on this computer is to be started again."""
    changed = Signal()
    """Whether there is something to look after may be another answer now."""

    def __init__(self, accounts: AccountViews, look: Look, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._accounts, self._look, self._pages = accounts, look, pages
        self._offices: dict[AccountView, Office] = {}
        self.report: HostReport | None = None
        """How the server on this computer stands; None: there never was one."""
        self.backups: Path | None = None
        """Where its backups lie."""
        accounts.linked.connect(self._linked)
        accounts.listed.connect(self._attend)
        accounts.turned.connect(self._attend)

    @cached_property
    def hosting(self) -> "HostingPage":
        """The server on this computer."""
        from presence_desktop.gui.hosting.page import HostingPage

        page = HostingPage(self._look)
        page.others = lambda: self.others
        page.back.connect(self.back)
        page.start_asked.connect(self.start_asked)
        page.server.sign_in_asked.connect(self._sign_in)
        self._pages.addWidget(page)
        if self.report is not None:
            page.show_report(self.report)
        page.attend(self._of_this_computer(), self.backups)
        self.made.emit(page)
        return page

    @cached_property
    def elsewhere(self) -> "ServerPage":
        """The server of the account in view, where it runs on another computer."""
        from presence_desktop.gui.hosting.server_page import ServerPage

        page = ServerPage(self._look)
        page.back.connect(self.back)
        self._pages.addWidget(page)
        return page

    def show_report(self, report: HostReport) -> None:
        """How the server on this computer stands."""
        self.report = report
        if "hosting" in vars(self):
            self.hosting.show_report(report)
        self._attend()

    def invite_when_ready(self) -> None:
        """Make an invite to the server on this computer as soon as its owner is signed in."""
        self.hosting.server.invite_when_ready()

    def offered(self, view: AccountView) -> bool:
        """Whether somebody with this account finds something to look after."""
        return self.report is not None or self._is_elsewhere(view)

    @property
    def others(self) -> int:
        """People besides those signed in here who are connected to the server on this computer, as far as is known."""
        if self.report is None or self.report.state is not HostState.RUNNING:
            return 0
        here = [view.client for view in self._accounts.signed_in if self.hosts(view)]
        own = {client.me.user_id for client in here if client.me is not None}
        seen = {
            contact.user_id
            for client in here
            for contact in client.roster
            if contact.known and contact.status is not Status.OFFLINE
        }
        told = self.hosting.server.connected if "hosting" in vars(self) else 0
        return max(len(seen - own), told - len(own))

    def hosts(self, view: AccountView) -> bool:
        """Whether this account is one on the server on this computer."""
        return self.report is not None and bool(view.server) and view.client.server == self.report.url

    def open(self) -> None:
        """Show the page of the server that the account in view looks after, else the one on this computer."""
        if self._is_elsewhere(self._accounts.here):
            self._attend()
            self.elsewhere.attend(self._offices[self._accounts.here])
            self._pages.setCurrentWidget(self.elsewhere)
            self.elsewhere.focus()
        else:
            self._pages.setCurrentWidget(self.hosting)
            self.hosting.focus()

    def _sign_in(self) -> None:
        if self.report is not None:
            self.sign_in_asked.emit(self.report.url)

    def _linked(self, view: AccountView) -> None:
        if not view.client.connection.signed_in:
            self._offices.pop(view, None)
        elif view in self._offices:
            self._offices[view].tell_new_duty(view.notify)
        else:
            self._offices[view] = Office(view.client, view.asks, self)
        self._attend()

    def _attend(self) -> None:
        """The pages that are there follow who is signed in where."""
        self._offices = {view: office for view, office in self._offices.items() if view in self._accounts.all}
        if "hosting" in vars(self):
            self.hosting.attend(self._of_this_computer(), self.backups)
        if "elsewhere" in vars(self):
            here = self._accounts.here
            self.elsewhere.attend(self._offices.get(here) if self._is_elsewhere(here) else None)
        self.changed.emit()

    def _of_this_computer(self) -> Office | None:
        return next((office for office in self._offices.values() if self._is_here(office)), None)

    def _is_here(self, office: Office) -> bool:
        return self.report is not None and office.client.server == self.report.url

    def _is_elsewhere(self, view: AccountView) -> bool:
        office = self._offices.get(view)
        return office is not None and administers(office.role) and not self._is_here(office)
