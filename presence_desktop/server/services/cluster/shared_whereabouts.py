"""Where people are and what they type, at one of several servers: what its own devices say, and what the peers say.

Decides what others are told of a person whose devices are at several servers: all of it together, and nothing of
somebody who appears offline, whatever a peer that has not heard of that yet says. How peers are heard is
`ChatCluster`'s.
"""

from collections.abc import Collection

from presence_desktop.protocol.location_events import TypingUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.person import Person
from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.domain.presence import Rules
from presence_desktop.server.services.chat.ports import ChatPeers
from presence_desktop.server.services.presence.whereabouts import Whereabouts


class SharedWhereabouts(Whereabouts):
    """The open rooms and the typing of everybody, as far as this server and its peers know."""

    _peers: ChatPeers | None = None
    _near: dict[int, Seen]
    _far: dict[int, dict[str, Seen]]
    _far_at: dict[int, dict[int, int]]
    _hidden: set[int]

    def join(self, peers: ChatPeers) -> None:
        """Tell these from now on. To be called once, before anybody connects."""
        self._peers = peers
        self._near = {}
        self._far = {}
        self._far_at = {}
        """By room: how many peers say of whom that they have it open."""
        self._hidden = set()
        """Who appears offline, or is, of those who were here."""

    def take(self, node: str, user_id: int, seen: Seen) -> None:
        """Where somebody is, as far as that peer's devices say; said again, it is so still."""
        before = self._seen(user_id)
        places = self._far.setdefault(user_id, {})
        self._count_rooms(user_id, places.pop(node, NOWHERE), -1)
        self._count_rooms(user_id, seen, 1)
        if seen != NOWHERE:
            places[node] = seen
        if not places:
            del self._far[user_id]
        super()._become(user_id, self._together(user_id))
        for room_id in seen.typing & before.typing & self._seen(user_id).typing:
            self._tell_typing(user_id, room_id, typing=True)

    def still_types(self, user_id: int, room_id: int) -> None:
        """Tell again that somebody types there, if so."""
        if room_id in self._seen(user_id).typing:
            self._tell_typing(user_id, room_id, typing=True)

    def rooms_here(self) -> dict[int, set[int]]:
        """Which rooms are open on own devices, and whose they are."""
        return self._places.rooms()

    def settle(self, user_id: int, person: Person, now: int, rules: Rules) -> bool:
        """See Whereabouts."""
        hidden = person.shown.status is Status.OFFLINE
        turned = self._peers is not None and hidden != (user_id in self._hidden)
        if turned:
            (self._hidden.add if hidden else self._hidden.discard)(user_id)
        differs = super().settle(user_id, person, now, rules)
        if turned and user_id in self._far:
            differs = super()._become(user_id, self._together(user_id)) or differs
        return differs

    def type(self, user_id: int, sid: str, update: TypingUpdate, now: int) -> None:
        """See Whereabouts."""
        super().type(user_id, sid, update, now)
        if self._peers is not None and update.typing:
            near = self._near.get(user_id, NOWHERE)
            if update.conversation_id in near.typing:  # said again: the peers count 6 s anew too
                self._peers.placed(user_id, near)

    def _become(self, user_id: int, after: Seen) -> bool:
        if self._peers is None:
            return super()._become(user_id, after)
        if after != self._near.get(user_id, NOWHERE):
            self._near[user_id] = after
            self._peers.placed(user_id, after)
            if after is NOWHERE:
                del self._near[user_id]
        return super()._become(user_id, self._together(user_id))

    def _together(self, user_id: int) -> Seen:
        near, far = self._near.get(user_id, NOWHERE), self._far.get(user_id)
        if user_id in self._hidden:
            return NOWHERE
        if far is None:
            return near
        all_of_them = [*far.values(), near]
        rooms = {room_id: page for seen in all_of_them for room_id, page in seen.rooms.items()}
        typing = frozenset[int]().union(*(seen.typing for seen in all_of_them))
        current = next((seen.current for seen in reversed(all_of_them) if seen.current is not None), None)
        return Seen(rooms, current, typing)

    def _people_at(self, room_id: int) -> Collection[int]:
        near = super()._people_at(room_id)
        return near if self._peers is None else {*near, *self._far_at.get(room_id, ())}

    def _count_rooms(self, user_id: int, seen: Seen, by: int) -> None:
        for room_id in seen.rooms:
            here = self._far_at.setdefault(room_id, {})
            here[user_id] = here.get(user_id, 0) + by
            if not here[user_id]:
                del here[user_id]
            if not here:
                del self._far_at[room_id]
