"""What the parts of `Chats` need of it: to ask the server, and to have news taken in where it belongs."""

from collections.abc import Callable, Sequence
from typing import Protocol

from presence_desktop.core.chat.asks import Answer, OnRefusal
from presence_desktop.core.chat.news import News
from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.chat_events import MessageMarks
from presence_desktop.protocol.events import Event


class Desk(Protocol):
    """Where the parts meet."""

    def ask(
        self, event: Event, kind: type[Answer], answered: Callable[[Answer, News], None], refused: OnRefusal
    ) -> int:
        """Ask the server; the number of the ask."""
        ...

    def hear(self, messages: Sequence[Message], news: News) -> None:
        """Messages as they are now."""
        ...

    def marked(self, told: MessageMarks, news: News) -> None:
        """How far somebody is."""
        ...

    def unsent_changed(self, conversation_id: int, news: News) -> None:
        """The outbox of a conversation is another one."""
        ...

    def restarted(self, conversation_id: int, news: News) -> None:
        """What was kept of a conversation was given up."""
        ...

    def gone(self, conversation_id: int, news: News) -> None:
        """One is no longer in a conversation: nothing of it stays."""
        ...
