"""Requests over the link: each gets one answer or one refusal, whatever becomes of the link or the answer."""

import inspect
from types import ModuleType

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.chat_ports import ChatGateway as Port
from presence_desktop.net import asks, decoding
from presence_desktop.net.asks import Asks
from presence_desktop.net.decoding import decode, decode_answer
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol import chat_events, location_events
from presence_desktop.protocol.chat_events import (
    MessageMark,
    MessageMissed,
    NotificationList,
    NotificationStale,
)
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from tests.fakes.daemon import Daemon
from tests.net.conftest import MakePerson
from tests.net.people import MemorySecrets, Person, SystemClock
from tests.waiting import eventually

PlainServer = tuple[Daemon, int]
MINA = "mina@example.org"


def own_events(module: ModuleType) -> dict[str, type[Event]]:
    """The events that this module defines, by name."""
    found = [thing for _, thing in inspect.getmembers(module, inspect.isclass)]
    return {
        thing.name: thing
        for thing in found
        if issubclass(thing, Event) and thing.__module__ == module.__name__
    }


EVENTS = own_events(chat_events) | own_events(location_events)


def url(server: PlainServer) -> str:
    return f"http://127.0.0.1:{server[1]}"


def answers(person: Person) -> list[int | None]:
    """The numbers of what was answered or refused, in order."""
    kinds = (incoming.Answered, incoming.Refusal)
    return [item.ask for item in person.news if isinstance(item, kinds)]


def test_it_is_what_conversations_ask_for() -> None:
    gateway = Gateway(lambda _: None, MemorySecrets(), SystemClock())
    port: Port = gateway.chat
    assert port is gateway.chat
    gateway.close()


def test_every_event_of_conversations_is_read_or_answered_or_an_answer() -> None:
    read = set(decoding._READERS) & set(EVENTS)
    asked = set(decoding._ANSWERS)
    only_answers = {"message:page", "notification:overview", "room:directory"}
    assert read | asked | only_answers == set(EVENTS)
    assert read & asked == set()
    for name, kind in decoding._ANSWERS.items():
        told = (EVENTS[name].__doc__ or "") + "Done"  # without a word it is plain success
        assert kind.__name__ in told, name


@pytest.mark.parametrize("name", sorted(decoding._ANSWERS))
def test_an_answer_is_read_strictly_and_a_refusal_as_such(name: str) -> None:
    assert decode_answer(name, 4, "nonsense") == incoming.Refusal(
        name, Code.BAD_ANSWER, "The server's answer could not be read.", 4
    )
    error = {"code": "too_many_requests", "message": "Wait.", "retryAfter": 2500}
    refusal = decode_answer(name, 4, {"success": False, "error": error})
    assert refusal == incoming.Refusal(name, Code.TOO_MANY_REQUESTS, "Wait.", 4, 2500)


@pytest.mark.parametrize(
    ("error", "code"),
    [(None, "server_error"), ({"code": 7}, "server_error"), ({"code": "brand_new"}, "server_error")],
)
@pytest.mark.parametrize("wait", [-1, "soon", None, 10**9])
def test_a_refusal_in_a_wrong_form_is_a_refusal_still(error: object, code: str, wait: object) -> None:
    said = {**error, "retryAfter": wait} if isinstance(error, dict) else error
    refusal = decode_answer("message:send", 4, {"success": False, "error": said})
    assert isinstance(refusal, incoming.Refusal)
    assert (refusal.code.value, refusal.ask, refusal.retry_after) == (code, 4, None)


@pytest.mark.parametrize("name", sorted(set(decoding._READERS) & set(EVENTS)))
def test_what_cannot_be_read_is_told_as_missing(name: str) -> None:
    assert decode(name, "nonsense") == incoming.Unreadable(name)


def test_an_event_without_a_payload_is_read() -> None:
    assert decode("notification:stale", None) == incoming.ChatEvent(NotificationStale())


def test_an_answer_is_taken_once_and_what_is_left_in_the_order_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Asks()
    for number in (3, 1, 2):
        waiting.note(number, f"event {number}")
    assert (waiting.take(1), waiting.take(1), waiting.take(9)) == (True, False, False)
    assert waiting.take_overdue() == []
    assert waiting.take_all() == [(3, "event 3"), (2, "event 2")]
    assert waiting.take_all() == []
    waiting.note(4, "late")
    monkeypatch.setattr(asks, "ANSWER_SECONDS", -1.0)
    assert waiting.take_overdue() == [(4, "late")]
    assert waiting.take(4) is False


def test_without_a_link_it_is_refused_at_once(person: MakePerson) -> None:
    mina = person()
    mina.gateway.chat.ask(NotificationList(), 7)
    refusal = mina.wait(incoming.Refusal)
    assert (refusal.event, refusal.code, refusal.ask) == ("notification:list", Code.UNREACHABLE, 7)


def test_a_server_that_leaves_it_unanswered_is_waited_for_so_long(
    plain_server: PlainServer, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asks, "ANSWER_SECONDS", 0.2)
    mina = person()
    mina.come_in(url(plain_server), MINA)
    mina.gateway.chat.ask(NotificationList(), 7)
    mina.gateway.chat.ask(MessageMissed(conversation_id=1, after=0), 8)
    eventually(lambda: answers(mina) == [7, 8])
    assert {item.code for item in mina.all(incoming.Refusal)} == {Code.UNREACHABLE}


def test_when_the_link_breaks_first_each_is_refused_once_after_that_is_known(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.come_in(url(plain_server), MINA)
    for number in range(5):
        mina.gateway.chat.ask(MessageMark(conversation_id=1, read_seq=number), number)
    plain_server[0].kill()
    mina.wait(incoming.LinkLost)
    eventually(lambda: answers(mina) == [0, 1, 2, 3, 4])
    kinds = [type(item) for item in mina.news if isinstance(item, incoming.LinkLost | incoming.Refusal)]
    assert kinds[0] is incoming.LinkLost
    mina.gateway.chat.ask(NotificationList(), 5)
    eventually(lambda: answers(mina) == [0, 1, 2, 3, 4, 5])


@pytest.mark.parametrize("leave", ["pause", "sign_out"])
def test_whoever_leaves_gets_no_answers_any_more(
    plain_server: PlainServer, person: MakePerson, leave: str
) -> None:
    mina = person()
    mina.come_in(url(plain_server), MINA)
    mina.gateway.chat.ask(NotificationList(), 1)
    getattr(mina.gateway, leave)()
    refusal = mina.wait(incoming.Refusal)
    assert (refusal.ask, refusal.code) == (1, Code.UNREACHABLE)


def test_searching_and_avatars_without_a_session_are_refused(person: MakePerson) -> None:
    mina = person()
    mina.gateway.chat.set_avatar(None, 3)
    refusal = mina.wait(incoming.Refusal)
    assert (refusal.event, refusal.code, refusal.ask) == ("avatar", Code.TOKEN_MISSING, 3)
