"""REST: the messages of a conversation, the twins of the events in `protocol.chat_events`."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from presence_desktop.protocol import chat, chat_rest, limits
from presence_desktop.protocol.chat_events import MessagePage
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.services.chat.messages import ChatService
from presence_desktop.server.services.chat.reading import ChatReading
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paced import Caller, paced
from presence_desktop.server.transport.rest.paths import AnyConversation, AnyMessage

Place = Annotated[int, Field(ge=0, le=limits.SEQUENCE_MAX)]
Emoji = Annotated[
    str, Path(min_length=1, max_length=limits.REACTION_LENGTH, description="One emoji, percent-encoded.")
]
_READ = refusals(400, 401, 404, 422, 429, 503)
_CHANGE = refusals(400, 401, 403, 404, 409, 413, 422, 429, 503)


class HistoryPage(BaseModel):
    """Which messages are asked for: as `chat.Window`, but as text. A mistyped parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Place | None = None
    after: Place | None = None
    around: Place | None = None
    limit: Annotated[int, Field(ge=1, le=limits.HISTORY_PAGE)] = 50


class ChangesPage(BaseModel):
    """Which changes are asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Place = 0
    """The highest `change` one knows."""
    limit: Annotated[int, Field(ge=1, le=limits.HISTORY_PAGE)] = limits.HISTORY_PAGE


def router(conversations: Conversations, identify: Caller) -> APIRouter:
    """The calls under `/api/conversations/{id}` that are about messages."""
    routes = APIRouter(prefix="/api/conversations/{conversationId}", tags=["messages"])
    chat_service, pace = conversations.chat, conversations.pace
    writer = paced(identify, pace.write)
    _reading(routes, conversations.reading, paced(identify, pace.read))
    _writing(routes, chat_service, writer)
    _giving(routes, chat_service, writer)
    _marking(routes, chat_service, paced(identify, pace.ask))
    return routes


def _reading(routes: APIRouter, reading: ChatReading, reader: Caller) -> None:
    @routes.get("/messages", response_model=chat_rest.Page, responses=_READ)
    async def history(
        conversation_id: AnyConversation,
        wanted: Annotated[HistoryPage, Query()],
        who: Annotated[Identity, Depends(reader)],
    ) -> Response:
        """A window of messages by rising `seq`: the newest, or those before, after or around a place."""
        window = chat.Window(**wanted.model_dump())
        return _page(await reading.history(who.user_id, conversation_id, window))

    @routes.get("/changes", response_model=chat_rest.Page, responses=_READ)
    async def changes(
        conversation_id: AnyConversation,
        wanted: Annotated[ChangesPage, Query()],
        who: Annotated[Identity, Depends(reader)],
    ) -> Response:
        """What changed after a number, by rising `change`; go on while there is `more`."""
        return _page(await reading.missed(who.user_id, conversation_id, wanted.after, wanted.limit))

    @routes.get("/pins", response_model=chat_rest.Page, responses=refusals(400, 401, 404, 429, 503))
    async def pins(conversation_id: AnyConversation, who: Annotated[Identity, Depends(reader)]) -> Response:
        """The pinned messages, newest pin first."""
        return _page(await reading.pins(who.user_id, conversation_id))


def _writing(routes: APIRouter, service: ChatService, writer: Caller) -> None:
    @routes.post(
        "/messages",
        response_model=chat_rest.OneMessage,
        status_code=201,
        responses={200: {"model": chat_rest.OneMessage, "description": "It was stored before"}, **_CHANGE},
    )
    async def send(
        conversation_id: AnyConversation,
        body: Annotated[chat.NewMessage, Body()],
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Send a message. The same id again gives the message that was stored first."""
        message, new = await service.send(who.user_id, conversation_id, body)
        return _one(message, status=201 if new else 200)

    @routes.patch("/messages/{messageId}", response_model=chat_rest.OneMessage, responses=_CHANGE)
    async def edit(
        conversation_id: AnyConversation,
        message_id: AnyMessage,
        body: Annotated[chat_rest.Edited, Body()],
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Change the text of one's own message."""
        return _one(await service.edit(who.user_id, conversation_id, message_id, body.text))

    @routes.delete("/messages/{messageId}", response_model=chat_rest.OneMessage, responses=_CHANGE)
    async def delete(
        conversation_id: AnyConversation, message_id: AnyMessage, who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """Delete one's own message, or as owner or moderator anybody's."""
        return _one(await service.delete(who.user_id, conversation_id, message_id))


def _giving(routes: APIRouter, service: ChatService, writer: Caller) -> None:
    @routes.put(
        "/messages/{messageId}/reactions/{emoji}", response_model=chat_rest.OneMessage, responses=_CHANGE
    )
    async def react(
        conversation_id: AnyConversation,
        message_id: AnyMessage,
        emoji: Emoji,
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """React with an emoji."""
        return _one(await service.react(who.user_id, conversation_id, message_id, emoji, on=True))

    @routes.delete(
        "/messages/{messageId}/reactions/{emoji}", response_model=chat_rest.OneMessage, responses=_CHANGE
    )
    async def take_back(
        conversation_id: AnyConversation,
        message_id: AnyMessage,
        emoji: Emoji,
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Take a reaction back."""
        return _one(await service.react(who.user_id, conversation_id, message_id, emoji, on=False))

    @routes.put("/messages/{messageId}/pin", response_model=chat_rest.OneMessage, responses=_CHANGE)
    async def pin(
        conversation_id: AnyConversation, message_id: AnyMessage, who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """Pin a message (in rooms: owner and moderators)."""
        return _one(await service.pin(who.user_id, conversation_id, message_id, on=True))

    @routes.delete("/messages/{messageId}/pin", response_model=chat_rest.OneMessage, responses=_CHANGE)
    async def unpin(
        conversation_id: AnyConversation, message_id: AnyMessage, who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """Take a pin off."""
        return _one(await service.pin(who.user_id, conversation_id, message_id, on=False))


def _marking(routes: APIRouter, service: ChatService, asker: Caller) -> None:
    @routes.post("/marks", response_model=chat_rest.MarksTaken, responses=_CHANGE)
    async def mark(
        conversation_id: AnyConversation,
        body: Annotated[chat_rest.MarksSet, Body()],
        who: Annotated[Identity, Depends(asker)],
    ) -> Response:
        """Say how far one is; one's own marks and counts after that."""
        marks, counts = await service.mark(
            who.user_id, conversation_id, delivered=body.delivered_seq, read=body.read_seq
        )
        taken = chat_rest.MarksTaken(
            delivered_seq=marks.delivered_seq,
            read_seq=marks.read_seq,
            unread=counts.unread,
            mentions=counts.mentions,
        )
        return answer(taken)


def _one(message: chat.Message, *, status: int = 200) -> Response:
    return answer(chat_rest.OneMessage(message=message), status=status)


def _page(page: MessagePage) -> Response:
    return answer(
        chat_rest.Page(
            conversation_id=page.conversation_id,
            messages=page.messages,
            more=page.more,
            last_seq=page.last_seq,
            last_change=page.last_change,
        )
    )
