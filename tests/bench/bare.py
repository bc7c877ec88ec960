"""The live link alone, with the reference server's handlers: what the transport costs without the product on it.

python -m tests.bench.bare --port 9400 [--stock]
"""

import argparse
import asyncio
import gc
from typing import Any

import jwt
import orjson
import socketio
import uvicorn
from socketio.exceptions import ConnectionRefusedError as Refusal

from presence_desktop.server.clock import SystemClock
from presence_desktop.server.transport.link.sio_server import SioServer
from presence_desktop.server.transport.live.link_outbox import LiveOutbox
from presence_desktop.server.transport.live.realtime import build

STATUSES = ("online", "away", "busy", "offline")


Entry = dict[str, Any]


class Handlers:
    """What the reference server does with each event."""

    def __init__(self, outbox: LiveOutbox, secret: str) -> None:
        self._outbox = outbox
        self._secret = secret
        self._now = SystemClock().now
        self._of: dict[str, Entry] = {}
        self._encoded: dict[str, bytes] = {}

    def connect(self, sid: str, environ: Any, auth: Any) -> None:
        try:
            claims = jwt.decode(auth["token"], self._secret, algorithms=["HS256"])
        except (jwt.InvalidTokenError, TypeError, KeyError):
            raise Refusal("unauthorized") from None
        user_id, name, at = int(claims["sub"]), claims["username"], self._now()
        entry = {"userId": user_id, "username": name, "status": "online", "avatar": None, "lastSeen": at}
        self._of[sid] = entry
        self._encoded[sid] = orjson.dumps(entry)
        self._outbox.emit("connected", _told(entry, at), sid)
        users = orjson.Fragment(b"[" + b",".join(self._encoded.values()) + b"]")
        self._outbox.emit("online:users", {"count": len(self._of), "users": users}, sid)
        self._outbox.emit("user:status", _told(entry, at), None, sid)

    def disconnect(self, sid: str, reason: str) -> None:
        entry = self._of.pop(sid, None)
        if entry is not None:
            del self._encoded[sid]
            entry["status"] = "offline"
            self._outbox.emit("user:status", _told(entry, self._now()))

    def status_update(self, sid: str, data: Any = None) -> None:
        status = data.get("status") if isinstance(data, dict) else None
        if status in STATUSES:
            entry, at = self._of[sid], self._now()
            entry["status"], entry["lastSeen"] = status, at
            updated = {"userId": entry["userId"], "status": status, "timestamp": at}
            self._outbox.emit("status:updated", updated, sid)
            self._outbox.emit("user:status", _told(entry, at))

    def heartbeat(self, sid: str, data: Any = None) -> None:
        at = self._of[sid]["lastSeen"] = self._now()
        self._outbox.emit("heartbeat:ack", {"timestamp": at}, sid)

    def attach(self, sio: SioServer) -> None:
        sio.on("connect", self.connect)
        sio.on("disconnect", self.disconnect)
        sio.on("status:update", self.status_update)
        sio.on("heartbeat", self.heartbeat)


def _told(entry: Entry, at: int) -> Entry:
    return {
        "userId": entry["userId"],
        "username": entry["username"],
        "status": entry["status"],
        "timestamp": at,
    }


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=9400)
    parser.add_argument("--secret", default="bench-secret-bench-secret-bench-secret-0")
    parser.add_argument("--stock", action="store_true")
    arguments = parser.parse_args()
    realtime = build(fast=not arguments.stock, cors_origins="*")
    Handlers(realtime.outbox, arguments.secret).attach(realtime.sio)
    config = uvicorn.Config(
        socketio.ASGIApp(realtime.sio),
        host="127.0.0.1",
        port=arguments.port,
        ws=realtime.ws,
        lifespan="off",
        log_level="error",
        access_log=False,
        proxy_headers=False,
        backlog=4096,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
