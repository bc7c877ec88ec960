"""Keeps a line to the server open: opens, watches, reopens with full jitter, until told otherwise.

Decides when the next try comes and when the session is over. One thread does it all; what is heard goes to `post` from
the reading thread of the line. What the connect message carries is set from outside (`prepare`), at any time.
"""

import random
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from msgspec import Struct

from presence_desktop.core import incoming
from presence_desktop.core.connection import backoff
from presence_desktop.core.ports import Clock
from presence_desktop.core.trust import Question
from presence_desktop.net.asks import Asks
from presence_desktop.net.decoding import ACKNOWLEDGED, decode, decode_answer
from presence_desktop.net.encoding import said
from presence_desktop.net.errors import SESSION_OVER, bad_answer, ending
from presence_desktop.net.line import Line
from presence_desktop.net.reading import read
from presence_desktop.net.tokens import Tokens
from presence_desktop.protocol import events
from presence_desktop.protocol.errors import Code, Refused

HELLO_SECONDS = 8.0
"""How long the server may take to say `connected` once the line is open."""
GOODBYE_SECONDS = 1.5
_LOOK_SECONDS = 1.0
_TRANSPORTS = (["websocket"], ["polling", "websocket"])
"""The fast way first; where something in between lets no websocket through, the slow one."""
_CHANCE = random.SystemRandom().random


class _Wish(Enum):
    """What is wanted of the link."""

    DOWN = auto()
    UP = auto()
    CLOSED = auto()


class _SessionOver(Exception):
    """No further try makes sense: the server wants another sign-in."""

    def __init__(self, code: Code) -> None:
        self.code = code
        super().__init__(code.value)


class Prepared(Struct, frozen=True):
    """What the next connect message carries besides the token."""

    known: events.Cursor | None = None
    state: events.DeviceState | None = None
    claim: events.StatusUpdate | None = None

    def auth(self, token: str) -> dict[str, Any]:
        """The CONNECT payload."""
        payload = events.ConnectAuth(
            token=token, presence=2, known=self.known, state=self.state, claim=self.claim
        )
        return said(payload)


class Link:
    """The live link. `post` gets the news, `over` the reason when the server ended the session."""

    def __init__(
        self,
        tokens: Tokens,
        clock: Clock,
        post: Callable[[incoming.Incoming], None],
        over: Callable[[Code], None],
        chance: Callable[[], float] = _CHANCE,
    ) -> None:
        self._tokens = tokens
        self._clock = clock
        self._post = post
        self._session_over = over
        self._chance = chance
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._wish = _Wish.DOWN
        self._session = 0
        self._hurry = False
        self._attempt = 0
        self._way = 0
        self._line: Line | None = None
        self._token: str | None = None
        self._stale: str | None = None
        self._greeted = False
        self._ending: Refused | None = None
        self._prepared = Prepared()
        self._carried: events.StatusUpdate | None = None
        self._asks = Asks()

    # --- from outside, any thread ---

    def prepare(self, prepared: Prepared) -> None:
        """What the next connect message is to carry."""
        self._prepared = prepared

    def up(self) -> None:
        """Open the link and keep it open; returns at once."""
        with self._changed:
            if self._wish is not _Wish.DOWN:
                return
            self._wish = _Wish.UP
            self._attempt = 0
            self._stale = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="link", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def hurry(self) -> None:
        """Try at once, over a new line: the one that stands may be dead without knowing. Returns at once."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()

    def down(self) -> None:
        """Say goodbye and stay without a link. Waits for it, 1.5 s at most."""
        with self._changed:
            if self._wish is _Wish.CLOSED:
                return
            self._wish = _Wish.DOWN
            self._session += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._line is None, GOODBYE_SECONDS)

    def stop(self) -> None:
        """Say goodbye for good; returns at once, `join` waits."""
        with self._changed:
            self._wish = _Wish.CLOSED
            self._session += 1
            self._changed.notify_all()
            line = self._line
        if line is not None and not self._greeted:
            line.cancel()

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end; whether it is gone."""
        if self._thread is not None:
            self._thread.join(max(0.0, seconds))
        return self._thread is None or not self._thread.is_alive()

    def send(self, event: events.Event, ask: int | None = None) -> None:
        """Send an event over the line that stands; without one it is dropped."""
        line = self._line
        if line is None:
            return
        name, payload = event.name, said(event)
        if ask is None:
            line.emit(name, payload)
        else:
            session = self._session
            line.emit(name, payload, lambda answer: self._tell(session, decode_answer(name, ask, answer)))

    def ask(self, event: events.Event, ask: int) -> None:
        """Send an event and post its answer, or a refusal where none can come: one of them, exactly once."""
        line, name = self._line, event.name
        self._asks.note(ask, name)

        def answered(answer: object) -> None:
            if self._asks.take(ask):
                self._post(decode_answer(name, ask, answer))

        payload = said(event)
        if (line is None or not line.emit(name, payload, answered)) and self._asks.take(ask):
            self._refuse(ask, name)

    # --- the thread ---

    def _run(self) -> None:
        while self._wanted():
            session = self._session
            try:
                self._hold(session)
                self._refuse_all()
            except Refused as refused:
                self._lost(session, refused)
            except _SessionOver as ended:
                self._end(session, ended.code)

    def _wanted(self) -> bool:
        """Wait until a link is wanted; False when none ever will be again."""
        with self._changed:
            self._changed.wait_for(lambda: self._wish is not _Wish.DOWN)
            self._hurry = False
            return self._wish is _Wish.UP

    def _hold(self, session: int) -> None:
        """One line, from its opening to its end. Raises `Refused` where it did not end by our own wish."""
        self._tell(session, incoming.LinkTrying(self._attempt))
        line = Line(lambda name, data: self._heard(session, name, data), self._wake)
        self._greeted, self._ending = False, None
        with self._changed:
            self._line = line
        try:
            self._open(line)
            self._watch(line, session)
        finally:
            line.drop()
            with self._changed:
                self._line = None
                self._changed.notify_all()

    def _open(self, line: Line) -> None:
        self._token = self._good_token()
        server = self._tokens.server
        if server is None:
            raise Refused(Code.TOKEN_MISSING)
        prepared = self._prepared
        self._carried = prepared.claim
        try:
            way = self._tokens.trust.way(server)
            line.open(way, prepared.auth(self._token), list(_TRANSPORTS[self._way]))
        except Refused as refused:
            if refused.code is Code.BAD_ANSWER:
                self._way = 1 - self._way
            raise self._tokens.trust.judged(server, refused) from None

    def _good_token(self) -> str:
        try:
            return self._tokens.current(refused=self._stale)
        except Refused as refused:
            if refused.code in SESSION_OVER:
                raise _SessionOver(refused.code) from None
            raise

    def _watch(self, line: Line, session: int) -> None:
        """Stay with the line until it ends, or until something else is wanted."""
        overdue = time.monotonic() + HELLO_SECONDS
        while not line.over and self._ending is None:
            with self._changed:
                self._changed.wait_for(lambda: self._called(line, session), _LOOK_SECONDS)
                left, hurried = self._session != session, self._hurry
            for ask, name in self._asks.take_overdue():
                self._refuse(ask, name)
            if left:
                line.goodbye()
                return
            if hurried:
                raise Refused(Code.UNREACHABLE, "The connection is made anew.")
            if line.dead:
                raise Refused(Code.UNREACHABLE, "The server has fallen silent.")
            if not self._greeted and time.monotonic() > overdue:
                raise bad_answer("The server does not greet.")
        raise line.refused or self._ending or Refused(Code.UNREACHABLE, "The connection broke.")

    def _called(self, line: Line, session: int) -> bool:
        return line.over or self._ending is not None or self._hurry or self._session != session

    def _lost(self, session: int, refused: Refused) -> None:
        """Say that there is no link, and wait for the next try; or find the session over."""
        if refused.code in SESSION_OVER:
            if refused is self._ending or refused.code is Code.ACCOUNT_DISABLED or self._stale is not None:
                self._end(session, refused.code)
            else:
                self._stale = self._token
                self._refuse_all()
            return
        question = self._question(refused)
        with self._changed:
            seconds = 0.0 if self._hurry else refused.retry_after or backoff(self._attempt, self._chance)
        self._attempt += 1
        next_try_at = None if question else self._clock.now() + round(seconds * 1000)
        self._tell(session, incoming.LinkLost(refused.code, refused.message, next_try_at, question))
        self._refuse_all()
        with self._changed:
            patience = None if question else seconds
            self._changed.wait_for(lambda: self._hurry or self._session != session, patience)

    def _question(self, refused: Refused) -> Question | None:
        """What to ask the person; until there is an answer nothing more is tried."""
        server = self._tokens.server
        return None if server is None else self._tokens.trust.question(server, refused)

    def _end(self, session: int, code: Code) -> None:
        self._refuse_all()
        with self._changed:
            if self._session != session:
                return
            self._wish = _Wish.DOWN
            self._session += 1
        self._session_over(code)

    def _refuse_all(self) -> None:
        """No answers will come over the line that was. Why, `LinkLost` says; what was asked may be asked again."""
        for ask, name in self._asks.take_all():
            self._refuse(ask, name)

    def _refuse(self, ask: int, name: str) -> None:
        self._post(incoming.Refusal(name, Code.UNREACHABLE, "No answer came.", ask))

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    # --- what is heard, in the line's reading thread ---

    def _heard(self, session: int, name: str, data: object) -> None:
        if name == events.Connected.name:
            self._hello(session, data)
        elif name == events.SessionEnded.name:
            self._ending = ending(data)
            self._wake()
        elif not _answered_already(name, data):
            item = decode(name, data)
            if item is not None:
                self._tell(session, item)

    def _hello(self, session: int, data: object) -> None:
        try:
            connected = read(data, events.Connected)
        except ValueError:
            self._ending = bad_answer("The server's greeting could not be read.")
            self._wake()
            return
        self._greeted, self._attempt, self._stale = True, 0, None
        self._tell(session, incoming.LinkUp(connected, self._carried))

    def _tell(self, session: int, item: incoming.Incoming) -> None:
        """Post, unless the session it belongs to was left meanwhile."""
        if session == self._session:
            self._post(item)


def _answered_already(name: str, data: object) -> bool:
    return name == events.RequestError.name and isinstance(data, dict) and data.get("event") in ACKNOWLEDGED
