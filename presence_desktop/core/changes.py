"""What one step of the client changed, for whoever paints. Views decide what to do with it."""

from dataclasses import dataclass

from presence_desktop.protocol.errors import Code


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the person, in the window's own words: `code`, and the event it is about, if any."""

    code: Code
    about: str | None = None
    """The refused event's name (`status:update`, `status:custom`); None when it is about the app itself."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs after a step. Nothing else may have changed on the screen."""

    people: frozenset[int] = frozenset()
    """The contacts whose paint changed, by user id."""
    everyone: bool = False
    """All contacts' paint changed (the link was lost or found, a whole picture arrived); `people` then says nothing."""
    reordered: bool = False
    """`order.stale`: rows wait to move, come or go; they do so in `order.settle()` or `order.take()`, not before."""
    own: bool = False
    """The own card: `own`, `me`."""
    connection: bool = False
    """`connection`: the state, its reason, the next try."""
    notices: tuple[Notice, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.people or self.everyone or self.reordered or self.own or self.connection or self.notices
        )
