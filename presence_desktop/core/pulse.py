"""How the link feels: how long a heartbeat takes to be answered, and how far the clocks are apart.

Measured on the heartbeats that are sent anyway; pure, the moments are told by the caller. What is known of the server's
clock is as exact as half the way there and back.
"""


class Pulse:
    """What the last answered heartbeat told."""

    __slots__ = ("_sent", "ahead", "latency", "offset")

    def __init__(self) -> None:
        self._sent: int | None = None
        self.latency: int | None = None
        """Milliseconds there and back; None before the first answer over this link."""
        self.offset: int | None = None
        """How many milliseconds the server's clock is ahead of this computer's; None as above."""
        self.ahead = 0
        """The same as far as it is known: roughly as soon as the link is up, and still when it broke."""

    def welcomed(self, timestamp: int, now: int) -> None:
        """The link is up: the server wrote `timestamp` just now."""
        self.ahead = timestamp - now

    def beat(self, monotonic: int) -> None:
        """A heartbeat goes out now (ms of a steady clock)."""
        if self._sent is None:
            self._sent = monotonic

    def answered(self, timestamp: int, monotonic: int, now: int) -> None:
        """It was answered: the server wrote `timestamp`, this computer's clock says `now`."""
        if self._sent is None:
            return
        self.latency = max(0, monotonic - self._sent)
        self.offset = self.ahead = timestamp + self.latency // 2 - now
        self._sent = None

    def lost(self) -> None:
        """The link broke: what is on its way will not be answered."""
        self._sent = self.latency = self.offset = None
