"""How the server starts itself once more, for work that is to leave no memory behind; from source and frozen alike."""

import sys


def own_program(*words: str) -> list[str]:
    """The command line of `presence-server` with these words."""
    start = [] if getattr(sys, "frozen", False) else ["-m", "presence_desktop"]
    return [sys.executable, *start, "server", *words]
