"""A new version that is installed while this one runs: noticed, told, and gone over to.

Decides when it is looked for (when the window comes to the front, and when something fails), and that it is told once
its files have come to rest: a package takes seconds to replace them. Pages that are loaded late may fail from then on;
that is no fault to be reported.
"""

from PySide6.QtCore import QEvent, QObject, QProcess, QTimer
from typing_extensions import override

from presence_desktop.app.background import Background
from presence_desktop.desktop.own_program import OwnFile, lasting_program
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.upgrade_strip import UpgradeStrip

REST_MS = 3_000


class Upgrading(QObject):
    """One per app."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        look: Look,
        own: OwnFile,
        parent: QObject | None = None,
    ) -> None:
        """`own`: the program's file, as it was when the app began."""
        super().__init__(parent)
        self._own = own
        self.restarting = False
        """Whether the app ends to begin anew."""
        self.strip = UpgradeStrip(look)
        self.strip.restart_asked.connect(lambda: self._restart(background))
        window.setMenuWidget(self.strip)
        window.installEventFilter(self)
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._tell)
        self._seen = own.now

    def look(self) -> bool:
        """Whether the program's file is another one (or gone) by now; told in a moment."""
        if not self._own.replaced:
            return False
        if self.strip.isHidden() and not self._rest.isActive():
            self._seen = self._own.now
            self._rest.start()
        return True

    def end(self) -> None:
        """The app ends."""
        self._rest.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self.look()
        return False

    def _tell(self) -> None:
        now = self._own.now
        if now is None or now != self._seen:  # still on its way
            self._seen = now
            self._rest.start()
        else:
            self.strip.show()

    def _restart(self, background: Background) -> None:
        self.restarting = True
        background.quit_at_once()


def start_anew(*words: str) -> int:
    """Start the program that is installed now, beside this process, which is about to end; its id, 0: it failed."""
    program, arguments = lasting_program(*words)
    started, number = QProcess.startDetached(program, arguments)
    return int(number) if started else 0
