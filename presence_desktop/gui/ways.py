"""The ways through the app that lie over all pages: quick switcher, sheet of shortcuts; and what their commands do.

Decides which commands are offered now and whom each goes to. Commands that need the window (or another room) leave as
the same signals that the settings menu has.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui.language import Language
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.shortcuts import Way, bind
from presence_desktop.gui.shortcuts_sheet import ShortcutsSheet
from presence_desktop.gui.switcher import Switcher
from presence_desktop.gui.switcher_rows import STATUSES
from presence_desktop.gui.theme import Scheme

_TALKING = (Way.NEW_ROOM, Way.PUBLIC_ROOMS, Way.SEARCH, Way.NOTES)
_ALWAYS = (
    Way.SHORTCUTS, Way.STATUS, *STATUSES, Way.LIGHT, Way.DARK, Way.AS_SYSTEM,
    Way.ENGLISH, Way.KOREAN,
)  # fmt: skip
_LAST = (Way.SIGN_OUT, Way.QUIT)
_ON_PAGE = frozenset({*_TALKING, Way.STATUS})


class Ways(QObject):
    """One per window, over the page of a signed-in person."""

    people_wanted = Signal()
    """The page of a signed-in person is to be in view."""
    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    status_chosen = Signal(object)
    hosting_asked = Signal()
    avatar_asked = Signal()
    settings_asked = Signal()
    why_asked = Signal()
    sign_out_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self, client: Client, look: Look, clock: Clock, page: PeoplePage, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._client, self._look, self._clock = client, look, clock
        self._page, self._window = page, window
        self.hosting = False
        """Whether this computer is a server too."""
        self.switcher: Switcher | None = None
        """The one that is open."""
        self.sheet: ShortcutsSheet | None = None
        self._deeds = self._all_deeds()
        bind(
            window,
            {
                Way.SWITCH: self.open_switcher,
                Way.SHORTCUTS: self.open_sheet,
                Way.SETTINGS: self.settings_asked.emit,
                Way.QUIT: self.quit_asked.emit,
            },
        )

    def open_switcher(self) -> None:
        """Go anywhere by a few letters."""
        if not self._client.connection.signed_in or self.switcher is not None:
            return
        switcher = Switcher(self._client, self._look, self._clock, self.offered(), self._window)
        switcher.talk_chosen.connect(self._open_talk)
        switcher.person_chosen.connect(self._open_person)
        switcher.way_chosen.connect(self.do)
        switcher.finished.connect(self._switcher_closed)
        self.switcher = switcher
        switcher.open()

    def open_sheet(self) -> None:
        """Show all shortcuts."""
        self.sheet = ShortcutsSheet(self._window)
        self.sheet.finished.connect(self._sheet_closed)
        self.sheet.open()

    def offered(self) -> tuple[Way, ...]:
        """The commands that can be given now."""
        talking = _TALKING if self._client.chats.available else ()
        picture = (Way.PICTURE,) if self._client.chats.available else ()
        server = (Way.SERVER,) if self.hosting else ()
        return (*talking, *_ALWAYS, *picture, *server, *_LAST)

    def do(self, way: Way) -> None:
        """Do what somebody chose."""
        if way in _ON_PAGE:
            self.people_wanted.emit()
        self._deeds[way]()

    def _open_talk(self, talk_id: int) -> None:
        self.people_wanted.emit()
        self._page.open_talk(talk_id)

    def _open_person(self, user_id: int) -> None:
        self.people_wanted.emit()
        if self._client.chats.available:
            self._page.open_direct(user_id)
        else:
            self._page.desk.person_wanted.emit(user_id)

    def _open_notes(self) -> None:
        if self._client.me is not None:
            self._page.open_direct(self._client.me.user_id)

    def _switcher_closed(self) -> None:
        if self.switcher is not None:
            self.switcher.deleteLater()
            self.switcher = None

    def _sheet_closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None

    def _all_deeds(self) -> dict[Way, Callable[[], object]]:
        page = self._page
        statuses = {
            way: (lambda chosen=status: self.status_chosen.emit(chosen)) for way, status in STATUSES.items()
        }
        return {
            **statuses,
            Way.NEW_ROOM: page.desk.make_room,
            Way.PUBLIC_ROOMS: page.desk.browse,
            Way.SEARCH: lambda: page.desk.search_wanted.emit(""),
            Way.NOTES: self._open_notes,
            Way.STATUS: page.selector.open_menu,
            Way.PICTURE: self.avatar_asked.emit,
            Way.SERVER: self.hosting_asked.emit,
            Way.SETTINGS: self.settings_asked.emit,
            Way.WHY_AWAY: self.why_asked.emit,
            Way.SHORTCUTS: self.open_sheet,
            Way.LIGHT: lambda: self.scheme_chosen.emit(Scheme.LIGHT),
            Way.DARK: lambda: self.scheme_chosen.emit(Scheme.DARK),
            Way.AS_SYSTEM: lambda: self.scheme_chosen.emit(Scheme.SYSTEM),
            Way.ENGLISH: lambda: self.language_chosen.emit(Language.ENGLISH),
            Way.KOREAN: lambda: self.language_chosen.emit(Language.KOREAN),
            Way.SIGN_OUT: self.sign_out_asked.emit,
            Way.QUIT: self.quit_asked.emit,
        }
