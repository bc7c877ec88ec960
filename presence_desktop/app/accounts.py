"""The accounts of the app: which there are, which come back at the next start, and in which order.

Decides what is remembered of each. What happens on their links they decide by themselves, so that a server that does
not answer disturbs nobody but itself.
"""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from presence_desktop.app.account import Account
from presence_desktop.app.shared import Shared
from presence_desktop.core.connection import LinkState
from presence_desktop.core.notifying import Watch
from presence_desktop.disk.settings import KnownServer
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.protocol.errors import Code

_MAY_COME_BACK = frozenset({Code.KEYRING_CLOSED, Code.KEYRING_WAITS})
"""A keyring that stayed closed may open at the next start."""


class Accounts(QObject):
    """One per app; there is always at least one, which nobody is signed in with perhaps."""

    made = Signal(object)
    """An `Account` that is there from now on."""
    entered = Signal(object)
    """The `Account` that somebody is signed in with now."""
    play_over = Signal(object)
    """The demo's `Account`, which was left."""

    def __init__(self, shared: Shared, parent: QObject) -> None:
        super().__init__(parent)
        self._shared, self._kept = shared, shared.kept
        self._all = [Account(shared, self, tidies=True)]
        self._loading = False
        self._window: MainWindow

    def __iter__(self) -> Iterator[Account]:
        return iter(tuple(self._all))

    @property
    def first(self) -> Account:
        """The one the window is made with."""
        return self._all[0]

    @property
    def here(self) -> Account:
        """The one in view."""
        return self.of(self._window.account)

    def of(self, view: AccountView) -> Account:
        """The one that the window shows as this."""
        return next(account for account in self._all if account.view is view)

    def settle(self, window: MainWindow) -> None:
        """The window is there."""
        self._window = window
        window.accounts.fresh = self._fresh
        window.accounts.forget_asked.connect(self._forget)
        window.accounts.arranged.connect(self._keep_order)
        window.accounts.everywhere = self._kept.now().status_everywhere
        window.accounts.everywhere_chosen.connect(lambda on: self._kept.keep(status_everywhere=on))
        self._seat(self.first, window.account)

    def blank(self) -> Account:
        """One that nobody is signed in with, nor was."""
        return self.of(self._window.accounts.blank())

    def begin(self) -> None:
        """Go on where the last run ended, with the account that was in view then."""
        known = self._kept.now().accounts
        staying = [one for one in known if one.stay]
        last = next((one for one in staying or known if one.name == self._kept.now().opened), None)
        last = last or next(iter(staying or known), None)
        if last is not None:
            self.first.client.connection.server_name = last.called
        if last is not None and last.stay:
            self._window.resume(last.server, last.account)
        elif last is not None:
            self.first.view.remember(last.server, last.account)

    def begin_others(self) -> None:
        """The window stands: now the other accounts."""
        known = self._kept.now().accounts
        for one in known:
            if not any((it.view.server, it.view.email) == (one.server, one.account) for it in self):
                view = self.of(self._fresh()).view
                view.client.connection.server_name = one.called
                view.remember(one.server, one.account)
                if one.stay:
                    view.resume(one.server, one.account)
        self._window.accounts.arrange([(one.server, one.account) for one in known])

    def load(self) -> None:
        """Begin to load what the network needs, for those that are there and those that come."""
        self._loading = True
        for account in self:
            account.load()

    def drop(self, account: Account) -> None:
        """It is gone, as if it had never been here."""
        self._all.remove(account)
        self._window.drop(account.view)
        account.close()
        account.deleteLater()

    def end(self) -> None:
        """The app ends: keep which one was in view, and say goodbye to all servers."""
        view = self._window.account
        if not view.blank and not self.here.playing:
            self._kept.keep(opened=KnownServer(server=view.server, account=view.email).name)
        for account in self:
            account.close()

    # --- what this computer tells ---

    def pause(self) -> None:
        """The computer goes to sleep."""
        for account in self:
            account.client.pause()

    def reconnect_now(self) -> None:
        """It woke up, or the network changed."""
        for account in self:
            account.client.reconnect_now()

    def device_state(self, idle_seconds: int | None, locked: bool) -> None:
        """How long nobody touched it, and whether it is locked."""
        for account in self:
            account.client.device_state(idle_seconds, locked)

    # --- coming and going ---

    def _fresh(self) -> AccountView:
        account = Account(self._shared, self)
        self._all.append(account)
        self._seat(account, self._window.accounts.add(account.client))
        if self._loading:
            account.load()
        return account.view

    def _seat(self, account: Account, view: AccountView) -> None:
        account.seat(view, self._window)
        view.linked.connect(lambda: self._keep_name(account))
        view.signed_in.connect(lambda server, email: self._signed_in(account, server, email))
        view.signed_out.connect(lambda reason: self._signed_out(account, reason))
        account.alerts.watches_changed.connect(lambda watches: self._keep_watches(account, watches))
        self.made.emit(account)

    def _signed_in(self, account: Account, server: str, email: str) -> None:
        if account.playing:
            return
        for other in self:
            if other is not account and (other.view.server, other.view.email) == (server, email):
                self.drop(other)
        self._kept.put(self._kept.now().signed_in(server, email))
        watched = self._kept.now().watched.get(account.kept_as, {})
        account.alerts.begin({user_id: Watch(how) for user_id, how in watched.items()})
        self.entered.emit(account)

    def _signed_out(self, account: Account, reason: Code | None) -> None:
        if account.leaving:
            QTimer.singleShot(0, self, lambda: self._drop_for_good(account))
        elif account.playing:
            self.play_over.emit(account)
        elif reason not in _MAY_COME_BACK:
            view = account.view
            self._kept.put(self._kept.now().signed_out(view.server, view.email))

    def _forget(self, view: AccountView) -> None:
        """Remember this one no more. What waited to be sent goes with it."""
        account = self.of(view)
        self._kept.put(self._kept.now().without(view.server, view.email))
        if account.client.connection.signed_in:
            account.leaving = True
            account.client.sign_out()
        else:
            self._drop_for_good(account)

    def _drop_for_good(self, account: Account) -> None:
        self.drop(account)
        server = account.view.server
        alone = all(other.view.server != server for other in self)
        user_id = account.forget(alone=alone)
        if alone or user_id is not None:
            self._kept.put(self._kept.now().without_orders(server, None if alone else user_id))

    # --- remembering ---

    def _keep_order(self) -> None:
        order = [(view.server, view.email) for view in self._window.accounts.known]
        self._kept.put(self._kept.now().arranged(order))

    def _keep_name(self, account: Account) -> None:
        connection, server = account.client.connection, account.client.server
        if connection.state is not LinkState.ONLINE or account.playing:
            return
        known = self._kept.now().accounts
        if any(one.server == server and one.called != connection.server_name for one in known):
            self._kept.put(self._kept.now().called(server, connection.server_name))

    def _keep_watches(self, account: Account, watches: dict[int, Watch]) -> None:
        if not account.playing:
            kept = {user_id: how.value for user_id, how in watches.items()}
            self._kept.keep(watched={**self._kept.now().watched, account.kept_as: kept})
