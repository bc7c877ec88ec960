"""Notifications of the desktop (org.freedesktop.Notifications): shown, replaced in place, closed, acted upon.

Decides how the service is spoken to and which of its abilities are used: actions, answering in place (KDE), markup.
Spoken with jeepney, since QtDBus cannot send the unsigned numbers the service asks for. What cannot be shown here (no
bus, no service, another system) is handed back by `refused`: the tray may show it.
"""

import logging
import sys
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, QSocketNotifier, Signal

logger = logging.getLogger(__name__)

OPEN, REPLY, READ = "default", "reply", "read"
"""What a person can do with a notification: a click, and two buttons where there are buttons."""
_INLINE = "inline-reply"
_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_APP, _DESKTOP_FILE = "Presence Desktop", "presence-desktop"
_AS_THE_SERVICE_LIKES = -1
_Taker = Callable[[Any], None]


class Card(Struct, frozen=True):
    """One notification. Another one of the same `key` takes its place."""

    key: str
    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    """What can be done with it, as (`OPEN` | `REPLY` | `READ`, the word on the button)."""
    category: str = "im.received"


class _Shown(Struct):
    """A card on its way, or on the screen."""

    number: int = 0
    """By which the service knows it; 0 until it has answered."""
    under_way: bool = False
    """Whether the service has yet to answer."""
    waiting: Card | None = None
    """To be shown in its place as soon as it has."""
    unwanted: bool = False
    """To be closed as soon as it has."""


class Notifications(QObject):
    """The desktop's notifications. Nothing is loaded or connected before the first one."""

    acted = Signal(str, str)
    """The key of a card, and what was done with it."""
    replied = Signal(str, str)
    """The key of a card, and what was written as an answer to it."""
    refused = Signal(object)
    """A `Card` that cannot be shown here."""

    def __init__(self, bus: str | None = None, parent: QObject | None = None) -> None:
        """`bus` is the address of the session's bus, unless a test brings its own."""
        super().__init__(parent)
        self._bus = bus
        self._link: Any = None
        self._reader: QSocketNotifier | None = None
        self._answers: dict[int, _Taker] = {}
        self._abilities: frozenset[str] | None = None
        self._queue: list[Card] = []
        self._shown: dict[str, _Shown] = {}
        self.service = ""
        """Which service shows them; empty before the first, and where there is none."""

    def show(self, card: Card) -> None:
        """Show a card, in the place of the one of its key. Returns at once."""
        if self._link is None and not self._open():
            self.refused.emit(card)
        elif self._abilities is None:
            self._queue.append(card)
        else:
            self._notify(card)

    def close(self, key: str) -> None:
        """Take a card away; nothing happens if it is gone already."""
        self._queue = [card for card in self._queue if card.key != key]
        shown = self._shown.get(key)
        if shown is None:
            return
        shown.waiting = None
        if shown.under_way:
            shown.unwanted = True
        else:
            del self._shown[key]
            self._call("CloseNotification", "u", (shown.number,))

    def end(self) -> None:
        """Take all away, and speak to nobody any more."""
        for key in tuple(self._shown):
            self.close(key)
        self._drop()

    # --- the bus ---

    def _open(self) -> bool:
        if not sys.platform.startswith("linux"):
            return False
        from jeepney import MatchRule
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        try:
            self._link = open_dbus_connection(self._bus or "SESSION")
            rule = MatchRule(type="signal", sender=_SERVICE, interface=_SERVICE, path=_PATH)
            self._link.send(message_bus.AddMatch(rule))
        except (OSError, EOFError, ValueError, KeyError, RuntimeError) as error:
            logger.info("no notifications: the session's bus cannot be reached (%s)", type(error).__name__)
            self._drop()
            return False
        self._reader = QSocketNotifier(self._link.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._call("GetServerInformation", "", (), self._introduced)
        self._call("GetCapabilities", "", (), self._able)
        return self._link is not None

    def _call(self, method: str, signature: str, words: tuple[Any, ...], take: _Taker | None = None) -> None:
        """Ask the service; `take` gets what it answers, None for a refusal."""
        from jeepney import DBusAddress, new_method_call

        if self._link is None:
            return
        address = DBusAddress(_PATH, bus_name=_SERVICE, interface=_SERVICE)
        serial = next(self._link.outgoing_serial)
        if take is not None:
            self._answers[serial] = take
        try:
            self._link.send(new_method_call(address, method, signature, words), serial=serial)
        except OSError as error:
            logger.info("the session's bus is gone (%s)", error.strerror)
            self._drop()

    def _read(self) -> None:
        while self._link is not None:
            try:
                message = self._link.receive(timeout=0)
            except TimeoutError:
                return
            except (OSError, EOFError, ValueError) as error:
                logger.info("the session's bus is gone (%s)", type(error).__name__)
                self._drop()
            else:
                self._take(message)

    def _take(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.signal:
            self._told(str(fields.get(HeaderFields.member)), message.body)
        elif kind in (MessageType.method_return, MessageType.error):
            take = self._answers.pop(fields.get(HeaderFields.reply_serial, 0), None)
            if take is not None:
                take(message.body if kind is MessageType.method_return else None)

    def _drop(self) -> None:
        """No link any more: the next card tries anew."""
        queue, self._queue = self._queue, []
        if self._reader is not None:
            self._reader.setEnabled(False)
            self._reader.deleteLater()
            self._reader = None
        if self._link is not None:
            self._link.close()
            self._link = None
        self._answers.clear()
        self._shown.clear()
        self._abilities, self.service = None, ""
        for card in queue:
            self.refused.emit(card)

    # --- what the service says ---

    def _introduced(self, body: Any) -> None:
        self.service = str(body[0]) if body else ""

    def _able(self, body: Any) -> None:
        if body is None:
            logger.info("nobody shows notifications on this desktop")
            self._drop()
            return
        self._abilities = frozenset(map(str, body[0]))
        queue, self._queue = self._queue, []
        for card in queue:
            self._notify(card)

    def _told(self, name: str, body: Any) -> None:
        if name not in ("ActionInvoked", "NotificationReplied", "NotificationClosed"):
            return
        number, what = body[0], body[1]
        key = next((key for key, shown in self._shown.items() if shown.number == number), None)
        if key is None:
            return
        if name == "NotificationClosed":
            if not self._shown[key].under_way:
                del self._shown[key]
        elif name == "NotificationReplied":
            self.replied.emit(key, str(what))
        elif what != _INLINE:
            self.acted.emit(key, str(what))

    # --- cards ---

    def _notify(self, card: Card) -> None:
        shown = self._shown.setdefault(card.key, _Shown())
        if shown.under_way:
            shown.waiting, shown.unwanted = card, False
        else:
            self._send(card, shown)

    def _send(self, card: Card, shown: _Shown) -> None:
        abilities = self._abilities or frozenset()
        body = _escaped(card.body) if "body-markup" in abilities else card.body
        hints = {"desktop-entry": ("s", _DESKTOP_FILE), "category": ("s", card.category)}
        actions: list[str] = []
        for action, word in card.actions if "actions" in abilities else ():
            actions += [_INLINE if action == REPLY and _INLINE in abilities else action, word]
        words = (_APP, shown.number, _DESKTOP_FILE, card.title, body, actions, hints, _AS_THE_SERVICE_LIKES)
        shown.under_way = True
        self._call("Notify", "susssasa{sv}i", words, lambda answer: self._numbered(card, shown, answer))

    def _numbered(self, card: Card, shown: _Shown, answer: Any) -> None:
        """The service says under which number it shows a card."""
        shown.under_way = False
        if answer is None:
            self._shown.pop(card.key, None)
            self.refused.emit(card)
            return
        shown.number = int(answer[0])
        following, shown.waiting = shown.waiting, None
        if shown.unwanted:
            self.close(card.key)
        elif following is not None:
            self._send(following, shown)


def _escaped(text: str) -> str:
    import html  # with a table of two thousand names, which nobody needs before the first notification

    return html.escape(text, quote=False)
