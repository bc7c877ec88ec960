"""What this computer tells of the person at it, and what it offers to the app: the material of the status page.

Values only. Who fills them in is `app`; how they are told is `gui`'s business.
"""

from enum import Enum, auto

from msgspec import Struct


class Seen(Enum):
    """Something that was noticed of the computer."""

    LOCKED = auto()
    UNLOCKED = auto()
    LEFT = auto()
    """Nobody touched it for the idle limit."""
    TOUCHED = auto()
    """Somebody touched it again after that."""
    SLEPT = auto()
    WOKE = auto()


class Sight(Struct, frozen=True):
    """When something was noticed (ms)."""

    at: int
    what: Seen


class DeviceReport(Struct, frozen=True):
    """How things stand on this computer."""

    idle_source: str = ""
    """Who tells the idle time (`system`, `mutter`, `x11`, `screensaver`); nobody: ``."""
    idle_seconds: int | None = None
    locked: bool = False
    sleep_told: bool = False
    """Whether the system tells before it sleeps; else it is noticed only afterwards."""
    seen: tuple[Sight, ...] = ()
    """What was noticed lately, the newest first."""
    tray: bool = False
    """Whether there is a place for an icon beside the clock."""
    notifications: bool | None = None
    """Whether the desktop shows notifications; None: that cannot be asked here."""
    keyring: bool | None = None
    """Whether there is a keyring that keeps one signed in; None: nobody needed it yet."""
