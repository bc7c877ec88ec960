"""The accounts of the window, in the order in which they stand side by side, and the one that is in view.

Decides which account a sign-in is for, and which one comes into view when another goes. Pages are the window's
business; what is to be remembered, `app`'s.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from presence_desktop.core.client import Client
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.protocol.limits import HEARTBEAT_SECONDS


class AccountViews(QObject):
    """One per window; there is always at least one, blank perhaps."""

    linked = Signal(object)
    """The connection of this account is another now."""
    news = Signal(object, object)
    """Of which account, and what changed just now (`Changes`), after it is shown."""
    listed = Signal()
    """One came or went, or they stand in another order."""
    turned = Signal()
    """Another one is in view."""
    arranged = Signal()
    """The person put them in another order."""
    everywhere_chosen = Signal(bool)
    forget_asked = Signal(object)
    """This one is to be remembered no more."""

    def __init__(self, look: Look, make: Callable[[AccountView], PeoplePage], parent: QObject) -> None:
        """`make` makes the page of an account."""
        super().__init__(parent)
        self._look, self._make = look, make
        self.all: list[AccountView] = []
        self.here: AccountView
        """The one in view."""
        self.everywhere = False
        """Whether a status that is chosen holds on all servers."""
        self.fresh: Callable[[], AccountView] = lambda: self.here
        """Asked for a blank account, where one wants to sign in to a further server; `app` brings it."""
        self.heartbeat = self._timer(HEARTBEAT_SECONDS * 1000, AccountView.beat)
        self._second = self._timer(1000, AccountView.second)

    @property
    def known(self) -> list[AccountView]:
        """Those that are, or were, signed in."""
        return [view for view in self.all if not view.blank]

    @property
    def signed_in(self) -> list[AccountView]:
        """Those that somebody is signed in with."""
        return [view for view in self.all if view.client.connection.signed_in]

    @property
    def shown(self) -> AccountView:
        """The one in view; while one signs in to a further one, the first that is signed in."""
        if self.here.client.connection.signed_in:
            return self.here
        return next(iter(self.signed_in), self.here)

    @property
    def unread(self) -> int:
        """How many messages wait to be read, in all of them."""
        return sum(view.unread for view in self.all)

    def add(self, client: Client) -> AccountView:
        """A further account, after the others."""
        view = AccountView(client, self._look, self._make, self)
        view.linked.connect(lambda: self.linked.emit(view))
        view.news.connect(lambda changes: self.news.emit(view, changes))
        self.all.append(view)
        if len(self.all) == 1:
            self.here = view
        self.listed.emit()
        return view

    def turn_to(self, view: AccountView) -> None:
        """Have this one in view from now on."""
        if view is not self.here:
            self.here = view
            self.turned.emit()

    def drop(self, view: AccountView) -> None:
        """Forget one; another is in view then."""
        self.all.remove(view)
        if view is self.here:
            self.turn_to(next(iter(self.signed_in), None) or self.blank())
        self.listed.emit()
        view.deleteLater()

    def move(self, view: AccountView, by: int) -> None:
        """Put one so many places up or down among those that are known."""
        known = self.known
        place = known.index(view)
        other = known[max(0, min(place + by, len(known) - 1))]
        if other is not view:
            here, there = self.all.index(view), self.all.index(other)
            self.all.insert(there, self.all.pop(here))
            self.listed.emit()
            self.arranged.emit()

    def arrange(self, order: Sequence[tuple[str, str]]) -> None:
        """Put them in this order of (server, account); what is not in it goes last."""
        places = {one: place for place, one in enumerate(order)}
        self.all.sort(key=lambda view: places.get((view.server, view.email), len(places)))
        self.listed.emit()

    def blank(self) -> AccountView:
        """One that nobody is signed in with, nor was."""
        return next((view for view in self.all if view.blank), None) or self.fresh()

    def whose(self, server: str, email: str) -> AccountView:
        """The one that a sign-in to this account is for: that which one was signed out of here, else a blank one."""
        for view in self.known:
            if (view.server, view.email) == (server, email) and not view.client.connection.signed_in:
                return view
        return self.blank()

    @property
    def chosen_for(self) -> list[AccountView]:
        """Those that a status is chosen for."""
        return self.signed_in if self.everywhere else [self.shown]

    def holds_everywhere(self) -> bool | None:
        """Whether a status that is chosen holds on all servers; None: there is one alone."""
        return self.everywhere if len(self.signed_in) > 1 else None

    def choose_everywhere(self, everywhere: bool) -> None:
        """From now on it does, or not."""
        self.everywhere = everywhere
        self.everywhere_chosen.emit(everywhere)

    def stop(self) -> None:
        """The window closes: no more signs of life."""
        self.heartbeat.stop()
        self._second.stop()

    def _timer(self, interval: int, beat: Callable[[AccountView], None]) -> QTimer:
        timer = QTimer(self, interval=interval)
        timer.timeout.connect(lambda: self._each(beat))
        timer.start()
        return timer

    def _each(self, beat: Callable[[AccountView], None]) -> None:
        for view in tuple(self.all):
            beat(view)
