"""The nine checks of CONTRACT section 11: proves a running server from outside, with one token (`TEST_TOKEN`).

Decides what each check demands, and that the caller's status is put back as it was. One line each; a failure says why,
and the others are still tried.
"""

import base64
import binascii
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from typing import Any

import msgspec
import requests
import socketio

from presence_desktop.protocol import rest
from presence_desktop.protocol.events import (
    Connected,
    HeartbeatAck,
    OnlineUsers,
    StatusUpdate,
    StatusUpdated,
    UserStatus,
)
from presence_desktop.protocol.status import Status
from presence_desktop.protocol.wire import Wire
from presence_desktop.server.check_trust import NotTrusted, Trusted, trusted

TOKEN = "TEST_TOKEN"
Say = Callable[[str], None]


class CheckFailed(Exception):
    """What a check demanded and did not get."""


class Line:
    """One Socket.IO connection and everything that it was told, event by event."""

    def __init__(self, url: str, trust: Trusted, auth: dict[str, object], timeout: float) -> None:
        self._timeout = timeout
        self._heard: dict[str, Queue[Any]] = {}
        self._refusals: list[object] = []
        self._client = socketio.Client(
            reconnection=False, handle_sigint=False, request_timeout=timeout, **trust.options
        )
        self._client.on("*", self._take)
        self._client.on("connect_error", self._refused)
        try:
            self._client.connect(url, auth=auth, wait_timeout=timeout)
        except socketio.exceptions.ConnectionError as error:
            self.close()
            raise CheckFailed(f"the connection was refused: {[*self._refusals, error][0]}") from None

    def close(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.shutdown()

    def ask(self, event: str, payload: Mapping[str, object] | None = None) -> None:
        """Send an event."""
        with self._told():
            self._client.emit(event, payload)

    def hear(self, model: type[Any], wanted: Callable[[Any], bool] = bool) -> Any:
        """The next event of this type that is wanted. Raises CheckFailed after the time-out."""
        name = model.name
        try:
            while True:
                heard = _read(model, self._queue(name).get(timeout=self._timeout), name)
                if wanted(heard):
                    return heard
        except Empty:
            refusals = self._queue("request:error")
            why = f"; the server said {refusals.get_nowait()}" if not refusals.empty() else ""
            raise CheckFailed(f"no {name} as wanted within {self._timeout:g} s{why}") from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except socketio.exceptions.SocketIOError as error:
            raise CheckFailed(f"the connection is gone: {error}") from None

    def _take(self, event: str, *payload: Any) -> None:
        self._queue(event).put(payload[0] if payload else None)

    def _refused(self, data: object = None) -> None:
        self._refusals.append(data)

    def _queue(self, event: str) -> "Queue[Any]":
        return self._heard.setdefault(event, Queue())


class Check:
    """The nine checks against one server."""

    def __init__(self, url: str, trust: Trusted, token: str, timeout: float) -> None:
        self._url = url.rstrip("/")
        self._trust = trust
        self._token = token
        self._timeout = timeout
        self._me = _subject(token)
        self._first: Line | None = None
        self._second: Line | None = None
        self._before: Connected | None = None
        self._chosen: Status | None = None

    def all(self) -> list[tuple[str, Callable[[], str]]]:
        """What is checked, in order; each returns what it found or raises CheckFailed."""
        return [
            ("REST list", self.rest_list),
            ("REST one user", self.rest_one),
            ("REST statistics", self.rest_statistics),
            ("REST heartbeat", self.rest_heartbeat),
            ("Socket.IO connection and authentication", self.connection),
            ("Socket.IO list", self.online_list),
            ("Socket.IO status change", self.status_change),
            ("Socket.IO heartbeat", self.heartbeat),
            ("Socket.IO live broadcast", self.broadcast),
        ]

    def rest_list(self) -> str:
        """`GET /api/online-status`."""
        found = self._call("GET", "/api/online-status", rest.OnlineList)
        _demand(found.count == len(found.users), f"count is {found.count}, users are {len(found.users)}")
        return f"{found.count} online"

    def rest_one(self) -> str:
        """`GET /api/online-status/{userId}`."""
        found = self._call("GET", f"/api/online-status/{self._me}", rest.OnePresence)
        _demand(found.user_id == self._me, f"asked for user {self._me}, got {found.user_id}")
        _demand(
            found.online == (found.status is not Status.OFFLINE), "online and status contradict each other"
        )
        return f"user {found.user_id} is {found.status}"

    def rest_statistics(self) -> str:
        """`GET /api/online-status/stats/summary`."""
        stats = self._call("GET", "/api/online-status/stats/summary", rest.StatsSummary).stats
        parts = stats.by_status.online + stats.by_status.away + stats.by_status.busy
        _demand(stats.total == parts, f"the total is {stats.total}, its parts are {parts}")
        return f"{stats.total} in total"

    def rest_heartbeat(self) -> str:
        """`POST /api/online-status/heartbeat`."""
        taken = self._call("POST", "/api/online-status/heartbeat", rest.HeartbeatTaken)
        _demand(taken.timestamp > 0, "the timestamp is not positive")
        return f"at {taken.timestamp}"

    def connection(self) -> str:
        """A good token is let in and greeted, a bad one is refused."""
        self._first = self._connect({"token": self._token, "presence": 2})
        self._before = self._first.hear(Connected)
        _demand(self._before.user_id == self._me, f"greeted as user {self._before.user_id}, not {self._me}")
        try:
            self._connect({"token": self._token[:-8] + "AAAAAAAA"}).close()
        except CheckFailed:
            return f"user {self._before.user_id} ({self._before.username})"
        raise CheckFailed("a forged token was let in")

    def online_list(self) -> str:
        """`online:users`, unasked and asked for."""
        line = self._line()
        line.hear(OnlineUsers)
        line.ask("online:list")
        found = line.hear(OnlineUsers)
        _demand(found.count == len(found.users), f"count is {found.count}, users are {len(found.users)}")
        hidden = self._before is None or self._before.status is Status.OFFLINE
        listed = any(user.user_id == self._me for user in found.users)
        _demand(listed or hidden, "oneself is not in the list")
        return f"{found.count} online"

    def status_change(self) -> str:
        """`status:update` is confirmed. The second connection is there first, to see it."""
        line = self._line()
        if self._before is None:
            raise CheckFailed("the status before is not known, so it is left alone")
        with suppress(CheckFailed):  # that it is missing is the last check's finding
            self._second = self._connect({"token": self._token})
            self._second.hear(OnlineUsers)
        now = self._before.status
        self._chosen = Status.AWAY if now is Status.BUSY else Status.BUSY
        line.ask(StatusUpdate.name, {"status": self._chosen.value})
        updated = line.hear(StatusUpdated)
        _demand(updated.user_id == self._me, f"confirmed for user {updated.user_id}")
        _demand(updated.status is self._chosen, f"asked for {self._chosen}, got {updated.status}")
        return f"{now} -> {updated.status}"

    def heartbeat(self) -> str:
        """`heartbeat` is acknowledged."""
        line = self._line()
        line.ask("heartbeat")
        return f"at {line.hear(HeartbeatAck).timestamp}"

    def broadcast(self) -> str:
        """The second connection saw the change."""
        if self._second is None or self._chosen is None:
            raise CheckFailed("there was no second connection, or no change to see")
        seen: UserStatus = self._second.hear(UserStatus, lambda heard: heard.user_id == self._me)
        _demand(seen.status is self._chosen, f"chosen was {self._chosen}, seen was {seen.status}")
        return f"the second connection saw {seen.status}"

    def put_back(self) -> None:
        """The status as it was: a choice by hand with its end time, or none."""
        line, before = self._first, self._before
        if line is None or before is None or self._chosen is None:
            return
        own = before.own
        status, until = (own.claim or Status.ONLINE, own.claim_until) if own else (before.status, None)
        back = {"status": status.value} | ({"until": until} if until else {})
        line.ask(StatusUpdate.name, back)
        line.hear(StatusUpdated, lambda heard: heard.status in (status, before.status))

    def close(self) -> None:
        """End both connections."""
        for line in (self._first, self._second):
            if line is not None:
                line.close()
        self._trust.session.close()

    def _line(self) -> Line:
        if self._first is None:
            raise CheckFailed("there is no connection")
        return self._first

    def _connect(self, auth: dict[str, object]) -> Line:
        return Line(self._url, self._trust, auth, self._timeout)

    def _call(self, method: str, path: str, model: type[Any]) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            answer = self._trust.session.request(
                method, self._url + path, headers=headers, timeout=self._timeout
            )
            body = answer.json()
        except requests.JSONDecodeError:
            raise CheckFailed(f"{answer.status_code}, and no JSON") from None
        except requests.RequestException as error:
            raise CheckFailed(f"no answer: {type(error).__name__}") from None
        if answer.status_code != 200:
            refusal = body.get("error", body) if isinstance(body, dict) else body
            raise CheckFailed(f"{answer.status_code}: {refusal}")
        return _read(model, body, "the answer")


def _read(model: type[Wire], payload: object, what: str) -> Any:
    try:
        return msgspec.convert(payload, model)
    except msgspec.ValidationError as error:
        raise CheckFailed(f"{what} is not as it should be: {error}") from None


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CheckFailed(otherwise)


def _subject(token: str) -> int:
    """The user id that a JWT names; 0 if it names none (the server then says what is wrong with it)."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return int(claims["sub"])
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return 0


def main(url: str, *, fingerprint: str | None, timeout: float, say: Say) -> bool:
    """Run all nine, telling each in a line; whether all hold. `fingerprint`: of the certificate it must show."""
    token = os.environ.get(TOKEN, "")
    if not token:
        say(f"FAIL  {TOKEN} is not set: it must hold a user's token")
        return False
    try:
        trust = trusted(url, fingerprint, timeout)
    except NotTrusted as reason:
        say(f"FAIL  {reason}")
        return False
    check, failed = Check(url, trust, token, timeout), 0
    try:
        for number, (name, run) in enumerate(check.all(), start=1):
            try:
                say(f"ok    {number}/9 {name}: {run()}")
            except CheckFailed as failure:
                failed += 1
                say(f"FAIL  {number}/9 {name}: {failure}")
        try:
            check.put_back()
        except CheckFailed as failure:
            failed += 1
            say(f"FAIL  the status could not be put back: {failure}")
    finally:
        check.close()
    return failed == 0
