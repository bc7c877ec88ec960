"""What a crash report says: the program, the system, the trace and the log's last lines, without anybody's secrets.

Decides what is left out. When a report is made, and who sees it, is `crash`'s.
"""

import logging
import os
import platform
import re
from collections import deque
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from presence_desktop import __version__

KEPT_LINES = 100
_LINE = 500
"""No line of the log is longer in a report."""
_LEFT_OUT = "<left out>"
_SECRETS = (
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*"), _LEFT_OUT),
    (re.compile(r"(?i)\b(bearer|basic) +[\w.~+/=-]+"), rf"\1 {_LEFT_OUT}"),
    (
        re.compile(
            r"(?i)(\w*(?:password|token|secret|invite|authorization)\w*[\"']?\s*[:=]\s*)"
            r"(\"[^\"\n]*\"?|'[^'\n]*'?|[^\s&,;)}\]]+)"
        ),
        rf"\1{_LEFT_OUT}",
    ),
    (re.compile(r"input_value=.*?(?=, input_type=|\n|$)"), f"input_value={_LEFT_OUT}"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<e-mail>"),
)
"""What must not be in a report. Nothing of ours logs it, but an exception's own words may hold what somebody wrote."""


class LogTail(logging.Handler):
    """Remembers the last lines of the log."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._lines: deque[str] = deque(maxlen=KEPT_LINES)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        formatter = self.formatter
        if formatter is not None:
            self._lines.append(self.first_line(formatter.formatMessage(self._prepared(record, formatter))))

    def text(self) -> str:
        """The lines, oldest first."""
        self.acquire()
        try:
            return "\n".join(self._lines)
        finally:
            self.release()

    @staticmethod
    def first_line(text: str) -> str:
        """One line of it, of bounded length."""
        return text.partition("\n")[0][:_LINE]

    @staticmethod
    def _prepared(record: logging.LogRecord, formatter: logging.Formatter) -> logging.LogRecord:
        record.message = record.getMessage()
        record.asctime = formatter.formatTime(record)
        return record


def report(trace: str, log: str) -> str:
    """The text to copy."""
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    lines = [
        f"Presence Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.platform()}, {QGuiApplication.platformName()} {desktop}".rstrip(),
        "",
        trace.rstrip(),
    ]
    if log:
        lines += ["", "The log's last lines:", log]
    return without_secrets("\n".join(lines)) + "\n"


def without_secrets(text: str) -> str:
    """The same without tokens, passwords, invites, addresses of people and the name of one's own folder."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
