"""By what a server is recognised: what is known of it, and what is asked of the person where nothing is.

Decides how a key's fingerprint is written. `disk` keeps what is known, `net` holds every connection to it, `gui` asks.
A server is named by the base URL it was first reached by; that name stays when the server begins to encrypt.
"""

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

_HEX = frozenset("0123456789abcdef")
_LENGTH = 64
_GROUP = 4


class Guard(StrEnum):
    """By what a server is recognised."""

    KEY = "key"
    """By this one key; every connection is encrypted, and any other key is refused."""
    SYSTEM = "system"
    """By a certificate that this computer's authorities vouch for."""
    PLAIN = "plain"
    """By nothing: the person agreed to talk to it without encryption."""


class Known(Struct, frozen=True):
    """What is known of a server."""

    guard: Guard
    fingerprint: str = ""
    """Of its key, for `Guard.KEY`."""


class Question(Struct, frozen=True):
    """What only a person can decide about a server before anything is sent to it."""

    server: str
    """The base URL under which the answer is kept."""
    fingerprint: str | None
    """Whether this key is the right one; None: whether to talk without encryption."""


class Pins(Protocol):
    """What is known of servers, kept from run to run. From any thread."""

    def known(self, server: str) -> Known | None:
        """What is known of the server at this base URL."""
        ...

    def trust(self, server: str, fingerprint: str) -> None:
        """From now on this key alone, whatever was known before."""
        ...

    def vouch(self, server: str) -> None:
        """This computer's authorities vouched for it."""
        ...

    def allow_plain(self, server: str) -> None:
        """Talk to it without encryption."""
        ...

    def forget(self, server: str) -> None:
        """Know nothing of it any more; nothing happens if that is so already."""
        ...


class MemoryPins:
    """Knows what it is told until it is gone."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    def known(self, server: str) -> Known | None:
        """See `Pins`."""
        return self._known.get(server)

    def trust(self, server: str, fingerprint: str) -> None:
        """See `Pins`."""
        self._known[server] = Known(Guard.KEY, fingerprint)

    def vouch(self, server: str) -> None:
        """See `Pins`."""
        self._known[server] = Known(Guard.SYSTEM)

    def allow_plain(self, server: str) -> None:
        """See `Pins`."""
        self._known[server] = Known(Guard.PLAIN)

    def forget(self, server: str) -> None:
        """See `Pins`."""
        self._known.pop(server, None)


def read_fingerprint(text: str) -> str | None:
    """A SHA-256 fingerprint as people and programs write it (any case, colons, spaces), as 64 digits; None: none."""
    digits = "".join(text.replace(":", " ").split()).lower()
    return digits if len(digits) == _LENGTH and _HEX.issuperset(digits) else None


def shown_fingerprint(fingerprint: str) -> str:
    """The fingerprint in groups of four, to be read aloud and compared."""
    return " ".join(fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP))
