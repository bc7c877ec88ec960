"""The lines of the audit log in words: what was done, and by whom and when.

Decides how an act is called; one that this version does not know is shown as the server calls it.
"""

import re

from PySide6.QtCore import QCoreApplication

from presence_desktop.gui.when import at
from presence_desktop.protocol.admin_rest import AuditEntry

_tr = QCoreApplication.translate
_INVITE = re.compile(r"(#\d+), (\d+) uses, until (\d+)")

KINDS = ("", "account", "role", "password", "invite", "backup", "server", "database")
"""The first words of acts, as the log is filtered by them; empty: all."""


def kind_words() -> list[str]:
    """What the kinds are called, in their order."""
    return [
        _tr("audit", "Everything"),
        _tr("audit", "Accounts"),
        _tr("audit", "Roles"),
        _tr("audit", "Passwords"),
        _tr("audit", "Invites"),
        _tr("audit", "Backups"),
        _tr("audit", "Name of the server"),
        _tr("audit", "Database"),
    ]


def who_and_when(entry: AuditEntry, now: int) -> str:
    """The second line of an entry."""
    who = entry.actor or (
        _tr("audit", "The server's computer") if entry.actor_id is None else f"#{entry.actor_id}"
    )
    return f"{who} · {at(entry.at, now)}"


def act_words(entry: AuditEntry, now: int) -> str:
    """What was done."""
    target, detail = entry.target or (f"#{entry.target_id}" if entry.target_id else ""), entry.detail or ""
    if entry.act == "invite.made":
        return _invite(detail, now)
    if entry.act == "server.renamed" and not detail:
        return _tr("audit", "Took the server's name away")
    sentence = _sentences().get(entry.act)
    if sentence is None:
        return " ".join(part for part in (entry.act, target, detail) if part)
    return sentence.format(target=target, detail=detail)


def _sentences() -> dict[str, str]:
    return {
        "account.added": _tr("audit", "Made the account {target}"),
        "account.disabled": _tr("audit", "Shut {target} out"),
        "account.enabled": _tr("audit", "Let {target} in again"),
        "password.reset": _tr("audit", "Gave {target} a new password"),
        "role.admin": _tr("audit", "Made {target} an admin"),
        "role.member": _tr("audit", "Made {target} a member"),
        "role.owner": _tr("audit", "Handed the server over to {target}"),
        "invite.revoked": _tr("audit", "Revoked invite {detail}"),
        "backup.made": _tr("audit", "Made the backup {detail}"),
        "backup.restored": _tr("audit", "Restored the backup {detail}"),
        "database.moved": _tr("audit", "Moved the data to {detail}"),
        "server.renamed": _tr("audit", "Named the server “{detail}”"),
    }


def _invite(detail: str, now: int) -> str:
    told = _INVITE.fullmatch(detail)
    if told is None:
        return _tr("audit", "Made an invite")
    sentence = _tr("audit", "Made invite {number}, good for {uses}, until {time}")
    return sentence.format(number=told[1], uses=told[2], time=at(int(told[3]), now))
