"""Who is in which conversation, remembered no longer than it is right."""

import asyncio

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.chat import membership
from presence_desktop.server.services.chat.membership import KEPT, Membership
from presence_desktop.server.services.chat.ports import Company
from tests.fakes.presence import HandClock
from tests.waiting import eventually_async


class Town:
    """Conversations that are looked up, counting how often; `go` holds looking up until it is set."""

    def __init__(self) -> None:
        self.of = {7: Company(frozenset({1, 2})), 8: Company(frozenset({1, 2}), direct=True)}
        self.looked: list[int] = []
        self.codes: set[Code] = set()
        self.go = asyncio.Event()
        self.go.set()
        self.clock = HandClock()
        self.members = Membership(self.look, self.clock)

    async def look(self, conversation_id: int) -> Company:
        self.looked.append(conversation_id)
        found = self.of.get(conversation_id, Company(()))
        await self.go.wait()
        return found

    async def may(self, user_id: int, conversation_id: int = 7) -> bool:
        try:
            await self.members.require(conversation_id, user_id)
        except Refused as refusal:
            self.codes.add(refusal.code)
            return False
        return True


async def test_members_are_looked_up_once_and_strangers_refused() -> None:
    town = Town()
    assert [await town.may(user_id) for user_id in (1, 2, 3)] == [True, True, False]
    assert (town.looked, town.codes) == ([7], {Code.UNKNOWN_CONVERSATION})
    assert (await town.may(1, 9), await town.may(1, 9)) == (False, False)
    assert town.looked == [7, 9, 9]


async def test_it_is_looked_up_anew_after_a_change_and_after_a_while() -> None:
    town = Town()
    assert not await town.may(3)
    town.of[7] = Company(frozenset({1, 3}))
    town.members.changed(7)
    assert (await town.may(3), await town.may(2)) == (True, False)
    town.clock.wait(KEPT)
    town.of[7] = Company(frozenset({1}))
    assert await town.may(3)
    town.clock.wait(1)
    assert not await town.may(3)
    assert town.looked == [7, 7, 7]
    town.members.forget()
    assert town.members.known(7) is None


@pytest.mark.parametrize("forgotten", [False, True])
async def test_what_changes_while_it_is_looked_up_is_looked_up_again(forgotten: bool) -> None:
    town = Town()
    town.go.clear()
    asking = asyncio.create_task(town.may(2))
    await eventually_async(lambda: town.looked == [7])
    town.of[7] = Company(frozenset({1}))
    town.members.changed(8)
    if forgotten:
        town.members.forget()
    else:
        town.members.changed(7)
    town.go.set()
    assert not await asking
    assert town.looked == [7, 7]


async def test_the_two_of_a_direct_conversation_are_the_same_for_ever() -> None:
    town = Town()
    assert town.members.partners(8, 1) == []
    assert await town.may(1, 8)
    assert await town.may(1, 7)
    town.clock.wait(10 * KEPT)
    assert (town.members.partners(8, 1), town.members.partners(8, 2)) == ([2], [1])
    assert (town.members.partners(7, 1), town.members.known(7)) == ([], None)
    assert await town.may(1, 7)
    assert town.members.partners(7, 1) == []


async def test_what_was_asked_for_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "ROOMS", 2)
    town = Town()
    town.of[9] = Company(frozenset({1}))
    for conversation_id in (7, 8, 7, 9):
        assert await town.may(1, conversation_id)
    assert [town.members.known(conversation_id) is None for conversation_id in (7, 8, 9)] == [
        False,
        True,
        False,
    ]
