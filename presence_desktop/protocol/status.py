"""The four statuses of the wire, the reasons behind them, and nothing else.

Decides which words exist. What a status follows from is decided in `server.domain.presence`.
"""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """What everybody sees of a person; nothing else is ever accepted or sent."""

    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"
    OFFLINE = "offline"


class Reason(StrEnum):
    """Why a status is what it is.

    A person is told their own reason in full. Others get the coarse ones only (`ACTIVE`, `MANUAL`,
    `IDLE`, `GONE`), so that appearing offline looks like having left.
    """

    ACTIVE = "active"
    """At the machine: the status follows from the devices."""
    MANUAL = "manual"
    """Chosen by hand."""
    IDLE = "idle"
    """No device was touched for the idle limit."""
    LOCKED = "locked"
    """Every device is locked or idle, and at least one is locked."""
    SIGNED_OUT = "signed_out"
    """The last device said goodbye."""
    LOST = "lost"
    """The last device's connection broke and did not come back."""
    EXPIRED = "expired"
    """No sign of life for the life of an entry."""
    GONE = "gone"
    """Not here; how is nobody's business. The only reason others ever get for `offline`."""


def known_reason(said: str | None) -> Reason | None:
    """The reason of this name; None for none, and for one that only a newer server knows."""
    return _REASONS.get(said) if said is not None else None


_REASONS: Mapping[str, Reason] = {reason.value: reason for reason in Reason}
