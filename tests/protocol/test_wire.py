"""What the structs of the wire do beyond holding fields: trimming, hiding, and telling pydantic what they are."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
import pytest
from pydantic import TypeAdapter, ValidationError

from presence_desktop.protocol import chat, chat_events, events, limits, rest
from presence_desktop.protocol.status import Reason, known_reason
from presence_desktop.protocol.wire import Wire, checked


class Sample(Wire):
    """One of each."""

    hidden = frozenset({"word"})
    at: Annotated[int, msgspec.Meta(ge=1, le=9)]
    word: rest.Username | None = None
    note: str | msgspec.UnsetType = msgspec.UNSET
    page: Annotated[str, msgspec.Meta(pattern="^[a-z]$")] = "a"
    parts: list[Annotated[int, msgspec.Meta(ge=0)]] = msgspec.field(default_factory=list)
    shown: dict[str, int] = msgspec.field(default_factory=dict)


BODY: TypeAdapter[Sample] = TypeAdapter(Sample)


@pytest.mark.parametrize(
    "told", [{"at": 3}, {"at": 3, "word": "미나", "note": "n", "parts": [1], "shown": {"a": 1}}]
)
def test_rest_reads_what_the_link_reads(told: dict[str, Any]) -> None:
    assert BODY.validate_python(told) == msgspec.convert(told, Sample)


@pytest.mark.parametrize(
    "told",
    [{}, {"at": 0}, {"at": 10}, {"at": "3"}, {"at": 3.0}, {"at": 3, "word": "mina "}, {"at": 3, "word": "x" * 65},
     {"at": 3, "page": "ab"}, {"at": 3, "parts": [-1]}, {"at": 3, "parts": ["1"]}, []],
)  # fmt: skip
def test_rest_refuses_what_the_link_refuses(told: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(told, Sample)
    with pytest.raises(ValidationError):
        BODY.validate_python(told)


def test_openapi_is_told_names_bounds_and_defaults() -> None:
    described = BODY.json_schema()
    assert described["title"] == "Sample"
    assert described["description"] == "One of each."
    assert described["required"] == ["at"]
    fields = described["properties"]
    assert (fields["at"]["minimum"], fields["at"]["maximum"]) == (1, 9)
    assert fields["parts"]["default"] == []
    assert fields["word"]["anyOf"][0]["pattern"].startswith("^")


def test_what_is_not_said_does_not_travel() -> None:
    assert msgspec.to_builtins(Sample(at=1)) == {"at": 1, "word": None, "page": "a", "parts": [], "shown": {}}
    assert "byId" not in msgspec.to_builtins(chat_events.RoomRemoved(conversation_id=7))


def test_a_repr_shows_all_but_what_is_hidden() -> None:
    told = repr(Sample(at=1, word="hunter22"))
    assert told == "Sample(at=1, note=UNSET, page='a', parts=[], shown={})"


def test_the_constructor_checks_nothing_until_it_is_asked_to() -> None:
    wrong = Sample(at=0)
    with pytest.raises(msgspec.ValidationError, match=r"\$\.at"):
        checked(wrong)
    assert checked(Sample(at=1)) == Sample(at=1)
    with pytest.raises(ValueError, match="surrogates"):
        checked(Sample(at=1, note="\ud800"))


def test_titles_and_topics_are_measured_without_the_blanks_at_their_ends() -> None:
    longest = "가" * limits.ROOM_TITLE_LENGTH
    patch = msgspec.convert({"title": f"  {longest} ", "topic": "  "}, chat.RoomPatch)
    assert (patch.title, patch.topic) == (longest, "")
    for wrong in ({"title": "  "}, {"title": longest + "x"}, {"topic": "x" * (limits.ROOM_TOPIC_LENGTH + 1)}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, chat.RoomPatch)
    kept = msgspec.convert({"title": "\x1call\u3000"}, chat.RoomPatch)
    assert kept.title == "\x1call"  # not silently another one: the server says what is wrong with it
    made = chat_events.RoomCreate(id=UUID(int=1), title=" all ", user_ids=[])
    assert (made.title, made.name) == ("all", "room:create")


@pytest.mark.parametrize(
    "page", ["", "a\nb", "a\x7f", "a\u2028", "x" * (limits.PAGE_NAME_LENGTH + 1), "one\n"]
)
def test_a_page_is_one_line(page: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"page": page}, events.DeviceState)


def test_a_reason_or_a_role_of_a_newer_server_is_none_and_the_least() -> None:
    assert (known_reason("idle"), known_reason("in_a_call"), known_reason(None)) == (Reason.IDLE, None, None)
    assert chat.MemberRole("guest") is chat.MemberRole.MEMBER
    with pytest.raises(ValueError, match="5"):
        chat.MemberRole(5)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"conversationId": 1, "userId": 2, "role": "guest"}, chat_events.RoomRole)
