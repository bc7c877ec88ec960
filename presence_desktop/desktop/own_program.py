"""How this program starts itself once more, for its own child processes."""

import sys


def own_program(*words: str) -> tuple[str, list[str]]:
    """Program and arguments that run `presence-desktop WORDS`, from source and frozen alike."""
    if getattr(sys, "frozen", False):
        return sys.executable, list(words)
    return sys.executable, ["-m", "presence_desktop", *words]
