"""The presence service of one of several servers: what it knows itself it says to its peers, what they say it takes in.

Decides what crosses the line between this server's people and the replica of the others': words on sessions, choices
with their stamps, whose rows this server writes. How peers are heard, and whether they still are, is `Cluster`'s.
"""

from collections.abc import Sequence

from presence_desktop.protocol.events import DeviceState, StatusUpdate, StatusUpdated
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain import nodes, presence
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.domain.person import Person
from presence_desktop.server.domain.places import Seen
from presence_desktop.server.services.chat.ports import ChatPeers
from presence_desktop.server.services.cluster.shared_whereabouts import SharedWhereabouts
from presence_desktop.server.services.ports import ChoicesRow, Peers, Publisher
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.services.presence.whereabouts import Nearby, Whereabouts


class Nobody(Peers):
    """No peers yet."""

    def due(self, user_id: int, second: int) -> bool:
        """See Peers."""
        return False

    def say(self, user_id: int, word: Contribution) -> None:
        """See Peers."""

    def touched(self, user_id: int, second: int) -> None:
        """See Peers."""

    def chosen(self, chosen: Chosen) -> None:
        """See Peers."""


class SharedPresence(PresenceService):
    """The presence of everybody, as far as this server and its peers know."""

    _alone = False
    _peers: Peers = Nobody()
    _from_afar = False
    """Whether what happens now was said by a peer, who writes the rows of it."""
    _told = False
    """Whether a choice made now is told to plain clients even if it changes nothing."""
    _leaving = False
    _own: set[int]
    _places_afar: SharedWhereabouts
    _nameless: set[int]

    def join(self, peers: Peers) -> None:
        """Tell these from now on. To be called once, before anybody connects."""
        self._peers = peers
        self._own = set()
        self._nameless = set()

    async def stop(self) -> None:
        """See PresenceService; whoever is connected elsewhere too is left to that server."""
        self._leaving = True
        await super().stop()

    # --- what clients say ---------------------------------------------------------------------------------

    def claim(self, user_id: int, update: StatusUpdate) -> StatusUpdated:
        """See PresenceService."""
        self._told = True
        try:
            return super().claim(user_id, update)
        finally:
            self._told = False

    def heartbeat(self, user_id: int, sid: str | None, state: DeviceState | None = None) -> int:
        """See PresenceService."""
        now = super().heartbeat(user_id, sid, state)
        self._sign_of_life(user_id, now)
        return now

    def touch(self, user_id: int, sid: str | None = None) -> None:
        """See PresenceService."""
        super().touch(user_id, sid)
        self._sign_of_life(user_id, self._time.now())

    def _sign_of_life(self, user_id: int, now: int) -> None:
        second = self._time.second(now)
        person = self._people.get(user_id)
        if person is None or person.sid is None or not self._peers.due(user_id, second):
            return
        if user_id in self._own:
            self._peers.say(user_id, nodes.contribution(person, now, self.rules))
        else:
            self._peers.touched(user_id, second)

    @property
    def newest(self) -> int:
        """Our newest version."""
        return self._versions.last

    # --- what peers say -----------------------------------------------------------------------------------

    def hear(self, stamp: int) -> None:
        """A peer's newest version: ours grow past it, so that they grow for whoever moves between servers."""
        self._versions.last = max(self._versions.last, stamp)

    def take(self, node: str, user_id: int, word: Contribution) -> None:
        """A peer's word, by our clock."""
        now = self._time.now()
        person = self._people.get(user_id)
        if person is None:
            if not word.state.connected:
                return
            person = self._people.obtain(user_id)
        if nodes.take(person, node, word, now, self.rules):
            self._settle_afar(user_id, person, now)

    def take_touch(self, user_id: int, second: int) -> None:
        """Somebody who is connected here gave a sign of life elsewhere."""
        person = self._people.get(user_id)
        if person is not None and user_id in self._own:
            presence.heard(person, second, self.rules)
            self._settle(user_id, person, self._time.now())

    def take_chosen(self, chosen: Chosen) -> bool:
        """A choice that was made elsewhere; an older one than is known here is no news."""
        person = self._people.get(chosen.user_id)
        if not nodes.newer(chosen, self._stamps.get(chosen.user_id, -1), person.choices if person else None):
            return False
        self._stamping.last = max(self._stamping.last, chosen.stamp)
        self._stamps[chosen.user_id] = chosen.stamp
        if person is None and chosen.choices is None:
            return True
        person, now = person or self._people.obtain(chosen.user_id), self._time.now()
        presence.choose(person, chosen.choices or Choices(), now)
        self._settle_afar(chosen.user_id, person, now, chosen=True, restate=chosen.told)
        return True

    def keep_chosen(self, chosen: Chosen) -> None:
        """A choice made at a server that may have died before it could write it."""
        self._writer.choices(ChoicesRow(chosen.user_id, chosen.choices, chosen.stamp))

    def take_rows(self, rows: Sequence[ChoicesRow]) -> None:
        """Choices as the database has them."""
        for row in rows:
            self.take_chosen(Chosen(row.user_id, row.stamp, row.choices))

    def take_place(self, node: str, user_id: int, seen: Seen) -> None:
        """Where somebody is, as far as the devices of that peer say."""
        self._places_afar.take(node, user_id, seen)

    def still_types(self, user_id: int, room_id: int) -> None:
        """Tell again that somebody types there, if so: who is to hear it was not known before."""
        self._places_afar.still_types(user_id, room_id)

    def rooms_here(self) -> dict[int, set[int]]:
        """Which rooms are open on devices that are connected here, and whose they are."""
        return self._places_afar.rooms_here()

    def places_to(self, peers: ChatPeers) -> None:
        """Tell these where everybody at this server is, from now on. To be called once, before anybody connects."""
        self._places_afar.join(peers)

    def take_down(self, node: str, state: State, *, kept: bool) -> None:
        """A peer is gone and its people with it; `kept`: their rows are this server's to write now."""
        now, sid = self._time.now(), nodes.FAR + node
        for user_id, person in self._people.here():
            session = person.find(sid)
            if session is not None:
                nodes.take(person, node, Contribution(state, session.heard), now, self.rules)
                self._settle_afar(user_id, person, now)
                if kept:
                    super()._write(user_id, person, now)

    def contributed_by(self, node: str) -> list[int]:
        """The people of whom a peer contributes something."""
        sid = nodes.FAR + node
        return [user_id for user_id, person in self._people.here() if person.find(sid) is not None]

    # --- names and rows -----------------------------------------------------------------------------------

    def name(self) -> None:
        """Tell of those who were heard of before their account was known here."""
        for user_id in [user_id for user_id in self._nameless if self._profiles(user_id) is not None]:
            self._nameless.discard(user_id)
            person, now = self._people.get(user_id), self._time.now()
            if person is not None and person.shown.status is not Status.OFFLINE:
                person.version = self._versions.take(now)
                self._publisher.publish(presence.tell(person, user_id, now, Status.OFFLINE))

    async def take_rows_down(self) -> None:
        """Rows that say somebody is here of whom no server knows: made to say offline."""
        now = self._time.now()
        for user_id in await self._rows.left_up():
            person = self._people.get(user_id)
            if person is not None and person.shown.status is Status.OFFLINE:
                super()._write(user_id, person, now)

    def _served(self) -> list[int]:
        served = [user_id for user_id in super()._served() if user_id in self._own]
        return [user_id for user_id in served if not (self._leaving and self._is_elsewhere(user_id))]

    def _is_elsewhere(self, user_id: int) -> bool:
        person = self._people.get(user_id)
        return person is not None and any(nodes.is_far(session) for session in person.sessions())

    def _write(self, user_id: int, person: Person, now: int) -> None:
        if not self._from_afar and (user_id in self._own or nodes.near(person)):
            super()._write(user_id, person, now)

    def _located(self, publisher: Publisher, nearby: Nearby | None) -> Whereabouts:
        self._places_afar = SharedWhereabouts(publisher, nearby=nearby)
        return self._places_afar

    def _back(self, user_id: int) -> None:
        if not self._from_afar:
            super()._back(user_id)

    def _settle_afar(
        self, user_id: int, person: Person, now: int, *, chosen: bool = False, restate: bool = False
    ) -> None:
        self._from_afar = True
        try:
            self._settle(user_id, person, now, chosen=chosen, restate=restate)
        finally:
            self._from_afar = False
        if person.shown.status is not Status.OFFLINE and self._profiles(user_id) is None:
            self._nameless.add(user_id)

    def _settle(
        self, user_id: int, person: Person, now: int, *, chosen: bool = False, restate: bool = False
    ) -> None:
        super()._settle(user_id, person, now, chosen=chosen, restate=restate)
        if nodes.near(person):
            self._own.add(user_id)
        elif user_id not in self._own:
            return
        else:
            self._own.discard(user_id)
        self._peers.say(user_id, nodes.contribution(person, now, self.rules))

    def _choose(self, user_id: int, person: Person, choices: Choices, now: int) -> None:
        super()._choose(user_id, person, choices, now)
        self._peers.chosen(Chosen(user_id, self._stamps[user_id], person.choices, self._told))
