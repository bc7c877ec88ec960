"""Signing in, staying signed in, signing out; passwords and tokens beside it."""

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable
from pathlib import Path

import jwt
import pytest
from argon2 import PasswordHasher

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.rest import Login
from presence_desktop.server.services.accounts import passwords
from presence_desktop.server.services.accounts.passwords import Passwords
from tests.server.services.accounts.house import DAY, HOUR, KEY, MINUTE, PASSWORD, House, TurnedClock, house
from tests.server.services.accounts.test_directory import code_of


async def test_a_token_says_whose_it_is(accounts_house: House) -> None:
    pair = await accounts_house.ann()
    identity = accounts_house.tokens.authenticate(pair.token)
    assert (identity.user_id, identity.username) == (1, "Ann")
    claims = jwt.decode(pair.token, KEY, algorithms=["HS256"], options={"verify_exp": False})
    assert (claims["sub"], claims["username"]) == ("1", "Ann")
    assert pair.token not in repr(pair)
    assert pair.refresh_token not in repr(pair)


@pytest.mark.parametrize(
    ("email", "password"), [("ann@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")]
)
async def test_whatever_is_wrong_the_answer_is_the_same(
    accounts_house: House, email: str, password: str
) -> None:
    await accounts_house.ann()
    await accounts_house.accounts.add("bob@example.org", "Bob", PASSWORD)
    assert await code_of(accounts_house.login(email, password)) is Code.INVALID_CREDENTIALS
    await accounts_house.administration.set_disabled("bob@example.org", disabled=True)
    assert await code_of(accounts_house.login("bob@example.org")) is Code.INVALID_CREDENTIALS


async def test_a_sign_in_that_was_on_its_way_does_not_outlive_what_ended_all_others(
    accounts_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accounts_house.ann()
    bob = await accounts_house.accounts.add("bob@example.org", "Bob", PASSWORD)
    administration, matches = accounts_house.administration, accounts_house.passwords.matches

    def meanwhile(act: Callable[[], Awaitable[object]]) -> None:
        async def matched(kept: str | None, password: str) -> bool:
            found = await matches(kept, password)
            await act()
            return found

        monkeypatch.setattr(accounts_house.passwords, "matches", matched)

    meanwhile(lambda: administration.reset_password("bob@example.org", "battery staple"))
    assert await code_of(accounts_house.login("bob@example.org")) is Code.INVALID_CREDENTIALS
    meanwhile(lambda: administration.set_disabled("bob@example.org", disabled=True))
    assert (
        await code_of(accounts_house.login("bob@example.org", "battery staple")) is Code.INVALID_CREDENTIALS
    )
    assert accounts_house.accounts.is_disabled(bob.user_id)
    assert not await accounts_house.kept.held_by(bob.user_id, now=accounts_house.clock.now())


async def test_a_password_is_verified_whether_or_not_the_account_exists(
    accounts_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accounts_house.ann()
    verified: list[str] = []

    def verify(_hasher: PasswordHasher, kept: str | bytes, _password: str | bytes) -> bool:
        verified.append(str(kept))
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    assert await code_of(accounts_house.login("nobody@example.org")) is Code.INVALID_CREDENTIALS
    await accounts_house.login()
    unknown, known = (kept.split("$")[:4] for kept in verified)
    assert unknown == known


async def test_ten_tries_a_minute_an_account_and_sixty_an_address(accounts_house: House) -> None:
    await accounts_house.accounts.add("ann@example.org", "Ann", PASSWORD)
    codes = [await code_of(accounts_house.login(password="wrong")) for _ in range(10)]
    assert set(codes) == {Code.INVALID_CREDENTIALS}
    assert await code_of(accounts_house.login()) is Code.TOO_MANY_REQUESTS
    for number in range(49):
        await code_of(accounts_house.login(f"user{number}@example.org"))
    assert await code_of(accounts_house.login("other@example.org")) is Code.TOO_MANY_REQUESTS
    accounts_house.clock.pass_by(MINUTE)
    assert await accounts_house.login()


async def test_refreshing_gives_a_new_pair_and_the_same_one_again_for_a_while(accounts_house: House) -> None:
    first = await accounts_house.ann()
    clock, sign_ins = accounts_house.clock, accounts_house.sign_ins
    clock.pass_by(HOUR)
    _, second = await sign_ins.refresh(first.refresh_token)
    assert second.refresh_token != first.refresh_token
    assert second.token != first.token
    clock.pass_by(MINUTE)
    assert (await sign_ins.refresh(first.refresh_token))[1] == second
    _, third = await sign_ins.refresh(second.refresh_token)
    clock.pass_by(1)
    assert await code_of(sign_ins.refresh(first.refresh_token)) is Code.TOKEN_REVOKED
    for pair in (first, second, third):
        assert await code_of(sign_ins.refresh(pair.refresh_token)) is Code.TOKEN_REVOKED
        with pytest.raises(Refused, match="token_revoked"):
            accounts_house.tokens.authenticate(pair.token)
    assert accounts_house.cuts.cuts[0][:2] == (1, Code.TOKEN_REVOKED)


async def test_two_refreshes_at_once_give_the_same_pair(accounts_house: House) -> None:
    first = await accounts_house.ann()
    refresh = accounts_house.sign_ins.refresh
    pairs = await asyncio.gather(*(refresh(first.refresh_token) for _ in range(5)))
    assert len({pair for _, pair in pairs}) == 1


async def test_refresh_tokens_end(accounts_house: House) -> None:
    pair = await accounts_house.ann()
    assert await code_of(accounts_house.sign_ins.refresh("\ud800")) is Code.TOKEN_INVALID
    accounts_house.clock.pass_by(30 * DAY)
    assert await code_of(accounts_house.sign_ins.refresh(pair.refresh_token)) is Code.TOKEN_EXPIRED
    await accounts_house.kept.forget(accounts_house.clock.now() + 1)
    assert await code_of(accounts_house.sign_ins.refresh(pair.refresh_token)) is Code.TOKEN_INVALID


async def test_a_disabled_account_refreshes_nothing(accounts_house: House) -> None:
    await accounts_house.ann()
    await accounts_house.accounts.add("bob@example.org", "Bob", PASSWORD)
    pair = await accounts_house.login("bob@example.org")
    await accounts_house.administration.set_disabled("bob@example.org", disabled=True)
    assert await code_of(accounts_house.sign_ins.refresh(pair.refresh_token)) is Code.ACCOUNT_DISABLED


async def test_signing_out_voids_both_tokens_of_this_sign_in_only(accounts_house: House) -> None:
    here, there = await accounts_house.ann(), await accounts_house.login()
    who = accounts_house.tokens.authenticate(here.token)
    await accounts_house.sign_ins.logout(who, None)
    assert accounts_house.cuts.cuts == [(1, Code.TOKEN_REVOKED, who.family)]
    assert await code_of(accounts_house.sign_ins.refresh(here.refresh_token)) is Code.TOKEN_REVOKED
    with pytest.raises(Refused, match="token_revoked"):
        accounts_house.tokens.authenticate(here.token)
    assert accounts_house.tokens.authenticate(there.token)
    await accounts_house.sign_ins.logout(None, there.refresh_token)
    with pytest.raises(Refused, match="token_revoked"):
        accounts_house.tokens.authenticate(there.token)
    assert await code_of(accounts_house.sign_ins.logout(None, "unknown")) is Code.TOKEN_INVALID
    assert await code_of(accounts_house.sign_ins.logout(None, None)) is Code.TOKEN_INVALID


async def test_what_was_revoked_stays_so_after_a_restart(tmp_path: Path) -> None:
    clock = TurnedClock()
    async with house(tmp_path, clock) as before:
        pair = await before.ann()
        await before.sign_ins.logout(before.tokens.authenticate(pair.token), None)
    clock.pass_by(HOUR)
    async with house(tmp_path, clock) as after:
        await after.look()
        with pytest.raises(Refused, match="token_revoked"):
            after.tokens.authenticate(pair.token)
        clock.pass_by(12 * HOUR)
        await after.look()
        assert after.tokens._revoked == {}
        with pytest.raises(Refused, match="token_expired"):
            after.tokens.authenticate(pair.token)


GOOD = {"sub": "1", "username": "Ann", "fam": "x", "iat": 0, "exp": 9_999_999_999}


@pytest.mark.parametrize(
    "claims",
    [
        {**GOOD, "sub": "0"},
        {**GOOD, "sub": "-1"},
        {**GOOD, "sub": "²"},
        {**GOOD, "sub": "99999999999"},
        {**GOOD, "sub": "7"},
        {**GOOD, "username": 3},
        {**GOOD, "fam": ["x"]},
        {**GOOD, "exp": "later"},
        {name: value for name, value in GOOD.items() if name != "fam"},
    ],
)
async def test_a_token_with_claims_that_make_no_sense_is_nobodys(
    accounts_house: House, claims: dict[str, object]
) -> None:
    await accounts_house.ann()
    assert accounts_house.tokens.authenticate(jwt.encode(GOOD, KEY, algorithm="HS256")).family == "x"
    with pytest.raises(Refused, match="token_invalid"):
        accounts_house.tokens.authenticate(jwt.encode(claims, KEY, algorithm="HS256"))


@pytest.mark.parametrize("token", ["x", "a.b.c", "\ud800.\ud800.x", "é" * 100])
async def test_what_is_no_token_is_nobodys(accounts_house: House, token: str) -> None:
    with pytest.raises(Refused, match="token_invalid"):
        accounts_house.tokens.authenticate(token)
    with pytest.raises(Refused, match="token_missing"):
        accounts_house.tokens.authenticate("")


async def test_the_same_keys_are_the_same_password_on_every_system() -> None:
    composed = "비밀번호입니다"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    hashing = Passwords(1)
    try:
        kept = await hashing.hash(composed)
        assert await hashing.matches(kept, decomposed)
        assert not await hashing.matches(kept, "다른 비밀번호")
        assert not await hashing.matches("no hash at all", composed)
    finally:
        hashing.close()


async def test_only_so_many_wait_for_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_WAITING_AT_MOST", 1)
    hashing = Passwords(1)
    try:
        first = asyncio.ensure_future(hashing.hash("x"))
        await asyncio.sleep(0)
        assert hashing.waiting == 1
        outcomes = await asyncio.gather(first, *(hashing.hash("x") for _ in range(2)), return_exceptions=True)
        assert hashing.waiting == 0
        refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
        assert refused == [Code.UNAVAILABLE] * 2
    finally:
        hashing.close()


async def test_a_try_to_sign_in_never_shows_its_password() -> None:
    assert PASSWORD not in repr(Login(email="a@b", password=PASSWORD))
