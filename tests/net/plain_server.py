"""A server that speaks the plain contract and no more: python-socketio's own AsyncServer under uvicorn, as a process.

`python -m tests.net.plain_server PORT PING_INTERVAL PING_TIMEOUT [TRANSPORT...]`.
Anybody may sign in with the password `right`; ids are given in order. It takes
access tokens of the form `access-<id>-<n>` and voids those that `POST /void` names.
"""

import json
import sys
import time
from typing import Any

import socketio
import uvicorn
from socketio.exceptions import ConnectionRefusedError as SioRefused

EXPIRED: tuple[int, dict[str, Any]] = (
    401,
    {"success": False, "error": {"code": "token_expired", "message": "The token has expired."}},
)

Receive = Any
Send = Any


def now() -> int:
    return time.time_ns() // 1_000_000  # noqa: TID251 - a process of its own, with its own clock


class Plain:
    """People, their tokens and who is connected."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self.sio = sio
        self.names: list[str] = []
        self.here: dict[str, int] = {}
        self.status: dict[int, str] = {}
        self.void: set[str] = set()
        self.issued = 0
        self.logged_out: list[str] = []

    def sign_in(self, name: str) -> dict[str, Any]:
        if name not in self.names:
            self.names.append(name)
        user_id = self.names.index(name) + 1
        self.issued += 1
        user = {"userId": user_id, "username": name, "email": f"{name}@example.org", "avatar": None}
        pair = {
            "token": f"access-{user_id}-{self.issued}",
            "refreshToken": f"refresh-{user_id}-{self.issued}",
        }
        return {"success": True, **pair, "user": user}

    def name(self, who: int) -> str:
        """Tokens of an earlier run are good, though nobody remembers their people."""
        return self.names[who - 1] if who <= len(self.names) else f"user{who}"

    def online(self) -> dict[str, Any]:
        users = [
            {
                "userId": who,
                "username": self.name(who),
                "status": self.status[who],
                "avatar": None,
                "lastSeen": now(),
            }
            for who in sorted(set(self.here.values()))
        ]
        return {"count": len(users), "users": users}

    def user_status(self, who: int, status: str) -> dict[str, Any]:
        return {"userId": who, "username": self.name(who), "status": status, "timestamp": now()}

    async def connect(self, sid: str, _environ: dict[str, Any], auth: Any) -> None:
        token = (auth or {}).get("token", "")
        if token in self.void or not token.startswith("access-"):
            raise SioRefused("no", {"code": "token_expired", "message": "The token has expired."})
        who = int(token.split("-")[1])
        self.here[sid] = who
        self.status[who] = "online"
        await self.sio.emit("connected", {**self.user_status(who, "online")}, to=sid)
        await self.sio.emit("online:users", self.online(), to=sid)
        await self.sio.emit("user:status", self.user_status(who, "online"), skip_sid=sid)

    async def disconnect(self, sid: str, _reason: str) -> None:
        who = self.here.pop(sid, None)
        if who is not None and who not in self.here.values():
            await self.sio.emit("user:status", self.user_status(who, "offline"))

    async def update(self, sid: str, data: dict[str, Any]) -> dict[str, Any]:
        who = self.here[sid]
        self.status[who] = data["status"]
        updated = {"userId": who, "status": data["status"], "timestamp": now()}
        await self.sio.emit("status:updated", updated, to=sid)
        await self.sio.emit("user:status", self.user_status(who, data["status"]))
        return updated

    async def burst(self, sid: str, count: int) -> None:
        """As many changes as asked for, in one go: for the order of arrival."""
        for index in range(count):
            await self.sio.emit("user:status", self.user_status(1, "busy") | {"timestamp": index}, to=sid)

    async def heartbeat(self, sid: str) -> dict[str, Any]:
        await self.sio.emit("heartbeat:ack", {"timestamp": now()}, to=sid)
        return {"timestamp": now()}

    async def online_list(self, sid: str) -> None:
        await self.sio.emit("online:users", self.online(), to=sid)

    def rest(self, path: str, body: dict[str, Any], token: str) -> tuple[int, dict[str, Any]]:
        if path == "/void":
            self.void.add(body["token"])
            return 200, {"success": True}
        if path == "/api/auth/login":
            return (
                (200, self.sign_in(body["email"].split("@")[0])) if body["password"] == "right" else wrong()
            )
        if path == "/api/auth/refresh":
            return 200, self.sign_in(self.name(int(body["refreshToken"].split("-")[1])))
        if path == "/api/auth/logout":
            return self.logout(body["refreshToken"], token)
        if path == "/log":
            return 200, {"loggedOut": self.logged_out}
        if path == "/api/users":
            return self.directory(token)
        return 404, {"success": False, "error": {"code": "not_found", "message": "There is nothing here."}}

    def logout(self, refresh_token: str, token: str) -> tuple[int, dict[str, Any]]:
        if token in self.void:
            return EXPIRED
        self.logged_out.append(refresh_token)
        return 200, {"success": True}

    def directory(self, token: str) -> tuple[int, dict[str, Any]]:
        if token in self.void:
            return EXPIRED
        users = [
            {"userId": who, "username": name, "avatar": None, "status": "offline", "lastSeen": 5}
            for who, name in enumerate(self.names, 1)
        ]
        return 200, {"success": True, "users": users, "next": None}


def wrong() -> tuple[int, dict[str, Any]]:
    return 401, {"success": False, "error": {"code": "invalid_credentials", "message": "Wrong."}}


def build(ping_interval: float, ping_timeout: float, transports: list[str]) -> socketio.ASGIApp:
    sio = socketio.AsyncServer(
        async_mode="asgi", ping_interval=ping_interval, ping_timeout=ping_timeout, transports=transports
    )
    plain = Plain(sio)
    sio.on("connect", plain.connect)
    sio.on("disconnect", plain.disconnect)
    sio.on("status:update", plain.update)
    sio.on("heartbeat", plain.heartbeat)
    sio.on("online:list", plain.online_list)
    sio.on("burst", plain.burst)

    async def http(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        body = (await receive())["body"]
        token = dict(scope["headers"]).get(b"authorization", b"").decode().removeprefix("Bearer ")
        status, answer = plain.rest(scope["path"], json.loads(body or b"{}"), token)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return socketio.ASGIApp(sio, http)


if __name__ == "__main__":
    port, interval, timeout, *transports = sys.argv[1:]
    uvicorn.run(
        build(float(interval), float(timeout), transports or ["polling", "websocket"]),
        host="127.0.0.1",
        port=int(port),
        log_level="warning",
        lifespan="off",
    )
