"""Loads of Socket.IO what a client needs: a tenth of the app's memory and a tenth of its start less.

`import socketio` loads its servers too, with asyncio and the clients of message queues, and so does `import engineio`.
Here both packages are opened without that. Whoever asks them for more (a test with a server of its own) gets the whole
package after all, at that moment.
"""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

PACKAGES = ("engineio", "socketio")
_CLIENT = "Client"


class _Opened(ModuleType):
    """A package whose own first file has not run."""

    def __getattr__(self, name: str) -> Any:
        if name == _CLIENT:
            return importlib.import_module(f"{self.__name__}.client").Client
        if name.startswith("__") or self.__spec__ is None or self.__spec__.loader is None:
            raise AttributeError(name)
        if importlib.util.find_spec(f"{self.__name__}.{name}") is not None:
            return importlib.import_module(f"{self.__name__}.{name}")
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on a package like any other
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def load() -> None:
    """Open the packages; nothing happens to one that is loaded already, or is not installed."""
    for name in PACKAGES:
        if name in sys.modules or (spec := importlib.util.find_spec(name)) is None:
            continue
        opened = _Opened(name)
        opened.__spec__, opened.__loader__, opened.__file__ = spec, spec.loader, spec.origin
        opened.__path__ = list(spec.submodule_search_locations or ())
        opened.__package__ = name
        sys.modules[name] = opened
