"""The two doors into the house: the desktop app and the server.

Decides which of the two starts, and loads only that one, so that the server never loads Qt.
What each does with its command line is its own business (`app.main`, `server.cli.main`).
"""

import importlib.util
import sys

_NO_QT = "presence-desktop: the window needs PySide6-Essentials, which is not installed (`pip install .`)."


def desktop() -> int:
    """Start the desktop app (`presence-desktop`); the return value is the exit status."""
    if importlib.util.find_spec("PySide6") is None:
        sys.stderr.write(_NO_QT + "\n")
        return 1
    from presence_desktop import app

    return app.main()


def server() -> int:
    """Start the server's command line (`presence-server`); the return value is the exit status."""
    from presence_desktop.server import cli

    return cli.main()


def main() -> int:
    """`python -m presence_desktop`: the app, or with `server` as the first word the server."""
    if sys.argv[1:2] == ["server"]:
        del sys.argv[1]
        return server()
    return desktop()


if __name__ == "__main__":
    sys.exit(main())
