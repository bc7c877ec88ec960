"""How things stand between this app and the server, and how long to wait before the next try.

Decides the states and the back-off. Who tries, and with what, is `net`'s business.
"""

from collections.abc import Callable
from enum import Enum, auto

from presence_desktop.core.server_name import server_name
from presence_desktop.core.trust import Question
from presence_desktop.protocol.errors import Code

BACKOFF_START_SECONDS = 0.5
BACKOFF_CAP_SECONDS = 3.0
"""The longest wait, so that everybody is back within 5 s of the server being reachable."""


def backoff(attempt: int, random: Callable[[], float]) -> float:
    """Seconds to wait before try number `attempt` (from 0): full jitter, 0 .. min(cap, start * 2^attempt).

    `random` gives a number in [0, 1). The whole range is used, so that clients of a restarted server never herd.
    """
    ceiling = min(BACKOFF_CAP_SECONDS, BACKOFF_START_SECONDS * 2.0 ** min(attempt, 16))
    return ceiling * random()


class LinkState(Enum):
    """Where the way to the server stands."""

    SIGNED_OUT = auto()
    """Nobody is signed in; `reason` says why a sign-in failed or a session ended."""
    SIGNING_IN = auto()
    """A sign-in or registration is under way."""
    CONNECTING = auto()
    """Signed in, or resuming; the link has not been up yet."""
    ONLINE = auto()
    """The link is up."""
    LOST = auto()
    """There is no link; `reason` says why, `next_try_at` when the next try comes."""


class Connection:
    """The state of the link, its reason, and whether what is shown can be believed."""

    __slots__ = ("link_known", "next_try_at", "question", "reason", "server_name", "state")

    def __init__(self) -> None:
        self.state = LinkState.SIGNED_OUT
        self.reason: Code | None = None
        self.next_try_at: int | None = None
        """Milliseconds; None while a try runs, or when none is planned."""
        self.link_known = False
        """False: every dot is unknown."""
        self.question: Question | None = None
        """What the person has to decide before it can be tried again."""
        self.server_name = ""
        """What the server called itself last; empty: it has no name of its own, or none is known."""

    def signed_out(self, reason: Code | None, question: Question | None = None) -> None:
        """Nobody is signed in (any more)."""
        self._enter(LinkState.SIGNED_OUT, reason)
        self.question = question

    def signing_in(self) -> None:
        """Somebody asked to sign in."""
        self._enter(LinkState.SIGNING_IN, None)

    def connecting(self) -> None:
        """Signed in; the first link is on its way."""
        self._enter(LinkState.CONNECTING, None)

    def awaiting_keyring(self) -> None:
        """The keyring holds the way up: it may be asking its owner."""
        if self.state is LinkState.CONNECTING:
            self.reason = Code.KEYRING_WAITS

    def trying(self) -> None:
        """A try begins: no next one is planned, the state stays as it is."""
        self.next_try_at = None
        if self.awaits_keyring:
            self.reason = None

    def up(self, called: str | None = None) -> None:
        """The link stands, to a server that calls itself so. The picture is known once it arrived (`pictured`)."""
        self._enter(LinkState.ONLINE, None)
        self.server_name = server_name(called)

    def pictured(self) -> None:
        """The picture of who is there has arrived over this link."""
        self.link_known = True

    def lost(self, reason: Code, next_try_at: int | None, question: Question | None = None) -> None:
        """No link: nothing shown can be believed."""
        self._enter(LinkState.LOST, reason)
        self.next_try_at, self.question = next_try_at, question

    @property
    def awaits_keyring(self) -> bool:
        """Whether it is the keyring that one waits for."""
        return self.reason is Code.KEYRING_WAITS

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in, with or without a link."""
        return self.state in (LinkState.CONNECTING, LinkState.ONLINE, LinkState.LOST)

    def _enter(self, state: LinkState, reason: Code | None) -> None:
        self.state = state
        self.reason = reason
        self.next_try_at = self.question = None
        self.link_known = False
