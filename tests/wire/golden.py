"""The golden payloads beside this file, as both sides read them. `plain`: as the plain contract has it, no more."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presence_desktop.protocol import chat_rest, events, location_events, rest
from presence_desktop.protocol.wire import Wire

HERE = Path(__file__).parent
CONNECT = "CONNECT"
BY_EVENT: dict[str, type[Wire]] = {
    **{kind.name: kind for kind in events.Event.__subclasses__()},
    **{
        kind.name: kind
        for kind in (
            location_events.LocationUpdate,
            location_events.LocationHere,
            location_events.TypingUpdate,
        )
    },
    CONNECT: events.ConnectAuth,
}


@dataclass(frozen=True)
class Golden:
    """One payload, under the name of its event or call, with the type that both sides read it with."""

    name: str
    type: type[Wire]
    payload: dict[str, Any]
    plain: bool = False

    def __str__(self) -> str:
        return f"{self.name}-{'plain' if self.plain else 'full'}"


def read_events(file: str) -> list[Golden]:
    """`server_to_client.json` or `client_to_server.json`."""
    entries = json.loads((HERE / file).read_text(encoding="utf-8"))
    return [
        Golden(one["event"], BY_EVENT[one["event"]], one["payload"], one.get("plain", False))
        for one in entries
    ]


def read_rest() -> list[Golden]:
    """`rest.json`."""
    entries = json.loads((HERE / "rest.json").read_text(encoding="utf-8"))
    return [Golden(one["call"], _type_of(one["type"]), one.get("body") or one["answer"]) for one in entries]


def _type_of(name: str) -> type[Wire]:
    found: type[Wire] = getattr(rest, name, None) or getattr(chat_rest, name)
    return found


TO_CLIENT = read_events("server_to_client.json")
TO_SERVER = read_events("client_to_server.json")
REST = read_rest()
