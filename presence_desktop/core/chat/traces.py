"""What is gone leaves no file on this computer: those of a deleted message, and of a conversation one is no longer in.

Decides which files these are. Both are asked before the news is kept: what tells them is the cache.
"""

from collections.abc import Iterable

from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.shelf import Shelf
from presence_desktop.core.chat_ports import History
from presence_desktop.protocol.chat import Message


class Traces:
    """Has them forgotten."""

    def __init__(self, history: History, shelf: Shelf) -> None:
        self._history = history
        self._shelf = shelf

    def told(self, messages: Iterable[Message], news: News) -> None:
        """Messages as they are now: of those that were deleted nothing stays."""
        for message in messages:
            if message.deleted_at is not None:
                for before in self._history.messages(message.conversation_id, [message.id]):
                    for attachment in before.attachments:
                        self._shelf.forget(attachment.id)
                        news.files.add(attachment.id)

    def gone(self, conversation_id: int) -> None:
        """One is not in this conversation any more."""
        for file_id in self._history.files(conversation_id):
            self._shelf.forget(file_id)
