"""An exception that nobody expected: logged, and shown once in words, with a report to copy.

Decides what the person sees; there is never a traceback on the screen, only behind the button.
"""

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from presence_desktop import __version__

logger = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Installs itself for all threads; shows the first exception only."""

    _happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown = False
        self.box: QMessageBox | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        """Catch what would otherwise go to standard error."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Put Python's own way back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        logger.error("unexpected", exc_info=(kind, error, trace))
        if not self._shown:
            self._shown = True
            self._happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show(self, trace: str) -> None:
        system = f"Presence Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
        report = f"{system}, {platform.platform()}\n\n{trace}"
        box = self.box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Presence Desktop")
        box.setText(self.tr("Something went wrong that should not have."))
        box.setInformativeText(
            self.tr(
                "You can go on. If something looks odd, start the app again. The report helps to mend it."
            )
        )
        copy = box.addButton(self.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying does not close the box
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()
