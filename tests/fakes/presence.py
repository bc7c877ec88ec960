"""What the presence service stands on, held in the hand: a clock, stores in memory, a publisher that only listens."""

from collections.abc import Iterable, Sequence
from typing import Any

from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event, OwnPresence
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.presence import Change, Rules
from presence_desktop.server.services.ports import (
    ChoicesRow,
    PresenceRow,
    Profile,
    StoredPresence,
    StoreUnavailable,
)
from presence_desktop.server.services.presence.service import PresenceService

START = 1_700_000_000_000
EPOCH = "epoch-1"


class HandClock:
    """A clock that is moved by hand; `jump` sets the wall clock alone."""

    def __init__(self, now: int = START) -> None:
        self._now = now
        self._ticks = 0

    def now(self) -> int:
        return self._now

    def ticks(self) -> int:
        return self._ticks

    def wait(self, milliseconds: int) -> None:
        self._now += milliseconds
        self._ticks += milliseconds

    def jump(self, milliseconds: int) -> None:
        self._now += milliseconds


class Listener:
    """A publisher that keeps what it is told, in order."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.whispers: list[tuple[tuple[str, ...], Event]] = []

    def publish(self, change: Change) -> None:
        self.told.append(change)

    def confirm(self, user_id: int, own: OwnPresence, at: int) -> None:
        self.told.append((user_id, own, at))

    def tell(self, sids: Iterable[str], event: Event) -> None:
        self.whispers.append((tuple(sids), event))

    def cut(self, user_id: int, code: Code, *, token_family: str | None = None) -> None:
        self.told.append((user_id, code, token_family))

    @property
    def changes(self) -> list[Change]:
        return [what for what in self.told if isinstance(what, Change)]


class MemoryRows:
    """The table of CONTRACT section 6; `broken` refuses to write, `stored` is what an earlier run left."""

    def __init__(self, stored: Sequence[StoredPresence] = ()) -> None:
        self.stored = stored
        self.broken = False
        self.groups: list[list[PresenceRow]] = []

    async def load(self, *, take_down: bool) -> Sequence[StoredPresence]:
        return self.stored

    async def save(self, rows: Sequence[PresenceRow]) -> None:
        if self.broken:
            raise StoreUnavailable("the disk is full")
        self.groups.append(list(rows))

    @property
    def rows(self) -> dict[int, PresenceRow]:
        return {row.user_id: row for group in self.groups for row in group}


class MemoryClaims:
    """The tables of claims and custom statuses."""

    def __init__(self, kept: dict[int, Choices | None] | None = None) -> None:
        self.kept = kept or {}
        self.broken = False

    async def load(self, since: int = 0) -> Sequence[ChoicesRow]:
        return [ChoicesRow(user_id, choices) for user_id, choices in self.kept.items()]

    async def save(self, rows: Sequence[ChoicesRow]) -> None:
        if self.broken:
            raise StoreUnavailable("the disk is full")
        for row in rows:
            self.kept.pop(row.user_id, None)
            if row.choices is not None:
                self.kept[row.user_id] = row.choices


def profile(user_id: int) -> Profile | None:
    """Users 1 to 999 exist; every third has a picture."""
    if not 1 <= user_id <= 999:
        return None
    return Profile(user_id, f"user{user_id}", f"/a/{user_id}.png" if user_id % 3 == 0 else None, "member")


class Hand:
    """A service on parts held in the hand."""

    def __init__(self, **options: Any) -> None:
        self.clock = HandClock()
        self.listener = Listener()
        self.rows = options.pop("rows", None) or MemoryRows()
        self.claims = options.pop("claims", None) or MemoryClaims()
        options.setdefault("rules", Rules())
        self.service = PresenceService(
            clock=self.clock,
            publisher=self.listener,
            profiles=options.pop("profiles", profile),
            rows=self.rows,
            claims=self.claims,
            epoch=EPOCH,
            **options,
        )

    def wait(self, seconds: float) -> None:
        """Let time pass, and what is due happen."""
        self.clock.wait(round(seconds * 1000))
        self.service.pass_time()

    def status(self, user_id: int = 1) -> str:
        """What everybody sees."""
        return self.service.one(user_id).status.value
