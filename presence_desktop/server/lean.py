"""Leaves out what libraries would load beside what the server needs of them: a tenth of its memory.

python-socketio loads its own client (requests, websocket-client) and its Redis manager, PyJWT loads cryptography for
algorithms that are not used here. All of it is optional to them; what is needed after all (Redis, where it is set) is
loaded by whoever needs it, as ever.
"""

import sys

UNNEEDED = ("redis", "requests", "websocket", "cryptography")


def load() -> None:
    """Load those libraries without the rest; nothing happens where they are loaded already."""
    hidden = [name for name in UNNEEDED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own word for "not to be imported"
    try:
        import jwt
        import socketio

        _ = jwt, socketio
    finally:
        for name in hidden:
            del sys.modules[name]
