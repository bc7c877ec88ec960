"""Who is offered what of looking after a server, and which calls that takes."""

import pytest

from presence_desktop.core.administration import Administration
from presence_desktop.core.changes import Changes
from presence_desktop.core.rest_call import Answer, RestCall
from presence_desktop.core.server_roles import ServerRole, administers, may_act_on, role_of
from presence_desktop.net.encoding import said

OWNER, ADMIN, MEMBER = ServerRole.OWNER, ServerRole.ADMIN, ServerRole.MEMBER


class NotedCalls:
    """Writes down what is asked."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str, str, object]] = []

    def call(self, call: RestCall[Answer]) -> Changes:
        body = None if call.body is None else said(call.body)
        self.made.append((call.about, call.method, call.path, body))
        return Changes(asked=len(self.made))


@pytest.fixture
def calls() -> NotedCalls:
    return NotedCalls()


def test_each_verb_is_one_call(calls: NotedCalls) -> None:
    office = Administration(calls)
    assert office.people().asked == 1
    office.people("김 &", after=7)
    office.reset_password(3)
    office.reset_password(3, "a new one, long")
    office.set_disabled(3, True)
    office.set_disabled(3, False)
    office.give_role(3, OWNER)
    office.invites()
    office.make_invite()
    office.make_invite(uses=1, until=1_763_899_200_000)
    office.revoke_invite(9)
    office.facts()
    office.back_up()
    office.rename("연구실")
    office.rename(None)
    office.log()
    office.log(before=7, kind="role", find="a@")
    assert calls.made == [
        ("admin:people", "GET", "/api/admin/people?after=0&limit=200", None),
        ("admin:people", "GET", "/api/admin/people?after=7&limit=200&find=%EA%B9%80+%26", None),
        ("admin:password", "POST", "/api/admin/people/3/password", {}),
        ("admin:password", "POST", "/api/admin/people/3/password", {"password": "a new one, long"}),
        ("admin:disable", "POST", "/api/admin/people/3/disable", None),
        ("admin:disable", "POST", "/api/admin/people/3/enable", None),
        ("admin:role", "POST", "/api/admin/people/3/role", {"role": "owner"}),
        ("admin:invites", "GET", "/api/admin/invites?limit=200", None),
        ("admin:invite", "POST", "/api/admin/invites", {}),
        ("admin:invite", "POST", "/api/admin/invites", {"uses": 1, "until": 1_763_899_200_000}),
        ("admin:revoke", "DELETE", "/api/admin/invites/9", None),
        ("admin:server", "GET", "/api/admin/server", None),
        ("admin:backup", "POST", "/api/admin/backup", None),
        ("admin:name", "PUT", "/api/admin/server/name", {"name": "연구실"}),
        ("admin:name", "PUT", "/api/admin/server/name", {}),
        ("admin:log", "GET", "/api/admin/audit?limit=50", None),
        ("admin:log", "GET", "/api/admin/audit?before=7&kind=role&find=a%40&limit=50", None),
    ]


def test_a_password_is_in_no_repr() -> None:
    said = []

    class Said(NotedCalls):
        def call(self, call: RestCall[Answer]) -> Changes:
            said.append(repr(call))
            return super().call(call)

    Administration(Said()).reset_password(3, "a new one, long")
    assert "a new one" not in said[0]


@pytest.mark.parametrize(
    ("mine", "seen_to"),
    [(OWNER, {ADMIN, MEMBER}), (ADMIN, {MEMBER}), (MEMBER, set())],
)
def test_who_sees_to_whom(mine: ServerRole, seen_to: set[ServerRole]) -> None:
    assert {theirs for theirs in ServerRole if may_act_on(mine, theirs)} == seen_to
    assert administers(mine) is bool(seen_to)


def test_a_role_that_is_not_known_is_a_members() -> None:
    assert [role_of(word) for word in ("owner", "admin", "member", "moderator", "emperor")] == [
        OWNER,
        ADMIN,
        MEMBER,
        MEMBER,
        MEMBER,
    ]
