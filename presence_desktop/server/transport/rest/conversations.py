"""REST: conversations and who is in them, the twins of the events in `protocol.chat_events`."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends
from starlette.responses import Response

from presence_desktop.protocol import chat, chat_rest, rest
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paced import Caller, paced
from presence_desktop.server.transport.rest.paths import AnyConversation, AnyUser


def router(conversations: Conversations, identify: Caller) -> APIRouter:
    """The calls under `/api/conversations` that are about no message."""
    routes = APIRouter(prefix="/api/conversations", tags=["conversations"])
    writer = paced(identify, conversations.pace.write)
    pace = conversations.pace
    _finding(routes, conversations, writer, paced(identify, pace.ask), paced(identify, pace.read))
    _changing(routes, conversations, writer)
    return routes


def _finding(
    routes: APIRouter, conversations: Conversations, writer: Caller, asker: Caller, reader: Caller
) -> None:
    rooms, reading = conversations.rooms, conversations.reading

    @routes.get("", response_model=chat_rest.Conversations, responses=refusals(401, 429, 503))
    async def overview(who: Annotated[Identity, Depends(reader)]) -> Response:
        """All conversations one is in, with marks, counts and last numbers."""
        return answer(chat_rest.Conversations(conversations=await reading.overview(who.user_id)))

    @routes.post(
        "/direct",
        response_model=chat_rest.OneConversation,
        responses=refusals(400, 401, 404, 413, 422, 429, 503),
    )
    async def direct(
        body: Annotated[chat_rest.DirectWith, Body()], who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """The direct conversation with somebody, made if there is none."""
        return _one(await rooms.open_direct(who.user_id, body.user_id))

    @routes.get("/rooms", response_model=chat_rest.Rooms, responses=refusals(401, 429, 503))
    async def public(who: Annotated[Identity, Depends(asker)]) -> Response:
        """The public rooms, by title."""
        return answer(chat_rest.Rooms(rooms=await rooms.public(who.user_id)))

    @routes.post(
        "/rooms",
        response_model=chat_rest.OneConversation,
        status_code=201,
        responses={
            200: {"model": chat_rest.OneConversation, "description": "It was made before"},
            **refusals(400, 401, 404, 413, 422, 429, 503),
        },
    )
    async def create(
        body: Annotated[chat.NewRoom, Body()], who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """Make a room and own it. The same id again gives the room that was made first."""
        made, new = await rooms.create(who.user_id, body)
        return _one(made, status=201 if new else 200)

    @routes.get(
        "/{conversationId}",
        response_model=chat_rest.OneConversation,
        responses=refusals(400, 401, 404, 429, 503),
    )
    async def one(conversation_id: AnyConversation, who: Annotated[Identity, Depends(reader)]) -> Response:
        """One conversation that one is in."""
        return _one(await reading.one(who.user_id, conversation_id))


def _changing(routes: APIRouter, conversations: Conversations, writer: Caller) -> None:
    rooms = conversations.rooms

    @routes.patch(
        "/{conversationId}",
        response_model=chat_rest.OneConversation,
        responses=refusals(400, 401, 403, 404, 413, 422, 429, 503),
    )
    async def update(
        conversation_id: AnyConversation,
        body: Annotated[chat.RoomPatch, Body()],
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Change a room's title, topic or visibility (owner and moderators)."""
        return _one(await rooms.update(who.user_id, conversation_id, body))

    @routes.post(
        "/{conversationId}/members",
        response_model=chat_rest.OneConversation,
        responses=refusals(400, 401, 403, 404, 409, 413, 422, 429, 503),
    )
    async def invite(
        conversation_id: AnyConversation,
        body: Annotated[chat_rest.Invited, Body()],
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Bring people into a room; oneself alone: join a public one."""
        if body.user_ids == [who.user_id]:
            return _one(await rooms.join(who.user_id, conversation_id))
        return _one(await rooms.invite(who.user_id, conversation_id, body.user_ids))

    @routes.patch(
        "/{conversationId}/members/{userId}",
        response_model=chat_rest.OneConversation,
        responses=refusals(400, 401, 403, 404, 409, 413, 422, 429, 503),
    )
    async def role(
        conversation_id: AnyConversation,
        user_id: AnyUser,
        body: Annotated[chat_rest.RoleGiven, Body()],
        who: Annotated[Identity, Depends(writer)],
    ) -> Response:
        """Give a member of a room a role (owner)."""
        return _one(await rooms.give_role(who.user_id, conversation_id, user_id, chat.MemberRole(body.role)))

    @routes.delete(
        "/{conversationId}/members/{userId}",
        response_model=rest.Success,
        responses=refusals(400, 401, 403, 404, 409, 429, 503),
    )
    async def remove(
        conversation_id: AnyConversation, user_id: AnyUser, who: Annotated[Identity, Depends(writer)]
    ) -> Response:
        """Put somebody out of a room; oneself: leave it."""
        await rooms.remove(who.user_id, conversation_id, user_id)
        return answer(rest.Success())


def _one(conversation: chat.Conversation, *, status: int = 200) -> Response:
    return answer(chat_rest.OneConversation(conversation=conversation), status=status)
