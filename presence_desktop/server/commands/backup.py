"""`presence-server backup`: one file with all of a data folder, also while a server runs on it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from presence_desktop.server.commands import logged
from presence_desktop.server.commands.options import Commands, NotDone, config
from presence_desktop.server.domain.authority import Act

if TYPE_CHECKING:
    from presence_desktop.server.stores.backups.manifest import Manifest

NO_ROWS = (
    "The database is a server of its own and is not in it: save that with its own tool "
    "(mariadb-dump --single-transaction)."
)


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    backup = commands.add_parser(
        "backup", parents=[folder], help="save everything in one file, also while serving"
    )
    backup.add_argument(
        "--to",
        type=Path,
        metavar="FILE",
        help="the new file, or a folder for it (backups in the data folder)",
    )
    backup.add_argument(
        "--own", action="store_true", help=argparse.SUPPRESS
    )  # the server's, which logs it itself
    backup.set_defaults(command=_backup)


def _backup(options: argparse.Namespace) -> int:
    from presence_desktop.server import backup_side
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.stores import folder
    from presence_desktop.server.stores.backups import kept, writing

    used = config(options)
    source = backup_side.source(used)
    if source.database is not None and not source.database.exists():
        raise NotDone("nothing_there", f"{used.data_dir}: there is nothing to save here")
    folder.prepare(used.data_dir)
    now = SystemClock().now()
    target: Path = options.to or used.backups_path
    if target.is_dir() or options.to is None:
        target /= kept.file_name(now, by_hand=True)
    if target.exists():
        raise NotDone("file_exists", f"{target}: there is a file of this name already")
    print(
        *_told(writing.write(source, target, made_at=now), target, rows=source.database is not None), sep="\n"
    )
    if not options.own:
        logged.write(used.database, Act.BACK_UP, target.name)
    return 0


def _told(manifest: "Manifest", target: Path, *, rows: bool) -> list[str]:
    counts = manifest.rows
    files = sum(part.name.startswith("files/") for part in manifest.parts)
    whole = f"people {counts.get('users', 0)}, messages {counts.get('messages', 0)}, " if rows else ""
    lines = [f"{target}: {whole}files {files}, bytes {target.stat().st_size}"]
    if not rows:
        lines.append(NO_ROWS)
    if manifest.missing:
        lines.append("Not in it, because they lie nowhere, are these files that messages name:")
        lines += [f"  {name}" for name in manifest.missing]
    return lines
