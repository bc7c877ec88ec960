"""Who may do what to a server and to its people: the one place where roles are asked for.

A server has one owner, who may do everything to everybody else and can be shut out or replaced by nobody; handing the
server over is the owner's own act. Admins look after members and change no roles. Nobody does any of this to
themselves. Whoever sits at the server's command line stands above the roles, but cannot leave it without an owner.
Pure; the stores ask in the transaction that does it.
"""

from enum import StrEnum

from msgspec import Struct

from presence_desktop.protocol.errors import Code
from presence_desktop.server.domain.accounts import Role


class Act(StrEnum):
    """What is done to look after a server, in the words of the audit log."""

    LOOK = "look"
    """Seeing people, invites, the server and the log itself; not logged."""
    INVITE = "invite.made"
    REVOKE_INVITE = "invite.revoked"
    BACK_UP = "backup.made"
    RENAME = "server.renamed"
    """The owner's own act."""
    RESTORE = "backup.restored"
    """At the command line only; so are the next two."""
    MOVE = "database.moved"
    ADD = "account.added"
    DISABLE = "account.disabled"
    ENABLE = "account.enabled"
    RESET_PASSWORD = "password.reset"
    MAKE_ADMIN = "role.admin"
    MAKE_MEMBER = "role.member"
    HAND_OVER = "role.owner"


class Standing(Struct, frozen=True):
    """What matters of somebody here."""

    user_id: int
    role: Role
    disabled: bool = False


_ON_THE_SERVER = frozenset({Act.LOOK, Act.INVITE, Act.REVOKE_INVITE, Act.BACK_UP})
_OF_ADMINS = frozenset({Act.DISABLE, Act.ENABLE, Act.RESET_PASSWORD})
_OF_THE_OWNER = _OF_ADMINS | {Act.MAKE_ADMIN, Act.MAKE_MEMBER, Act.HAND_OVER}
_AGAINST_AN_OWNER = frozenset({Act.DISABLE, Act.MAKE_ADMIN, Act.MAKE_MEMBER})
ROLES = {Act.MAKE_ADMIN: Role.ADMIN, Act.MAKE_MEMBER: Role.MEMBER, Act.HAND_OVER: Role.OWNER}
"""The role that each of these acts gives."""


def refusal(actor: Standing | None, act: Act, target: Standing | None = None) -> Code | None:
    """Why this may not be done, or None if it may. No actor: at the command line; no target: to the server itself."""
    if act is Act.HAND_OVER and target is not None and target.disabled:
        return Code.FORBIDDEN
    if actor is None:
        without_owner = target is not None and target.role is Role.OWNER and act in _AGAINST_AN_OWNER
        return Code.LAST_OWNER if without_owner else None
    return None if not actor.disabled and _may(actor, act, target) else Code.FORBIDDEN


def _may(actor: Standing, act: Act, target: Standing | None) -> bool:
    if target is None:
        looks_after = act in _ON_THE_SERVER and actor.role in (Role.OWNER, Role.ADMIN)
        return looks_after or (act is Act.RENAME and actor.role is Role.OWNER)
    if target.user_id == actor.user_id or target.role is Role.OWNER:
        return False
    if actor.role is Role.OWNER:
        return act in _OF_THE_OWNER
    return actor.role is Role.ADMIN and target.role is not Role.ADMIN and act in _OF_ADMINS
