"""The rules of presence: what happens to a person, and what everybody is to see of it.

`derive` is the one pure function from (sessions, choices, now) to the published status. The others change a
`Person` in place (and nothing else may) and return the `Change` to be told, or None if others see no difference.
`now` is passed in, in ms; timers, stores and sockets are the services' and the transport's.
"""

from msgspec import Struct

from presence_desktop.protocol.events import DeviceState
from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain import claims, visibility
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.person import (
    ACTIVE,
    IDLE,
    LOCKED,
    POLLING,
    Activity,
    Device,
    Person,
    Session,
    Shown,
    shown,
)


class Rules(Struct, frozen=True):
    """How long things may take, in seconds (settings)."""

    idle: float = 300
    """Idle this long, a device no longer counts as active."""
    grace: float = 5
    """How long a broken connection has to come back."""
    entry_life: float = 1800
    """How long somebody stays shown without a sign of life, the socket being open."""
    clean_up: float = 300
    """How often those past `entry_life` are swept."""
    polling_lease: float = 75
    """How long a heartbeat over REST counts as being connected."""


class Change(Struct, frozen=True):
    """What others are to be told of a person, in the words of `visibility` only. Moments are in ms."""

    user_id: int
    before: Status
    status: Status
    reason: Reason
    version: int
    since: int
    at: int
    last_seen: int | None
    text: str | None = None
    emoji: str | None = None
    restated: bool = False
    """Chosen again although nothing differs: plain clients are told every choice, the version stays."""


class Versions:
    """Hands out versions that only grow: the time in ms, or one more than the last where that is larger."""

    __slots__ = ("last",)

    def __init__(self, last: int = 0) -> None:
        self.last = last

    def take(self, now: int) -> int:
        """A new version, larger than all before."""
        self.last = max(now, self.last + 1)
        return self.last


def device_of(state: DeviceState | None, rules: Rules) -> Device:
    """What a device said of itself. It says so with every heartbeat, so nothing is guessed in between."""
    if state is None:
        return ACTIVE
    if state.locked:
        return LOCKED
    return IDLE if state.idle_seconds is not None and state.idle_seconds >= rules.idle else ACTIVE


def derive(person: Person, now: int, rules: Rules) -> Shown:
    """The published status, from the sessions, the choices and the time alone."""
    choices = person.choices or claims.NOTHING
    claim = choices.claim(now)
    live = [session for session in person.sessions() if lives(session, now, rules)]
    if not live:
        return shown(Status.OFFLINE, _why_gone(person, now))
    if claim is not None and claim.status is Status.OFFLINE:
        return shown(Status.OFFLINE, Reason.MANUAL)
    custom = choices.text(now)
    if claim is not None:
        return shown(claim.status, Reason.MANUAL, custom)
    activities = {session.device.activity for session in live}
    if Activity.ACTIVE in activities:
        return shown(Status.ONLINE, Reason.ACTIVE, custom)
    return shown(Status.AWAY, Reason.LOCKED if Activity.LOCKED in activities else Reason.IDLE, custom)


def lives(session: Session, now: int, rules: Rules) -> bool:
    """Whether a session counts at this moment."""
    device = session.device
    if device.ends is not None and device.ends <= now:
        return False
    return device.far or now < (session.heard + 1 + rules.entry_life) * 1000


def settle(person: Person, user_id: int, now: int, rules: Rules, versions: Versions) -> Change | None:
    """Bring the published status up to date, and drop what has ended."""
    before, after = person.shown, derive(person, now, rules)
    seen, seen_before = visibility.view(after), visibility.view(before)
    if after.status is Status.OFFLINE and before.status is not Status.OFFLINE:
        person.last_seen = _seen_at_going(person, after.reason, now)
    _drop_ended(person, now)
    if seen == seen_before:
        _show(person, after, _began(person))
        return None
    if after.status is not Status.OFFLINE:
        person.last_seen = None
    began = _began(person) if after.status is before.status else None
    person.version = versions.take(now)
    _show(person, after, began)
    return tell(person, user_id, now, before.status)


def renew(person: Person, user_id: int, now: int, versions: Versions) -> Change:
    """Somebody's profile is another one: what is published, as it was, under a new version."""
    began = _began(person)
    person.version = versions.take(now)
    _show(person, person.shown, began)
    return tell(person, user_id, now, person.shown.status)


def tell(person: Person, user_id: int, now: int, before: Status | None = None) -> Change:
    """The published status as a change; without `before`, restated."""
    seen = visibility.view(person.shown)
    return Change(
        user_id,
        seen.status if before is None else before,
        seen.status,
        seen.reason,
        person.version,
        visibility.since(person, now),
        now,
        visibility.last_seen(person, now),
        seen.text,
        seen.emoji,
        before is None,
    )


def connect(person: Person, sid: str, second: int, device: Device) -> None:
    """A socket was accepted. It takes over from a REST lease, and from the oldest connection that was lost."""
    person.remove(POLLING)
    lost = next((session.sid for session in person.sessions() if session.device.ends is not None), None)
    if lost is not None:
        person.remove(lost)
    person.add(sid, second, device)


def heard(person: Person, second: int, rules: Rules) -> bool:
    """A sign of life of the person, whichever device it came from; whether one of them may count again after it."""
    back = False
    for session in person.sessions():
        back = beat(session, second, None, rules) or back
    return back


def beat(session: Session, second: int, device: Device | None, rules: Rules) -> bool:
    """A heartbeat of this session; whether the device says something new, or may count again after long silence.

    None leaves the device's state.
    """
    back = second - session.heard >= rules.entry_life
    session.heard = second
    if device is None or device is session.device:
        return back
    session.device = device
    return True


def polled(person: Person, now: int, second: int, rules: Rules) -> None:
    """A heartbeat over REST: connected for the time of the lease, unless there is a socket that knows better."""
    heard(person, second, rules)
    if all(session.device.ends is not None for session in person.sessions()):
        person.remove(POLLING)
        person.add(POLLING, second, Device(Activity.ACTIVE, now + round(rules.polling_lease * 1000)))


def left(person: Person, sid: str) -> None:
    """A socket said goodbye, or was cut."""
    person.remove(sid)


def lost(person: Person, sid: str, now: int, second: int, rules: Rules) -> None:
    """A socket ended without a goodbye: it has the grace to come back."""
    session = person.find(sid)
    if session is not None:
        session.heard = second
        session.device = Device(session.device.activity, now + round(rules.grace * 1000))


def shift(person: Person, seconds: int) -> None:
    """The clock was set forward (or back): how long ago a device was heard, and has to come back, stays the same."""
    for session in person.sessions():
        session.heard += seconds
        device = session.device
        if device.ends is not None:
            session.device = Device(device.activity, device.ends + seconds * 1000, device.far)


def choose(person: Person, choices: Choices, now: int) -> None:
    """The person's choices are these from now on."""
    person.choices = claims.pruned(choices, now)


def _why_gone(person: Person, now: int) -> Reason:
    reasons = {
        Reason.LOST if session.device.ends is not None and session.device.ends <= now else Reason.EXPIRED
        for session in person.sessions()
    }
    if reasons:
        return Reason.EXPIRED if Reason.EXPIRED in reasons else Reason.LOST
    before = person.shown
    return before.reason if before.status is Status.OFFLINE else Reason.SIGNED_OUT


def _seen_at_going(person: Person, reason: Reason, now: int) -> int | None:
    """Goodbyes and hiding are signs of life; else it is the last one there was."""
    if reason in (Reason.SIGNED_OUT, Reason.MANUAL):
        return now
    return visibility.last_seen(person, now)


def _drop_ended(person: Person, now: int) -> None:
    for session in list(person.sessions()):
        if session.sid is not None and session.device.ends is not None and session.device.ends <= now:
            person.remove(session.sid)
    person.choices = claims.pruned(person.choices, now)


def _began(person: Person) -> int:
    return person.version if person.shown.since is None else person.shown.since


def _show(person: Person, after: Shown, began: int | None) -> None:
    """Publish `after`; `began` is kept only where the version does not say it."""
    own = began if began is not None and began != person.version else None
    person.shown = shown(after.status, after.reason, after.custom, own)
