"""A way to no server: for a client without conversations."""

from typing import Any
from uuid import UUID

from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.events import Event


class Nowhere:
    """See `core.chat_ports.ChatGateway`. Nothing is ever answered, for nothing is ever asked."""

    def send(self, event: Event, ask: int | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def ask(self, event: Event, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def search(self, query: SearchQuery, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def upload(self, file_id: UUID, path: str, name: str) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def cancel_upload(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def fetch_file(self, file_id: UUID, thumbnail: bool, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def cancel_fetch(self, file_id: UUID) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def forget_file(self, file_id: UUID, path: str | None = None) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def fetch_avatar(self, avatar: str) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def set_avatar(self, data: bytes | None, ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""

    def call(self, call: RestCall[Any], ask: int) -> None:
        """See `core.chat_ports.ChatGateway`."""
