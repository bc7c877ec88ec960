"""Who is there, as the server tells it: its whole picture, the changes that follow, the directory of everybody.

Decides when something was missed and the picture is asked for again, and when the directory is. Which news counts is
`roster`'s, what it means for one's own status `own_status`'.
"""

from presence_desktop.core import incoming
from presence_desktop.core.collected import Collected
from presence_desktop.core.connection import Connection
from presence_desktop.core.own_status import OwnStatus
from presence_desktop.core.ports import Gateway
from presence_desktop.core.roster import Roster
from presence_desktop.protocol.events import OnlineList, OnlineUsers, PresenceChanges, UserStatus
from presence_desktop.protocol.limits import DIRECTORY_PAGE
from presence_desktop.protocol.status import Status

_EVENTS = frozenset({OnlineUsers.name, UserStatus.name, PresenceChanges.name})


class Picture:
    """Keeps the roster as the server has it."""

    def __init__(self, gateway: Gateway, connection: Connection, roster: Roster, own: OwnStatus) -> None:
        self._gateway, self._connection = gateway, connection
        self._roster, self._own = roster, own
        self._directory_whole = False
        self._sought: set[int] = set()
        """Unknown people whom the directory was asked for since the link is up."""

    # --- the link ---

    def linked(self) -> None:
        """The link is up; the picture comes unasked."""
        self._sought.clear()
        if not self._directory_whole:
            self._gateway.fetch_directory()

    def complete(self) -> None:
        """Ask again for what should have come long ago."""
        if not self._connection.link_known:
            self._gateway.send(OnlineList())
        if not self._directory_whole:
            self._gateway.fetch_directory()

    def clear(self) -> None:
        """Nobody is signed in: nobody is known."""
        self._directory_whole = False
        self._roster.clear()

    def seek(self, people: set[int]) -> None:
        """Whoever is in a conversation and not known came while nobody told: the directory knows them."""
        strangers = {one for one in people - self._sought if self._roster.get(one) is None}
        if strangers and self._directory_whole:
            self._sought |= strangers
            self._gateway.fetch_directory()

    # --- what is told ---

    def people(self, item: incoming.People, out: Collected) -> None:
        """The whole picture."""
        changed = self._roster.replace(item.users)
        out.people |= changed
        self._pictured(out)
        if any(
            contact.status is Status.OFFLINE
            for contact in map(self._roster.get, changed)
            if contact is not None
        ):
            self._gateway.fetch_directory()  # they left unseen: when, the directory knows

    def status_changed(self, item: incoming.StatusChanged, out: Collected) -> None:
        """One person's change, without a version."""
        out.people |= self._roster.change(item.change)
        self._see_myself(out)

    def presence_changed(self, item: incoming.PresenceChanged, out: Collected) -> None:
        """Changes with versions; first thing over a new link they are all that changed meanwhile."""
        if not self._roster.follows(item.changes):
            self._ask_again()
            return
        renewed = self._roster.renewed(item.changes)
        out.people |= self._roster.apply(item.changes)
        if self._connection.link_known:
            self._look_up(renewed)
            self._see_myself(out)
            return
        self._roster.trust()
        self._pictured(out)

    def directory(self, item: incoming.DirectoryArrived, out: Collected) -> None:
        """People of the directory."""
        out.people |= self._roster.enlist(item.entries, pictured=self._connection.link_known)
        self._directory_whole |= item.last

    def missed(self, event: str) -> bool:
        """An event could not be read; whether it was about who is there."""
        if event not in _EVENTS:
            return False
        self._ask_again()
        return True

    # --- parts of the above ---

    def _look_up(self, renewed: set[int]) -> None:
        """Roles stand in the directory alone. A long one is not read by everybody because of one other person."""
        mine = self._roster.me
        if renewed and (len(self._roster) < DIRECTORY_PAGE or (mine is not None and mine.user_id in renewed)):
            self._gateway.fetch_directory()

    def _ask_again(self) -> None:
        """Something was missed: ask for the whole picture, once until it comes."""
        if self._roster.miss():
            self._gateway.send(OnlineList())

    def _pictured(self, out: Collected) -> None:
        out.everyone |= not self._connection.link_known
        out.connection |= not self._connection.link_known
        self._connection.pictured()
        self._see_myself(out)

    def _see_myself(self, out: Collected) -> None:
        mine = self._roster.me
        if mine is None or mine.user_id not in out.people:
            return
        if self._own.seen(mine.status, mine.reason, mine.version, mine.since):
            out.own = True
