"""What the window of a conversation needs around it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from presence_desktop.core.chat.asks import OnRefusal
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat_ports import History
from presence_desktop.protocol.chat_events import MessageHistory, MessagePage


class Surroundings(Protocol):
    """What a window needs of `Chats`."""

    @property
    def history(self) -> History:
        """What is kept."""
        ...

    def step(self) -> AbstractContextManager[News]:
        """A step: what is done in it is settled and kept at its end."""
        ...

    def ask_page(
        self, event: MessageHistory, answered: Callable[[MessagePage, News], None], refused: OnRefusal
    ) -> None:
        """Ask the server; a page is in the cache before `answered` is called."""
        ...

    def unsent_rows(self, conversation_id: int) -> Sequence[Row]:
        """The outbox, as rows."""
        ...

    def whole(self, conversation_id: int) -> bool:
        """Whether there is a link, and nothing is being caught up."""
        ...
