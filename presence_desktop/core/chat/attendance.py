"""Which conversation is open here, as others are told, and who else has it open."""

from presence_desktop.core.chat.desk import Desk
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.incoming import Refusal
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationHere,
    LocationRoster,
    LocationUpdate,
)


class Attendance:
    """The open conversation and the people in it."""

    def __init__(self, gateway: ChatGateway, desk: Desk) -> None:
        self._gateway = gateway
        self._desk = desk
        self._room: int | None = None
        self._others: set[int] = set()
        self._linked = False
        self._me = 0

    def begin(self, me: int) -> None:
        """This is oneself: never counted."""
        self._me = me
        self._room = None
        self._others.clear()

    def of(self, conversation_id: int) -> tuple[int, ...]:
        """Who else has it open, by id; known of the open one only."""
        return tuple(sorted(self._others - {self._me})) if conversation_id == self._room else ()

    def enter(self, conversation_id: int | None) -> None:
        """This one is open now, None: none."""
        self._room = conversation_id
        self._others.clear()
        if self._linked:
            self._tell()

    def linked(self) -> None:
        """The link is up: the server forgot where one is."""
        self._linked = True
        if self._room is not None:
            self._tell()

    def lost(self) -> None:
        """There is no link: nobody is known to be here."""
        self._linked = False
        self._others.clear()

    def heard(self, told: LocationChanged, news: News) -> None:
        """Somebody came or went."""
        if told.room_id != self._room:
            return
        if told.here:
            self._others.add(told.user_id)
        else:
            self._others.discard(told.user_id)
        news.window = True

    def _tell(self) -> None:
        room = self._room
        self._gateway.send(LocationUpdate(room_id=room))
        if room is not None:
            self._desk.ask(LocationHere(room_id=room), LocationRoster, self._listed, _not_listed)

    def _listed(self, told: LocationRoster, news: News) -> None:
        if told.room_id == self._room:
            self._others = set(told.users)
            news.window = True


def _not_listed(_refusal: Refusal, _news: News) -> None:
    """Then nobody is shown."""
