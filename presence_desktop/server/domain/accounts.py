"""The rules of accounts: who may register, when an invite holds, what a used refresh token means.

Pure: moments are integer milliseconds that are passed in. Hashing, signing and storing are left to the services.
"""

from enum import StrEnum

from msgspec import Struct

from presence_desktop.protocol.errors import Code


class Role(StrEnum):
    """What somebody may do on this server."""

    OWNER = "owner"
    ADMIN = "admin"
    MODERATOR = "moderator"
    MEMBER = "member"


class Registration(StrEnum):
    """Who may make an account over HTTP."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


class Rotation(StrEnum):
    """What is to be done with a refresh token that was shown."""

    ROTATE = "rotate"
    """It is fresh: void it and give a new pair."""
    REPEAT = "repeat"
    """It was used a moment ago: the answer may have been lost, give the same pair again."""
    STOLEN = "stolen"
    """It was used long ago: somebody else has it too, revoke the whole family."""
    EXPIRED = "expired"
    REVOKED = "revoked"


class RefreshState(Struct, frozen=True):
    """What is known of a refresh token: when it expires, when it was used, when its family was revoked."""

    expires_at: int
    used_at: int | None
    revoked_at: int | None


def email_key(email: str) -> str:
    """The form in which addresses are compared and kept: one person, one account, however it is typed."""
    return email.strip().casefold()


def first_role(*, accounts: int) -> Role:
    """The role of a new account: the first one owns the server."""
    return Role.MEMBER if accounts else Role.OWNER


def registration_refusal(
    mode: Registration, *, accounts: int, from_loopback: bool, has_invite: bool
) -> Code | None:
    """Why somebody may not register over HTTP, or None if they may (an invite is looked at later).

    While there is no account, whoever sits at this machine becomes the owner; nobody else may register.
    """
    if not accounts:
        return None if from_loopback else Code.REGISTRATION_CLOSED
    if mode is Registration.CLOSED:
        return Code.REGISTRATION_CLOSED
    if mode is Registration.INVITE and not has_invite:
        return Code.INVITE_REQUIRED
    return None


def needs_invite(mode: Registration, *, accounts: int) -> bool:
    """Whether an account costs one use of an invite."""
    return mode is Registration.INVITE and accounts > 0


def invite_refusal(*, uses_left: int, expires_at: int, revoked_at: int | None, now: int) -> Code | None:
    """Why an invite cannot be used once more, or None if it can."""
    if revoked_at is not None:
        return Code.INVITE_REVOKED
    if uses_left <= 0:
        return Code.INVITE_USED_UP
    return None if now < expires_at else Code.INVITE_EXPIRED


def rotation(token: RefreshState, *, now: int, replay: int) -> Rotation:
    """What a refresh token that is shown at `now` means; `replay` is how long its first answer is repeated (ms)."""
    if token.revoked_at is not None:
        return Rotation.REVOKED
    if token.used_at is not None:
        return Rotation.REPEAT if now - token.used_at <= replay else Rotation.STOLEN
    return Rotation.ROTATE if now < token.expires_at else Rotation.EXPIRED
