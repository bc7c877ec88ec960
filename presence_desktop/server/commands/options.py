"""What several commands share: the data folder's option, the settings that follow from it, numbers above 0."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from presence_desktop.server import config as settings

Commands = Any
"""Where a file adds its words: what `ArgumentParser.add_subparsers` gives, which has no public type."""


def data_folder() -> argparse.ArgumentParser:
    """The option that all commands on a data folder take, for `parents=`."""
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--data-dir", type=Path, metavar="DIR", help="where the server keeps its data")
    return folder


class NotDone(Exception):
    """A command that does nothing, for a reason of its own: a code for programs, a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def config(options: argparse.Namespace, **more: object) -> settings.Config:
    """The settings of this command; more options of its own may be among them.

    A restore that was interrupted is finished first. Raises ConfigError, FolderInUse, FolderUnusable.
    """
    from presence_desktop.server.stores.backups import swap

    swap.settle(settings.data_dir(options.data_dir))
    return settings.load(data_dir=options.data_dir, **more)


def positive(kind: type[int] | type[float]) -> Callable[[str], float]:
    """Reads a number above 0."""

    def parse(text: str) -> float:
        value = kind(text)
        if not 0 < value < 10**9:
            raise argparse.ArgumentTypeError("must be above 0")
        return value

    return parse
