"""`presence-server move-to`: from the file of SQLite to a database server, with proof that all of it arrived."""

import argparse
import asyncio
import getpass
import sys
from typing import TYPE_CHECKING

from presence_desktop.server.commands import logged
from presence_desktop.server.commands.options import Commands, NotDone, config
from presence_desktop.server.domain.authority import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from presence_desktop.server.stores.sql.moving import Counted


_DONE = """Everything was copied, and is the same on both sides. From now on, set database_url to
  {url}
with its password, in server.toml or as PRESENCE_DATABASE_URL, and start the server. The data folder keeps files,
settings and the key, so everybody stays signed in; its presence.db is not used any more."""
_VISIBLE = (
    "leave the password out of the URL, where others on this computer see it: it is read from standard input"
)


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    move = commands.add_parser(
        "move-to", parents=[folder], help="copy all rows to MySQL or MariaDB, and compare"
    )
    move.add_argument(
        "url", metavar="URL", help="mysql://user@host/name; the password comes on standard input"
    )
    move.add_argument(
        "--dry-run", action="store_true", help="only say what would be copied, and whether it can be"
    )
    move.set_defaults(command=_move)


def _move(options: argparse.Namespace) -> int:
    from presence_desktop.server import backup_side
    from presence_desktop.server.stores import folder
    from presence_desktop.server.stores.sql.moving import CannotMove

    used = config(options)
    url = _with_password(options.url)
    file = backup_side.sqlite_file(used)
    if file is not None and not file.exists():
        raise NotDone("nothing_there", f"{used.data_dir}: there is nothing to move here")
    folder.prepare(used.data_dir)
    with folder.locked(used.data_dir):
        try:
            asyncio.run(_run(used.database, url, dry=options.dry_run))
        except CannotMove as error:
            raise NotDone("cannot_move", str(error)) from None
        except ModuleNotFoundError as error:
            raise NotDone(
                "not_installed", f"{error.name} is missing: pip install presence-desktop[mysql]"
            ) from None
    if not options.dry_run:
        logged.write(url, Act.MOVE, options.url)
        print(_DONE.format(url=options.url))
    return 0


def _with_password(given: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from presence_desktop.server.stores.sql.database import UnknownDatabase

    try:
        url = make_url(given)
    except ArgumentError:
        raise UnknownDatabase("the target is not a URL: mysql://user@host/name") from None
    if url.password is not None:
        raise NotDone("password_visible", _VISIBLE)
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password of {url.username} at {url.host}: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    return url.set(password=password or None).render_as_string(hide_password=False)


async def _run(here: str, there: str, *, dry: bool) -> None:
    from presence_desktop.server.stores.sql import moving
    from presence_desktop.server.stores.sql.database import Database

    source = Database(here)
    try:
        target = Database(there)
        try:
            found = await moving.fits(source, target)
            _say(found, "rows to copy" if dry else "rows are being copied")
            if not dry:
                _say(await moving.copy(source, target, _progress), "rows copied and compared")
        finally:
            await target.close()
    finally:
        await source.close()


def _say(counted: "Sequence[Counted]", what: str) -> None:
    print(f"{sum(one.rows for one in counted)} {what}", flush=True)
    for one in counted:
        if one.rows:
            print(f"  {one.table}: {one.rows}{f'  {one.digest}' if one.digest else ''}")


def _progress(table: str, rows: int) -> None:
    if not rows:
        print("  what is searched with is made anew", flush=True)
    elif rows % 100_000 == 0:
        print(f"  {table}: {rows} so far", flush=True)
