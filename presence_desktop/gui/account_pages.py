"""The pages of accounts and the gear on each: made when first looked at, and told what there is to look after.

Decides whom each wish on a page goes to. What follows from it is decided there: in `core`, by the ways through the app,
by whoever looks after the server.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from presence_desktop.core.incoming import SignInFailed
from presence_desktop.core.ports import Clock
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.language import Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.settings_menu import SettingsButton
from presence_desktop.gui.ways import Ways
from presence_desktop.protocol.errors import Code

if TYPE_CHECKING:
    from presence_desktop.gui.main_window import MainWindow

_NOT_WAITED = SignInFailed(Code.KEYRING_CLOSED, "not waited for")


class AccountPages(QObject):
    """One per window."""

    def __init__(
        self, window: "MainWindow", look: Look, languages: Languages, clock: Clock, outgoing: Path | None
    ) -> None:
        """`outgoing`: see `MainWindow`."""
        super().__init__(window)
        self._window = window
        self._look, self._languages, self._clock, self._outgoing = look, languages, clock, outgoing
        self.entrance_gear = self._gear(signed_in=False)
        """The one for whoever is not signed in."""
        self.side: int | None = None
        """How wide the person made the lists, in logical pixels; None: they did not."""

    def make(self, view: AccountView) -> PeoplePage:
        """The page of an account."""
        window, gear = self._window, self._gear(signed_in=True)
        page = PeoplePage(view.client, view.look, self._clock, gear, view.asks, self._outgoing)
        page.invite_asked.connect(window.show_hosting_page)
        page.host_strip.asked.connect(window.show_own_server)
        page.host_strip.start_asked.connect(window.looking_after.start_asked)
        page.changed.connect(view.refresh)
        page.try_now.connect(view.client.reconnect_now)
        page.banner.password_asked.connect(lambda: view.take((_NOT_WAITED,)))
        selector, accounts = page.selector, window.accounts
        selector.picked.connect(window.pick)
        selector.custom_picked.connect(window.pick_custom)
        selector.choices.everywhere = accounts.holds_everywhere
        selector.choices.everywhere_chosen.connect(accounts.choose_everywhere)
        selector.why_asked.connect(lambda: window.ways.open_status_page())
        page.halves.set_side(self.side)
        page.halves.side_chosen.connect(lambda width: self._set_side(width, page))
        window.pages.addWidget(page)
        self._tell_hosting(view, page)
        return page

    def remove(self, page: PeoplePage) -> None:
        """Its account is shown no more."""
        self._window.pages.removeWidget(page)
        page.deleteLater()

    def offer_hosting(self) -> None:
        """There is something to look after, or not any more."""
        window = self._window
        self.entrance_gear.hosting = window.looking_after.report is not None
        window.ways.hosting = window.looking_after.offered(window.account)
        for view in window.accounts.all:
            if view.page is not None:
                self._tell_hosting(view, view.page)

    def take_commands(self, gear: SettingsButton | Ways) -> None:
        """What is chosen there goes where it belongs."""
        window = self._window
        gear.scheme_chosen.connect(window.choose_scheme)
        gear.language_chosen.connect(window.choose_language)
        gear.hosting_asked.connect(window.show_hosting_page)
        gear.avatar_asked.connect(lambda: window.people.desk.choose_avatar())
        gear.add_asked.connect(lambda: window.coming.add())
        gear.sign_out_asked.connect(lambda: window.client.sign_out())
        gear.quit_asked.connect(window.quit)

    def _set_side(self, width: int, chosen_on: PeoplePage) -> None:
        """On one page as on all."""
        self.side = width
        for view in self._window.accounts.all:
            if view.page is not None and view.page is not chosen_on:
                view.page.halves.set_side(width)

    def _tell_hosting(self, view: AccountView, page: PeoplePage) -> None:
        looking_after = self._window.looking_after
        offered, report = looking_after.offered(view), looking_after.report
        page.settings_button.hosting = offered
        page.contacts.set_hosting(offered)
        if report is not None:
            page.show_host(report, own=looking_after.hosts(view))

    def _gear(self, *, signed_in: bool) -> SettingsButton:
        gear = SettingsButton(self._look, self._languages, signed_in=signed_in)
        gear.settings_asked.connect(lambda: self._window.ways.open_settings())
        self.take_commands(gear)
        return gear
