"""The stage of the demo: a temporary folder, a server in it, and the colleagues; all gone at the end.

Decides the order in which they come and go. Whoever watches (the app) signs in when it is `ready`.
"""

import logging
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.hosting import HostReport, HostRequest, HostState, HostTrouble
from presence_desktop.desktop.child import Child
from presence_desktop.desktop.local_server import LocalServer

logger = logging.getLogger(__name__)

_VARIABLES = {
    "PRESENCE_REGISTRATION": "open",
    "PRESENCE_SIGN_IN_TRIES_PER_ADDRESS": "1000",
    "PRESENCE_LOG_LEVEL": "info",
}


class Stage(QObject):
    """One demo."""

    ready = Signal(str)
    """The server's URL: all are there."""
    failed = Signal(object)
    """The `HostReport` that says why there is no demo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: LocalServer | None = None
        self._colleagues: Child | None = None
        self._open = False
        self.url = ""

    @property
    def running(self) -> bool:
        """Whether it was opened and not closed."""
        return self._open

    def open(self) -> Path:
        """Start everything; `ready` or `failed` follows. The folder for all that is to be gone with the demo."""
        self._open = True
        self._folder = tempfile.TemporaryDirectory(prefix="presence-demo-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        self._server = LocalServer(folder / "server", 0, self, _VARIABLES)
        self._server.reported.connect(self._server_reported)
        self._server.start(HostRequest(owner=None, reachable=False))
        return folder

    def close(self) -> None:
        """End everything and remove the folder; takes a few seconds at most."""
        self._open = False
        if self._colleagues is not None:
            self._colleagues.stop_and_wait()
        if self._server is not None:
            self._server.stop_and_wait()
        if self._folder is not None:
            self._folder.cleanup()
        self._colleagues = self._server = self._folder = None

    def _server_reported(self, report: HostReport) -> None:
        if not self._open:
            return
        if report.state is HostState.RUNNING:
            self.url = report.url
            self._call_colleagues()
        elif report.state is HostState.FAILED:
            self.failed.emit(report)

    def _call_colleagues(self) -> None:
        child = self._colleagues = Child(self, "colleagues", self.url)
        child.said.connect(self._colleague_said)
        child.ended.connect(self._colleagues_ended)
        child.start()

    def _colleague_said(self, line: str) -> None:
        if line == "ready":
            self.ready.emit(self.url)
        else:
            logger.info("colleagues: %s", line)

    def _colleagues_ended(self, child: Child, status: int) -> None:
        if self._open and status != 0:
            self.failed.emit(
                HostReport(HostState.FAILED, trouble=HostTrouble.ENDED, detail="\n".join(child.last_lines))
            )
