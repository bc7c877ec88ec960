"""What everything done with conversations is done with: the clock, the store, who tells people, who is who."""

from collections.abc import Callable

from msgspec import Struct

from presence_desktop.server.services.chat.commit import Committer
from presence_desktop.server.services.chat.ports import ChatPublisher, ChatStore
from presence_desktop.server.services.ports import Clock, Profile

Profiles = Callable[[int], Profile | None]


class Means(Struct, frozen=True):
    """The same for messages and rooms."""

    clock: Clock
    store: ChatStore
    committer: Committer
    publisher: ChatPublisher
    profiles: Profiles
