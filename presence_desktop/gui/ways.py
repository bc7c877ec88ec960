"""The ways through the app that lie over all pages: quick switcher, sheet of shortcuts, status page, settings.

Decides which commands are offered now and whom each goes to; loads and makes each part when it is first wanted.
Commands that need the window (or another room) leave as the same signals that the settings menu has.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from presence_desktop.core.client import Client
from presence_desktop.core.device_report import DeviceReport
from presence_desktop.core.hush import Hush
from presence_desktop.core.ports import Clock
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.shortcuts import STATUSES, Way, bind
from presence_desktop.gui.theme import Scheme

if TYPE_CHECKING:
    from presence_desktop.gui.settings.page import SettingsPage
    from presence_desktop.gui.shortcuts_sheet import ShortcutsSheet
    from presence_desktop.gui.status_page import StatusPage
    from presence_desktop.gui.switcher import Switcher

_TALKING = (Way.NEW_ROOM, Way.PUBLIC_ROOMS, Way.SEARCH, Way.NOTES, Way.ALL_READ)
_ALWAYS = (
    Way.SETTINGS, Way.WHY_AWAY, Way.SHORTCUTS, Way.STATUS, *STATUSES, Way.LIGHT, Way.DARK, Way.AS_SYSTEM,
    Way.ENGLISH, Way.KOREAN,
)  # fmt: skip
_LAST = (Way.ADD_SERVER, Way.SIGN_OUT, Way.QUIT)
_ON_PAGE = frozenset({*_TALKING, Way.STATUS}) - {Way.ALL_READ}


class Ways(QObject):
    """One per window, over the page of a signed-in person."""

    account_wanted = Signal(object)
    """This account (`AccountView`) is to be in view."""
    people_wanted = Signal()
    """The page of a signed-in person is to be in view."""
    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    status_chosen = Signal(object)
    setting_chosen = Signal(str, object)
    """A field of `Held`, and its new value."""
    hosting_asked = Signal()
    avatar_asked = Signal()
    add_asked = Signal()
    """A further server."""
    sign_out_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self,
        accounts: AccountViews,
        look: Look,
        languages: Languages,
        clock: Clock,
        pages: QStackedWidget,
    ) -> None:
        super().__init__(pages)
        self._accounts, self._look, self._languages, self._clock = accounts, look, languages, clock
        self._before: QWidget | None = None
        self._pages, self._window = pages, pages.window()
        self.device: Callable[[], DeviceReport] = DeviceReport
        """Asked for what this computer tells; `app` knows."""
        self.hush: Callable[[], Hush] = Hush
        """Asked for what bears on what pops up; `app` knows."""
        self.held: Callable[[], Held] = Held
        """Asked for what is set; `app` keeps it."""
        self.status_page: StatusPage | None = None
        self.settings_page: SettingsPage | None = None
        self.hosting = False
        """Whether this computer is a server too."""
        self.switcher: Switcher | None = None
        """The one that is open."""
        self.sheet: ShortcutsSheet | None = None
        self._deeds = self._all_deeds()
        bind(
            self._window,
            {
                Way.SWITCH: self.open_switcher,
                Way.SHORTCUTS: self.open_sheet,
                Way.SETTINGS: self.open_settings,
                Way.QUIT: self.quit_asked.emit,
            },
        )

    @property
    def _client(self) -> Client:
        return self._accounts.here.client

    @property
    def _page(self) -> PeoplePage:
        return self._accounts.here.people

    def start_over(self) -> None:
        """Another account is in view: what was shown of the one before is gone."""
        for page in (self.status_page, self.settings_page):
            if page is not None:
                self._pages.removeWidget(page)
                page.deleteLater()
        self.status_page = self.settings_page = self._before = None

    def open_switcher(self) -> None:
        """Go anywhere by a few letters."""
        from presence_desktop.gui.switcher import Switcher

        if not self._client.connection.signed_in or self.switcher is not None:
            return
        here = self._accounts.here
        views = [here, *(view for view in self._accounts.signed_in if view is not here)]
        switcher = Switcher(views, here.look, self._clock, self.offered(), self._window)
        switcher.talk_chosen.connect(self._open_talk)
        switcher.person_chosen.connect(self._open_person)
        switcher.way_chosen.connect(self.do)
        switcher.finished.connect(self._switcher_closed)
        self.switcher = switcher
        switcher.open()

    def open_sheet(self) -> None:
        """Show all shortcuts."""
        from presence_desktop.gui.shortcuts_sheet import ShortcutsSheet

        self.sheet = ShortcutsSheet(self._window)
        self.sheet.finished.connect(self._sheet_closed)
        self.sheet.open()

    def open_status_page(self) -> None:
        """Show why one looks as one does."""
        from presence_desktop.gui.status_page import StatusPage

        if self.status_page is None:
            self.status_page = StatusPage(self._client, self._look, self._clock)
            self.status_page.device, self.status_page.hush = self.device, self.hush
            self._add(self.status_page)
        self._bring(self.status_page)
        self.status_page.focus()

    def open_settings(self) -> None:
        """Show all that can be set."""
        from presence_desktop.gui.settings.page import SettingsPage

        if self.settings_page is None:
            page = self.settings_page = SettingsPage(self._client, self._look, self._languages)
            page.scheme_chosen.connect(self.scheme_chosen)
            page.language_chosen.connect(self.language_chosen)
            page.chosen.connect(self.setting_chosen)
            page.way_chosen.connect(self.do)
            self._add(page)
        self.say_held()
        self._bring(self.settings_page)
        self.settings_page.focus()

    def say_held(self) -> None:
        """Show what is set, on the page for it if there is one."""
        if self.settings_page is not None:
            self.settings_page.show_held(self.held(), hosting=self.hosting, tray=self.device().tray)

    @property
    def in_view(self) -> bool:
        """Whether a page of these is what one looks at."""
        return self._pages.currentWidget() in (self.status_page, self.settings_page)

    def offered(self) -> tuple[Way, ...]:
        """The commands that can be given now."""
        talking = _TALKING if self._client.chats.available else ()
        own = (Way.PICTURE, Way.PASSWORD, Way.DEVICES) if self._client.chats.available else ()
        server = (Way.SERVER,) if self.hosting else ()
        return (*talking, *_ALWAYS, *own, *server, *_LAST)

    def do(self, way: Way) -> None:
        """Do what somebody chose."""
        if way in _ON_PAGE:
            self.people_wanted.emit()
        self._deeds[way]()

    def _add(self, page: ColumnPage) -> None:
        page.back.connect(self._go_back)
        self._pages.addWidget(page)

    def _bring(self, page: ColumnPage) -> None:
        if not self.in_view:
            self._before = self._pages.currentWidget()
        self._pages.setCurrentWidget(page)

    def _go_back(self) -> None:
        """Back to where one was; from the status page that the settings led to, too."""
        if self._client.connection.signed_in:
            self.people_wanted.emit()
            self._page.focus()
        elif self._before is not None:
            self._pages.setCurrentWidget(self._before)
            self._before.setFocus()

    def _open_talk(self, view: AccountView, talk_id: int) -> None:
        self.account_wanted.emit(view)
        self._page.open_talk(talk_id)

    def _open_person(self, view: AccountView, user_id: int) -> None:
        self.account_wanted.emit(view)
        if self._client.chats.available:
            self._page.open_direct(user_id)
        else:
            self._page.desk.person_wanted.emit(user_id)

    def _open_notes(self) -> None:
        if self._client.me is not None:
            self._page.open_direct(self._client.me.user_id)

    def _change_password(self) -> None:
        from presence_desktop.gui.settings.password_dialog import PasswordDialog

        self._show(PasswordDialog(self._client, self._look, self._page.asks, self._window))

    def _show_devices(self) -> None:
        from presence_desktop.gui.settings.devices_dialog import DevicesDialog

        self._show(DevicesDialog(self._client, self._look, self._page.asks, self._clock, self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _switcher_closed(self) -> None:
        if self.switcher is not None:
            self.switcher.deleteLater()
            self.switcher = None

    def _sheet_closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None

    def _all_deeds(self) -> dict[Way, Callable[[], object]]:
        statuses = {
            way: (lambda chosen=status: self.status_chosen.emit(chosen)) for way, status in STATUSES.items()
        }
        return {
            **statuses,
            Way.NEW_ROOM: lambda: self._page.desk.make_room(),
            Way.PUBLIC_ROOMS: lambda: self._page.desk.browse(),
            Way.SEARCH: lambda: self._page.desk.search_wanted.emit(""),
            Way.NOTES: self._open_notes,
            Way.ALL_READ: lambda: self._page.desk.mark_all_read(),
            Way.STATUS: lambda: self._page.selector.open_menu(),
            Way.PICTURE: self.avatar_asked.emit,
            Way.PASSWORD: self._change_password,
            Way.DEVICES: self._show_devices,
            Way.SERVER: self.hosting_asked.emit,
            Way.SETTINGS: self.open_settings,
            Way.WHY_AWAY: self.open_status_page,
            Way.SHORTCUTS: self.open_sheet,
            Way.LIGHT: lambda: self.scheme_chosen.emit(Scheme.LIGHT),
            Way.DARK: lambda: self.scheme_chosen.emit(Scheme.DARK),
            Way.AS_SYSTEM: lambda: self.scheme_chosen.emit(Scheme.SYSTEM),
            Way.ENGLISH: lambda: self.language_chosen.emit(Language.ENGLISH),
            Way.KOREAN: lambda: self.language_chosen.emit(Language.KOREAN),
            Way.ADD_SERVER: self.add_asked.emit,
            Way.SIGN_OUT: self.sign_out_asked.emit,
            Way.QUIT: self.quit_asked.emit,
        }
