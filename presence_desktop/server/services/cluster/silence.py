"""When each node was last heard, and which are taken for dead: the same for presence and for conversations."""

from presence_desktop.server.services.ports import Clock


class Silence:
    """The nodes that count as alive. One that is silent for `lease` (ms) is dead."""

    def __init__(self, clock: Clock, lease: int) -> None:
        self._clock = clock
        self._lease = lease
        self._looked = clock.ticks()
        self._heard: dict[str, int] = {}

    def __contains__(self, node: str) -> bool:
        return node in self._heard

    @property
    def nodes(self) -> list[str]:
        """Their ids, sorted."""
        return sorted(self._heard)

    def heard(self, node: str, *, remaining: int | None = None) -> None:
        """It said something; or all that is known of it is that so much of its lease (ms) remains."""
        ago = 0 if remaining is None else max(0, self._lease - remaining)
        self._heard[node] = self._clock.ticks() - ago

    def forget(self, node: str) -> None:
        """It counts no longer."""
        self._heard.pop(node, None)

    def dead(self) -> list[str]:
        """The ids of those that have been silent for the lease, to be asked for every now and then."""
        now = self._clock.ticks()
        paused, self._looked = now - self._looked, now
        if paused > self._lease / 4:  # we were stopped, not they silent
            self._heard = {node: heard + paused for node, heard in self._heard.items()}
        return [node for node, heard in self._heard.items() if now - heard > self._lease]
