"""The words for a server on this computer: what is asked for, how it stands, and what can go wrong with it.

Decides nothing; `desktop` runs the server, `gui` shows it.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from msgspec import Struct


class HostState(Enum):
    """Where the server on this computer stands."""

    STOPPED = auto()
    STARTING = auto()
    RUNNING = auto()
    RESTARTING = auto()
    """It ended by itself and is started again in a moment; `HostReport.trouble` says how it ended."""
    FAILED = auto()
    """It does not run; `HostReport.trouble` says why."""


class HostTrouble(Enum):
    """Why the server on this computer does not run, or did not do what was asked."""

    PORT_BUSY = auto()
    """Another program uses the port this server was given."""
    NO_PORT = auto()
    """No free port was found."""
    FOLDER = auto()
    """Its folder cannot be written."""
    IN_USE = auto()
    """Another server already runs on its folder."""
    NEWER_DATA = auto()
    """Its data were written by a newer version."""
    ACCOUNT = auto()
    """The owner's account could not be made."""
    ENDED = auto()
    """It ended by itself; the detail is its last words."""
    KILLED = auto()
    """The system, or another program, ended it."""
    GAVE_UP = auto()
    """It ended by itself again and again, and is not started any more; the detail is its last words."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The account to make for whoever hosts."""

    email: str
    username: str
    password: str = field(repr=False)


class HostRequest(Struct, frozen=True):
    """What *Host on this computer* asks for; `owner` None: the account is there already."""

    owner: Owner | None
    reachable: bool
    """Whether others on the network may connect."""


class HostReport(Struct, frozen=True):
    """How the server stands."""

    state: HostState
    url: str = ""
    """For the app on this computer, also while it does not run; empty: not known yet."""
    address: str = ""
    """To hand out; equal to `url` when only this computer can reach it."""
    further: tuple[str, ...] = ()
    """Other addresses of this computer, for where the first one leads nowhere."""
    reachable: bool = False
    key: str = ""
    """The SHA-256 of its certificate (hex, lower case); empty: it speaks plain HTTP."""
    name: str = ""
    """What it calls itself; empty: it was given no name."""
    trouble: HostTrouble | None = None
    detail: str = ""
    """The server's own last words, or the port that is busy; may be empty."""
    wait_ms: int = 0
    """`RESTARTING`: after how long it is started again."""
