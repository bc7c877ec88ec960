"""What somebody who looks after a server asks of it: people, invites, how it is, backups.

Decides which calls that takes; to whom it is offered is `server_roles`' business, whether it may be done the server's.
Each verb returns `Changes` with the number of an ask, as the verbs of `Chats` do; its one `Outcome` comes later.
"""

from typing import Protocol
from urllib.parse import urlencode

from presence_desktop.core.changes import Changes
from presence_desktop.core.rest_call import Answer, RestCall
from presence_desktop.core.server_roles import ServerRole
from presence_desktop.protocol.admin_rest import (
    AdminPeoplePage,
    AuditPage,
    BackupMade,
    InviteCreated,
    InvitesPage,
    InviteWanted,
    OnePerson,
    PasswordReset,
    PasswordWasReset,
    Renamed,
    Renaming,
    RoleChange,
    ServerFacts,
)
from presence_desktop.protocol.rest import Success

PAGE = 200
LOG_PAGE = 50
_BACKUP_SECONDS = 120.0
"""A large database takes its time."""


class Calls(Protocol):
    """Makes REST calls as asks (`Chats.call`)."""

    def call(self, call: RestCall[Answer]) -> Changes:
        """Make it -> its answer."""
        ...


class Administration:
    """The asks of whoever is signed in; offered where `server_roles.administers` says so."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def people(self, find: str = "", after: int = 0) -> Changes:
        """The accounts whose name or address has this in it -> `AdminPeoplePage`; `after`: its `next`, for more."""
        words = {"after": after, "limit": PAGE} | ({"find": find} if find else {})
        return self._get("admin:people", f"/api/admin/people?{urlencode(words)}", AdminPeoplePage)

    def reset_password(self, user_id: int, password: str | None = None) -> Changes:
        """Give somebody another password, None: one that the server makes -> `PasswordWasReset`."""
        path, body = f"/api/admin/people/{user_id}/password", PasswordReset(password=password)
        return self._calls.call(RestCall("admin:password", "POST", path, PasswordWasReset, body))

    def set_disabled(self, user_id: int, disabled: bool) -> Changes:
        """Shut somebody out, or let them in again -> `OnePerson`."""
        path = f"/api/admin/people/{user_id}/{'disable' if disabled else 'enable'}"
        return self._calls.call(RestCall("admin:disable", "POST", path, OnePerson))

    def give_role(self, user_id: int, role: ServerRole) -> Changes:
        """Give somebody a role -> `OnePerson`. `OWNER` hands the server over: one is an admin from then on."""
        path, body = f"/api/admin/people/{user_id}/role", RoleChange(role=role.value)
        return self._calls.call(RestCall("admin:role", "POST", path, OnePerson, body))

    def invites(self) -> Changes:
        """The newest invites -> `InvitesPage`."""
        return self._get("admin:invites", f"/api/admin/invites?limit={PAGE}", InvitesPage)

    def make_invite(self, uses: int | None = None, until: int | None = None) -> Changes:
        """An invite good for so many accounts, until this moment (ms) -> `InviteCreated`, its code told this once."""
        body = InviteWanted(uses=uses, until=until)
        return self._calls.call(RestCall("admin:invite", "POST", "/api/admin/invites", InviteCreated, body))

    def revoke_invite(self, invite_id: int) -> Changes:
        """Nobody comes in by this invite any more -> `Success`."""
        return self._calls.call(
            RestCall("admin:revoke", "DELETE", f"/api/admin/invites/{invite_id}", Success)
        )

    def facts(self) -> Changes:
        """How the server is -> `ServerFacts`."""
        return self._get("admin:server", "/api/admin/server", ServerFacts)

    def rename(self, name: str | None) -> Changes:
        """Call the server so, None: by its address -> `Renamed`; for the owner alone."""
        body = Renaming(name=name)
        return self._calls.call(RestCall("admin:name", "PUT", "/api/admin/server/name", Renamed, body))

    def log(self, before: int | None = None, kind: str = "", find: str = "") -> Changes:
        """The newest lines of the audit log -> `AuditPage`; `before`: its `next`, for older ones.

        `kind`: the first word of the acts wanted; `find` stands in a name or an address.
        """
        told = {"before": before, "kind": kind, "find": find, "limit": LOG_PAGE}
        words = urlencode({word: value for word, value in told.items() if value})
        return self._get("admin:log", f"/api/admin/audit?{words}", AuditPage)

    def back_up(self) -> Changes:
        """Write a backup now -> `BackupMade`."""
        call = RestCall("admin:backup", "POST", "/api/admin/backup", BackupMade, patience=_BACKUP_SECONDS)
        return self._calls.call(call)

    def _get(self, about: str, path: str, answer: type[Answer]) -> Changes:
        return self._calls.call(RestCall(about, "GET", path, answer))
