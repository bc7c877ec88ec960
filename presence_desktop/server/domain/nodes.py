"""Several servers (nodes) that show one picture: what each contributes to a person, and how another takes it in.

All that one node knows of a person's devices is one word, `Contribution`; another node keeps it as one session of that
person (sid `node:<id>`), so that `presence.derive` and everything above it work as with one server. Words are state,
never steps: the newest of a node replaces the one before, whatever was lost between. Choices belong to no node: of two
the newer stamp holds everywhere. In which order words count is decided in `feeds`.
"""

from enum import Enum

from msgspec import Struct

from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.person import POLLING, Activity, Device, Person, Session
from presence_desktop.server.domain.presence import Rules, lives

FAR = "node:"
"""How the sid of a session begins that another node contributes; a socket's own id never does."""


class State(Enum):
    """What a node says of a person."""

    ACTIVE = "active"
    IDLE = "idle"
    LOCKED = "locked"
    EXPIRED = "expired"
    """Connected, but without a sign of life for the life of an entry."""
    LOST = "lost"
    SIGNED_OUT = "signed_out"

    @property
    def connected(self) -> bool:
        """Whether the person has a connection to that node."""
        return self not in (State.LOST, State.SIGNED_OUT)


_FAR_DEVICES = {State(activity.value): Device(activity, far=True) for activity in Activity}
_GONE = {Reason.LOST: State.LOST, Reason.EXPIRED: State.LOST}


class Contribution(Struct, frozen=True):
    """One node's word on one person, by that node's clock.

    `heard` (s) is the last sign of life; `until` (ms) is set while there is only a REST lease.
    """

    state: State
    heard: int
    until: int | None = None

    def by_clock(self, seconds: int) -> "Contribution":
        """The same by a clock that is ahead by so many seconds."""
        if not seconds:
            return self
        until = None if self.until is None else self.until + seconds * 1000
        return Contribution(self.state, self.heard + seconds, until)


class Chosen(Struct, frozen=True):
    """What a person chose, as of `stamp` (a version: the time in ms, or a little more); None: nothing any more.

    `told` is set for a status chosen just now: plain clients are told every choice.
    """

    user_id: int
    stamp: int
    choices: Choices | None
    told: bool = False


def is_far(session: Session) -> bool:
    """Whether another node contributes it."""
    return session.sid is not None and session.sid.startswith(FAR)


def near(person: Person) -> list[Session]:
    """The sessions of this node."""
    return [session for session in person.sessions() if not is_far(session)]


def contribution(person: Person, now: int, rules: Rules) -> Contribution:
    """What this node has to say of a person, who was settled before."""
    sessions = near(person)
    if not sessions:
        seen = person.last_seen if person.shown.status is Status.OFFLINE else None
        return Contribution(
            _GONE.get(person.shown.reason, State.SIGNED_OUT), (now if seen is None else seen) // 1000
        )
    heard = max(session.heard for session in sessions)
    live = [session for session in sessions if lives(session, now, rules)]
    if not live:
        return Contribution(State.EXPIRED, heard)
    until = live[0].device.ends if len(live) == 1 and live[0].sid == POLLING else None
    activities = {session.device.activity for session in live}
    for activity in (Activity.ACTIVE, Activity.LOCKED):
        if activity in activities:
            return Contribution(State(activity.value), heard, until)
    return Contribution(State.IDLE, heard, until)


def take(person: Person, node: str, word: Contribution, now: int, rules: Rules) -> bool:
    """Another node's word, by our clock; whether the person may be shown differently and is to be settled."""
    sid = FAR + node
    session = person.find(sid)
    if session is None and not word.state.connected:
        return False
    device, heard = _as_session(word, now, rules)
    if word.state in _FAR_DEVICES and word.until is None:
        person.remove(POLLING)  # a socket takes over from a REST lease, on whichever node it is
    if device is None:
        person.remove(sid)
    elif session is None:
        person.add(sid, heard, device)
    else:
        session.heard = heard if word.state.connected else max(session.heard, heard)
        if session.device == device:
            return False
        session.device = device
    return True


def _as_session(word: Contribution, now: int, rules: Rules) -> tuple[Device | None, int]:
    match word.state:
        case State.SIGNED_OUT:
            return None, word.heard
        case State.LOST:
            return Device(Activity.ACTIVE, now, far=True), word.heard
        case State.EXPIRED:  # the rule for our own sessions: too long ago, by whichever clock
            return Device(Activity.ACTIVE), min(word.heard, int(now / 1000 - rules.entry_life) - 2)
        case _:
            plain = _FAR_DEVICES[word.state]
            return (plain if word.until is None else Device(plain.activity, word.until, far=True)), word.heard


def newer(one: Chosen, stamp: int, choices: Choices | None) -> bool:
    """Whether `one` replaces these choices of this stamp. Two of one stamp: both nodes take the same one."""
    return (one.stamp, repr(one.choices)) > (stamp, repr(choices))
