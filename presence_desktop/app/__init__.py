"""The desktop app: its command line, and the only place where the client's rooms are joined.

Decides what a start does. No Qt and no network is loaded before it is known that they are needed.
"""

import argparse
import builtins
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from presence_desktop import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the app (or what it starts of itself: the demo's colleagues, who asks the keyring); the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["keyring"]:
        from presence_desktop.disk import asked_secrets

        return asked_secrets.answer(sys.stdin.buffer, sys.stdout.buffer)
    if words[:1] == ["colleagues"]:
        from presence_desktop.app.demo import colleagues

        return colleagues.main(words[1:])
    options = _parser().parse_args(words)
    if options.home is not None:
        os.environ["PRESENCE_HOME"] = str(options.home.resolve())
    with _lasting():
        if not (options.demo or options.screenshot) and _first_was_called(options.link):
            return 0
        from presence_desktop.app import wiring

    return wiring.run(
        demo=options.demo, picture=options.screenshot, link=options.link, background=options.background
    )


def _first_was_called(link: str) -> bool:
    """A second start brings the first app to the front, and that at once: it loads no window of its own for that."""
    from presence_desktop.desktop.single_instance import first_was_called
    from presence_desktop.disk.places import places

    return first_was_called(places().data, link)


@contextmanager
def _lasting() -> Iterator[None]:
    """What is imported here stays: the garbage collector does not look through it, neither now nor later.

    Pydantic looks through all that is installed for plug-ins of its own unless it is told not to; nobody uses any.
    Nor does anybody here use `__feature__`, for which PySide puts an import of its own in the place of Python's that
    reads the source of every module that is imported after it (and keeps it in memory): Python's stays.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    plain = builtins.__import__
    gc.disable()
    try:
        import PySide6.QtCore  # noqa: F401 - it takes the place of the import; every other module comes after it

        builtins.__import__ = plain
        yield
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="presence-desktop", description="The team messenger whose dots tell the truth."
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("link", nargs="?", default="", help="a presence:// link, to join by")
    parser.add_argument("--background", action="store_true", help="start in the tray, or minimised")
    parser.add_argument("--demo", action="store_true", help="start with simulated colleagues")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help="keep all files there (as PRESENCE_HOME does)"
    )
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="PATH",
        help="write a picture once the window is populated, and go on",
    )
    return parser
