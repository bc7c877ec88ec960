"""Changes of the network, as the operating system tells them: a hint to try again at once, never a verdict.

Whether the server can be reached, only the link knows.
"""

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

logger = logging.getLogger(__name__)

Reachability = QNetworkInformation.Reachability


class Network(QObject):
    """Says when there is a network again, or another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was = Reachability.Unknown

    def watch(self) -> None:
        """Begin to listen, where Qt can tell anything at all."""
        if not QNetworkInformation.loadDefaultBackend():
            logger.info("changes of the network are not told here")
            return
        system = QNetworkInformation.instance()
        self._was = system.reachability()
        system.reachabilityChanged.connect(self.reached)
        system.transportMediumChanged.connect(lambda medium: self.changed.emit())

    def reached(self, now: Reachability) -> None:
        """How far the network reaches now; only a way out of *disconnected* is news."""
        before, self._was = self._was, now
        if before is Reachability.Disconnected and now is not Reachability.Disconnected:
            logger.info("there is a network again")
            self.changed.emit()
