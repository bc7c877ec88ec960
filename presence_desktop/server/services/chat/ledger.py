"""What one transaction over conversations has loaded, and what is to be written at its end.

The store fills it and writes it; the services decide on it in between, without waiting for anything. It knows no rules.
"""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.messages import File, Letter
from presence_desktop.server.domain.rooms import Circle, Place


class Wanted(Struct, frozen=True):
    """What is to be loaded: conversations with their people, messages and files by id, marks by (conversation, user).

    `everyone`: conversations of which all marks are wanted; `pins`: of which the number of pins is.
    """

    conversations: frozenset[int] = frozenset()
    messages: frozenset[UUID] = frozenset()
    marks: frozenset[tuple[int, int]] = frozenset()
    everyone: frozenset[int] = frozenset()
    pins: frozenset[int] = frozenset()
    files: frozenset[UUID] = frozenset()

    def __or__(self, other: "Wanted") -> "Wanted":
        return Wanted(
            self.conversations | other.conversations,
            self.messages | other.messages,
            self.marks | other.marks,
            self.everyone | other.everyone,
            self.pins | other.pins,
            self.files | other.files,
        )


class Ledger(Struct):
    """The conversations are locked until the transaction ends: nobody else gives out numbers in them."""

    circles: dict[int, Circle] = field(default_factory=dict)
    letters: dict[UUID, Letter] = field(default_factory=dict)
    marks: dict[tuple[int, int], Marks] = field(default_factory=dict)
    pins: dict[int, int] = field(default_factory=dict)
    files: dict[UUID, File] = field(default_factory=dict)

    new: list[UUID] = field(default_factory=list)
    """Messages to be inserted, in the order of their numbers."""
    changed: dict[UUID, Letter] = field(default_factory=dict)
    """Messages to be written again, as they were loaded."""
    moved: set[tuple[int, int]] = field(default_factory=set)
    """Marks to be written."""
    people: dict[int, Mapping[int, Place]] = field(default_factory=dict)
    """The people of changed conversations, as they were loaded."""
    counted: set[int] = field(default_factory=set)
    """Conversations whose numbers were given out."""

    def add(self, letter: Letter) -> Letter:
        """A new message, at the next place of its conversation."""
        circle = self._count(letter.conversation_id)
        circle.last_seq += 1
        placed = replace(letter, seq=circle.last_seq, change=circle.last_change)
        self.letters[placed.id] = placed
        self.new.append(placed.id)
        for file in placed.files:
            self.files[file.id] = replace(file, message_id=placed.id)
        return placed

    def put(self, letter: Letter) -> Letter:
        """A message that changed, with the next number of change."""
        before = self.letters[letter.id]
        placed = replace(letter, change=self._count(letter.conversation_id).last_change)
        self.letters[placed.id] = placed
        if placed.id not in self.new:
            self.changed.setdefault(placed.id, before)
        pinned = (placed.pinned_at is not None) - (before.pinned_at is not None)
        self.pins[letter.conversation_id] = self.pins.get(letter.conversation_id, 0) + pinned
        return placed

    def mark(self, conversation_id: int, user_id: int, marks: Marks) -> None:
        """Somebody's marks from now on."""
        self.marks[conversation_id, user_id] = marks
        self.moved.add((conversation_id, user_id))

    def _count(self, conversation_id: int) -> Circle:
        circle = self.circles[conversation_id]
        circle.last_change += 1
        self.counted.add(conversation_id)
        return circle
