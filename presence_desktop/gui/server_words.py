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


def server_letters(server: str) -> str:
    """Two letters (or digits) for a server's sign: of a name its first, of a numeric address its last."""
    host = server_name(server).partition(":")[0]
    if host.replace(".", "").isdigit():
        return host.rpartition(".")[2][-2:]
    words = host.removeprefix("www.").split()
    return (words[0][:1] + words[-1][:1] if len(words) > 1 else host.removeprefix("www.")[:2]).upper()
