"""Roles on a server, and whom one may look after in which: the server decides, this is what is offered."""

from enum import StrEnum


class ServerRole(StrEnum):
    """What somebody is on a server, as far as the app makes a difference."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


def role_of(word: str) -> ServerRole:
    """The role behind the server's word; one that this app does not know may do no more than a member."""
    return ServerRole(word) if word in {role.value for role in ServerRole} else ServerRole.MEMBER


def administers(role: ServerRole) -> bool:
    """Whether the server is looked after in this role."""
    return role is not ServerRole.MEMBER


def may_act_on(mine: ServerRole, theirs: ServerRole) -> bool:
    """Whether, in my role, passwords and accounts in theirs are mine to see to (never one's own)."""
    if mine is ServerRole.OWNER:
        return theirs is not ServerRole.OWNER
    return mine is ServerRole.ADMIN and theirs is ServerRole.MEMBER
