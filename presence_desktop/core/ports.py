"""What the client's mind needs from outside: a clock, the way to the server, a place for secrets.

Only shapes. `net` brings the Gateway, `disk` the Secrets, `desktop` the Clock; `app` joins them.
"""

from typing import Protocol

from presence_desktop.core.join_link import JoinLink
from presence_desktop.protocol.events import Cursor, DeviceState, Event, StatusUpdate


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch (wall clock)."""
        ...

    def monotonic(self) -> int:
        """Milliseconds of a clock that never goes back; only differences mean something."""
        ...


class Gateway(Protocol):
    """The way to the server. Every call returns at once; answers come as incoming items (`core.incoming`)."""

    def register(self, link: JoinLink, email: str, username: str, password: str) -> None:
        """Make an account and sign in -> `SignedIn` or `SignInFailed`. The link's addresses are tried in its order."""
        ...

    def sign_in(self, server: str, email: str, password: str) -> None:
        """Sign in with a password -> `SignedIn` or `SignInFailed`."""
        ...

    def resume(self, server: str, email: str) -> None:
        """Sign in with the kept secret -> `SignedIn`, or `SignInFailed(TOKEN_MISSING)` when none is kept.

        A refused secret gives `SignedOut(code)`. An unreachable server gives `LinkLost`, and further tries.
        """
        ...

    def connect(self) -> None:
        """Open the link and keep it open, reconnecting by itself with full jitter, until `sign_out` or `close`."""
        ...

    def prepare(self, known: Cursor | None, state: DeviceState | None, claim: StatusUpdate | None) -> None:
        """What the next connect message is to carry, besides the token."""
        ...

    def send(self, event: Event, ask: int | None = None) -> None:
        """Send an event. With `ask`, its answer comes as `OwnChanged` or `Refusal` with the same number.

        Without a link it is dropped: whoever sent it learns of the missing link by `LinkLost`.
        """
        ...

    def fetch_directory(self) -> None:
        """Read all people -> `DirectoryArrived` pages, the last one with `last=True`."""
        ...

    def reconnect_now(self) -> None:
        """Try at once, dropping a link that may be dead (resume from sleep, network change, the banner's button)."""
        ...

    def pause(self) -> None:
        """Say goodbye and stay without a link until `reconnect_now` (the computer goes to sleep)."""
        ...

    def sign_out(self) -> None:
        """Say goodbye, void the session on the server, forget the secret -> `SignedOut(None)`."""
        ...

    def close(self) -> None:
        """Say goodbye (the others see it within 1 s) and join all threads, within 2 s."""
        ...


class Secrets(Protocol):
    """Keeps one secret per server and account. Calls may block for minutes: never in the GUI thread."""

    def get(self, server: str, account: str) -> str | None:
        """The secret, or None. Raises `Refused`: `NO_KEYRING` where nothing can keep secrets,
        `KEYRING_CLOSED` where it fails or stays locked."""
        ...

    def set(self, server: str, account: str, secret: str) -> None:
        """Keep the secret. Raises `Refused`, as `get`."""
        ...

    def delete(self, server: str, account: str) -> None:
        """Forget the secret; nothing happens if there is none. Raises `Refused`, as `get`."""
        ...
