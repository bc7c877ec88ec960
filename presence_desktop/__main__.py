"""The two doors into the house: the desktop app and the server.

Decides which of the two starts, and loads only that one, so that the server never loads Qt.
What each does with its command line is its own business (`app.main`, `server.cli.main`). Frozen, each door is a program
of its own (packaging/doors), and what made it start is no business of the programs that it starts.
"""

import importlib.util
import os
import sys

_LOADER = ("_PYI_", "LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
_BEFORE = "_ORIG"
"""What the loader of a frozen program sets, and how it keeps what was there."""
_NO_QT = "presence-desktop: the window needs PySide6-Essentials, which is not installed (`pip install .`)."


def desktop() -> int:
    """Start the desktop app (`presence-desktop`); the return value is the exit status."""
    _forget_the_loader()
    if importlib.util.find_spec("PySide6") is None:
        sys.stderr.write(_NO_QT + "\n")
        return 1
    from presence_desktop import app

    return app.main()


def server() -> int:
    """Start the server's command line (`presence-server`); the return value is the exit status.

    A leading `server` is taken too, so that a server starts itself once more without asking which program it is.
    """
    _forget_the_loader()
    if sys.argv[1:2] == ["server"]:
        del sys.argv[1]
    from presence_desktop.server import cli

    return cli.main()


def main() -> int:
    """`python -m presence_desktop`: the app, or with `server` as the first word the server."""
    return server() if sys.argv[1:2] == ["server"] else desktop()


def _forget_the_loader() -> None:
    """Give programs that we start (a browser, a file manager) the system's libraries, not those that lie with us."""
    if not getattr(sys, "frozen", False):
        return
    added = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(_LOADER)}
    os.environ.update(
        {name.removesuffix(_BEFORE): value for name, value in added.items() if name.endswith(_BEFORE)}
    )


if __name__ == "__main__":
    sys.exit(main())
