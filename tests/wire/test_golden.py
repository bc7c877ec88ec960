"""The golden payloads are what the types say, in both directions, and what the client understands."""

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.net.decoding import decode, decode_answer
from presence_desktop.net.encoding import said
from presence_desktop.protocol.errors import Code
from tests.wire.golden import CONNECT, REST, TO_CLIENT, TO_SERVER, Golden
from tests.wire.made import only

NOT_NEWS = {"connected", "session:ended"}
"""Events that the link handles by itself."""


@pytest.mark.parametrize("golden", TO_CLIENT + TO_SERVER + REST, ids=str)
def test_read_and_written_again_it_is_the_same(golden: Golden) -> None:
    read = msgspec.convert(golden.payload, golden.type)
    assert only(msgspec.to_builtins(read, str_keys=True), golden.payload) == golden.payload


@pytest.mark.parametrize(
    "golden", [one for one in TO_SERVER if not (one.plain and one.name == CONNECT)], ids=str
)
def test_the_client_sends_exactly_this(golden: Golden) -> None:
    read = msgspec.convert(golden.payload, golden.type)
    assert said(read) == golden.payload


@pytest.mark.parametrize("golden", [one for one in TO_CLIENT if one.name not in NOT_NEWS], ids=str)
def test_the_client_takes_it_as_news(golden: Golden) -> None:
    news = decode(golden.name, golden.payload)
    assert news is not None
    assert not isinstance(news, incoming.Unreadable)


@pytest.mark.parametrize("golden", [one for one in TO_CLIENT if one.name not in NOT_NEWS], ids=str)
@pytest.mark.parametrize(
    "wrong", [None, 7, "text", [], {}, {"userId": "1"}, {"changes": {}}, {"users": [None]}]
)
def test_what_it_cannot_read_it_says_so(golden: Golden, wrong: object) -> None:
    assert decode(golden.name, wrong) == incoming.Unreadable(golden.name)


def test_an_event_of_a_newer_server_is_let_by() -> None:
    assert decode("chat:message", {"text": "hello"}) is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (
            {"success": False, "error": {"code": "too_many_requests", "message": "Wait."}},
            Code.TOO_MANY_REQUESTS,
        ),
        ({"success": False, "error": {"code": "newer", "message": "Wait."}}, Code.SERVER_ERROR),
        ({"success": False, "error": "no"}, Code.SERVER_ERROR),
        ({}, Code.SERVER_ERROR),
        (None, Code.SERVER_ERROR),
        ([1], Code.SERVER_ERROR),
    ],
)
def test_an_answer_that_is_no_confirmation_is_a_refusal(answer: object, code: Code) -> None:
    news = decode_answer("status:update", 4, answer)
    assert isinstance(news, incoming.Refusal)
    assert (news.code, news.event, news.ask) == (code, "status:update", 4)
