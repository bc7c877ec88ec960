"""Looking after a real server through the whole client: what the owner asks for happens, to others at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from presence_desktop.core.administration import Administration
from presence_desktop.core.changes import Changes
from presence_desktop.core.connection import LinkState
from presence_desktop.core.server_roles import ServerRole
from presence_desktop.protocol import admin_rest as wire
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire
from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.net.talking_desk import Desk

MakeDesk = Callable[[Person], Desk]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with running_server(tmp_path) as running:
        yield running


@pytest.fixture
def desk(server: ServerProcess, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(who: Person) -> Desk:
        one = Desk(tmp_path / str(who.user_id), who, made)
        made.append(one)
        one.sign_in(server.url)
        return one

    yield make
    while made:
        made[0].leave()


def test_the_owner_looks_after_people_invites_and_backups(server: ServerProcess, desk: MakeDesk) -> None:
    owner, bora, cem = server.people(3)
    ada, other = desk(owner), desk(bora)
    office = Administration(ada.chats)

    def done(changes: Changes) -> Wire:
        answer = ada.outcome(changes).answer
        assert answer is not None
        return answer

    made = done(office.make_invite(uses=2))
    assert isinstance(made, wire.InviteCreated)
    listed = done(office.invites())
    assert isinstance(listed, wire.InvitesPage)
    assert next((one.id, one.uses_left) for one in listed.invites if one.state == "open") == (made.id, 2)
    done(office.revoke_invite(made.id))
    again = done(office.invites())
    assert isinstance(again, wire.InvitesPage)
    assert next(one for one in again.invites if one.id == made.id).state == "revoked"

    found = done(office.people(find=cem.email))
    assert isinstance(found, wire.AdminPeoplePage)
    assert [one.user_id for one in found.people] == [cem.user_id]
    facts = done(office.facts())
    assert isinstance(facts, wire.ServerFacts)
    assert (facts.people, facts.connected) == (3, 2)
    assert isinstance(done(office.back_up()), wire.BackupMade)

    reset = done(office.reset_password(cem.user_id))
    assert isinstance(reset, wire.PasswordWasReset)
    assert reset.password is not None
    server.sign_in(cem.email, reset.password)

    done(office.set_disabled(bora.user_id, True))
    other.until(lambda: other.client.connection.state is LinkState.SIGNED_OUT)
    assert other.client.connection.reason is Code.ACCOUNT_DISABLED
    done(office.set_disabled(bora.user_id, False))
    server.sign_in(bora.email)

    handed = done(office.give_role(cem.user_id, ServerRole.OWNER))
    assert isinstance(handed, wire.OnePerson)
    assert handed.person.role == "owner"
    assert ada.outcome(office.give_role(bora.user_id, ServerRole.ADMIN)).code is Code.FORBIDDEN


def test_a_member_is_refused(server: ServerProcess, desk: MakeDesk) -> None:
    _, bora = server.people(2)
    member = desk(bora)
    office = Administration(member.chats)
    for changes in (office.facts(), office.people(), office.make_invite(), office.back_up()):
        assert member.outcome(changes).code is Code.FORBIDDEN
