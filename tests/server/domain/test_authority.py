"""Who may do what to whom: every pair of roles and every act, and that a server keeps its one owner."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from presence_desktop.protocol.errors import Code
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.domain.authority import ROLES, Act, Standing, refusal

ROLE, ACT = st.sampled_from(Role), st.sampled_from(Act)
PERSONAL = (Act.DISABLE, Act.ENABLE, Act.RESET_PASSWORD, Act.MAKE_ADMIN, Act.MAKE_MEMBER, Act.HAND_OVER)
ON_THE_SERVER = (Act.LOOK, Act.INVITE, Act.REVOKE_INVITE, Act.BACK_UP)


@given(actor=ROLE, target=ROLE, act=ACT)
def test_who_may_do_what_to_whom(actor: Role, target: Role, act: Act) -> None:
    may = refusal(Standing(1, actor), act, Standing(2, target)) is None
    by_owner = actor is Role.OWNER and target is not Role.OWNER and act in PERSONAL
    by_admin = (
        actor is Role.ADMIN
        and target in (Role.MEMBER, Role.MODERATOR)
        and act in (Act.DISABLE, Act.ENABLE, Act.RESET_PASSWORD)
    )
    assert may is (by_owner or by_admin)


@given(role=ROLE, act=ACT, disabled=st.booleans())
def test_owner_and_admins_look_after_the_server(role: Role, act: Act, disabled: bool) -> None:
    code = refusal(Standing(1, role, disabled), act)
    may = role in (Role.OWNER, Role.ADMIN) and act in ON_THE_SERVER
    allowed = not disabled and (may or (role is Role.OWNER and act is Act.RENAME))
    assert code is (None if allowed else Code.FORBIDDEN)


@given(role=ROLE, act=ACT)
def test_nobody_does_it_to_themselves(role: Role, act: Act) -> None:
    assert refusal(Standing(1, role), act, Standing(1, role)) is Code.FORBIDDEN


@given(act=ACT, role=ROLE)
def test_the_operator_may_do_everything_but_leave_the_server_without_an_owner(act: Act, role: Role) -> None:
    ends = role is Role.OWNER and act in (Act.DISABLE, Act.MAKE_ADMIN, Act.MAKE_MEMBER)
    assert refusal(None, act, Standing(2, role)) is (Code.LAST_OWNER if ends else None)
    assert refusal(None, act) is None


@pytest.mark.parametrize("actor", [None, Standing(1, Role.OWNER)])
def test_a_server_is_not_handed_over_to_somebody_shut_out(actor: Standing | None) -> None:
    assert refusal(actor, Act.HAND_OVER, Standing(2, Role.MEMBER, disabled=True)) is Code.FORBIDDEN


PEOPLE = st.integers(0, 3)


@given(st.lists(st.tuples(st.none() | PEOPLE, ACT, PEOPLE), max_size=40))
def test_whatever_is_done_there_is_one_owner_who_can_sign_in(
    deeds: Sequence[tuple[int | None, Act, int]],
) -> None:
    people = [Standing(0, Role.OWNER), *(Standing(number, Role.MEMBER) for number in (1, 2, 3))]
    for by, act, on in deeds:
        if refusal(None if by is None else people[by], act, people[on]) is not None:
            continue
        if act is Act.HAND_OVER:
            people = [replace(one, role=Role.ADMIN) if one.role is Role.OWNER else one for one in people]
        if act in ROLES:
            people[on] = replace(people[on], role=ROLES[act])
        elif act in (Act.DISABLE, Act.ENABLE):
            people[on] = replace(people[on], disabled=act is Act.DISABLE)
        (owner,) = (one for one in people if one.role is Role.OWNER)
        assert not owner.disabled
