"""`presence-server`: the server's command line (CONTRACT section 12).

Decides the exit statuses below and how a refusal is told: one line on standard error, `presence-server: <code>:
<sentence>`, and a status of its own. The words and what they do are `commands`' business.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from presence_desktop import __version__
from presence_desktop.protocol.errors import Refused
from presence_desktop.server import config as settings
from presence_desktop.server.commands import backup, invite, migrate, move, name, prove, restore, serve, user
from presence_desktop.server.commands.options import NotDone, data_folder

OK, FAILED, USAGE = 0, 1, 2
FOLDER_UNUSABLE, FOLDER_IN_USE, DATABASE_TOO_NEW, DATABASE_UNAVAILABLE, ADDRESS_UNUSABLE, BAD_SETTING = range(
    3, 9
)
BACKUP_INVALID, CERTIFICATE_UNUSABLE = 9, 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # every refusal ends here, as one line; what is no refusal goes on
        refusal = _refusal(error)
        if refusal is None:
            raise
        status, code, sentence = refusal
        sys.stderr.write(f"presence-server: {code}: {' '.join(sentence.split())}\n")
        return status


def _refusal(error: Exception) -> tuple[int, str, str] | None:
    """Exit status, code and sentence of what a command may refuse with; None for anything else."""
    from presence_desktop.server.services.ports import StoreUnavailable
    from presence_desktop.server.stores.backups.manifest import BackupInvalid
    from presence_desktop.server.stores.certificate import CertificateUnusable
    from presence_desktop.server.stores.folder import FolderInUse, FolderUnusable
    from presence_desktop.server.stores.sql.database import UnknownDatabase
    from presence_desktop.server.stores.sql.schema import SchemaTooNew
    from presence_desktop.server.transport.web.listening import AddressUnusable

    if isinstance(error, Refused):
        return FAILED, error.code.value, error.message
    if isinstance(error, NotDone):
        return FAILED, error.code, str(error)
    for kind, status, code in (
        (settings.ConfigError, BAD_SETTING, "bad_setting"),
        (UnknownDatabase, BAD_SETTING, "bad_setting"),
        (FolderUnusable, FOLDER_UNUSABLE, "folder_unusable"),
        (FolderInUse, FOLDER_IN_USE, "folder_in_use"),
        (SchemaTooNew, DATABASE_TOO_NEW, "database_too_new"),
        (StoreUnavailable, DATABASE_UNAVAILABLE, "database_unavailable"),
        (AddressUnusable, ADDRESS_UNUSABLE, "address_unusable"),
        (BackupInvalid, BACKUP_INVALID, "backup_invalid"),
        (CertificateUnusable, CERTIFICATE_UNUSABLE, "certificate_unusable"),
    ):
        if isinstance(error, kind):
            return status, code, str(error)
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="presence-server", description="The server of Presence Desktop.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    folder = data_folder()
    for subject in (serve, user, invite, name, backup, restore, move, migrate):
        subject.add(commands, folder)
    prove.add(commands)
    return parser
