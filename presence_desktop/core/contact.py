"""One person of the list. Holds what is known; which news counts is decided in `roster`."""

import unicodedata

from presence_desktop.protocol.status import Reason, Status


class Contact:
    """One person. The object stays the same for as long as the person is in the roster; only its fields change."""

    __slots__ = (
        "avatar",
        "emoji",
        "is_me",
        "known",
        "last_seen",
        "reason",
        "role",
        "since",
        "sort_name",
        "status",
        "text",
        "user_id",
        "username",
        "version",
    )

    def __init__(self, user_id: int, username: str) -> None:
        self.user_id = user_id
        self.username = username
        self.sort_name = folded(username)
        """The name as it is sorted and searched."""
        self.avatar: str | None = None
        self.role = "member"
        self.status = Status.OFFLINE
        """The last word of the server; to be believed only while `known`."""
        self.known = False
        """False: draw the dot as unknown."""
        self.last_seen: int | None = None
        """Milliseconds; None for somebody who was never here."""
        self.since: int | None = None
        """Since when the status holds, in milliseconds; None where the server does not say."""
        self.reason: Reason | None = None
        """Why, as far as it may be told; None where the server does not say."""
        self.text: str | None = None
        self.emoji: str | None = None
        self.version = 0
        self.is_me = False

    def rename(self, username: str) -> None:
        """Give the person another name."""
        if username != self.username:
            self.username = username
            self.sort_name = folded(username)


def folded(name: str) -> str:
    """A name for comparing: composed (NFC) and casefolded."""
    return unicodedata.normalize("NFC", name).casefold()
