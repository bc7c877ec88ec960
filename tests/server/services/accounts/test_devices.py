"""One's own password and devices: the old one is needed, the others are out, this one stays."""

from collections.abc import Awaitable

import pytest
from msgspec.structs import replace

from presence_desktop.protocol.admin_rest import PasswordChange
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.rest import Login
from tests.server.services.accounts.house import ELSEWHERE, HOUR, MINUTE, PASSWORD, House

NEW = "battery staple"


async def code_of(work: Awaitable[object]) -> Code:
    with pytest.raises(Refused) as caught:
        await work
    return caught.value.code


def change(old: str = PASSWORD) -> PasswordChange:
    return PasswordChange(old_password=old, new_password=NEW)


async def test_a_changed_password_ends_all_sign_ins_but_this_one(accounts_house: House) -> None:
    here, there = await accounts_house.ann(), await accounts_house.login()
    who = accounts_house.tokens.authenticate(here.token)
    other = accounts_house.tokens.authenticate(there.token)
    devices = accounts_house.devices
    assert (
        await code_of(devices.change_password(who, change("wrong"), origin=ELSEWHERE)) is Code.WRONG_PASSWORD
    )
    await devices.change_password(who, change(), origin=ELSEWHERE)
    assert accounts_house.cuts.cuts == [(1, Code.TOKEN_REVOKED, other.family)]
    assert accounts_house.tokens.authenticate(here.token) == who
    assert await code_of(accounts_house.sign_ins.refresh(there.refresh_token)) is Code.TOKEN_REVOKED
    assert await accounts_house.sign_ins.refresh(here.refresh_token)
    assert await code_of(accounts_house.login()) is Code.INVALID_CREDENTIALS
    assert await accounts_house.login(password=NEW)
    assert NEW not in repr(change())
    assert PASSWORD not in repr(change())


async def test_a_password_that_was_given_meanwhile_stays(
    accounts_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = accounts_house.tokens.authenticate((await accounts_house.ann()).token)
    hashed = accounts_house.passwords.hash

    async def reset_meanwhile(password: str) -> str:
        kept = await hashed(password)
        monkeypatch.undo()
        await accounts_house.administration.reset_password("ann@example.org", "given by another")
        return kept

    monkeypatch.setattr(accounts_house.passwords, "hash", reset_meanwhile)
    changing = accounts_house.devices.change_password(who, change(), origin=ELSEWHERE)
    assert await code_of(changing) is Code.WRONG_PASSWORD
    assert await code_of(accounts_house.login(password=NEW)) is Code.INVALID_CREDENTIALS
    assert await accounts_house.login(password="given by another")


async def test_guessing_the_old_password_is_counted_as_signing_in_is(accounts_house: House) -> None:
    who = accounts_house.tokens.authenticate((await accounts_house.ann()).token)
    devices = accounts_house.devices
    for _ in range(9):
        await code_of(devices.change_password(who, change("wrong"), origin=ELSEWHERE))
    assert await code_of(devices.change_password(who, change(), origin=ELSEWHERE)) is Code.TOO_MANY_REQUESTS
    accounts_house.clock.pass_by(MINUTE)
    await devices.change_password(who, change(), origin=ELSEWHERE)
    nobody = replace(who, user_id=99)
    assert await code_of(devices.change_password(nobody, change(), origin=ELSEWHERE)) is Code.UNKNOWN_USER


async def test_devices_are_listed_by_when_they_were_used_and_ended_one_by_one(accounts_house: House) -> None:
    here = await accounts_house.ann()
    accounts_house.clock.pass_by(HOUR)
    tried = Login(email="ann@example.org", password=PASSWORD, device="Ann의 노트북")
    _, there = await accounts_house.sign_ins.login(tried, origin=ELSEWHERE)
    await accounts_house.accounts.add("bob@example.org", "Bob", PASSWORD)
    bob = accounts_house.tokens.authenticate((await accounts_house.login("bob@example.org")).token)
    who = accounts_house.tokens.authenticate(here.token)
    other = accounts_house.tokens.authenticate(there.token)
    devices, now = accounts_house.devices, accounts_house.clock.now()
    assert [(row.family, row.device, row.created_at, row.used_at) for row in await devices.listed(who)] == [
        (other.family, "Ann의 노트북", now, now),
        (who.family, None, now - HOUR, now - HOUR),
    ]
    accounts_house.clock.pass_by(HOUR)
    await accounts_house.sign_ins.refresh(here.refresh_token)
    assert [row.family for row in await devices.listed(who)] == [who.family, other.family]
    assert await code_of(devices.end(bob, other.family)) is Code.NOT_FOUND
    await devices.end(who, other.family)
    assert accounts_house.cuts.cuts == [(1, Code.TOKEN_REVOKED, other.family)]
    assert await code_of(devices.end(who, other.family)) is Code.NOT_FOUND
    assert [row.family for row in await devices.listed(who)] == [who.family]
