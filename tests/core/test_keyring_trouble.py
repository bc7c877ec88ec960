"""The keyring that keeps one signed in: missing, closed, or slow because it asks its owner."""

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.connection import LinkState
from presence_desktop.protocol.errors import Code
from tests.core.world import ME, SERVER, World, up


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("code", [Code.NO_KEYRING, Code.KEYRING_CLOSED])
def test_what_cannot_be_kept_is_a_notice(world: World, code: Code) -> None:
    assert world.client.apply([incoming.SecretsUnavailable(code)]) == Changes(notices=(Notice(code),))


def test_a_keyring_that_does_not_answer_is_waited_for_until_the_link_is_tried(world: World) -> None:
    client = world.client
    client.resume(SERVER, "a@b")
    assert client.apply([incoming.SecretsAwaited()]).connection
    assert client.connection.awaits_keyring
    assert client.connection.state is LinkState.CONNECTING
    assert client.apply([incoming.LinkTrying(0)]).connection
    assert not client.connection.awaits_keyring


def test_who_is_in_waits_for_no_keyring(world: World) -> None:
    world.client.apply([incoming.SignedIn(SERVER, ME), up(), incoming.SecretsAwaited()])
    assert not world.client.connection.awaits_keyring


def test_a_keyring_that_opens_after_one_gave_up_still_brings_one_in(world: World) -> None:
    client = world.client
    client.resume(SERVER, "a@b")
    client.apply([incoming.SecretsAwaited(), incoming.SignInFailed(Code.KEYRING_CLOSED, "")])
    assert (client.connection.state, client.connection.reason) == (LinkState.SIGNED_OUT, Code.KEYRING_CLOSED)
    client.apply([incoming.LinkTrying(0), incoming.SignedIn(SERVER, ME)])
    assert client.connection.signed_in
    assert client.connection.reason is None
