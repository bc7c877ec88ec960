"""What a server is called where several stand side by side: by its address, as short as it can be told apart."""

from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.address import DEFAULT_PORT, is_loopback

_tr = QCoreApplication.translate
_USUAL = (None, 80, 443, DEFAULT_PORT)


def server_name(server: str) -> str:
    """A server's name from its base URL; ports are told where they are not the usual ones."""
    parts = urlsplit(server)
    host = _tr("servers", "This computer") if is_loopback(server) else parts.hostname or server
    return host if parts.port in _USUAL else f"{host}:{parts.port}"
