"""Somebody between the app and a server: passes everything on untouched, or opens it with a key of their own."""

import contextlib
import select
import socket
import ssl
import threading
from pathlib import Path
from types import TracebackType

from tests.net.strangers import self_made


class Middleman:
    """Listens on a port of its own for the server at `port`; `listening_in` may change at any time."""

    def __init__(self, port: int, folder: Path) -> None:
        self._upstream = port
        self._own_key = self_made(folder)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="middleman")]
        self.listening_in = False
        self.heard = b""
        """What was read of that."""
        self.port: int = self._listener.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"

    def __enter__(self) -> "Middleman":
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(10)

    def cut(self) -> None:
        """End all connections."""
        for one in self._open:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), name="middleman")
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        self._open.append(client)
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._upstream)) as server:
            self._open.append(server)
            if self.listening_in:
                trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
                client = self._own_key.wrap_socket(client, server_side=True)
                server = trusting.wrap_socket(server)
                self._open += [client, server]
            self._pump(client, server)
            server.close()
        client.close()

    def _pump(self, client: socket.socket, server: socket.socket) -> None:
        while True:
            for one in _readable(client, server):
                data = one.recv(65_536)
                if not data:
                    return
                if one is client and isinstance(client, ssl.SSLSocket):
                    self.heard += data
                (server if one is client else client).sendall(data)


def _readable(*sockets: socket.socket) -> list[socket.socket]:
    waiting = [one for one in sockets if isinstance(one, ssl.SSLSocket) and one.pending()]
    return waiting or select.select(sockets, [], [])[0]
