"""What administration needs from a store: each call one transaction, in which the rule is asked and the log written.

Only shapes. All moments are integer milliseconds since the Unix epoch.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct

from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.ports import AccountRow


class Deed(Struct, frozen=True):
    """An act of administration: who does it (None: the server's command line), and when."""

    act: Act
    by: int | None
    at: int


class AuditRow(Struct, frozen=True):
    """One line of the audit log."""

    row_id: int
    at: int
    actor_id: int | None
    actor: str | None
    act: str
    target_id: int | None
    target: str | None
    detail: str | None


class PersonRow(Struct, frozen=True):
    """An account, when it was made, and how many of its sign-ins hold."""

    account: AccountRow
    created_at: int
    devices: int


class InviteRow(Struct, frozen=True):
    """An invite as it is kept."""

    invite_id: int
    made_by: int | None
    created_at: int
    expires_at: int
    uses: int
    uses_left: int
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class NewInvite:
    """An invite that is about to be made."""

    uses: int
    expires_at: int
    code_hash: str = field(repr=False)


class AdministrationStore(Protocol):
    """What is done to accounts, and the log of it. Whatever may not be done raises Refused, and nothing happened."""

    def treat(
        self, user: int | str, deed: Deed, *, password_hash: str | None = None
    ) -> Awaitable[AccountRow]:
        """Do it to the account with this id or address (as `domain.accounts.email_key` has it); the account after it.

        Raises Refused(UNKNOWN_USER | FORBIDDEN | LAST_OWNER).
        """
        ...

    def record(self, deed: Deed, *, detail: str | None = None) -> Awaitable[None]:
        """Log what was done to the server itself. Raises Refused(FORBIDDEN)."""
        ...

    def people(self, *, after: int, limit: int, find: str | None, now: int) -> Awaitable[Sequence[PersonRow]]:
        """Accounts by rising id; `find` stands somewhere in their name or address."""
        ...

    def person(self, user_id: int, *, now: int) -> Awaitable[PersonRow | None]:
        """One of them."""
        ...

    def log(
        self, *, before: int | None, limit: int, kind: str | None = None, find: str | None = None
    ) -> Awaitable[Sequence[AuditRow]]:
        """The newest lines of the log with ids below `before`, the newest first; see `Administration.log`."""
        ...


class InviteStore(Protocol):
    """The invites, by the hashes of their codes."""

    def add(self, new: NewInvite, deed: Deed) -> Awaitable[int]:
        """Keep a new invite; its id. Raises Refused(FORBIDDEN)."""
        ...

    def find(self, code_hash: str) -> Awaitable[InviteRow | None]:
        """The invite with this code."""
        ...

    def newest(self, *, before: int | None, limit: int) -> Awaitable[Sequence[InviteRow]]:
        """Invites with ids below `before`, the newest first."""
        ...

    def revoke(self, invite_id: int, deed: Deed) -> Awaitable[bool]:
        """Take one back, if that has not been done; False: there is none. Raises Refused(FORBIDDEN)."""
        ...
