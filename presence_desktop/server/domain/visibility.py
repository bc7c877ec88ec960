"""What others may receive of a person: the one place where the full truth is made coarse.

Whoever appears offline and whoever left are told in the same words, because both pass through `view` and nothing
else about a person is ever sent to others. One's own picture (`protocol.events.OwnPresence`) is full.
"""

from msgspec import Struct

from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.person import Person, Shown

_COARSE = {
    Reason.ACTIVE: Reason.ACTIVE,
    Reason.MANUAL: Reason.MANUAL,
    Reason.IDLE: Reason.IDLE,
    Reason.LOCKED: Reason.IDLE,
}


class View(Struct, frozen=True):
    """A published status with its coarse reason."""

    status: Status
    reason: Reason
    text: str | None = None
    emoji: str | None = None


_GONE = View(Status.OFFLINE, Reason.GONE)
_PLAIN = {(status, reason): View(status, reason) for status in Status for reason in _COARSE.values()}


def view(shown: Shown) -> View:
    """What others may know."""
    if shown.status is Status.OFFLINE:
        return _GONE
    reason = _COARSE[shown.reason]
    if shown.custom is None:
        return _PLAIN[shown.status, reason]
    return View(shown.status, reason, shown.custom.text, shown.custom.emoji)


def last_seen(person: Person, now: int) -> int | None:
    """When the person was last seen, in ms; frozen while shown offline, None for somebody who was never here."""
    if person.shown.status is Status.OFFLINE:
        return person.last_seen
    heard = max((session.heard for session in person.sessions()), default=0)
    return max(heard * 1000, min(person.version, now))


def since(person: Person, now: int) -> int:
    """Since when the published status holds, in ms."""
    return min(person.version if person.shown.since is None else person.shown.since, now)
