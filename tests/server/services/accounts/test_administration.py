"""Administration: what is done to accounts, who may, that it reaches who is connected, and that it is written down."""

from collections.abc import Awaitable
from pathlib import Path

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.stores.sql.administration import SqlAdministration
from tests.server.services.accounts.house import DAY, ELSEWHERE, PASSWORD, House, TurnedClock, house, wanted

ANN, BOB, CHO, DAN = 1, 2, 3, 4


async def code_of(work: Awaitable[object]) -> Code:
    with pytest.raises(Refused) as caught:
        await work
    return caught.value.code


@pytest.fixture
async def staffed(accounts_house: House) -> House:
    """Ann owns it, Bob is an admin, Cho and Dan are members."""
    for name in ("Ann", "Bob", "Cho", "Dan"):
        await accounts_house.accounts.add(f"{name}@example.org", name, PASSWORD)
    await accounts_house.administration.set_role(BOB, Role.ADMIN, by=ANN)
    return accounts_house


async def acts(built: House) -> list[tuple[str | None, str, str | None]]:
    """The log, the oldest first."""
    rows = await built.administration.log(before=None, limit=100)
    return [(row.actor, row.act, row.target) for row in reversed(rows)]


async def test_an_admin_shuts_a_member_out_at_once(staffed: House) -> None:
    pair = await staffed.login("cho@example.org")
    family = staffed.tokens.authenticate(pair.token).family
    row = await staffed.administration.set_disabled(CHO, disabled=True, by=BOB)
    assert row.disabled
    assert staffed.cuts.cuts == [(CHO, Code.ACCOUNT_DISABLED, None), (CHO, Code.ACCOUNT_DISABLED, family)]
    assert await code_of(staffed.login("cho@example.org")) is Code.INVALID_CREDENTIALS
    await staffed.administration.set_disabled(CHO, disabled=False, by=BOB)
    assert await staffed.login("cho@example.org")
    assert (await acts(staffed))[-2:] == [
        ("Bob", "account.disabled", "cho@example.org"),
        ("Bob", "account.enabled", "cho@example.org"),
    ]


async def test_who_may_not_reset_passwords_has_none_hashed(
    staffed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hashing(_password: str) -> str:
        raise AssertionError

    monkeypatch.setattr(staffed.passwords, "hash", hashing)
    assert await code_of(staffed.administration.reset_password(DAN, by=CHO)) is Code.FORBIDDEN


async def test_what_is_not_allowed_changes_nothing_and_is_not_logged(staffed: House) -> None:
    before = await acts(staffed)
    administration = staffed.administration
    for by, user in ((BOB, ANN), (BOB, BOB), (CHO, DAN), (DAN, DAN), (99, DAN)):
        assert await code_of(administration.set_disabled(user, disabled=True, by=by)) is Code.FORBIDDEN
        assert await code_of(administration.reset_password(user, "12345678", by=by)) is Code.FORBIDDEN
        assert await code_of(administration.set_role(user, Role.MEMBER, by=by)) is Code.FORBIDDEN
    assert await code_of(administration.set_role(CHO, Role.ADMIN, by=BOB)) is Code.FORBIDDEN
    assert await code_of(administration.set_role(BOB, Role.OWNER, by=BOB)) is Code.FORBIDDEN
    assert await code_of(administration.set_disabled(99, disabled=True, by=ANN)) is Code.UNKNOWN_USER
    assert await code_of(administration.set_disabled("no@x", disabled=True)) is Code.UNKNOWN_USER
    assert await acts(staffed) == before
    assert [row.account.role for row in await administration.people(after=0, limit=9, find=None)] == [
        Role.OWNER, Role.ADMIN, Role.MEMBER, Role.MEMBER,
    ]  # fmt: skip
    assert await staffed.login()


async def test_the_operator_cannot_leave_the_server_without_an_owner(staffed: House) -> None:
    administration = staffed.administration
    with pytest.raises(Refused, match="hand it over first") as caught:
        await administration.set_disabled("ANN@example.org", disabled=True)
    assert caught.value.code is Code.LAST_OWNER
    assert await code_of(administration.set_role(ANN, Role.ADMIN)) is Code.LAST_OWNER


async def test_a_server_has_one_owner_who_hands_it_over(staffed: House) -> None:
    await staffed.administration.set_role(CHO, Role.OWNER, by=ANN)
    roles = [profile.role for profile in staffed.accounts.directory(0, 9)]
    assert roles == [Role.ADMIN, Role.ADMIN, Role.OWNER, Role.MEMBER]
    assert await code_of(staffed.administration.set_disabled(DAN, disabled=True, by=99)) is Code.FORBIDDEN
    await staffed.administration.set_role("dan@example.org", Role.OWNER)
    await staffed.administration.set_role("dan@example.org", Role.OWNER)
    roles = [profile.role for profile in staffed.accounts.directory(0, 9)]
    assert roles == [Role.ADMIN, Role.ADMIN, Role.ADMIN, Role.OWNER]


async def test_a_password_is_reset_and_everybody_who_used_it_is_out(staffed: House) -> None:
    pair = await staffed.login("cho@example.org")
    made = await staffed.administration.reset_password(CHO, by=BOB)
    assert made is not None
    assert staffed.cuts.cuts[0][:2] == (CHO, Code.TOKEN_REVOKED)
    with pytest.raises(Refused, match="token_revoked"):
        staffed.tokens.authenticate(pair.token)
    assert await code_of(staffed.login("cho@example.org")) is Code.INVALID_CREDENTIALS
    assert await staffed.login("cho@example.org", made)
    assert await staffed.administration.reset_password("cho@example.org", "a new password") is None
    assert await staffed.login("cho@example.org", "a new password")
    for row in await staffed.administration.log(before=None, limit=9):
        assert made not in repr(row)
        assert "a new password" not in repr(row)


async def test_the_log_says_who_did_what_and_what_the_operator_did(staffed: House) -> None:
    await staffed.administration.record(Act.BACK_UP, by=BOB, detail="file.zip")
    assert await code_of(staffed.administration.record(Act.BACK_UP, by=CHO)) is Code.FORBIDDEN
    assert await acts(staffed) == [
        (None, "account.added", "ann@example.org"),
        (None, "account.added", "bob@example.org"),
        (None, "account.added", "cho@example.org"),
        (None, "account.added", "dan@example.org"),
        ("Ann", "role.admin", "bob@example.org"),
        ("Bob", "backup.made", None),
    ]
    newest = await staffed.administration.log(before=None, limit=2)
    assert [row.row_id for row in newest] == [6, 5]
    assert [row.row_id for row in await staffed.administration.log(before=5, limit=2)] == [4, 3]


async def test_people_are_listed_and_found(staffed: House) -> None:
    administration, clock = staffed.administration, staffed.clock
    await staffed.login("cho@example.org")
    await staffed.login("cho@example.org")
    (cho,) = await administration.people(after=0, limit=9, find="CHO")
    assert (cho.account.user_id, cho.devices, cho.created_at) == (CHO, 2, clock.now())
    assert await administration.person(CHO) == cho
    assert [row.account.user_id for row in await administration.people(after=1, limit=2, find="example")] == [
        2,
        3,
    ]
    assert await administration.people(after=0, limit=9, find="%") == []
    await staffed.accounts.add("odile@example.org", "Élise", PASSWORD)
    for find in ("Élise", "lise", "ODILE@"):
        assert [row.account.user_id for row in await administration.people(after=0, limit=9, find=find)] == [
            5
        ]
    assert await code_of(administration.person(99)) is Code.UNKNOWN_USER
    clock.pass_by(30 * DAY)
    assert (await administration.person(CHO)).devices == 0


async def test_owner_and_admins_may_look(staffed: House) -> None:
    staffed.administration.see(ANN)
    staffed.administration.see(BOB, Act.BACK_UP)
    for nobody in (CHO, 99):
        with pytest.raises(Refused, match="forbidden"):
            staffed.administration.see(nobody)


async def test_invites_are_counted_end_and_are_taken_back(staffed: House) -> None:
    invites, clock, register = staffed.invites, staffed.clock, staffed.accounts.register
    assert await code_of(invites.make(by=CHO)) is Code.FORBIDDEN
    assert await code_of(invites.make(by=ANN, until=clock.now())) is Code.INVALID_END_TIME
    single = await invites.make(by=BOB, uses=1, until=clock.now() + DAY)
    late = await invites.make(by=ANN, life=DAY)
    gone = await invites.make()
    assert await code_of(invites.revoke(gone.invite_id, by=CHO)) is Code.FORBIDDEN
    await invites.revoke(gone.invite_id, by=BOB)
    await invites.revoke(gone.invite_id, by=ANN)
    assert await code_of(invites.revoke(99, by=ANN)) is Code.NOT_FOUND
    await register(wanted("Eve", single.code), origin=ELSEWHERE)
    clock.pass_by(DAY)
    refused = [
        await code_of(register(wanted("Fay", code), origin=ELSEWHERE))
        for code in (single.code, late.code, gone.code, "AAAAA-AAAAA-AAAAA-AAAAA")
    ]
    assert refused == [
        Code.INVITE_USED_UP, Code.INVITE_EXPIRED, Code.INVITE_REVOKED, Code.INVITE_UNKNOWN,
    ]  # fmt: skip
    listed = [(row.invite_id, row.made_by, row.uses, row.uses_left, why) for row, why in
              await invites.newest(before=None, limit=9)]  # fmt: skip
    assert listed == [
        (3, None, 2, 2, Code.INVITE_REVOKED),
        (2, ANN, 2, 2, Code.INVITE_EXPIRED),
        (1, BOB, 1, 0, Code.INVITE_USED_UP),
    ]
    assert [row.invite_id for row, _ in await invites.newest(before=3, limit=1)] == [2]
    assert [act for _, act, _ in await acts(staffed)][-4:] == [
        "invite.made", "invite.made", "invite.made", "invite.revoked",
    ]  # fmt: skip
    assert single.code not in repr(single)


async def test_without_anybody_connected_there_is_nobody_to_tell(tmp_path: Path) -> None:
    async with house(tmp_path, TurnedClock()) as built:
        await built.ann()
        plain = Administration(
            SqlAdministration(built.database),
            passwords=built.passwords,
            clock=built.clock,
            profiles=built.accounts.profile,
        )
        assert await plain.reset_password("ann@example.org", "another one") is None
        assert await built.login("ann@example.org", "another one")
