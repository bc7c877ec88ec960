"""Who the simulated colleagues are, and how they behave: names, habits, and a seeded chance.

Plain values and one function; `colleagues` lets them act.
"""

from random import Random

from msgspec import Struct

from presence_desktop.protocol.status import Status

PASSWORD = "simulated-colleague"
"""Everybody's, on a server that only this computer can reach and that ends with the demo."""


class Person(Struct, frozen=True):
    """One account of the demo."""

    username: str
    email: str
    first: Status
    """How they begin; `OFFLINE`: they were here and left."""
    patience: float
    """Seconds between two changes, on average."""
    emoji: str | None = None
    text: str | None = None


ME = Person("이하늘", "sky@demo.example", Status.ONLINE, 0)
"""Whom the app signs in as."""

COLLEAGUES = (
    Person("김민서", "minseo@demo.example", Status.ONLINE, 30, "☕", "커피 한 잔"),
    Person("Noah Fischer", "noah@demo.example", Status.BUSY, 40, "🎧", "Deep work until lunch"),
    Person("박지후", "jihu@demo.example", Status.ONLINE, 25),
    Person("Amelia Clarke", "amelia@demo.example", Status.AWAY, 35),
    Person("최서연", "seoyeon@demo.example", Status.BUSY, 45, "📅", "주간 회의"),
    Person("Lucas Martin", "lucas@demo.example", Status.ONLINE, 20, "🏠", "Working from home"),
    Person("정도윤", "doyun@demo.example", Status.AWAY, 30),
    Person("Sofia Rossi", "sofia@demo.example", Status.ONLINE, 30),
    Person("강하은", "haeun@demo.example", Status.OFFLINE, 60),
    Person("Ethan Walker", "ethan@demo.example", Status.OFFLINE, 70),
    Person("Grace Kim", "grace@demo.example", Status.ONLINE, 35, "🌿", "Reviewing the release"),
)

_NEXT = {
    Status.ONLINE: ((Status.AWAY, 4), (Status.BUSY, 4), (Status.OFFLINE, 1)),
    Status.AWAY: ((Status.ONLINE, 6), (Status.BUSY, 2), (Status.OFFLINE, 1)),
    Status.BUSY: ((Status.ONLINE, 6), (Status.AWAY, 2)),
    Status.OFFLINE: ((Status.ONLINE, 5), (Status.BUSY, 1)),
}


def next_status(now: Status, chance: Random) -> Status:
    """What somebody turns to next."""
    choices = _NEXT[now]
    return chance.choices([status for status, _ in choices], [weight for _, weight in choices])[0]


def next_wait(person: Person, chance: Random) -> float:
    """Seconds until somebody changes again: never all at once, never at a fixed beat."""
    return max(2.0, chance.expovariate(1 / person.patience))
