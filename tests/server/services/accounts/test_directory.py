"""Accounts: who may come, who is known, who is shut out, and how that reaches other processes."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Registration, Role
from presence_desktop.server.services.ports import StoreUnavailable
from tests.server.services.accounts.house import (
    DAY,
    ELSEWHERE,
    HERE,
    MINUTE,
    PASSWORD,
    House,
    TurnedClock,
    house,
    wanted,
)
from tests.waiting import eventually_async


async def code_of(work: Awaitable[object]) -> Code:
    with pytest.raises(Refused) as caught:
        await work
    return caught.value.code


async def test_the_first_account_is_the_owners_and_is_made_at_this_machine(accounts_house: House) -> None:
    accounts = accounts_house.accounts
    assert await code_of(accounts.register(wanted("Eve"), origin=ELSEWHERE)) is Code.REGISTRATION_CLOSED
    assert (await accounts.register(wanted("Ann"), origin=HERE)).role is Role.OWNER
    assert await code_of(accounts.register(wanted("Eve"), origin=HERE)) is Code.INVITE_REQUIRED


async def test_an_invite_is_good_for_its_uses_until_its_end(accounts_house: House) -> None:
    accounts, clock = accounts_house.accounts, accounts_house.clock
    await accounts.add("ann@example.org", "Ann", PASSWORD)
    invite = await accounts_house.invites.make(by=1)
    typed = invite.code.lower().replace("-", " ")
    assert (await accounts.register(wanted("Bob", typed), origin=ELSEWHERE)).role is Role.MEMBER
    assert await code_of(accounts.register(wanted("Bob", typed), origin=ELSEWHERE)) is Code.EMAIL_TAKEN
    await accounts.register(wanted("Cho", invite.code), origin=ELSEWHERE)
    assert (
        await code_of(accounts.register(wanted("Dan", invite.code), origin=ELSEWHERE)) is Code.INVITE_USED_UP
    )
    late = await accounts_house.invites.make(uses=5, life=DAY)
    clock.pass_by(DAY)
    assert await code_of(accounts.register(wanted("Dan", late.code), origin=ELSEWHERE)) is Code.INVITE_EXPIRED
    assert [profile.username for profile in accounts.directory(0, 9)] == ["Ann", "Bob", "Cho"]


async def test_the_last_use_of_an_invite_goes_to_one_of_two(accounts_house: House) -> None:
    await accounts_house.accounts.add("ann@example.org", "Ann", PASSWORD)
    invite = await accounts_house.invites.make(uses=1)
    tries = [
        accounts_house.accounts.register(wanted(name, invite.code), origin=ELSEWHERE)
        for name in ("Bob", "Cho")
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused == [Code.INVITE_USED_UP]
    assert len(accounts_house.accounts.directory(0, 9)) == 2


async def test_open_and_closed_servers(tmp_path: Path) -> None:
    async with house(tmp_path, mode=Registration.OPEN) as built:
        await built.accounts.register(wanted("Ann"), origin=HERE)
        assert (await built.accounts.register(wanted("Bob", "nonsense"), origin=ELSEWHERE)).user_id == 2
    async with house(tmp_path, mode=Registration.CLOSED) as built:
        invite = (await built.invites.make()).code
        assert (
            await code_of(built.accounts.register(wanted("Cho", invite), origin=HERE))
            is Code.REGISTRATION_CLOSED
        )


async def test_an_address_may_register_so_often_a_minute(accounts_house: House) -> None:
    accounts = accounts_house.accounts
    for _ in range(60):
        await code_of(accounts.register(wanted("Eve"), origin=ELSEWHERE))
    with pytest.raises(Refused) as caught:
        await accounts.register(wanted("Eve"), origin=ELSEWHERE)
    assert (caught.value.code, caught.value.retry_after) == (Code.TOO_MANY_REQUESTS, 60.0)
    accounts_house.clock.pass_by(MINUTE)
    assert await code_of(accounts.register(wanted("Eve"), origin=ELSEWHERE)) is Code.REGISTRATION_CLOSED


async def test_the_directory_goes_page_by_page_by_rising_id(accounts_house: House) -> None:
    accounts = accounts_house.accounts
    for name in ("Ann", "Bob", "Cho"):
        await accounts.add(f"{name}@example.org", name, PASSWORD)
    assert [profile.user_id for profile in accounts.directory(0, 2)] == [1, 2]
    assert [profile.user_id for profile in accounts.directory(2, 2)] == [3]
    assert accounts.directory(3, 2) == []
    assert accounts.profile(9) is None
    assert accounts.is_disabled(9) is None


async def test_what_waited_for_its_turn_for_seconds_reaches_this_one_too(tmp_path: Path) -> None:
    clock, late = TurnedClock(), TurnedClock()
    async with house(tmp_path, clock) as server, house(tmp_path, late) as command_line:
        await server.ann()
        await server.accounts.add("bob@example.org", "Bob", PASSWORD)
        pair = await server.login("bob@example.org")
        clock.pass_by(8_000)
        await server.look()
        await command_line.administration.set_disabled("bob@example.org", disabled=True)
        await server.look()
        with pytest.raises(Refused, match="account_disabled"):
            server.tokens.authenticate(pair.token)


async def test_what_another_process_does_reaches_this_one(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with house(tmp_path, clock) as server, house(tmp_path, clock) as command_line:
        await server.ann()
        await command_line.accounts.add("bob@example.org", "Bob", PASSWORD)
        await server.look()
        assert server.accounts.directory(1, 9)[0].username == "Bob"
        assert len(server.accounts) == 2

        pair = await server.login("bob@example.org")
        clock.pass_by(10_000)
        identity = server.tokens.authenticate(pair.token)
        assert (await command_line.administration.set_disabled("BOB@example.org", disabled=True)).disabled
        await server.look()
        await server.look()
        assert server.cuts.cuts == [
            (2, Code.ACCOUNT_DISABLED, None),
            (2, Code.ACCOUNT_DISABLED, identity.family),
        ]
        with pytest.raises(Refused, match="account_disabled"):
            server.tokens.authenticate(pair.token)

        await command_line.administration.set_disabled("bob@example.org", disabled=False)
        await server.look()
        with pytest.raises(Refused, match="token_revoked"):
            server.tokens.authenticate(pair.token)
        assert (await server.login("bob@example.org")).token


async def test_a_database_that_fails_is_told_once_and_followed_again(
    accounts_house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    async def failing(_moment: int) -> list[object]:
        nonlocal looks
        looks += 1
        if looks in (1, 2, 4):
            raise StoreUnavailable("gone")
        return []

    monkeypatch.setattr(accounts_house.store, "changed_since", failing)
    watching = asyncio.create_task(
        accounts_house.accounts.watch(accounts_house.tokens, accounts_house.cuts, every=0.001)
    )
    await eventually_async(lambda: looks >= 5)
    watching.cancel()
    await asyncio.wait([watching])
    assert [record.message for record in caplog.records] == ["accounts.store-unavailable"] * 2
