"""The words for a server on this computer: what is asked for, how it stands, and what can go wrong with it.

Decides nothing; `desktop` runs the server, `gui` shows it.
"""

from dataclasses import dataclass, field
from enum import Enum, auto


class HostState(Enum):
    """Where the server on this computer stands."""

    STOPPED = auto()
    STARTING = auto()
    RUNNING = auto()
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
    INVITE = auto()
    """No invite could be made."""
    ENDED = auto()
    """It ended by itself; the detail is its last words."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The account to make for whoever hosts."""

    email: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HostRequest:
    """What *Host on this computer* asks for; `owner` None: the account is there already."""

    owner: Owner | None
    reachable: bool
    """Whether others on the network may connect (not encrypted)."""


@dataclass(frozen=True, slots=True)
class HostReport:
    """How the server stands."""

    state: HostState
    url: str = ""
    """For the app on this computer."""
    address: str = ""
    """To hand out; equal to `url` when only this computer can reach it."""
    reachable: bool = False
    trouble: HostTrouble | None = None
    detail: str = ""
    """The server's own last words, or the port that is busy; may be empty."""
