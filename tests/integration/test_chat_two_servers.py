"""Conversations at two servers on one MariaDB and one Redis: told at both within a second, caught up with after a cut.

That nothing is lost or doubled whatever is killed when is `test_nothing_lost`; here it is what each event owes.
"""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.fakes.live_client import LiveClient
from tests.fakes.server_process import ServerProcess
from tests.fakes.several import LEASE, Several, several
from tests.waiting import eventually, eventually_async

TOLD_WITHIN = 1.0
AGREE_SECONDS = 5.0


class Talker(LiveClient):
    """A device that notes every event but those of presence, and waits for answers."""

    def __init__(self, token: str, *, user_id: int) -> None:
        super().__init__(token, user_id=user_id)
        self.heard: list[tuple[str, Any]] = []
        self._answers: dict[int, asyncio.Future[Any]] = {}

    async def ask(self, event: str, **payload: Any) -> Any:
        """The acknowledgement."""
        number = len(self._answers) + 1
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._send(f"42{number}" + json.dumps([event, payload]))
        return await asyncio.wait_for(self._answers[number], 10)

    async def say(self, conversation: int, text: str) -> dict[str, Any]:
        """Send a message."""
        answer = await self.ask("message:send", conversationId=conversation, id=str(uuid4()), text=text)
        message: dict[str, Any] = answer["message"]
        return message

    def of(self, event: str) -> list[Any]:
        """What was told under this name."""
        return [payload for name, payload in self.heard if name == event]

    async def until(self, event: str, meant: Callable[[Any], bool], *, within: float = TOLD_WITHIN) -> Any:
        """The first such event that is meant; it comes within a second."""
        await eventually_async(
            lambda: any(map(meant, self.of(event))), within=within, what=f"{event} in {self.heard}"
        )
        return next(payload for payload in self.of(event) if meant(payload))

    def _packet(self, text: str) -> None:
        if text.startswith("43"):
            number, _, rest = text[2:].partition("[")
            self._answers[int(number)].set_result(json.loads("[" + rest)[0])
        else:
            super()._packet(text)

    def _event(self, event: str, payload: Any) -> None:
        self.heard.append((event, payload))
        super()._event(event, payload)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    """Two servers that the tests share."""
    with several(tmp_path_factory.mktemp("chat"), 2, database="mariadb") as running:
        yield running


def play(scene: Callable[[], Awaitable[None]]) -> None:
    async def timed() -> None:
        async with asyncio.timeout(60):
            await scene()

    asyncio.run(timed())


async def people(two: Several, *places: int) -> list[Talker]:
    """A person for each of these servers, connected to it."""
    minted = await asyncio.to_thread(two.people, len(places))
    talkers = [Talker(token, user_id=user_id) for user_id, token in minted.items()]
    for talker, at in zip(talkers, places, strict=True):
        await talker.connect(two.servers[at].url)
    everybody = {talker.user_id for talker in talkers}
    await eventually_async(lambda: all(everybody <= talker.picture.keys() for talker in talkers))
    return talkers


async def room(owner: Talker, *others: Talker) -> int:
    ids = [one.user_id for one in others]
    made = await owner.ask("room:create", id=str(uuid4()), title="Lab", userIds=ids)
    conversation: int = made["conversation"]["id"]
    for other in others:
        await other.until("room:updated", lambda told: told["conversation"]["id"] == conversation)
    return conversation


def links(server: ServerProcess) -> str:
    """Whether a server has Redis, as it says itself."""
    said: str = server.get("/readyz").json()["redis"]
    return said


async def end(*talkers: Talker) -> None:
    await asyncio.gather(*(talker.drop() for talker in talkers))


def test_everything_told_at_one_server_is_told_at_the_other_within_a_second(two: Several) -> None:
    async def scene() -> None:
        ann, bob, eve = await people(two, 0, 1, 1)
        opened = await ann.ask("dm:open", userId=bob.user_id)
        direct = opened["conversation"]["id"]
        await bob.until("dm:opened", lambda told: told["conversation"]["id"] == direct)
        sent = await ann.say(direct, "안녕 **bob**")
        assert (await bob.until("message:new", lambda told: told["message"]["id"] == sent["id"]))[
            "message"
        ] == sent
        changes: list[tuple[Talker, Talker, str, dict[str, Any]]] = [
            (ann, bob, "message:edit", {"text": "고침"}),
            (bob, ann, "message:react", {"emoji": "👍", "on": True}),
            (bob, ann, "message:pin", {"on": True}),
            (ann, bob, "message:delete", {}),
        ]
        for actor, other, event, more in changes:
            answer = await actor.ask(event, conversationId=direct, id=sent["id"], **more)
            change = answer["message"]["change"]
            told = await other.until(
                "message:changed", lambda told, change=change: told["message"]["change"] == change
            )
            assert told["message"] == answer["message"]
        await bob.ask("message:mark", conversationId=direct, readSeq=1)
        await ann.until("message:marks", lambda told: told["userId"] == bob.user_id and told["readSeq"] == 1)
        assert not [name for name, _ in eve.heard if name.startswith(("message:", "dm:"))]
        await end(ann, bob, eve)

    play(scene)


def test_both_write_at_once_and_all_agree_on_one_order(two: Several) -> None:
    async def scene() -> None:
        talkers = await people(two, 0, 1, 0, 1)
        where = await room(*talkers)
        await asyncio.gather(*(one.say(where, f"{one.user_id} {at}") for at in range(10) for one in talkers))
        pages = [await one.ask("message:history", conversationId=where, limit=200) for one in talkers]
        assert [message["seq"] for message in pages[0]["messages"]] == list(range(1, 41))
        assert all(page["messages"] == pages[0]["messages"] for page in pages)
        for one in talkers:
            await eventually_async(lambda one=one: len(one.of("message:new")) == 40, within=TOLD_WITHIN)
            told = sorted(
                (payload["message"] for payload in one.of("message:new")), key=lambda said: said["seq"]
            )
            assert told == pages[0]["messages"]
            assert not one.of("notification:stale")
        await end(*talkers)

    play(scene)


def test_typing_and_who_is_here_cross_servers_and_end_with_membership(two: Several) -> None:
    async def scene() -> None:
        ann, bob, eve = await people(two, 0, 1, 1)
        where = await room(ann, bob)
        for one in (ann, bob):
            assert (await one.ask("location:update", roomId=where))["success"]
        await ann.until("location:changed", lambda told: told["userId"] == bob.user_id and told["here"])
        for one in (ann, bob):
            roster = await one.ask("location:here", roomId=where)
            assert roster["users"] == sorted([ann.user_id, bob.user_id])
        await bob.ask("typing:update", conversationId=where)
        await ann.until("typing:changed", lambda told: told["userId"] == bob.user_id and told["typing"])
        await bob.say(where, "done")
        await ann.until("typing:changed", lambda told: told["userId"] == bob.user_id and not told["typing"])
        for event in ("location:update", "location:here"):
            assert (await eve.ask(event, roomId=where))["error"]["code"] == "unknown_conversation"
        await ann.ask("room:remove", conversationId=where, userId=bob.user_id)
        await bob.until("room:removed", lambda told: told["conversationId"] == where)
        await ann.until("location:changed", lambda told: told["userId"] == bob.user_id and not told["here"])
        for event, payload in (
            ("location:update", {"roomId": where}),
            ("typing:update", {"conversationId": where}),
            ("message:send", {"conversationId": where, "id": str(uuid4()), "text": "x"}),
            ("message:history", {"conversationId": where}),
        ):
            assert (await bob.ask(event, **payload))["error"]["code"] == "unknown_conversation"
        bob.heard.clear()
        await ann.say(where, "alone")
        await ann.ask("typing:update", conversationId=where)
        direct = (await ann.ask("dm:open", userId=bob.user_id))["conversation"]["id"]
        await ann.ask("typing:update", conversationId=direct)
        told = await bob.until("typing:changed", lambda _: True)
        assert told == {"conversationId": direct, "userId": ann.user_id, "typing": True}
        assert not bob.of("message:new")
        await end(ann, bob, eve)

    play(scene)


def test_whoever_appears_offline_at_one_server_reads_and_types_unseen_at_the_other(two: Several) -> None:
    async def scene() -> None:
        ann, bob, fence = await people(two, 0, 1, 1)
        where = await room(ann, bob, fence)
        await ann.ask("location:update", roomId=where)
        sent = await ann.say(where, "seen?")
        bob.choose("offline")
        await eventually_async(lambda: bob.user_id not in ann.picture)
        ann.heard.clear()
        await bob.ask("location:update", roomId=where)
        await bob.ask("typing:update", conversationId=where)
        await bob.ask("message:mark", conversationId=where, readSeq=1)
        await fence.say(where, "whatever was to be told has been")
        await ann.until("message:new", lambda told: told["message"]["text"].startswith("whatever"))
        assert not [name for name, payload in ann.heard if bob.user_id in (payload.get("userId"),)]
        assert (await ann.ask("location:here", roomId=where))["users"] == [ann.user_id]
        bob.choose("online")
        marks = await ann.until(
            "message:marks", lambda told: told["userId"] == bob.user_id, within=AGREE_SECONDS
        )
        assert marks["readSeq"] == sent["seq"]
        await end(ann, bob, fence)

    play(scene)


def test_a_cut_of_redis_is_caught_up_with_by_change(two: Several) -> None:
    async def scene() -> None:
        ann, bob = await people(two, 0, 1)
        where = await room(ann, bob)
        first = await ann.say(where, "before")
        await bob.until("message:new", lambda told: told["message"]["id"] == first["id"])
        assert two.redis.process is not None
        two.redis.process.send_signal(signal.SIGSTOP)
        try:
            for server in two.servers:
                await asyncio.to_thread(eventually, lambda server=server: links(server) == "down")
            bob.heard.clear()
            said = [await ann.say(where, f"meanwhile {at}") for at in range(3)]
            edited = await ann.ask("message:edit", conversationId=where, id=first["id"], text="after all")
        finally:
            two.redis.process.send_signal(signal.SIGCONT)
        await bob.until("notification:stale", lambda _: True, within=AGREE_SECONDS)
        assert not bob.of("message:new")
        overview = await bob.ask("notification:list")
        (seen,) = [one for one in overview["conversations"] if one["id"] == where]
        assert (seen["unread"], seen["lastSeq"], seen["lastChange"]) == (4, 4, 5)
        missed = await bob.ask("message:missed", conversationId=where, after=first["change"])
        assert missed["messages"] == [*said, edited["message"]]
        assert not missed["more"]
        later = await ann.say(where, "and on it goes")
        await bob.until(
            "message:new", lambda told: told["message"]["id"] == later["id"], within=AGREE_SECONDS
        )
        await end(ann, bob)

    play(scene)


def test_a_server_that_falls_silent_has_the_clients_of_the_other_ask_again(two: Several) -> None:
    async def scene() -> None:
        ann, bob = await people(two, 0, 1)
        where = await room(ann, bob)
        await ann.ask("location:update", roomId=where)
        await bob.ask("location:update", roomId=where)
        bob.heard.clear()
        os.kill(two.servers[0].pid, signal.SIGSTOP)
        try:
            await bob.until("notification:stale", lambda _: True, within=LEASE + 3)
            await eventually_async(lambda: bob.user_id in bob.picture and ann.user_id not in bob.picture)
            assert (await bob.ask("location:here", roomId=where))["users"] == [bob.user_id]
        finally:
            os.kill(two.servers[0].pid, signal.SIGCONT)
        await end(ann, bob)

    play(scene)
