"""Leaves out what libraries would load beside what the server needs of them: a tenth of its memory.

python-socketio loads its own client (requests, websocket-client) and its Redis manager, PyJWT loads cryptography for
algorithms that are not used here. All of it is optional to them; what is needed after all (Redis, where it is set) is
loaded by whoever needs it, as ever. And what is done with a large block of memory goes back to the system.
"""

import ctypes
import sys
from contextlib import suppress

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


_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 20


def give_back_large_blocks() -> None:
    """On Linux, return blocks above 1 MB when they are freed.

    glibc would learn from the first 19 MB that a password's hash takes and frees that such blocks are to be kept, one
    for each thread that hashes: 20 MB for as long as the server runs. Other systems' allocators have no such call.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl has none either
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
