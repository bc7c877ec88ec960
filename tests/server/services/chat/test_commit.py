"""Group commit: one transaction for many, one at fault harms nobody else, nothing is told that is not stored."""

import asyncio
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from presence_desktop.protocol.chat import NewRoom, Window
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.chat import commit
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.ports import Collision, InDoubt
from presence_desktop.server.services.ports import StoreUnavailable
from tests.server.stores.sql.chat.house import ANN, BOB, House, say


class Trouble:
    """Stands before the store's `work`: what `before` or `after` raises happens so many times."""

    def __init__(self, house: House) -> None:
        self.work = house.store.work
        self.before: Iterator[Exception] = iter(())
        self.after: Iterator[Exception] = iter(())
        self.groups: list[int] = []
        self.waiting: list[int] = []
        self.committer = house.committer

    async def __call__(self, wanted: Wanted, decide: Callable[[Ledger], None]) -> None:
        for error in self.before:
            raise error

        self.groups.append(len(wanted.messages))
        self.waiting.append(self.committer.waiting)
        await self.work(wanted, decide)
        for error in self.after:
            raise error


@pytest.fixture
def trouble(house: House, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    made = Trouble(house)
    monkeypatch.setattr(house.store, "work", made)
    return made


async def history(house: House, room: int) -> list[str]:
    page = await house.reading.history(ANN, room, Window(limit=200))
    return [message.text for message in page.messages]


async def test_what_arrives_together_shares_transactions(house: House, trouble: Trouble) -> None:
    room = await house.room(BOB)
    trouble.groups.clear()
    sent = [say(f"{at}") for at in range(2 * commit.AT_ONCE + 1)]
    await asyncio.gather(*(house.chat.send(ANN, room, message) for message in sent))
    assert trouble.waiting[-3:] == [commit.AT_ONCE + 1, 1, 0]
    assert trouble.groups == [commit.AT_ONCE, commit.AT_ONCE, 1]
    new = [event for _, event in house.heard.told if event.name == "message:new"]
    assert [event.message.seq for event in new] == list(range(1, len(sent) + 1))  # type: ignore[attr-defined]


async def test_one_at_fault_harms_no_other_and_is_told_to_its_caller_alone(
    house: House, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await house.room(BOB)
    written = house.chat._written

    def faulty(user_id: int, circle: object, new: object, ledger: Ledger) -> object:
        if getattr(new, "text", "") == "boom":
            raise RuntimeError("a bug")
        return written(user_id, circle, new, ledger)  # type: ignore[arg-type]

    monkeypatch.setattr(house.chat, "_written", faulty)
    texts = ["one", "boom", "two", "", "three"]
    answers = await asyncio.gather(
        *(house.chat.send(ANN, room, say(text)) for text in texts), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [tuple, RuntimeError, tuple, Refused, tuple]
    assert await history(house, room) == ["one", "two", "three"]
    assert [event.name for _, event in house.heard.told] == ["message:new"] * 3
    assert house.heard.stales == 0


async def test_a_store_that_is_away_stores_and_tells_nothing(house: House, trouble: Trouble) -> None:
    room = await house.room(BOB)
    many = [say("a"), say("b")]
    trouble.before = iter([StoreUnavailable("locked")] * 3)
    answers = await asyncio.gather(
        *(house.chat.send(ANN, room, message) for message in many), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [StoreUnavailable] * 2
    assert (house.heard.told, await history(house, room)) == ([], [])
    for message in many:
        assert (await house.chat.send(ANN, room, message))[1]
    assert await history(house, room) == ["a", "b"]
    assert house.heard.stales == 0


async def test_a_commit_in_doubt_is_found_by_the_next_try_and_everybody_asks_again(
    house: House, trouble: Trouble
) -> None:
    room = await house.room(BOB)
    message = say("a")
    trouble.after = iter([InDoubt("the line broke")])
    with pytest.raises(StoreUnavailable):
        await house.chat.send(ANN, room, message)
    assert (house.heard.told, house.heard.stales) == ([], 0)
    again, new = await house.chat.send(ANN, room, message)
    assert (new, await history(house, room)) == (False, ["a"])
    assert house.heard.take() == [([ANN, BOB], "message:changed")]
    assert house.heard.stales == 1
    await house.chat.edit(ANN, room, again.id, "b")
    assert house.heard.stales == 1


async def test_many_in_doubt_are_tried_one_by_one_and_stored_once(house: House, trouble: Trouble) -> None:
    room = await house.room(BOB)
    many = [say(f"{at}") for at in range(5)]
    trouble.after = iter([InDoubt("the line broke")])
    answers = await asyncio.gather(*(house.chat.send(ANN, room, message) for message in many))
    assert [new for _, new in answers] == [False] * 5
    assert await history(house, room) == ["0", "1", "2", "3", "4"]
    assert house.heard.stales == 1


@pytest.mark.parametrize(("times", "code"), [(2, None), (3, Code.UNAVAILABLE)])
async def test_who_was_come_in_the_way_of_tries_again_but_not_for_ever(
    house: House, trouble: Trouble, times: int, code: Code | None
) -> None:
    room = await house.room(BOB)
    trouble.before = iter([Collision("deadlock")] * (times + 1))  # once together, the rest alone
    doing = house.chat.send(ANN, room, say("a"))
    if code is None:
        assert (await doing)[1]
    else:
        with pytest.raises(Refused) as caught:
            await doing
        assert caught.value.code is code
    assert await history(house, room) == (["a"] if code is None else [])


async def test_a_collision_and_then_a_store_that_is_away(house: House, trouble: Trouble) -> None:
    room = await house.room(BOB)
    trouble.before = iter([Collision("deadlock"), StoreUnavailable("gone")])
    with pytest.raises(StoreUnavailable):
        await house.chat.send(ANN, room, say("a"))


async def test_whoever_stops_waiting_has_sent_all_the_same(house: House, trouble: Trouble) -> None:
    room = await house.room(BOB)
    waiting = asyncio.create_task(house.chat.send(ANN, room, say("a")))
    failing = asyncio.create_task(house.chat.send(ANN, room, say("")))
    for _ in range(3):
        await asyncio.sleep(0)
    waiting.cancel()
    failing.cancel()
    await asyncio.gather(waiting, failing, return_exceptions=True)
    await house.committer.stop()
    await house.committer.stop()
    assert await history(house, room) == ["a"]


async def test_a_room_that_cannot_be_made_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def collide(_founding: object) -> tuple[int, bool]:
        raise Collision("again")

    monkeypatch.setattr(house.store, "found", collide)
    with pytest.raises(Refused) as caught:
        await house.rooms.create(ANN, NewRoom(id=uuid4(), title="x"))
    assert caught.value.code is Code.UNAVAILABLE
