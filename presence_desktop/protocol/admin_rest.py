"""The bodies of administration over REST (`/api/admin/...`), and of looking after one's own account (`/api/auth/...`).

Decides their shapes only; who may do what is decided by the server alone (`server.domain.accounts`). Moments are
milliseconds since the Unix epoch, sizes bytes.
"""

from typing import Annotated, Literal

from msgspec import Meta

from presence_desktop.protocol import limits
from presence_desktop.protocol.rest import NewPassword, ServerName, Success
from presence_desktop.protocol.wire import Millis, Wire

# --- people ---------------------------------------------------------------------------------------------


class AdminPerson(Wire):
    """One account, as those see it who look after the server."""

    user_id: int
    username: str
    email: str
    avatar: str | None = None
    role: str = "member"
    disabled: bool
    created_at: int
    last_seen: int | None = None
    """None for somebody who was never here; as everybody sees it."""
    devices: int
    """Sign-ins that hold."""


class AdminPeoplePage(Success):
    """`GET /api/admin/people?after=<userId>&limit=<1..200>&find=<text>`: by rising id; `next` is the next `after`."""

    people: list[AdminPerson]
    next: int | None = None


class OnePerson(Success):
    """`POST /api/admin/people/{userId}/disable | enable | role`: the account as it is now."""

    person: AdminPerson


class PasswordReset(Wire):
    """`POST /api/admin/people/{userId}/password`; without a password the server makes one."""

    hidden = frozenset({"password"})
    password: NewPassword | None = None


class PasswordWasReset(Success):
    """The password that the server made: told this once. None where it was given. All sign-ins have ended."""

    hidden = frozenset({"password"})
    password: str | None = None


class RoleChange(Wire):
    """`POST /api/admin/people/{userId}/role`; `owner` hands the server over: the owner becomes an admin."""

    role: Literal["owner", "admin", "member"]


# --- invites --------------------------------------------------------------------------------------------


class InviteWanted(Wire):
    """`POST /api/admin/invites`, all of it optional: the server's settings say the rest."""

    uses: Annotated[int, Meta(ge=1, le=limits.INVITE_USES)] | None = None
    until: Millis | None = None
    """When it ends; must lie in the future."""


class Invite(Wire):
    """One invite; its code is not kept."""

    id: int
    made_by: int | None = None
    """None: at the server's command line, or the account is gone."""
    created_at: int
    expires_at: int
    uses: int
    uses_left: int
    revoked_at: int | None = None
    state: Literal["open", "used_up", "expired", "revoked"]


class InviteCreated(Success):
    """`POST /api/admin/invites`: the code, told this once."""

    hidden = frozenset({"invite"})
    id: int
    invite: str
    expires_at: int
    uses: int


class InvitesPage(Success):
    """`GET /api/admin/invites?before=<id>&limit=<1..200>`: the newest first; `next` is the next `before`."""

    invites: list[Invite]
    next: int | None = None


# --- the server -----------------------------------------------------------------------------------------


class DiskUse(Wire):
    """Bytes on the server's disk; None: it is not on this machine, or cannot be told."""

    database: int | None = None
    files: int | None = None
    backups: int | None = None
    free: int | None = None


class Backup(Wire):
    """One backup file."""

    name: str
    made_at: int
    size: int


class BackupMade(Success):
    """`POST /api/admin/backup`: the one that was made."""

    backup: Backup


class Encryption(Wire):
    """How the server is spoken to."""

    on: bool
    fingerprint: str | None = None
    """SHA-256 of the certificate (DER), hex, lower case."""


class ServerFacts(Success):
    """`GET /api/admin/server`."""

    version: str
    started_at: int
    uptime_seconds: int
    people: int
    """Accounts there are."""
    connected: int
    """People who are connected to this server process, whatever they appear as."""
    connections: int
    disk: DiskUse
    backups: list[Backup]
    """The newest first."""
    tls: Encryption
    name: str | None = None
    """What the server is called; None: it was given no name."""


class Renaming(Wire):
    """`PUT /api/admin/server/name`, by the owner; null takes the name away."""

    name: ServerName | None = None


class Renamed(Success):
    """The name from now on; those who are connected are told when they connect next."""

    name: str | None


# --- the audit log --------------------------------------------------------------------------------------


class AuditEntry(Wire):
    """One administrative act. Names are as they were then; an actor of None sat at the server's command line."""

    id: int
    at: int
    actor_id: int | None = None
    actor: str | None = None
    act: str
    target_id: int | None = None
    target: str | None = None
    detail: str | None = None


class AuditPage(Success):
    """`GET /api/admin/audit?before=<id>&limit=<1..200>&kind=<first word of the act>&find=<text>`: the newest first;
    `next` is the next `before`.
    """

    entries: list[AuditEntry]
    next: int | None = None


# --- one's own account ----------------------------------------------------------------------------------


class PasswordChange(Wire):
    """`POST /api/auth/password`: ends all of one's sign-ins but this one."""

    hidden = frozenset({"old_password", "new_password"})
    old_password: Annotated[str, Meta(max_length=limits.PASSWORD_MAX_LENGTH)]
    new_password: NewPassword


class Device(Wire):
    """One of one's sign-ins."""

    id: str
    name: str | None = None
    """What the client called itself."""
    signed_in_at: int
    last_used_at: int
    connected: bool
    current: bool
    """Whether it is the one that asks."""


class DevicesList(Success):
    """`GET /api/auth/devices`: the one last used first. `DELETE /api/auth/devices/{id}` ends one."""

    devices: list[Device]
