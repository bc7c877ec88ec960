"""An exception that nobody expected, in whatever thread: logged, and shown once in words, with a report to copy.

Decides what the person sees; there is never a traceback on the screen, only behind the button. The app goes on. What
fails again and again is logged at its 1st, 10th, 100th, ... time and shown once; no more than a few boxes come in a
run, and never two at a time.
"""

import logging
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from typing_extensions import override

from presence_desktop.gui.boxes import dress, warn
from presence_desktop.gui.crash_report import LogTail, report
from presence_desktop.gui.scrim import Scrim

logger = logging.getLogger(__name__)

MOST_BOXES = 3
_OURS = "presence_desktop"
_MOST_FAULTS = 200
"""So many different ones are told apart."""

_Fault = tuple[str, str, int]
_Thing = TypeVar("_Thing")


class CrashReporter(QObject):
    """Catches for all threads from `install` to `remove`; what is logged with a traceback counts as caught."""

    _happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        """Over which the box stands."""
        self.box: QMessageBox | None = None
        self.explained: Callable[[], bool] = bool
        """Asked before the box comes: whether something else says why things fail."""
        self._tail = _Watch(self)
        self._times: Counter[_Fault] = Counter()
        self._told: set[_Fault] = set()
        self._lock = threading.Lock()
        self._boxes = 0
        self._happened.connect(self._show)

    def install(self) -> None:
        """Catch what would otherwise go to standard error."""
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread
        logging.getLogger().addHandler(self._tail)

    def remove(self) -> None:
        """Put Python's own way back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        logging.getLogger().removeHandler(self._tail)

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """As `sys.excepthook`; may be called in any thread."""
        if issubclass(kind, KeyboardInterrupt):
            return
        times = self._again(_fault(kind, trace))
        if _is_round(times):
            logger.error("unexpected (time %d)", times, exc_info=(kind, error, trace))

    def seen(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """It stands in the log: show it, unless it was shown before. May be called in any thread."""
        fault = _fault(kind, trace)
        with self._lock:
            if fault in self._told or len(self._told) >= _MOST_FAULTS:
                return
            self._told.add(fault)
        self._happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def attempt(self, start: Callable[[], _Thing]) -> _Thing | None:
        """What `start` gives. None if the app cannot start: that was said, and the person has read it."""
        try:
            return start()
        except Exception as error:
            logger.exception("the app cannot start")
            self._show("".join(traceback.format_exception(error)))
            if self.box is not None:
                self.box.setInformativeText(self.tr("The app cannot start. The report helps to mend it."))
                self.box.exec()
            return None

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _again(self, fault: _Fault) -> int:
        with self._lock:
            if len(self._times) >= _MOST_FAULTS and fault not in self._times:
                return 0
            self._times[fault] += 1
            return self._times[fault]

    def _show(self, trace: str) -> None:
        if self.box is not None or self._boxes >= MOST_BOXES or self.explained():
            return
        self._boxes += 1
        box = self.box = QMessageBox(self.window)
        warn(box)
        box.setWindowTitle("Presence Desktop")
        box.setText(self.tr("Something went wrong that should not have."))
        box.setInformativeText(
            self.tr(
                "You can go on. If something looks odd, start the app again. The report helps to mend it."
            )
        )
        copy = box.addButton(self.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying does not close the box
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report(trace, self._tail.text())))
        close = box.addButton(self.tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        dress(box)
        box.finished.connect(self._put_away)
        if self.window is not None and self.window.isVisible():
            scrim = Scrim(self.window)
            box.finished.connect(scrim.deleteLater)
        box.open()

    def _put_away(self) -> None:
        if self.box is not None:
            self.box.deleteLater()
            self.box = None


class _Watch(LogTail):
    """The log's tail; what is logged with a traceback by our own code is told to the reporter."""

    def __init__(self, reporter: CrashReporter) -> None:
        super().__init__()
        self._reporter = reporter

    @override
    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        info = record.exc_info
        if info and record.levelno >= logging.ERROR and record.name.startswith(_OURS):
            kind, error, trace = info
            if kind is not None and error is not None:
                self._reporter.seen(kind, error, trace)


def _fault(kind: type[BaseException], trace: TracebackType | None) -> _Fault:
    """What makes two of them the same: the kind, and the line where it happened."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return kind.__name__, "", 0
    return kind.__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno


def _is_round(times: int) -> bool:
    """1, 10, 100, ..."""
    return times > 0 and str(times).strip("0") == "1"
