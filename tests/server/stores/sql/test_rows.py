"""The repositories do the same on SQLite and on MariaDB."""

import asyncio

import pytest
from sqlalchemy import text

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.services.accounts.administration_ports import Deed, NewInvite
from presence_desktop.server.services.accounts.ports import NewAccount, NewRefresh
from presence_desktop.server.services.ports import ChoicesRow, PresenceRow
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.claim_rows import SqlClaimRows
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import SqlInvites
from presence_desktop.server.stores.sql.presence_rows import SqlPresenceRows
from presence_desktop.server.stores.sql.sign_ins import SqlSignIns

NOW = 1_700_000_000_000
SECOND = 1_000


class StillClock:
    def now(self) -> int:
        return NOW


@pytest.fixture
async def people(database: Database) -> Database:
    accounts = SqlAccounts(database)
    for name in ("Ann", "비오"):
        await accounts.add(NewAccount(f"{name}@example.org", name, "hash"), invite=None, now=NOW)
    return database


async def test_accounts(people: Database) -> None:
    accounts = SqlAccounts(people)
    found = await accounts.changed_since(0)
    assert [(row.user_id, row.username, row.role) for row in found] == [
        (1, "Ann", Role.OWNER),
        (2, "비오", Role.MEMBER),
    ]
    assert await accounts.by_id(2) == found[1] == await accounts.by_email("비오@example.org")
    assert (await accounts.by_id(9), await accounts.by_email("no@example.org")) == (None, None)
    with pytest.raises(Refused, match="email_taken"):
        await accounts.add(NewAccount("Ann@example.org", "Eve", "hash"), invite=None, now=NOW)
    assert await accounts.count() == 2
    assert await accounts.set_password(found[1], "another", spare="", now=NOW + 5)
    assert not await accounts.set_password(found[1], "of before", spare="", now=NOW + 6)
    assert [(row.user_id, row.password_hash) for row in await accounts.changed_since(NOW + 5)] == [
        (2, "another")
    ]


async def test_invites_are_used_up_and_given_back_when_the_account_fails(people: Database) -> None:
    accounts, invites = SqlAccounts(people), SqlInvites(people)

    async def left() -> int:
        found = await invites.find("code")
        assert found is not None
        return found.uses_left

    made = await invites.add(NewInvite(1, NOW + 10, "code"), Deed(Act.INVITE, 1, NOW))
    with pytest.raises(Refused, match="email_taken"):
        await accounts.add(NewAccount("Ann@example.org", "Eve", "hash"), invite="code", now=NOW)
    assert await left() == 1
    with pytest.raises(Refused, match="invite_expired"):
        await accounts.add(NewAccount("eve@example.org", "Eve", "hash"), invite="code", now=NOW + 10)
    tries = [
        accounts.add(NewAccount(f"{number}@example.org", "New", "hash"), invite="code", now=NOW)
        for number in range(3)
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert [out.code for out in outcomes if isinstance(out, Refused)] == [Code.INVITE_USED_UP] * 2
    assert await left() == 0
    with pytest.raises(Refused, match="invite_unknown"):
        await accounts.add(NewAccount("eve@example.org", "Eve", "hash"), invite="other", now=NOW)
    revoke = Deed(Act.REVOKE_INVITE, 1, NOW + 1)
    assert [await invites.revoke(number, revoke) for number in (made, made, 99)] == [True, True, False]
    with pytest.raises(Refused, match="invite_revoked"):
        await accounts.add(NewAccount("eve@example.org", "Eve", "hash"), invite="code", now=NOW)


async def test_a_refresh_token_is_used_once(people: Database) -> None:
    sign_ins, ann = SqlSignIns(people), await SqlAccounts(people).by_id(1)
    assert ann is not None
    assert await sign_ins.open("family", ann, NewRefresh("first", NOW + 100), now=NOW)
    first = await sign_ins.find("first")
    assert first is not None
    uses = [
        sign_ins.rotate(first, NewRefresh("second", NOW + 200), now=NOW + number) for number in range(1, 4)
    ]
    assert len(set(await asyncio.gather(*uses))) == 1
    second = await sign_ins.find("second")
    assert second is not None
    assert (second.user_id, second.state.used_at, second.state.expires_at) == (1, None, NOW + 200)
    await sign_ins.revoke("family", now=NOW + 50)
    await sign_ins.revoke("family", now=NOW + 60)
    (revoked,) = await sign_ins.revoked_since(NOW + 50)
    assert (revoked.family, revoked.user_id, revoked.revoked_at) == ("family", 1, NOW + 50)
    await sign_ins.forget(NOW + 201)
    assert (await sign_ins.find("second"), await sign_ins.revoked_since(0)) == (None, [])


async def test_presence_is_written_over_and_taken_down_at_the_start(people: Database) -> None:
    rows = SqlPresenceRows(people, StillClock())
    await rows.save(
        [PresenceRow(1, "online", NOW), PresenceRow(2, "busy", NOW, 7), PresenceRow(99, "away", NOW)]
    )
    await rows.save([PresenceRow(1, "away", NOW + SECOND)])
    assert sorted(await rows.left_up()) == [1, 2]
    kept = {row.user_id: row.last_seen for row in await rows.load(take_down=False)}
    assert kept == {1: NOW + SECOND, 2: NOW}
    assert {row.user_id: row.last_seen for row in await rows.load()} == kept
    assert await rows.left_up() == []
    await rows.save([])
    many = [PresenceRow(user_id, "online", NOW) for user_id in range(3, 1200)]
    await rows.save([*many, PresenceRow(1, "online", NOW + 2 * SECOND)])
    assert await rows.left_up() == [1]


async def test_the_newest_choices_are_kept(people: Database) -> None:
    rows = SqlClaimRows(people)
    busy = Choices(
        (Claim(Status.AWAY, NOW), Claim(Status.BUSY, NOW, NOW + 5)), CustomText("점심", "🍜", NOW + 9)
    )
    await rows.save([ChoicesRow(1, busy, 10), ChoicesRow(99, busy, 10)])
    assert list(await rows.load()) == [ChoicesRow(1, busy, 10)]
    await rows.save([ChoicesRow(1, None, 9)])
    assert list(await rows.load()) == [ChoicesRow(1, busy, 10)]
    await rows.save([ChoicesRow(1, None, 11), ChoicesRow(2, Choices((), CustomText(None, "🎧")), 12)])
    assert [(row.user_id, row.choices is None, row.stamp) for row in await rows.load()] == [
        (1, True, 11),
        (2, False, 12),
    ]
    assert [row.user_id for row in await rows.load(12)] == [2]


async def test_the_row_says_the_open_room_and_typing_until_they_are_no_more(people: Database) -> None:
    rows = SqlPresenceRows(people, StillClock())

    async def written(room_id: int | None, *, typing: bool) -> tuple[object, ...]:
        await rows.save([PresenceRow(1, "online", NOW, room_id, typing)])
        async with people.reading() as connection:
            found = await connection.execute(
                text("SELECT current_room_id, is_typing FROM user_online_statuses WHERE user_id = 1")
            )
            return tuple(found.one())

    assert await written(7, typing=True) == (7, True)
    assert await written(None, typing=False) == (None, False)
