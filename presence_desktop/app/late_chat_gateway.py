"""The part of the late gateway that conversations take: its calls wait, too, until the real one is there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.events import Event


class LateChatGateway:
    """Stands for the way of conversations (`core.chat_ports.ChatGateway`)."""

    def __init__(self, do: Callable[[Callable[[ChatGateway], None]], None]) -> None:
        """`do` makes a call on the real one, as soon as there is one."""
        self._do = do

    def send(self, event: Event, ask: int | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.send(event, ask))

    def ask(self, event: Event, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.ask(event, ask))

    def search(self, query: SearchQuery, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.search(query, ask))

    def upload(self, file_id: UUID, path: str, name: str) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.upload(file_id, path, name))

    def cancel_upload(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.cancel_upload(file_id))

    def fetch_file(self, file_id: UUID, thumbnail: bool, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.fetch_file(file_id, thumbnail, path))

    def cancel_fetch(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.cancel_fetch(file_id))

    def forget_file(self, file_id: UUID, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.forget_file(file_id, path))

    def fetch_avatar(self, avatar: str) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.fetch_avatar(avatar))

    def set_avatar(self, data: bytes | None, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.set_avatar(data, ask))

    def call(self, call: RestCall[Any], ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
        self._do(lambda real: real.call(call, ask))
