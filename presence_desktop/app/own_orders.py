"""Gives every account what its person arranged (`own_order`), and the one quiet board of the app.

Decides when an account's order begins and ends, and that quiet times hold for all accounts alike.
"""

from PySide6.QtCore import QObject

from presence_desktop.app.account import Account
from presence_desktop.app.accounts import Accounts
from presence_desktop.app.kept import Kept
from presence_desktop.app.own_order import OwnOrder
from presence_desktop.core.hush import Hush
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.quiet_board import QuietBoard


class OwnOrders(QObject):
    """One per app; to be made before the first account has its place."""

    def __init__(self, accounts: Accounts, board: QuietBoard, kept: Kept, parent: QObject) -> None:
        super().__init__(parent)
        self._accounts, self._kept = accounts, kept
        self.board = board
        accounts.made.connect(self._begin)
        board.changed.connect(self._quiet_changed)

    def of(self, account: Account) -> OwnOrder:
        """What the person of this account arranged."""
        order = account.findChild(OwnOrder)
        assert isinstance(order, OwnOrder)  # noqa: S101 - every account got one
        return order

    def through(self) -> tuple[tuple[int, str], ...] | None:
        """Who may break through, of the account in view; None: nobody is signed in there."""
        here = self._accounts.here
        return self.of(here).through() if here.client.connection.signed_in else None

    def shut_out(self, user_id: int) -> None:
        """Somebody may not break through any more, in the account in view."""
        self.of(self._accounts.here).let_through(user_id, on=False)

    def hush(self) -> Hush:
        """All that bears on what pops up now, of the account in view."""
        times, rules = self.board.times, self._accounts.here.alerts.rules
        today = times.hours.days[self.board.local().weekday()] if times.hours.on else None
        through = len(self.through() or ())
        return Hush(rules.on, self.board.quiet(), times.hours.on, today, through)

    def end(self) -> None:
        """The app ends: what each account's person opened last is kept."""
        for account in self._accounts:
            self.of(account).keep_recent()

    def _begin(self, account: Account) -> None:
        view = account.view
        order = OwnOrder(
            account.client, account.alerts.rules, view.near, self._kept.now, self._kept.keep, account
        )
        account.alerts.rules.is_quiet = self.board.is_quiet
        view.signed_in.connect(lambda _server, _email: order.begin(kept=not account.playing))
        view.signed_out.connect(lambda _reason: order.end())

        def attach(page: PeoplePage) -> None:
            order.attach(page)
            page.selector.use(self.board)

        view.made.connect(attach)

    def _quiet_changed(self) -> None:
        if not self.board.is_quiet():
            for account in self._accounts:
                account.alerts.quiet_ended()
