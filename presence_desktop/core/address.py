"""The address of a server as people type it, as the base URL that everything else uses."""

from urllib.parse import urlsplit

DEFAULT_PORT = 3001
_SCHEMES = ("http", "https")


def server_url(typed: str) -> str | None:
    """The base URL (`http://host:3001`), or None if this is no address.

    Without a scheme it is `http` and port 3001 unless another is given; with one, the scheme's own port.
    """
    text = typed.strip().removesuffix("/")
    bare = "://" not in text
    try:
        parts = urlsplit(f"http://{text}" if bare else text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if (
        not host
        or parts.scheme not in _SCHEMES
        or parts.path
        or parts.query
        or parts.fragment
        or parts.username
    ):
        return None
    if any(letter.isspace() for letter in host):
        return None
    if port is None and bare:
        port = DEFAULT_PORT
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" if port is None else f"{parts.scheme}://{shown}:{port}"
