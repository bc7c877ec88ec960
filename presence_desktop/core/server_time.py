"""The time as a server has it: of what the server tells and is asked for, moments are compared with this.

Decides when this computer's clock counts as wrong: beside the server's, by more than the way there can explain. What
is the person's own (working hours, pauses, when the next try is) stays with the computer's clock.
"""

from presence_desktop.core.ports import Clock
from presence_desktop.core.pulse import Pulse

_APART_MS = 10_000


class ServerTime:
    """A clock."""

    def __init__(self, clock: Clock, pulse: Pulse) -> None:
        self._clock, self._pulse = clock, pulse

    def now(self) -> int:
        """Milliseconds since the Unix epoch, by the server's clock as far as it is known."""
        ahead = self._pulse.ahead
        return self._clock.now() + (ahead if abs(ahead) > _APART_MS else 0)

    def monotonic(self) -> int:
        """See `Clock`."""
        return self._clock.monotonic()
