"""What was asked of the server from the window, and who waits for the answer.

Decides nothing: each ask's one outcome goes to whoever began it; what nobody waits for goes back to the page.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.changes import Changes, Outcome

Done = Callable[[Outcome], None]


class Asks(QObject):
    """One per window."""

    changed = Signal(object)
    """What a verb of `client.chats` changed at once, to be shown as all `Changes` are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[int, tuple[QObject, Done]] = {}

    def begin(self, changes: Changes, who: QObject, done: Done) -> bool:
        """A verb was called: `done` gets its outcome. False where it began no ask, so that no outcome comes."""
        if changes.asked is not None:
            self._waiting[changes.asked] = who, done
        self.changed.emit(changes)
        return changes.asked is not None

    def show(self, changes: Changes) -> None:
        """A verb was called, and nobody waits for its outcome."""
        self.changed.emit(changes)

    def forget(self, who: QObject) -> None:
        """This one waits no longer: it goes away."""
        self._waiting = {ask: held for ask, held in self._waiting.items() if held[0] is not who}

    def clear(self) -> None:
        """Nobody waits any longer."""
        self._waiting.clear()

    def take(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Hand out outcomes; those that nobody waits for come back."""
        left = []
        for outcome in outcomes:
            held = self._waiting.pop(outcome.ask, None)
            if held is None:
                left.append(outcome)
            else:
                held[1](outcome)
        return left
