"""What a person is told of while not looking, and when it has nothing to say any more."""

from collections.abc import Iterator

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.core.notifying import Notifying, Verdict, Watch
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer
from tests.core.world import change, changes, picture, user

DIRECT = 8


class Ears:
    """A device whose person is told; `looked_at` is what is in front of them."""

    def __init__(self) -> None:
        self.server = ChatServer()
        self.server.room()
        self.server.room(DIRECT, (1, 3), Kind.DIRECT)
        self.device = Device(self.server)
        self.notifying = Notifying(self.device.client)
        self.looked_at: int | None = None
        self._taken = 0

    def online(self) -> "Ears":
        self.device.online()
        self.hear()
        return self

    def hear(self) -> Verdict:
        """Everything moves; what was said of it, put together."""
        self.device.move()
        return self.told()

    def told(self) -> Verdict:
        verdicts = [
            self.notifying.take(changes, self.looked_at) for changes in self.device.seen[self._taken :]
        ]
        self._taken = len(self.device.seen)
        return Verdict(
            tuple(one for verdict in verdicts for one in verdict.show),
            tuple(one for verdict in verdicts for one in verdict.close),
            tuple(one for verdict in verdicts for one in verdict.back),
        )

    def say(self, text: str = "hey", sender: int = 3, room_id: int = DIRECT, **fields: object) -> Verdict:
        self.server.say(text, sender, room_id, **fields)
        return self.hear()

    def read(self, room_id: int = DIRECT) -> Verdict:
        self.device.see(self.device.chats.mark_read(room_id, 99))
        return self.told()

    def busy(self) -> None:
        """The server says that oneself is busy; it was not chosen here."""
        self.device.client.own.seen(Status.BUSY, Reason.MANUAL, 99, 1)

    def picture(self, status: Status, version: int = 10) -> Verdict:
        """The whole picture comes, with person 3."""
        self.device.take(incoming.People(picture(user(3, status=status, version=version), version=version)))
        return self.told()

    def change(self, status: Status, version: int, user_id: int = 3) -> Verdict:
        self.device.take(changes(change(user_id, status, version)))
        return self.told()


@pytest.fixture
def ears() -> Iterator[Ears]:
    return Ears().online()


def test_a_direct_message_is_told_until_it_is_read(ears: Ears) -> None:
    assert ears.say() == Verdict(show=(DIRECT,))
    assert ears.say("and") == Verdict(show=(DIRECT,))
    assert ears.read() == Verdict(close=(DIRECT,))
    assert ears.read() == Verdict()


def test_in_rooms_only_mentions_are(ears: Ears) -> None:
    assert ears.say("hello all", 2, ROOM) == Verdict()
    assert ears.say("@user1", 2, ROOM, mentions=[1]) == Verdict(show=(ROOM,))
    assert ears.say("never mind", 2, ROOM) == Verdict()
    assert ears.say("@all", 2, ROOM, mentions_all=True) == Verdict(show=(ROOM,))


def test_one_s_own_words_and_mere_changes_are_no_news(ears: Ears) -> None:
    assert ears.say("from my phone", 1) == Verdict()
    assert ears.say() == Verdict(show=(DIRECT,))
    ears.server.change(DIRECT, 2, text="hey!")
    assert ears.hear() == Verdict()


def test_what_is_looked_at_is_not_told_and_looking_settles_it(ears: Ears) -> None:
    ears.looked_at = DIRECT
    assert ears.say() == Verdict()
    ears.looked_at = ROOM
    assert ears.say("and") == Verdict(show=(DIRECT,))
    ears.looked_at = DIRECT
    assert ears.say("more") == Verdict(close=(DIRECT,))


def test_nothing_of_muted_conversations_nor_with_everything_off(ears: Ears) -> None:
    ears.device.see(ears.device.chats.mute(DIRECT, True))
    assert ears.say() == Verdict()
    ears.device.see(ears.device.chats.mute(DIRECT, False))
    assert ears.told() == Verdict()
    ears.notifying.on = False
    assert ears.say() == Verdict()


@pytest.mark.parametrize("how", ["chosen", "told"])
def test_while_busy_only_those_who_may_break_through(ears: Ears, how: str) -> None:
    if how == "chosen":
        ears.device.see(ears.device.client.set_status(Status.BUSY))
    else:
        ears.busy()
    assert ears.say() == Verdict()
    ears.notifying.through = frozenset({3})
    assert ears.say() == Verdict(show=(DIRECT,))
    assert ears.say("@user1", 2, ROOM, mentions=[1]) == Verdict()
    ears.notifying.through = frozenset({2})
    assert ears.say("@user1", 2, ROOM, mentions=[1]) == Verdict(show=(ROOM,))


def test_what_came_while_the_app_did_not_run_is_not_told() -> None:
    ears = Ears()
    ears.server.say("early", 3, DIRECT)
    ears.online()
    assert ears.notifying.take(Changes(), None) == Verdict()
    assert ears.say("now") == Verdict(show=(DIRECT,))


def test_what_came_while_the_link_was_lost_is(ears: Ears) -> None:
    ears.device.lose()
    ears.server.say("meanwhile", 3, DIRECT)
    ears.device.link()
    assert DIRECT in ears.hear().show


def test_a_new_conversation_is_told_and_one_that_is_gone_has_nothing_to_say(ears: Ears) -> None:
    ears.server.room(9, (1, 4), Kind.DIRECT)
    ears.server.say("who are you?", 4, 9)
    ears.device.take(incoming.ChatEvent(wire.NotificationStale()))
    assert ears.hear().show == (9,)
    ears.device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=9)))
    assert ears.told() == Verdict(close=(9,))


def test_signing_out_settles_everything(ears: Ears) -> None:
    ears.say()
    ears.notifying.watch(3, Watch.ALWAYS)
    ears.device.take(incoming.SignedOut(None))
    assert ears.told() == Verdict(close=(DIRECT,))
    assert ears.notifying.watches == {}


def test_somebody_who_is_back_is_told_once_or_each_time(ears: Ears) -> None:
    assert ears.picture(Status.AWAY) == Verdict()
    ears.notifying.watch(3, Watch.ONCE)
    assert ears.change(Status.OFFLINE, 12) == Verdict()
    assert ears.change(Status.ONLINE, 13) == Verdict(back=(3,))
    assert ears.notifying.watches == {}
    ears.notifying.watch(3, Watch.ALWAYS)
    assert ears.change(Status.ONLINE, 14) == Verdict()
    for version in (15, 17):
        assert ears.change(Status.BUSY, version) == Verdict()
        assert ears.change(Status.ONLINE, version + 1) == Verdict(back=(3,))
    ears.notifying.watch(3, None)
    ears.change(Status.AWAY, 19)
    assert ears.change(Status.ONLINE, 20) == Verdict()


def test_others_and_one_s_own_lost_link_are_no_coming_back(ears: Ears) -> None:
    ears.picture(Status.ONLINE)
    ears.notifying.watch(3, Watch.ALWAYS)
    ears.notifying.watch(5, Watch.ALWAYS)
    assert ears.change(Status.ONLINE, 12, user_id=4) == Verdict()
    ears.device.take(incoming.LinkLost(Code.UNREACHABLE, "", None))
    assert ears.told() == Verdict()
    ears.device.link()
    assert ears.picture(Status.ONLINE, 13) == Verdict()
    assert ears.notifying.watches == {3: Watch.ALWAYS, 5: Watch.ALWAYS}
    assert ears.notifying.watched(3) is Watch.ALWAYS
    assert ears.notifying.watched(4) is None


def test_what_was_wished_for_in_an_earlier_run_holds() -> None:
    ears = Ears().online()
    ears.notifying.begin({3: Watch.ONCE})
    assert ears.picture(Status.ONLINE) == Verdict(back=(3,))
    ears.notifying.begin({3: Watch.ALWAYS})
    assert ears.change(Status.ONLINE, 12) == Verdict()
    assert ears.change(Status.AWAY, 13) == Verdict()
    assert ears.change(Status.ONLINE, 14) == Verdict(back=(3,))


def test_in_quiet_times_only_those_who_may_break_through(ears: Ears) -> None:
    quiet = True
    ears.notifying.is_quiet = lambda: quiet
    assert ears.say() == Verdict()
    talk = ears.device.chats.get(DIRECT)
    assert talk is not None
    assert talk.unread == 1
    ears.notifying.through = frozenset({3})
    assert ears.say() == Verdict(show=(DIRECT,))
    quiet, ears.notifying.through = False, frozenset()
    assert ears.notifying.quiet_ended() == Verdict()  # what came meanwhile the numbers tell
    assert ears.say() == Verdict(show=(DIRECT,))


def test_who_is_back_in_quiet_times_is_told_of_when_they_end_if_once_was_asked_for(ears: Ears) -> None:
    quiet = True
    ears.notifying.is_quiet = lambda: quiet
    ears.picture(Status.AWAY)
    ears.notifying.watch(3, Watch.ONCE)
    assert ears.change(Status.ONLINE, 12) == Verdict()
    assert ears.change(Status.AWAY, 13) == Verdict()
    quiet = False
    assert ears.notifying.quiet_ended() == Verdict()  # not here any more
    assert ears.notifying.watched(3) is Watch.ONCE
    quiet = True
    assert ears.change(Status.ONLINE, 14) == Verdict()
    quiet = False
    assert ears.notifying.quiet_ended() == Verdict(back=(3,))
    assert ears.notifying.watches == {}


def test_each_time_goes_by_in_quiet_times_unless_she_may_break_through(ears: Ears) -> None:
    quiet = True
    ears.notifying.is_quiet = lambda: quiet
    ears.picture(Status.AWAY)
    ears.notifying.watch(3, Watch.ALWAYS)
    assert ears.change(Status.ONLINE, 12) == Verdict()
    quiet = False
    assert ears.notifying.quiet_ended() == Verdict()
    quiet, ears.notifying.through = True, frozenset({3})
    assert ears.change(Status.AWAY, 13) == Verdict()
    assert ears.change(Status.ONLINE, 14) == Verdict(back=(3,))
