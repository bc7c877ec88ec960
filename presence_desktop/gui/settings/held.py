"""What is set now, as the settings page shows it. Where it is kept is `app`'s business."""

from msgspec import Struct

from presence_desktop.core.working_hours import WorkingHours


class Held(Struct, frozen=True):
    """The settings beside theme and language. None: cannot be set here, so it is not shown."""

    notices: bool | None = None
    """Whether messages are told of outside the window."""
    texts: bool | None = None
    """Whether what was written is shown there."""
    closing: str | None = None
    """What closing the window does: `system`, `keep`, `quit`."""
    autostart: bool | None = None
    """Whether the app starts with the computer."""
    nearby: bool | None = None
    """Whether servers in the network are looked for."""
    hours: WorkingHours | None = None
    """When one works; outside of it nothing pops up."""
    through: tuple[tuple[int, str], ...] | None = None
    """Who may break through quiet times: user ids and names."""
