"""In which order contacts are listed, and which of them a search leaves in the list.

Rows are user ids under unique keys (rank of the status, folded name, id), found by bisect, so a change costs O(log n)
to place. News is only *noted* here; rows move, come and go when the view says so, between its begin and end signals:

- few waiting: `next_step()` tells one step, `take(step)` does it, until None (`beginMoveRows`, `take`, `endMoveRows`);
- many: `settle()` does all at once, inside one layout change (or a reset), ids remapped by `index`.

`order[row]` and `order.index(user_id)` tell of the rows as the view knows them. Oneself is never listed, nor is who
stands elsewhere (`keep_out`), except while one searches.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from msgspec import Struct

from presence_desktop.core.contact import Contact
from presence_desktop.core.roster import Roster
from presence_desktop.core.search import Search
from presence_desktop.protocol.status import Status

RANK = {Status.ONLINE: 0, Status.BUSY: 1, Status.AWAY: 2, Status.OFFLINE: 3}
_REBUILD_SHARE = 8
"""From an eighth of the rows on, sorting all is cheaper than placing each."""

_Key = tuple[int, str, int]


class Step(Struct, frozen=True):
    """One row's way: from `source` (None: it comes) to `target` (None: it goes).

    `target` is the row after the step. For Qt's beginMoveRows the destination is `target`, plus 1 when moving down.
    """

    user_id: int
    source: int | None
    target: int | None


class Waiting(Struct, frozen=True):
    """How many rows would come, go and move if everything noted were done now."""

    coming: int
    going: int
    moving: int

    @property
    def steps(self) -> int:
        """All of them together."""
        return self.coming + self.going + self.moving


class ContactOrder:
    """The listed user ids, in order."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._search = Search("")
        self._rows: list[_Key] = []
        self._keys: dict[int, _Key] = {}
        self._noted: dict[int, None] = {}
        self.elsewhere: frozenset[int] = frozenset()
        """Who stands elsewhere: see `keep_out`."""

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> int:
        return self._rows[row][2]

    def __iter__(self) -> Iterator[int]:
        return (key[2] for key in self._rows)

    def index(self, user_id: int) -> int | None:
        """The row of this contact; None if it is not listed."""
        key = self._keys.get(user_id)
        return None if key is None else bisect_left(self._rows, key)

    @property
    def filter(self) -> str:
        """The text searched for; empty when all are listed."""
        return self._search.text

    @property
    def stale(self) -> bool:
        """Whether rows wait to move, come or go."""
        return bool(self._noted)

    def set_filter(self, text: str) -> None:
        """Search for this text from now on (see `core.search`). Rows come and go when they are told to."""
        self._search = Search(text)
        self.note_all()

    def keep_out(self, user_ids: frozenset[int]) -> None:
        """These stand elsewhere from now on, and no others. Rows come and go when they are told to."""
        changed = self.elsewhere ^ user_ids
        self.elsewhere = user_ids
        self.note(changed)

    def note_all(self) -> None:
        """Anything may have changed."""
        self.note(set(self._keys).union(contact.user_id for contact in self._roster))

    def note(self, user_ids: Iterable[int]) -> None:
        """These contacts may have changed: remember those whose row does not fit any more."""
        keys, noted, get = self._keys, self._noted, self._roster.get
        for user_id in user_ids:
            if self._fits(get(user_id), keys.get(user_id)):
                noted.pop(user_id, None)
            else:
                noted[user_id] = None

    def waiting(self) -> Waiting:
        """What `settle` would do."""
        coming = going = moving = 0
        for user_id in self._noted:
            if self._wanted(user_id) is None:
                going += 1
            elif user_id in self._keys:
                moving += 1
            else:
                coming += 1
        return Waiting(coming, going, moving)

    def next_step(self) -> Step | None:
        """The next step that waits, not yet done; None when every row is in place."""
        if not self._noted:
            return None
        user_id = next(iter(self._noted))
        source = self.index(user_id)
        wanted = self._wanted(user_id)
        if wanted is None:
            return Step(user_id, source, None)
        target = bisect_left(self._rows, wanted)
        if source is not None and source < target:
            target -= 1
        return Step(user_id, source, target)

    def take(self, step: Step) -> None:
        """Do this step, the one `next_step` told."""
        del self._noted[step.user_id]
        self._place(step.user_id)

    def settle(self) -> None:
        """Do everything that waits."""
        if len(self._noted) * _REBUILD_SHARE > len(self._rows):
            self._rebuild()
        else:
            for user_id in self._noted:
                self._place(user_id)
        self._noted.clear()

    def _fits(self, contact: Contact | None, key: _Key | None) -> bool:
        if contact is None or not self._is_listed(contact):
            return key is None
        return key is not None and key[0] == RANK[contact.status] and key[1] == contact.sort_name

    def _is_listed(self, contact: Contact) -> bool:
        if contact.is_me:
            return False
        if self._search.text:
            return self._search.matches(contact.sort_name)
        return contact.user_id not in self.elsewhere

    def _wanted(self, user_id: int) -> _Key | None:
        contact = self._roster.get(user_id)
        if contact is None or not self._is_listed(contact):
            return None
        return RANK[contact.status], contact.sort_name, user_id

    def _place(self, user_id: int) -> None:
        key = self._keys.pop(user_id, None)
        if key is not None:
            del self._rows[bisect_left(self._rows, key)]
        wanted = self._wanted(user_id)
        if wanted is not None:
            self._keys[user_id] = wanted
            insort(self._rows, wanted)

    def _rebuild(self) -> None:
        for user_id in self._noted:
            self._keys.pop(user_id, None)
            wanted = self._wanted(user_id)
            if wanted is not None:
                self._keys[user_id] = wanted
        self._rows = sorted(self._keys.values())
