"""The hub and the fan-out with a count beside them, for `metrics`; where that is off, nobody counts."""

from collections import Counter

from presence_desktop.server.domain.presence import Change
from presence_desktop.server.transport.fast.hub import Hub
from presence_desktop.server.transport.live.fanout import Fanout


class CountedHub(Hub):
    """A hub that knows how many events it has handed to sockets. It counts once a tick, whoever is skipped included."""

    deliveries = 0

    def flush(self) -> None:
        """See Hub."""
        said = Counter(room for room, _ in self.log)
        for audience in self._audiences.values():
            heard = sum(said[room] for room in audience.rooms & said.keys())
            self.deliveries += heard * (len(audience.ready) + len(audience.others))
        super().flush()

    def release(self) -> None:
        """See Hub."""
        self.deliveries += sum(map(len, self.held.values()))
        super().release()


class CountedFanout(Fanout):
    """A fan-out that knows how many changes it has told."""

    changes = 0

    def publish(self, change: Change) -> None:
        """See Fanout."""
        self.changes += 1
        super().publish(change)
