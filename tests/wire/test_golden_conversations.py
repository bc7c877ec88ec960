"""The golden payloads of conversations: what the types say, what the client sends and understands, on every event."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.net.decoding import decode, decode_answer
from presence_desktop.net.encoding import said
from presence_desktop.protocol import chat_events, chat_rest, location_events
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event

HERE = Path(__file__).parent
TYPES = {
    kind.name: kind
    for module in (chat_events, location_events)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
Entry = dict[str, Any]


def read(file: str) -> list[Entry]:
    entries: list[Entry] = json.loads((HERE / file).read_text(encoding="utf-8"))
    return entries


ASKED, TOLD, REST = (read(f"conversations_{part}.json") for part in ("asked", "told", "rest"))
ONLY_ANSWERS = {"message:page", "notification:overview", "room:directory"}


def name_of(entry: object) -> str:
    return str(entry.get("event") or entry.get("call")) if isinstance(entry, dict) else str(entry)


def test_every_event_of_conversations_has_one() -> None:
    assert {entry["event"] for entry in ASKED + TOLD} == TYPES.keys() - ONLY_ANSWERS


@pytest.mark.parametrize("entry", ASKED, ids=name_of)
def test_the_client_sends_exactly_this(entry: Entry) -> None:
    ask = msgspec.convert(entry["payload"], TYPES[entry["event"]])
    assert said(ask) == entry["payload"]


@pytest.mark.parametrize("entry", ASKED, ids=name_of)
def test_the_answer_is_read_and_written_again_the_same(entry: Entry) -> None:
    answered = decode_answer(entry["event"], 4, entry["answer"])
    assert isinstance(answered, incoming.Answered)
    assert answered.ask == 4
    assert msgspec.to_builtins(answered.answer, str_keys=True) == entry["answer"]


@pytest.mark.parametrize("entry", TOLD, ids=name_of)
def test_news_are_read_and_written_again_the_same(entry: Entry) -> None:
    news = decode(entry["event"], entry["payload"])
    assert isinstance(news, incoming.ChatEvent)
    assert type(news.event) is TYPES[entry["event"]]
    assert msgspec.to_builtins(news.event, str_keys=True) == entry["payload"]


@pytest.mark.parametrize("entry", [one for one in TOLD if one["payload"]], ids=name_of)
@pytest.mark.parametrize("wrong", [None, 7, "text", [], {}, {"message": 1}, {"conversation": {"id": 1}}])
def test_what_cannot_be_read_is_said_to_be_so(entry: Entry, wrong: object) -> None:
    assert decode(entry["event"], wrong) == incoming.Unreadable(entry["event"])


@pytest.mark.parametrize("entry", ASKED, ids=name_of)
def test_a_refusal_is_one_whatever_was_asked(entry: Entry) -> None:
    error = {"code": "too_many_requests", "message": "Wait.", "retryAfter": 1500}
    refusal = decode_answer(entry["event"], 4, {"success": False, "error": error})
    assert isinstance(refusal, incoming.Refusal)
    assert (refusal.code, refusal.ask) == (Code.TOO_MANY_REQUESTS, 4)


@pytest.mark.parametrize("entry", REST, ids=name_of)
def test_bodies_are_read_and_written_again_the_same(entry: Entry) -> None:
    body = entry.get("body") or entry["answer"]
    assert (
        msgspec.to_builtins(msgspec.convert(body, getattr(chat_rest, entry["type"])), str_keys=True) == body
    )
