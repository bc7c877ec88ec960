"""What the account services need from a store: rows in, rows out, each call one transaction.

Only shapes. All moments are integer milliseconds since the Unix epoch; tokens and invite codes arrive hashed.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct

from presence_desktop.server.domain.accounts import RefreshState, Role


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as it is kept. `changed_at` grows with every change of the row."""

    user_id: int
    email: str
    username: str
    avatar: str | None
    role: Role
    disabled: bool
    changed_at: int
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made from; its role is decided by how many there are already."""

    email: str
    username: str
    password_hash: str = field(repr=False)


class RefreshRow(Struct, frozen=True):
    """A refresh token as it is kept, by its hash."""

    token_hash: str
    family: str
    user_id: int
    state: RefreshState


class NewRefresh(Struct, frozen=True):
    """A refresh token that is about to be given out."""

    token_hash: str
    expires_at: int


class SignInRow(Struct, frozen=True):
    """A sign-in that holds: on which device (if it says so), since when, and when it last renewed its tokens."""

    family: str
    device: str | None
    created_at: int
    used_at: int


class RevokedFamily(Struct, frozen=True):
    """A sign-in that no longer holds."""

    family: str
    user_id: int
    revoked_at: int


class AccountStore(Protocol):
    """The table of accounts."""

    def changed_since(self, moment: int) -> Awaitable[Sequence[AccountRow]]:
        """The accounts made or changed at `moment` or later; all of them for 0."""
        ...

    def by_email(self, key: str) -> Awaitable[AccountRow | None]:
        """The account with this address (in the form of `domain.accounts.email_key`)."""
        ...

    def by_id(self, user_id: int) -> Awaitable[AccountRow | None]:
        """The account with this id."""
        ...

    def count(self) -> Awaitable[int]:
        """How many accounts there are."""
        ...

    def add(
        self, new: NewAccount, *, invite: str | None, now: int, by_operator: bool = False
    ) -> Awaitable[AccountRow]:
        """Make an account, using up one use of the invite with this hash; the audit log says what an operator made.

        Raises Refused(EMAIL_TAKEN), or why the invite does not hold; then neither happened.
        """
        ...

    def set_password(self, row: AccountRow, password_hash: str, *, spare: str, now: int) -> Awaitable[bool]:
        """Another password for this account, which ends all its sign-ins but the one to spare.

        False: its password is not the one in this row any more; then nothing happened.
        """
        ...

    def set_avatar(
        self, user_id: int, avatar: str | None, *, now: int
    ) -> Awaitable[tuple[AccountRow, str | None] | None]:
        """Give the account this avatar; how it is now, and the avatar before. None: there is no such account."""
        ...


class SignInStore(Protocol):
    """The sign-ins (families of tokens) and their refresh tokens."""

    def open(
        self, family: str, row: AccountRow, token: NewRefresh, *, now: int, device: str | None = None
    ) -> Awaitable[bool]:
        """Keep a new sign-in of this account with its first refresh token.

        False: the account was shut out since, or its password is not the one in this row any more; nothing is kept.
        """
        ...

    def held_by(self, user_id: int, *, now: int) -> Awaitable[Sequence[SignInRow]]:
        """The sign-ins of this account that hold, the one last used first."""
        ...

    def find(self, token_hash: str) -> Awaitable[RefreshRow | None]:
        """The refresh token with this hash."""
        ...

    def rotate(self, old: RefreshRow, successor: NewRefresh, *, now: int) -> Awaitable[int]:
        """Mark the old token used and keep its successor; if another call was first, change nothing.

        Returns when the old token was used, by whoever was first.
        """
        ...

    def revoke(self, family: str, *, now: int) -> Awaitable[None]:
        """End a sign-in, if it has not ended."""
        ...

    def revoked_since(self, moment: int) -> Awaitable[Sequence[RevokedFamily]]:
        """The sign-ins revoked at `moment` or later."""
        ...

    def forget(self, before: int) -> Awaitable[None]:
        """Remove what expired before this moment."""
        ...
