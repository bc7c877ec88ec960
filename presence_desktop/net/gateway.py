"""The way to the server, as `core.ports.Gateway` has it: REST, the link and the secret's keeping, joined. What
conversations need besides is its `chat`.

Decides which thread does what: calls that may block run in one of two workers (the server's calls; the keyring, which
may wait for its owner for minutes), the link has its own. Nothing here decides what news means.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from presence_desktop.core import incoming
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.ports import Clock, Secrets
from presence_desktop.core.trust import MemoryPins, Pins
from presence_desktop.net.arrival import arrive
from presence_desktop.net.chat_gateway import ChatGateway
from presence_desktop.net.link import Link, Prepared
from presence_desktop.net.rest import Rest
from presence_desktop.net.shelf import NoShelf, Shelf
from presence_desktop.net.tokens import Leaving, Tokens
from presence_desktop.net.trust import Trust
from presence_desktop.net.workers import Worker
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Cursor, DeviceState, Event, StatusUpdate
from presence_desktop.protocol.wire import checked

CLOSE_SECONDS = 2.0
KEYRING_SECONDS = 2.0
"""After so long it is said that the keyring has not answered yet."""


class Gateway:
    """The one way to the server. `post` is called from any thread, with one news at a time."""

    def __init__(
        self,
        post: Callable[[incoming.Incoming], None],
        secrets: Secrets,
        clock: Clock,
        shelf: Shelf | None = None,
        pins: Pins | None = None,
        device: str | None = None,
    ) -> None:
        """`shelf` None: no file can be fetched. `pins` None: what is learned of servers is gone with this object.

        `device` is what this computer is called among its person's devices.
        """
        self._device = device
        self._post = post
        self._secrets = secrets
        self._trust = Trust(pins or MemoryPins())
        self._tokens = Tokens(clock, self._renewed, self._trust)
        self._link = Link(self._tokens, clock, post, self._session_over)
        self.chat = ChatGateway(self._link, self._tokens, post, shelf or NoShelf())
        self._calls = Worker("calls")
        self._keeping = Worker("secrets")
        self._account = ""
        self._announced = False
        self._told_no_keyring = False
        self._entries = 0
        self._reading = threading.Lock()

    def register(self, link: JoinLink, email: str, username: str, password: str) -> None:
        """See `core.ports.Gateway`."""

        def call(calls: Rest) -> rest.SignedIn:
            wanted = rest.Register(
                email=email, username=username, password=password, invite=link.invite, device=self._device
            )
            return calls.register(checked(wanted))

        self._entries += 1
        self._calls.do(lambda: self._follow(link, email, call))

    def sign_in(self, server: str, email: str, password: str) -> None:
        """See `core.ports.Gateway`."""

        def call(calls: Rest) -> rest.SignedIn:
            return calls.login(checked(rest.Login(email=email, password=password, device=self._device)))

        self._entries += 1
        self._calls.do(lambda: self._enter(server, email, call))

    def resume(self, server: str, email: str) -> None:
        """See `core.ports.Gateway`."""
        self._entries += 1
        entry = self._entries
        self._keeping.do(lambda: self._resume(server, email, entry))

    def connect(self) -> None:
        """See `core.ports.Gateway`."""
        self._link.up()

    def prepare(self, known: Cursor | None, state: DeviceState | None, claim: StatusUpdate | None) -> None:
        """See `core.ports.Gateway`."""
        self._link.prepare(Prepared(known, state, claim))

    def send(self, event: Event, ask: int | None = None) -> None:
        """See `core.ports.Gateway`."""
        self._link.send(event, ask)

    def fetch_directory(self) -> None:
        """See `core.ports.Gateway`. While one reading is under way, no other is begun."""
        if self._reading.acquire(blocking=False):
            self._calls.do(self._read_directory)

    def reconnect_now(self) -> None:
        """See `core.ports.Gateway`."""
        if self._tokens.server is not None:
            self._link.up()
            self._link.hurry()

    def pause(self) -> None:
        """See `core.ports.Gateway`."""
        self._calls.do(self._link.down)

    def sign_out(self) -> None:
        """See `core.ports.Gateway`."""
        self._entries += 1
        self._calls.do(self._leave)

    def close(self) -> None:
        """See `core.ports.Gateway`."""
        ends = time.monotonic() + CLOSE_SECONDS
        self._calls.stop()
        self._keeping.stop(finish=True)  # a secret that is to go, goes
        self.chat.stop()
        self._link.stop()
        for part in (self._link, self._calls, self._keeping, self.chat):
            part.join(ends - time.monotonic())

    # --- in the workers ---

    def _follow(self, link: JoinLink, email: str, call: Callable[[Rest], rest.SignedIn]) -> None:
        arrived = arrive(link, self._trust)
        if arrived.refused is None:
            self._enter(arrived.server, email, call)
        else:
            self._fail(arrived.server, arrived.refused)

    def _fail(self, server: str, refused: Refused) -> None:
        question = self._trust.question(server, refused)
        self._post(incoming.SignInFailed(refused.code, refused.message, question))

    def _enter(self, server: str, email: str, call: Callable[[Rest], rest.SignedIn]) -> None:
        calls = Rest(server, self._trust)
        try:
            answer = call(calls)
        except Refused as refused:
            self._fail(server, refused)
            return
        except ValueError:
            self._post(incoming.SignInFailed(Code.INVALID_PAYLOAD, "A field is missing or has a wrong form."))
            return
        finally:
            calls.close()
        self._link.down()
        self.chat.leave()
        self._account = email
        self._trust.accepted(server)
        self._tokens.begin(server, answer)
        self._announced = True
        self._post(incoming.SignedIn(server, answer.user))
        self._keep(server, answer.refresh_token)

    def _resume(self, server: str, email: str, entry: int) -> None:
        secret, trouble = self._kept_secret(server, email)
        if entry != self._entries:  # the person did not wait for the keyring
            return
        if secret is None:
            self._post(incoming.SignInFailed(trouble.code, trouble.message))
            return
        self._account = email
        self._announced = False
        self._tokens.begin_again(server, secret)
        self._link.up()

    def _kept_secret(self, server: str, email: str) -> tuple[str | None, Refused]:
        """What the keyring has, and what to say where that is nothing. Until it answers, it is told that one waits."""
        late = threading.Timer(KEYRING_SECONDS, self._post, (incoming.SecretsAwaited(),))
        late.daemon = True
        late.start()
        try:
            return self._secrets.get(server, email), Refused(Code.TOKEN_MISSING, "No session is kept.")
        except Refused as refused:
            return None, refused
        finally:
            late.cancel()

    def _read_directory(self) -> None:
        try:
            server = self._tokens.server
            if server is not None:
                with suppress(Refused):  # the client asks again while the last page is missing
                    self._pages(server)
        finally:
            self._reading.release()

    def _pages(self, server: str) -> None:
        calls = Rest(server, self._trust)
        after: int | None = 0
        try:
            while after is not None and self._tokens.server == server:
                page = self._tokens.signed(partial(calls.directory, after=after))
                after = page.next
                self._post(incoming.DirectoryArrived(tuple(page.users), last=after is None))
        finally:
            calls.close()

    def _leave(self) -> None:
        """Sign out: the goodbye first, so that the others see it at once; the secret; then the server's books."""
        self._link.down()
        self.chat.leave()
        leaving = self._tokens.end()
        if leaving is not None:
            self._forget(leaving.server)
        self._post(incoming.SignedOut())  # after which an account that is forgotten may be closed at once
        if leaving is None:
            return
        calls = Rest(leaving.server, self._trust)
        try:
            _void(calls, leaving)
        finally:
            calls.close()

    # --- called back, from the link or whoever needed a token ---

    def _renewed(self, server: str, answer: rest.SignedIn) -> None:
        self._trust.accepted(server)
        self._keep(server, answer.refresh_token)
        if not self._announced:
            self._announced = True
            self._post(incoming.SignedIn(server, answer.user))

    def _session_over(self, code: Code) -> None:
        self.chat.leave()
        leaving = self._tokens.end()
        if leaving is not None:
            self._forget(leaving.server)
        self._post(incoming.SignedOut(code))

    # --- the secret ---

    def _keep(self, server: str, refresh_token: str) -> None:
        account = self._account
        self._keeping.do(lambda: self._try(lambda: self._secrets.set(server, account, refresh_token)))

    def _forget(self, server: str) -> None:
        account = self._account
        self._keeping.do(lambda: self._try(lambda: self._secrets.delete(server, account)))

    def _try(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except Refused as refused:
            if not self._told_no_keyring:
                self._told_no_keyring = True
                self._post(incoming.SecretsUnavailable(refused.code))


def _void(calls: Rest, leaving: Leaving) -> None:
    """End the session on its server; a token that has expired is renewed for this last call.

    A server that cannot be reached keeps the session until it runs out: its secret is gone from here in any case.
    """
    with suppress(Refused):
        try:
            if leaving.access is not None:
                calls.logout(leaving.access, leaving.refresh)
                return
        except Refused as refused:
            if refused.code is not Code.TOKEN_EXPIRED:
                raise
        renewed = calls.refresh(leaving.refresh)
        calls.logout(renewed.token, renewed.refresh_token)
