"""What the hosting pages say of roles, invites and disks."""

from PySide6.QtCore import QCoreApplication, QLocale

from presence_desktop.core.server_roles import ServerRole
from presence_desktop.gui.when import at
from presence_desktop.protocol.admin_rest import DiskUse, Invite

_tr = QCoreApplication.translate


def size_words(count: int) -> str:
    """A number of bytes as people say it."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def role_words(role: ServerRole) -> str:
    """What somebody is on a server."""
    return {
        ServerRole.OWNER: _tr("hosting", "Owner"),
        ServerRole.ADMIN: _tr("hosting", "Admin"),
        ServerRole.MEMBER: _tr("hosting", "Member"),
    }[role]


def invite_words(invite: Invite, now: int) -> str:
    """How much is left of an open invite."""
    uses_left = invite.uses_left
    left = _tr("hosting", "%n more can join", "", uses_left)
    return _tr("hosting", "{left} · until {time}").format(left=left, time=at(invite.expires_at, now))


def disk_lines(disk: DiskUse) -> list[tuple[str, str]]:
    """What takes how much room: name and size; what cannot be told is left out."""
    named = (
        (_tr("hosting", "Conversations"), disk.database),
        (_tr("hosting", "Files and pictures"), disk.files),
        (_tr("hosting", "Backups"), disk.backups),
        (_tr("hosting", "Free on the disk"), disk.free),
    )
    return [(name, size_words(count)) for name, count in named if count is not None]
