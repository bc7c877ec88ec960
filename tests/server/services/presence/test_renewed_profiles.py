"""A person whose profile changed is told anew, under a new version, with everything else as it was."""

from presence_desktop.protocol.events import StatusUpdate
from presence_desktop.protocol.status import Status
from tests.fakes.presence import Hand

ANN, NEVER_HERE = 1, 2


async def test_who_is_here_is_told_anew() -> None:
    hand = Hand()
    hand.service.connect(ANN, "phone")
    hand.wait(5)
    (before,) = hand.listener.changes
    hand.service.renewed(ANN)
    *_, after = hand.listener.changes
    assert after.version > before.version
    assert (after.status, after.before, after.restated) == (Status.ONLINE, Status.ONLINE, False)
    assert (after.since, after.reason) == (before.since, before.reason)
    assert hand.service.version() == after.version
    hand.service.renewed(ANN)
    assert hand.listener.changes[-1].since == before.since


async def test_who_appears_offline_stays_so() -> None:
    hand = Hand()
    hand.service.connect(ANN, "phone")
    hand.service.claim(ANN, StatusUpdate(status=Status.OFFLINE))
    gone = hand.listener.changes[-1]
    hand.wait(60)
    hand.service.renewed(ANN)
    after = hand.listener.changes[-1]
    assert (after.status, after.last_seen, after.reason) == (gone.status, gone.last_seen, gone.reason)


async def test_who_was_never_here_is_told_as_nobody_was_seen() -> None:
    hand = Hand()
    hand.service.renewed(NEVER_HERE)
    (told,) = hand.listener.changes
    assert (told.status, told.last_seen) == (Status.OFFLINE, None)
