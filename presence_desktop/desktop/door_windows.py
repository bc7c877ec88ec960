"""What `door` is elsewhere, by a named pipe of this user: `QLocalServer` makes it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from presence_desktop.desktop.door import MOST_BYTES, TAKEN


class Door(QObject):
    """See `door.Door`."""

    heard = Signal(object)

    def __init__(self, understands: Callable[[bytes], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._understands = understands
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def open(self, name: str) -> None:
        """See `door.Door.open`."""
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """See `door.Door.close`."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda told=socket: self._hear(told))
            socket.disconnected.connect(socket.deleteLater)
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST_BYTES:
                socket.abort()
            return
        line = bytes(socket.readLine(MOST_BYTES).data())
        if not (line.endswith(b"\n") and self._understands(line[:-1])):
            socket.abort()
            return
        socket.write(TAKEN)
        socket.flush()
        self.heard.emit(line[:-1])


def knock(name: str, line: bytes, within: int) -> bool | None:
    """See `door.knock`."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(within):
        return None
    socket.write(line + b"\n")
    socket.flush()
    taken = socket.waitForReadyRead(max(1, within)) and socket.readAll().data() == TAKEN
    socket.disconnectFromServer()
    return taken
