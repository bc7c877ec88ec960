"""What closing the window does: the app goes on in the tray, goes on minimised, or ends.

Decides so by what the person set and by whether there is a tray now. The window never vanishes: without a tray it is
at most minimised, and if the tray goes away while the window is hidden, the window comes back, minimised. A tray that
comes later than the app is taken all the same: what starts with the computer may be ahead of the panel.
"""

from collections.abc import Callable
from enum import Enum
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from presence_desktop.desktop.tray_place import TrayPlace
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.hosting.stopping import Stopping
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.tray import Tray

Closing = Literal["system", "quit", "keep"]
"""`system`: go on in the tray where there is one, else end. `keep`: go on in any case."""
LOOK_MS = 5_000
"""How often it is looked whether the tray is still there, while the window is hidden."""
_CLICK_MS = 500
"""A click on a panel may take the keyboard from the window first; so long ago it still was in front."""


class Way(Enum):
    """What becomes of a window that is closed; by these words the page of the own server says it."""

    HIDE = "tray"
    MINIMISE = "minimise"
    END = "end"


def way_of(closing: Closing, tray: bool, hosting: bool = False) -> Way:
    """What closing does, with a tray or without. A server that runs here would end for everybody: then it does not."""
    if closing == "quit":
        return Way.END
    if tray:
        return Way.HIDE
    return Way.MINIMISE if closing == "keep" or hosting else Way.END


class Background(QObject):
    """The window's life beside the tray."""

    hidden = Signal()
    """The window was closed into the tray."""

    def __init__(self, window: MainWindow, tray: Tray, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._tray = window, tray
        self._place = TrayPlace(self)
        self._place.came.connect(self._tray_came)
        self._waits = False
        self._behind = QElapsedTimer()
        self.closing: Closing = "system"
        self.hosting: Callable[[], bool] = bool
        """Asked whether a server runs here."""
        self._asking = self._at_once = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        window.may_close = self.may_close
        window.news.connect(lambda _view, changes: tray.refresh(changes))
        window.accounts.turned.connect(tray.redraw)
        window.installEventFilter(self)
        tray.opened.connect(self.open)
        tray.clicked.connect(self.turn)
        tray.account_asked.connect(self._open_account)
        tray.quit_asked.connect(window.quit)
        tray.picked.connect(window.pick)

    def begin(self) -> None:
        """Start without a window: only in the tray, or minimised where there is none (yet)."""
        self.watch()
        if self.in_tray:
            self._look.start()
        else:
            self._window.showMinimized()
            self._waits = True

    def watch(self) -> None:
        """Have the icon in the tray, as soon as there is one."""
        if self._place.there:
            self._tray.begin()
        else:
            self._place.watch()

    @property
    def in_tray(self) -> bool:
        """Whether the icon is where the person can find it now."""
        return self._tray.icon is not None and self._place.there

    @property
    def way(self) -> Way:
        """What closing the window does now."""
        return way_of(self.closing, self.in_tray, self.hosting())

    def may_close(self, quitting: bool) -> bool:
        """Asked before the window is closed: whether it may, and with it the app. Else it is hidden or minimised."""
        return (quitting or not self.stays()) and self.ends()

    def stays(self) -> bool:
        """Whether the app goes on; then the window is hidden or minimised already."""
        way = self.way
        if way is Way.END or _session_ends():
            return False
        if way is Way.HIDE:
            self.hide()
        else:
            self._window.showMinimized()
        return True

    def ends(self) -> bool:
        """Whether the app may end, though others may be connected to the server that ends with it."""
        others = self._window.looking_after.others
        if self._at_once or not others or _session_ends():
            return True
        if self._asking:
            return False
        self._asking = True
        self.open()
        may = Stopping(self._window).may_quit(others)
        self._asking = False
        return may

    def quit_at_once(self) -> None:
        """End the app, and ask nobody."""
        self._at_once = True
        self._window.quit()

    def hide(self) -> None:
        """Leave the icon in the tray alone."""
        self._window.hide()
        self._look.start()
        self.hidden.emit()

    def open(self) -> None:
        """The window, again."""
        self._look.stop()
        self._waits = False
        self._window.come_forward()

    def turn(self) -> None:
        """A click on the icon: the window comes to the front, or goes away if it is there."""
        if self._in_front():
            self._window.hide()
            self._look.start()
        else:
            self.open()

    def _open_account(self, view: AccountView) -> None:
        self.open()
        self._window.coming.open(view)

    def look(self) -> None:
        """Where the tray has gone, the window comes back."""
        if self._window.isVisible():
            self._look.stop()
        elif not self.in_tray:
            self._look.stop()
            self._window.showMinimized()

    def _tray_came(self) -> None:
        """Where it was to start in the tray alone, and nobody looked at the window since, it goes there now."""
        self._tray.begin()
        if self._waits and self.in_tray and self._window.isMinimized():
            self._window.hide()
            self._look.start()
        self._waits = False

    def _in_front(self) -> bool:
        window = self._window
        if not window.isVisible() or window.isMinimized():
            return False
        return window.isActiveWindow() or (self._behind.isValid() and self._behind.elapsed() < _CLICK_MS)

    def end(self) -> None:
        """The app ends."""
        self._look.stop()
        self._place.end()
        self._tray.end()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LanguageChange:
            self._tray.retranslate()
        elif event.type() is QEvent.Type.WindowDeactivate:
            self._behind.start()
        elif event.type() is QEvent.Type.WindowActivate:
            self._waits = False
        return False


def _session_ends() -> bool:
    """Whether the desktop's session ends: then nothing may stay."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
