"""What this device says of itself: how long nobody touched it, and whether it is locked.

Decides when that is news that cannot wait for the next heartbeat. What status follows from it, the server decides.
"""

from presence_desktop.protocol.events import DeviceState

IDLE_LIMIT_SECONDS = 300
"""After how many idle seconds a device counts as idle, where the server does not say."""
_LONGEST = 10**9


def device_state(idle_seconds: int | None, *, locked: bool) -> DeviceState:
    """The state to send. `idle_seconds` None: the device cannot tell."""
    if idle_seconds is None:
        return DeviceState(locked=locked)
    return DeviceState(idle_seconds=min(max(idle_seconds, 0), _LONGEST), locked=locked)


def is_news(before: DeviceState | None, after: DeviceState, limit: int = IDLE_LIMIT_SECONDS) -> bool:
    """Whether the state crossed a line: locked or unlocked, became idle or was touched again."""
    if before is None:
        return _absent(after, limit)
    return before.locked != after.locked or _idle(before, limit) != _idle(after, limit)


def _absent(state: DeviceState, limit: int) -> bool:
    return state.locked or _idle(state, limit)


def _idle(state: DeviceState, limit: int) -> bool:
    return state.idle_seconds is not None and state.idle_seconds >= limit
