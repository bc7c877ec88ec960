"""The gateway that is there before its libraries are: calls wait, in order, those of conversations too."""

import inspect
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from pytestqt.qtbot import QtBot

from presence_desktop.app.late_chat_gateway import LateChatGateway
from presence_desktop.app.late_gateway import LateGateway, WholeGateway
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.ports import Gateway
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.chat_events import NotificationList
from presence_desktop.protocol.rest import Health

FILE = UUID(int=7)


class Notes:
    """Stands for the real gateway; writes down what is called, with what."""

    def __init__(self, calls: list[tuple[str, tuple[object, ...]]]) -> None:
        self._calls = calls

    @property
    def chat(self) -> "Notes":
        return Notes(self._calls)

    def __getattr__(self, name: str) -> Callable[..., None]:
        def call(*words: object) -> None:
            self._calls.append((name, words))

        return call


def late(gate: threading.Event) -> tuple[LateGateway, list[tuple[str, tuple[object, ...]]]]:
    calls: list[tuple[str, tuple[object, ...]]] = []

    def load() -> Callable[[], WholeGateway]:
        gate.wait(10)
        return lambda: Notes(calls)  # type: ignore[return-value]

    return LateGateway(load), calls


CHAT_CALLS: list[tuple[str, tuple[Any, ...]]] = [
    ("ask", (NotificationList(), 1)),
    ("search", (SearchQuery(q="word"), 2)),
    ("upload", (FILE, "/tmp/a", "a")),
    ("cancel_upload", (FILE,)),
    ("fetch_file", (FILE, True, None)),
    ("cancel_fetch", (FILE,)),
    ("forget_file", (FILE, "/tmp/a")),
    ("fetch_avatar", ("/api/avatars/a.png",)),
    ("set_avatar", (None, 3)),
    ("call", (RestCall("health", "GET", "/healthz", Health), 4)),
    ("send", (NotificationList(), None)),
]


def test_what_is_called_early_is_called_in_order_once_it_is_there(qtbot: QtBot) -> None:
    gate = threading.Event()
    gateway, calls = late(gate)
    gateway.load()
    gateway.load()
    gateway.resume("http://server", "mina@example.org")
    for name, words in CHAT_CALLS:
        getattr(gateway.chat, name)(*words)
    gateway.connect()
    assert calls == []
    gate.set()
    qtbot.waitUntil(lambda: len(calls) == len(CHAT_CALLS) + 2)
    assert calls == [("resume", ("http://server", "mina@example.org")), *CHAT_CALLS, ("connect", ())]
    gateway.chat.cancel_fetch(FILE)
    assert calls[-1] == ("cancel_fetch", (FILE,))
    gateway.close()
    assert calls[-1] == ("close", ())


def test_what_was_closed_before_it_was_there_calls_nothing(qtbot: QtBot) -> None:
    gate = threading.Event()
    gate.set()
    gateway, calls = late(gate)
    gateway.connect()
    gateway.load()
    gateway.close()
    gateway.chat.cancel_fetch(FILE)
    qtbot.wait(1)
    assert calls == []


def test_it_has_all_that_the_ports_have() -> None:
    port: Gateway = LateGateway(lambda: lambda: Notes([]))  # type: ignore[arg-type,return-value]
    chat: ChatGateway = LateChatGateway(lambda call: None)
    assert isinstance(port, LateGateway)
    assert isinstance(chat, LateChatGateway)
    wanted = {
        name for name, _ in inspect.getmembers(ChatGateway, inspect.isfunction) if not name.startswith("_")
    }
    assert wanted == {name for name, _ in CHAT_CALLS}
