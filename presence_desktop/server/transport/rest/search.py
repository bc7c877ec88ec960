"""REST: the search in all messages that one may see."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.responses import Response

from presence_desktop.protocol import chat_rest, limits
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paced import Caller, paced

Id = Annotated[int, Field(ge=1, le=limits.USER_ID_MAX)]
Moment = Annotated[int, Field(ge=0, le=2**53)]


class Asked(BaseModel):
    """As `chat.SearchQuery`, but as text. A mistyped parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)

    q: Annotated[str, Field(min_length=1, max_length=limits.SEARCH_LENGTH)]
    conversation_id: Id | None = None
    from_id: Id | None = None
    before: Moment | None = None
    after: Moment | None = None
    cursor: Annotated[str, Field(max_length=64)] | None = None
    limit: Annotated[int, Field(ge=1, le=limits.SEARCH_PAGE)] = 20


def router(conversations: Conversations, identify: Caller) -> APIRouter:
    """The call `/api/search`."""
    routes = APIRouter(prefix="/api/search", tags=["messages"])
    asker = paced(identify, conversations.pace.ask)

    @routes.get("", response_model=chat_rest.Found, responses=refusals(401, 422, 429, 503))
    async def search(wanted: Annotated[Asked, Query()], who: Annotated[Identity, Depends(asker)]) -> Response:
        """Messages that hold all words, newest first; `next` is the `cursor` of the next page."""
        query = SearchQuery(**wanted.model_dump())
        messages, following = await conversations.reading.search(who.user_id, query)
        return answer(chat_rest.Found(messages=messages, next=following))

    return routes
