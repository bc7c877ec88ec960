"""Loads of libraries what is needed of them: a tenth of the app's memory and of its start, and much of the server's.

`import socketio` loads clients and servers with and without asyncio and the clients of message queues, and so does
`import engineio`. Here both packages are opened without that: a client and a server each get their own part. Whoever
asks for more (a test with a server of its own) gets the whole package after all, at that moment. PyJWT loads what its
algorithms might need, and requests what guesses the character set of texts, of which it reads none here. And what is
done with a large block of memory goes back to the system.
"""

import ctypes
import importlib
import importlib.util
import sys
import warnings
from contextlib import suppress
from types import ModuleType
from typing import Any

PARTS = {
    "engineio": {
        "Client": "client",
        "Server": "server",
        "AsyncServer": "async_server",
        "ASGIApp": "async_drivers.asgi",
    },
    "socketio": {
        "Client": "client",
        "AsyncServer": "async_server",
        "AsyncManager": "async_manager",
        "ASGIApp": "asgi",
    },
}
"""In which of a package's modules its names are to be found, as far as they are used here."""
_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 20


class _Opened(ModuleType):
    """A package whose own first file has not run."""

    def __getattr__(self, name: str) -> Any:
        if (part := PARTS[self.__name__].get(name)) is not None:
            found = getattr(importlib.import_module(f"{self.__name__}.{part}"), name)
            setattr(self, name, found)
            return found
        if name.startswith("__") or self.__spec__ is None or self.__spec__.loader is None:
            raise AttributeError(name)
        if importlib.util.find_spec(f"{self.__name__}.{name}") is not None:
            return importlib.import_module(f"{self.__name__}.{name}")
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on a package like any other
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def open_socketio() -> None:
    """Open the packages of Socket.IO; nothing happens to one that is loaded already, or is not installed."""
    for name in PARTS:
        if name in sys.modules or (spec := importlib.util.find_spec(name)) is None:
            continue
        opened = _Opened(name)
        opened.__spec__, opened.__loader__, opened.__file__ = spec, spec.loader, spec.origin
        opened.__path__ = list(spec.submodule_search_locations or ())
        opened.__package__ = name
        sys.modules[name] = opened


def load_without(name: str, optional: str) -> None:
    """Load a library without another one that it could do more with; nothing happens where either is loaded already.

    Whoever needs the other one loads it afterwards as ever.
    """
    if optional in sys.modules:
        return
    sys.modules[optional] = None  # type: ignore[assignment]  # Python's own word for "not to be imported"
    try:
        with warnings.catch_warnings(action="ignore"):  # that it can do less is known
            importlib.import_module(name)
    finally:
        del sys.modules[optional]


def give_back_large_blocks() -> None:
    """On Linux, return blocks above 1 MB when they are freed.

    glibc would learn from the first 19 MB that a password's hash takes and frees that such blocks are to be kept, one
    for each thread that hashes: 20 MB for as long as the server runs. Other systems' allocators have no such call.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl has none either
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
