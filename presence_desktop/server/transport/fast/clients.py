"""Who is connected to which namespace and is in which room, for the fast transport.

Takes the place of python-socketio's client manager: the same questions and answers, without a task per recipient, a
dictionary per socket, or a walk over all rooms at every disconnect. Decides who hears an emit; how it is written, and
in which order, is the hub's.

A client that its connect handler has not accepted yet hears nothing: what is told to it alone is held back until it
is accepted; what is told to rooms does not reach it, even rooms it was put into already.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import socketio

from presence_desktop.server.transport.fast.hub import Hub, Room
from presence_desktop.server.transport.link.sio_codec import Encoded, encode_event

if TYPE_CHECKING:
    from presence_desktop.server.transport.fast.session import FastSession

_DISCONNECT = Encoded(b"1")
_ASKING, CONNECTED, _LEAVING = range(3)


class Client:
    """A socket in a namespace."""

    __slots__ = ("held", "namespace", "rooms", "session", "sid", "state")

    def __init__(self, sid: str, session: "FastSession", namespace: str) -> None:
        self.sid = sid
        self.session = session
        self.namespace = namespace
        self.state = _ASKING
        self.rooms: set[str] | None = None
        self.held: list[Encoded] | None = None

    @property
    def connected(self) -> bool:
        """Whether it was accepted and is not leaving."""
        return self.state == CONNECTED

    def tell(self, entry: Encoded) -> None:
        """Send to it alone, or hold it back until it is accepted."""
        if self.state == CONNECTED:
            self.session.tell(entry)
        elif self.state == _ASKING:
            self.held = [*(self.held or ()), entry]


class Namespace:
    """The clients of one namespace, by sid, and its rooms."""

    __slots__ = ("clients", "rooms")

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}
        self.rooms: dict[str, dict[str, Client]] = {}


class FastClients(socketio.AsyncManager):  # type: ignore[misc]  # python-socketio ships no types
    """The client manager of the fast transport. `hub` broadcasts its wide rooms in the main namespace."""

    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self._hub = hub
        self._namespaces: dict[str, Namespace] = {}

    # telling

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str = "/",
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        """Emit an event, as python-socketio's managers do."""
        skip = skip_sid if isinstance(skip_sid, list) else [skip_sid]
        room = to or room
        if callback is None:
            self.tell(encode_event(event, data, namespace), room, skip, namespace)
            return
        for client in self._audience(namespace, room):
            if client.sid not in skip:
                ack = self._generate_ack_id(client.sid, callback)
                client.tell(encode_event(event, data, namespace, ack))

    def tell(
        self,
        entry: Encoded,
        room: Any = None,
        skip: Iterable[str | None] = (),
        namespace: str = "/",
    ) -> None:
        """Send an encoded packet to a client, to a room, to a list of rooms, or to everybody; but not to `skip`."""
        space = self._namespaces.get(namespace)
        if space is None:
            return
        alone = space.clients.get(room) if type(room) is str else None
        if alone is not None:
            if room not in skip:
                if alone.state == CONNECTED:
                    alone.session.tell(entry)
                else:
                    alone.tell(entry)
            return
        if namespace == "/" and (room is None or isinstance(room, str)) and room in self._hub.wide:
            clients = (space.clients.get(sid) for sid in skip if sid is not None)
            self._hub.broadcast(room, entry, [client.session for client in clients if client])
            return
        left_out = frozenset(skip)
        for client in self._audience(namespace, room):
            if client.sid not in left_out:
                client.tell(entry)

    def gather(self, entry: Encoded, sids: Iterable[str]) -> None:
        """Send an encoded packet to clients of the main namespace, joined with what else this tick tells them."""
        space = self._namespaces.get("/")
        if space is None:
            return
        for sid in sids:
            client = space.clients.get(sid)
            if client is None:
                continue
            if client.state == CONNECTED:
                self._hub.hold(client.session, entry)
            else:
                client.tell(entry)

    def _audience(self, namespace: str, room: Any) -> list[Client]:
        """Whom an emit to `room` reaches. A sid is a room of its own."""
        space = self._namespaces.get(namespace)
        if space is None:
            return []
        if room is None:
            return [client for client in space.clients.values() if client.connected]
        if isinstance(room, str):
            alone = space.clients.get(room)
            if alone is not None:
                return [alone]
            return [client for client in space.rooms.get(room, {}).values() if client.connected]
        found = {client.sid: client for one in room for client in self._audience(namespace, one)}
        return list(found.values())

    # coming

    def pre_connect_now(self, eio_sid: str, namespace: str) -> str | None:
        """A session asks for a namespace; its sid there, or None if it is there already."""
        session = self.server.eio.sockets.get(eio_sid)
        if session is None or namespace in session.clients:
            return None
        sid: str = self.server.eio.generate_id()
        client = Client(sid, session, namespace)
        session.clients[namespace] = client
        self._namespaces.setdefault(namespace, Namespace()).clients[sid] = client
        return sid

    async def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        """The same, as python-socketio asks."""
        return self.pre_connect_now(eio_sid, namespace)

    def end(self, sid: str) -> None:
        """Disconnect a client of the main namespace and close its connection, after what was sent to it before."""
        client = self._find(sid, "/")
        if client is not None:
            if client.connected:
                client.session.tell(_DISCONNECT)
            client.session.end(self.server.reason.SERVER_DISCONNECT)

    async def connect(self, sid: str, namespace: str) -> str:
        """The connect handler has accepted it, and it was told so."""
        client = self._find(sid, namespace)
        if client is not None and client.state == _ASKING:
            client.state = CONNECTED
            held, client.held = client.held, None
            for entry in held or ():
                client.session.tell(entry)
            self._place(client)
        return sid

    def is_pre_connected(self, sid: str, namespace: str) -> bool:
        """Whether its connect handler has not decided yet."""
        client = self._find(sid, namespace)
        return client is not None and client.state == _ASKING

    def is_connected(self, sid: str | None, namespace: str) -> bool:
        """Whether it was accepted and is not leaving."""
        client = self._find(sid, namespace)
        return client is not None and client.connected

    # who is who

    def _find(self, sid: str | None, namespace: str) -> Client | None:
        space = self._namespaces.get(namespace)
        return None if space is None or sid is None else space.clients.get(sid)

    def get_namespaces(self) -> Iterable[str]:
        """The namespaces that somebody is in."""
        return list(self._namespaces)

    def get_participants(self, namespace: str, room: Any) -> Iterator[tuple[str, str]]:
        """The sids that an emit to `room` reaches, each with its session's."""
        for client in self._audience(namespace, room):
            if client.connected:
                yield client.sid, client.session.sid

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:
        """The sid that a session has in a namespace."""
        session = self.server.eio.sockets.get(eio_sid)
        client = None if session is None else session.clients.get(namespace)
        return None if client is None else client.sid

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:
        """The session that a sid belongs to."""
        client = self._find(sid, namespace)
        return None if client is None else client.session.sid

    # going

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        """It is leaving: it hears nothing more, but its handlers still find it."""
        client = self._find(sid, namespace)
        if client is None:
            return None
        if namespace == "/":
            self._hub.place(client.session, ())
        client.state = _LEAVING
        client.held = None
        return client.session.sid

    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        """It has left."""
        client = self._find(sid, namespace)
        if client is None:
            return
        self.pre_disconnect(sid, namespace)
        space = self._namespaces[namespace]
        for room in client.rooms or ():
            self._leave(space, client, room)
        del space.clients[sid]
        if not space.clients:
            del self._namespaces[namespace]
        client.session.clients.pop(namespace, None)
        self.callbacks.pop(sid, None)

    # rooms

    def is_sid_room(self, namespace: str, room: Any) -> bool:
        """Whether `room` is a client's own."""
        return isinstance(room, str) and self._find(room, namespace) is not None

    def basic_enter_room(self, sid: str, namespace: str, room: str, eio_sid: str | None = None) -> None:
        """Put a client into a room."""
        client = self._find(sid, namespace)
        if client is None:
            raise ValueError("sid is not connected to requested namespace")
        if sid != room and self.is_sid_room(namespace, room):
            raise ValueError("cannot enter a sid room")
        if client.rooms is None:
            client.rooms = set()
        client.rooms.add(room)
        self._namespaces[namespace].rooms.setdefault(room, {})[sid] = client
        self._place_in(client, room)

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:
        """Take a client out of a room."""
        client = self._find(sid, namespace)
        if client is not None and client.rooms is not None and room in client.rooms:
            client.rooms.remove(room)
            self._leave(self._namespaces[namespace], client, room)
            self._place_in(client, room)

    def basic_close_room(self, room: str, namespace: str) -> None:
        """Take everybody out of a room."""
        if self.is_sid_room(namespace, room):
            raise ValueError("cannot close a sid room")
        space = self._namespaces.get(namespace)
        for sid in list(space.rooms.get(room, ())) if space is not None else ():
            self.basic_leave_room(sid, namespace, room)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """The rooms a client is in, its own included."""
        client = self._find(sid, namespace)
        return [] if client is None else [sid, *(client.rooms or ())]

    def _leave(self, space: Namespace, client: Client, room: str) -> None:
        members = space.rooms.get(room)
        if members is not None and members.pop(client.sid, None) is not None and not members:
            del space.rooms[room]

    def _place_in(self, client: Client, room: Room) -> None:
        if room in self._hub.wide:
            self._place(client)

    def _place(self, client: Client) -> None:
        """Let the hub know what this client hears of its wide rooms."""
        if client.namespace == "/" and client.connected:
            self._hub.place(client.session, {None, *(self._hub.wide & (client.rooms or set()))})
