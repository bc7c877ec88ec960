"""The rules of accounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.errors import Code
from presence_desktop.server.domain.accounts import (
    RefreshState,
    Registration,
    Role,
    Rotation,
    email_key,
    first_role,
    invite_refusal,
    needs_invite,
    registration_refusal,
    rotation,
)

MODES = list(Registration)
REPLAY = 60_000


def test_the_first_account_owns_the_server() -> None:
    assert [first_role(accounts=number) for number in (0, 1, 2)] == [Role.OWNER, Role.MEMBER, Role.MEMBER]


@pytest.mark.parametrize("mode", MODES)
def test_while_there_is_no_account_only_this_machine_may_register(mode: Registration) -> None:
    def refusal(loopback: bool) -> Code | None:
        return registration_refusal(mode, accounts=0, from_loopback=loopback, has_invite=False)

    assert (refusal(loopback=True), refusal(loopback=False)) == (None, Code.REGISTRATION_CLOSED)
    assert not needs_invite(mode, accounts=0)


@pytest.mark.parametrize("loopback", [True, False])
@pytest.mark.parametrize(
    ("mode", "has_invite", "code"),
    [
        (Registration.OPEN, False, None),
        (Registration.OPEN, True, None),
        (Registration.INVITE, False, Code.INVITE_REQUIRED),
        (Registration.INVITE, True, None),
        (Registration.CLOSED, True, Code.REGISTRATION_CLOSED),
    ],
)
def test_later_the_mode_decides(
    mode: Registration, has_invite: bool, code: Code | None, loopback: bool
) -> None:
    found = registration_refusal(mode, accounts=3, from_loopback=loopback, has_invite=has_invite)
    assert found is code
    assert needs_invite(mode, accounts=3) is (mode is Registration.INVITE)


@given(st.emails())
def test_an_address_is_the_same_however_it_is_typed(email: str) -> None:
    assert email_key(f" {email.upper()} ") == email_key(email_key(email))


@given(
    uses=st.integers(0, 3),
    expires=st.integers(0, 10),
    revoked=st.none() | st.integers(0, 10),
    now=st.integers(0, 10),
)
def test_an_invite_holds_while_it_has_uses_and_time_and_is_not_revoked(
    uses: int, expires: int, revoked: int | None, now: int
) -> None:
    why = invite_refusal(uses_left=uses, expires_at=expires, revoked_at=revoked, now=now)
    assert (why is None) is (uses > 0 and now < expires and revoked is None)
    assert (why is Code.INVITE_REVOKED) is (revoked is not None)
    assert why is not Code.INVITE_USED_UP or uses == 0
    assert why is not Code.INVITE_EXPIRED or now >= expires


@pytest.mark.parametrize(
    ("state", "now", "meaning"),
    [
        (RefreshState(1_000, None, None), 999, Rotation.ROTATE),
        (RefreshState(1_000, None, None), 1_000, Rotation.EXPIRED),
        (RefreshState(1_000, 500, None), 500 + REPLAY, Rotation.REPEAT),
        (RefreshState(10**9, 500, None), 501 + REPLAY, Rotation.STOLEN),
        (RefreshState(10**9, 500, 600), 700, Rotation.REVOKED),
        (RefreshState(10**9, None, 600), 700, Rotation.REVOKED),
    ],
)
def test_what_a_refresh_token_means(state: RefreshState, now: int, meaning: Rotation) -> None:
    assert rotation(state, now=now, replay=REPLAY) is meaning
