"""Nothing acknowledged is ever lost, nothing is doubled, nothing is reordered: tried with everything that goes wrong.

Several devices of several people write, edit, react and delete through proxies that cut, delay and swallow, while
servers, Redis and the product's own client are killed and started again. In the end every member reads the same
history, everything that was written stands in it once and in the order it was written, and every device has seen
exactly that.
"""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from presence_desktop.protocol.chat import Message, NewMessage
from tests.fakes import chat_truth as truth
from tests.fakes.chat_desk import ChatDesk
from tests.fakes.chat_device import ChatDevice
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.server_process import PASSWORD, Person, ServerProcess, running_server
from tests.fakes.several import TIMINGS, several
from tests.fakes.trouble import Mortal, bad_network, sudden_deaths
from tests.waiting import eventually_async

pytestmark = pytest.mark.alone

PEOPLE = 3
DEVICES = 2
"""Of each of them."""
ARRIVE_SECONDS = 40.0
AGREE_SECONDS = 20.0


@dataclass
class House:
    """Servers behind proxies (two each, so that not everybody is cut at once), with people who have tokens."""

    servers: Sequence[ServerProcess]
    proxies: Sequence[HostileProxy]
    mortals: Sequence[Mortal]
    people: Sequence[Person]

    @property
    def tokens(self) -> dict[int, str]:
        """By user id."""
        return {person.user_id: person.token for person in self.people}

    def conversations(self) -> dict[int, list[int]]:
        """A room with everybody in it, and a direct conversation of the first two; who is in them."""
        server, (ann, bob, *others) = self.servers[0], list(self.tokens)
        headers = {"Authorization": f"Bearer {self.tokens[ann]}"}
        room = {"id": str(UUID(int=1)), "title": "방", "userIds": [bob, *others]}
        made = [
            server.post("/api/conversations/rooms", headers=headers, json=room),
            server.post("/api/conversations/direct", headers=headers, json={"userId": bob}),
        ]
        assert [answer.status_code for answer in made] == [201, 200], [answer.text for answer in made]
        found = [answer.json()["conversation"] for answer in made]
        return {one["id"]: [member["userId"] for member in one["members"]] for one in found}


@contextmanager
def one_server(folder: Path) -> Iterator[House]:
    """The default: one server on SQLite, without Redis."""
    with running_server(folder, **TIMINGS) as server, ExitStack() as stack:
        people = server.people(PEOPLE)
        proxies = [stack.enter_context(HostileProxy(server.port)) for _ in range(2)]
        yield House([server], proxies, [server], people)


@contextmanager
def two_servers(folder: Path) -> Iterator[House]:
    """Two servers on MariaDB, with Redis between them."""
    with several(folder, 2, database="mariadb") as both, ExitStack() as stack:
        people = both.servers[0].people(PEOPLE)
        proxies = [
            stack.enter_context(HostileProxy(server.port)) for server in both.servers for _ in range(2)
        ]
        yield House(both.servers, proxies, [*both.servers, both.redis], people)


@pytest.mark.timeout(180)
def test_one_server_on_sqlite(tmp_path: Path) -> None:
    with one_server(tmp_path) as house:
        _live(house, tmp_path, seconds=5)


@pytest.mark.timeout(180)
def test_two_servers_on_mariadb(tmp_path: Path) -> None:
    with two_servers(tmp_path) as house:
        _live(house, tmp_path, seconds=5)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_server_on_sqlite_for_two_minutes(tmp_path: Path) -> None:
    with one_server(tmp_path) as house:
        _live(house, tmp_path, seconds=120)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_servers_on_mariadb_for_two_minutes(tmp_path: Path) -> None:
    with two_servers(tmp_path) as house:
        _live(house, tmp_path, seconds=120)


def _live(house: House, folder: Path, *, seconds: float) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance, conversations = random.Random(seed), house.conversations()
    url, first = f"http://127.0.0.1:{house.proxies[0].port}", house.people[0]
    desk = ChatDesk(url, first.email, PASSWORD, list(conversations), folder / "desk")
    desk.start()
    try:
        asyncio.run(_write_and_agree(house, conversations, desk, chance, seconds))
    finally:
        desk.end()


async def _write_and_agree(
    house: House, people: Mapping[int, list[int]], desk: ChatDesk, chance: random.Random, seconds: float
) -> None:
    devices = [
        ChatDevice(
            token,
            user_id,
            urls=[f"http://127.0.0.1:{proxy.port}" for proxy in house.proxies],
            conversations=[one for one, members in people.items() if user_id in members],
            chance=chance,
            one_server=len(house.servers) == 1,
        )
        for user_id, token in house.tokens.items()
        for _ in range(DEVICES)
    ]
    roaming = [asyncio.create_task(device.roam()) for device in devices]
    try:
        lives = [
            sudden_deaths(mortal, chance, seconds, dead=0.3, alive=(0.4, min(seconds / 3, 8.0)))
            for mortal in (*house.mortals, desk)
        ]
        networks = [bad_network(proxy, chance, seconds) for proxy in house.proxies]
        writing = [_write(device, chance, seconds) for device in devices]
        killed = (await asyncio.gather(asyncio.gather(*lives), *networks, *writing))[0]
        print(f"killed (servers, Redis, the desk): {killed}")
        desk.rest()
        await _calm(devices, roaming, within=ARRIVE_SECONDS + 2 * seconds)
        histories = await _arrived(house, people, desk)
        await _agree(house, histories, devices, desk)
    finally:
        for device in devices:
            device.ended = True
            await device.drop()
        await asyncio.gather(*roaming)


async def _calm(
    devices: Sequence[ChatDevice], roaming: Sequence[asyncio.Task[None]], *, within: float
) -> None:
    """Everything arrives, and everybody is there and has caught up."""
    try:
        await eventually_async(
            lambda: any(task.done() for task in roaming) or not any(device.unrest for device in devices),
            within=within,
        )
    except AssertionError:
        raise AssertionError(f"still: {[device.unrest for device in devices]}") from None


async def _write(device: ChatDevice, chance: random.Random, seconds: float) -> None:
    ends, number = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        await asyncio.sleep(chance.expovariate(10))
        number += 1
        if chance.random() < 0.2:
            device.change_mind()
        else:
            new = NewMessage(id=UUID(int=chance.getrandbits(128), version=4), text=f"말 {number}")
            device.write(chance.choice(device.conversations), new)


async def _arrived(house: House, people: Mapping[int, list[int]], desk: ChatDesk) -> dict[int, list[Message]]:
    """What is stored, once everything that stood in the desk's outbox is; the same for every member everywhere."""
    ends = time.monotonic() + ARRIVE_SECONDS
    while True:
        histories: dict[int, list[Message]] = {}
        unlike, missing = [], 0
        for conversation_id, members in people.items():
            found = [
                await asyncio.to_thread(truth.read, server.url, house.tokens[member], conversation_id)
                for server in house.servers
                for member in members
            ]
            histories[conversation_id] = found[0]
            unlike += [history for history in found if history != found[0]]
            missing += len(set(desk.written(conversation_id)) - {message.text for message in found[0]})
        if not unlike and not missing:
            return histories
        assert time.monotonic() < ends, f"{missing} of the desk's are missing, {len(unlike)} read otherwise"


async def _agree(
    house: House, histories: Mapping[int, list[Message]], devices: Sequence[ChatDevice], desk: ChatDesk
) -> None:
    for conversation_id, history in histories.items():
        truth.holds_together(history)
        own = truth.kept_its_word(history, desk, conversation_id)
        truth.complete(history, [own, *(device.written[conversation_id] for device in devices)])
    everything = {message.id: message for history in histories.values() for message in history}
    for device in devices:
        truth.as_promised(everything, device)
        visible = {one: history for one, history in histories.items() if one in device.conversations}
        await eventually_async(
            lambda device=device, visible=visible: not truth.differences(visible, device),
            within=AGREE_SECONDS,
            what="a device has seen everything",
        )
        for promised in list(device.acknowledged)[-3:]:
            message = everything[promised]
            await asyncio.to_thread(truth.send_again, house.servers[-1].url, device.token, message)
    for conversation_id, history in histories.items():
        await asyncio.to_thread(truth.keeps_up, history, desk, conversation_id)
    lengths = {one: len(history) for one, history in histories.items()}
    print(f"messages {lengths}, connections {[device.connections for device in devices]}")
