"""What people read of their conversations: the overview, history both ways, what they missed, what they search.

Reads only; whoever is no member is told that there is no such conversation.
"""

from presence_desktop.protocol import chat
from presence_desktop.protocol.chat_events import MessagePage
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.searching import words_of
from presence_desktop.server.services.chat import views
from presence_desktop.server.services.chat.pages import fitting, forward
from presence_desktop.server.services.chat.ports import ChatStore, Stretch


class ChatReading:
    """The readings of conversations."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store

    async def overview(self, user_id: int) -> list[chat.Conversation]:
        """All conversations somebody is in, by id."""
        return [views.standing(one, user_id) for one in await self._store.overview(user_id)]

    async def one(self, user_id: int, conversation_id: int) -> chat.Conversation:
        """One of them. Raises Refused(UNKNOWN_CONVERSATION)."""
        found = await self._store.standing(conversation_id, user_id)
        if found is None:
            raise Refused(Code.UNKNOWN_CONVERSATION)
        return views.standing(found, user_id)

    async def history(self, user_id: int, conversation_id: int, window: chat.Window) -> MessagePage:
        """A window of messages. Raises Refused: UNKNOWN_CONVERSATION; INVALID_PAYLOAD for two directions at once."""
        if sum(edge is not None for edge in (window.before, window.after, window.around)) > 1:
            raise Refused(Code.INVALID_PAYLOAD, "Only one of before, after and around.")
        found = _found(await self._store.window(conversation_id, user_id, window))
        return views.page(conversation_id, fitting(found, window))

    async def missed(self, user_id: int, conversation_id: int, after: int, limit: int) -> MessagePage:
        """What changed after this number. Raises Refused(UNKNOWN_CONVERSATION)."""
        found = _found(await self._store.missed(conversation_id, user_id, after, limit))
        return views.page(conversation_id, forward(found))

    async def pins(self, user_id: int, conversation_id: int) -> MessagePage:
        """The pinned messages. Raises Refused(UNKNOWN_CONVERSATION)."""
        return views.page(conversation_id, _found(await self._store.pinned(conversation_id, user_id)))

    async def search(self, user_id: int, query: chat.SearchQuery) -> tuple[list[chat.Message], str | None]:
        """Messages that hold all words of the query, newest first, and the next page's cursor. Raises Refused."""
        words = words_of(query.q)
        if not words:
            raise Refused(Code.INVALID_TEXT)
        if query.cursor is not None and not (query.cursor.isascii() and query.cursor.isdigit()):
            raise Refused(Code.INVALID_PAYLOAD)
        letters, following = await self._store.search(user_id, query, words)
        return [views.message(letter) for letter in letters], following


def _found(stretch: Stretch | None) -> Stretch:
    if stretch is None:
        raise Refused(Code.UNKNOWN_CONVERSATION)
    return stretch
