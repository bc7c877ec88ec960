"""Leaves out what Socket.IO's client would load beside what the app needs of it: a tenth of the app's memory.

python-socketio loads the clients of Redis and of other message queues, which its servers may use, and aiohttp, wherever
they are installed. All of it is optional to it, and none of it is a client's business.
"""

import sys

UNNEEDED = ("redis", "valkey", "kombu", "aio_pika", "zmq", "aiohttp")


def load() -> None:
    """Load those libraries without the rest; nothing happens where they are loaded already."""
    hidden = [name for name in UNNEEDED if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's own word for "not to be imported"
    try:
        import engineio
        import socketio

        _ = engineio, socketio
    finally:
        for name in hidden:
            del sys.modules[name]
