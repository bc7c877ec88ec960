"""`presence-server restore`: puts a backup into a data folder that no server runs on."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presence_desktop.server import config as settings
from presence_desktop.server.commands import logged
from presence_desktop.server.commands.backup import NO_ROWS
from presence_desktop.server.commands.options import Commands, NotDone
from presence_desktop.server.domain.authority import Act

if TYPE_CHECKING:
    from presence_desktop.server.stores.backups.manifest import Manifest

_ELSEWHERE = ("database_url", "files_dir", "key_file", "tls_cert", "tls_key")
"""Settings that make a server look elsewhere than where a backup is restored to."""


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    restore = commands.add_parser(
        "restore", parents=[folder], help="bring a backup back; what it replaces is kept"
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `backup` made")
    restore.add_argument("--yes", action="store_true", help="do not ask before something is replaced")
    restore.set_defaults(command=_restore)


def _restore(options: argparse.Namespace) -> int:
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.stores.backups import manifest as words
    from presence_desktop.server.stores.backups import restoring

    data_dir = settings.data_dir(options.data_dir)

    def confirm(found: "Manifest", replaced: list[str]) -> None:
        if replaced and not options.yes:
            _ask(data_dir, found, replaced)

    now = SystemClock().now()
    done = restoring.restore(options.file, data_dir, moment=_named(now), migrate=_migrate, confirm=confirm)
    print(f"{data_dir}: the backup of {_shown(done.manifest.made_at)} is restored.")
    if words.DATABASE not in done.manifest.names:
        print(NO_ROWS)
    if done.kept is not None:
        print(f"What was there before is kept in {done.kept}")
    if words.DATABASE in done.manifest.names:
        logged.write(_url(data_dir / words.DATABASE), Act.RESTORE, options.file.name)
    _say_what_lies_elsewhere(data_dir)
    return 0


def _named(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _shown(moment: int) -> str:
    """A moment by this computer's clock."""
    return datetime.fromtimestamp(moment / 1000).astimezone().isoformat(" ", "minutes")


def _ask(data_dir: Path, found: "Manifest", replaced: list[str]) -> None:
    print(f"The backup of {_shown(found.made_at)} holds; it replaces {', '.join(replaced)} in {data_dir}.")
    if not sys.stdin.isatty():
        raise NotDone(
            "not_confirmed", "nothing was restored: say --yes to replace what is there (it is kept)"
        )
    if input("What is there now is kept in a folder beside it. Restore? [y/N] ").strip().lower() not in (
        "y",
        "yes",
    ):
        raise NotDone("not_confirmed", "nothing was restored")


def _migrate(database: Path) -> None:
    from presence_desktop.server.stores.sql import schema
    from presence_desktop.server.stores.sql.database import Database

    async def run() -> None:
        opened = Database(_url(database))
        try:
            await schema.migrate(opened)
        finally:
            await opened.close()

    asyncio.run(run())


def _url(database: Path) -> str:
    return f"sqlite+aiosqlite:///{database.absolute()}"


def _say_what_lies_elsewhere(data_dir: Path) -> None:
    try:
        used = settings.load(data_dir=data_dir)
    except settings.ConfigError as error:
        print(f"The settings that came with it make no sense to this version: {error}")
        return
    named = [name for name in _ELSEWHERE if getattr(used, name, None) is not None]
    if named:
        print(
            f"The settings name {', '.join(named)}: the server looks there, not at what was restored into {data_dir}. "
            "Remove them, or move what was restored there."
        )
