"""Changes of the network where Qt has to be asked for them (Windows, macOS)."""

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

logger = logging.getLogger(__name__)

Reachability = QNetworkInformation.Reachability


class Told(QObject):
    """Says when there is a network again, or one over another medium."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was = Reachability.Unknown
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
