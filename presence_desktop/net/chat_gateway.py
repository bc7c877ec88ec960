"""The way of conversations to the server, as `core.chat_ports.ChatGateway` has it: the link, searching, files.

Decides which thread does what: requests go over the link, a search waits for nobody's upload, files have threads of
their own. Nothing here decides what news means.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from presence_desktop.core import incoming
from presence_desktop.core.rest_call import RestCall
from presence_desktop.net.downloads import Downloads
from presence_desktop.net.link import Link
from presence_desktop.net.shelf import Shelf
from presence_desktop.net.tokens import Tokens
from presence_desktop.net.transfer_calls import TransferCalls
from presence_desktop.net.uploads import Uploads
from presence_desktop.net.workers import Worker
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.wire import Wire

SEARCH = "search"
AVATAR = "avatar"


class ChatGateway:
    """The part of the way to the server that conversations take. `post` is called from any thread."""

    def __init__(
        self, link: Link, tokens: Tokens, post: Callable[[incoming.Incoming], None], shelf: Shelf
    ) -> None:
        self._link = link
        self._tokens = tokens
        self._post = post
        self._uploads = Uploads(tokens, post)
        self._downloads = Downloads(tokens, post, shelf)
        self._asking = Worker("asking", hands=2)

    def send(self, event: Event, ask: int | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._link.send(event, ask)

    def ask(self, event: Event, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._link.ask(event, ask)

    def search(self, query: SearchQuery, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._asking.do(lambda: self._call(SEARCH, ask, lambda calls, token: calls.search(token, query)))

    def upload(self, file_id: UUID, path: str, name: str) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._uploads.begin(file_id, Path(path), name)

    def cancel_upload(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._uploads.cancel(file_id)

    def fetch_file(self, file_id: UUID, thumbnail: bool, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._downloads.fetch(file_id, thumbnail, path)

    def cancel_fetch(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._downloads.cancel(file_id)

    def forget_file(self, file_id: UUID, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._downloads.forget(file_id, path)

    def fetch_avatar(self, avatar: str) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._downloads.fetch_avatar(avatar)

    def set_avatar(self, data: bytes | None, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""

        def call(calls: TransferCalls, token: str) -> Wire:
            return calls.drop_avatar(token) if data is None else calls.set_avatar(token, data)

        self._asking.do(lambda: self._call(AVATAR, ask, call))

    def call(self, call: RestCall[Any], ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._asking.do(lambda: self._call(call.about, ask, lambda calls, token: calls.make(token, call)))

    # --- with the session, told by `gateway` ---

    def leave(self) -> None:
        """The session is over, or another one begins: files on their way end, untold."""
        self._uploads.leave()
        self._downloads.leave()

    def stop(self) -> None:
        """Begin nothing more, end what is on its way."""
        for part in (self._asking, self._uploads, self._downloads):
            part.stop()

    def join(self, seconds: float) -> bool:
        """Wait for the threads to end; whether they are gone."""
        ends = time.monotonic() + seconds
        for part in (self._asking, self._uploads, self._downloads):
            part.join(ends - time.monotonic())
        return self._asking.join(0) and self._uploads.join(0) and self._downloads.join(0)

    # --- in the worker ---

    def _call(self, event: str, ask: int, call: Callable[[TransferCalls, str], Wire]) -> None:
        try:
            answer = self._signed(call)
        except Refused as refused:
            wait = None if refused.retry_after is None else round(refused.retry_after * 1000)
            self._post(incoming.Refusal(event, refused.code, refused.message, ask, wait))
        else:
            self._post(incoming.Answered(ask, answer))

    def _signed(self, call: Callable[[TransferCalls, str], Wire]) -> Wire:
        server = self._tokens.server
        if server is None:
            raise Refused(Code.TOKEN_MISSING)
        calls = TransferCalls(server, self._tokens.trust)
        try:
            return self._tokens.signed(lambda token: call(calls, token))
        finally:
            calls.close()
