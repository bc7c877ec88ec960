"""Everybody we know of, and what the server last said of them.

Decides which news counts: by version, never by arrival, within one epoch of the server; plain events, which carry
no version, in the order they came. How people are ordered and painted is others' business.

Every step returns the ids of those whose paint changed.
"""

from collections.abc import Iterable, Iterator

from presence_desktop.core.contact import Contact
from presence_desktop.protocol.events import (
    Cursor,
    OnlineUser,
    OnlineUsers,
    PresenceChange,
    PresenceChanges,
    UserStatus,
)
from presence_desktop.protocol.rest import DirectoryEntry
from presence_desktop.protocol.status import Status, known_reason


class Roster:
    """All contacts by user id, oneself included."""

    def __init__(self) -> None:
        self._contacts: dict[int, Contact] = {}
        self._epoch: str | None = None
        self._version = 0
        self._whole = False
        self._me: int | None = None

    def __len__(self) -> int:
        return len(self._contacts)

    def __iter__(self) -> Iterator[Contact]:
        return iter(self._contacts.values())

    def get(self, user_id: int) -> Contact | None:
        """The contact of this id, if there is one."""
        return self._contacts.get(user_id)

    @property
    def me(self) -> Contact | None:
        """Oneself, as others see one."""
        return None if self._me is None else self._contacts.get(self._me)

    @property
    def cursor(self) -> Cursor | None:
        """How far the picture is known; None when there is none, or it has a gap."""
        if not self._whole or self._epoch is None:
            return None
        return Cursor(epoch=self._epoch, version=self._version)

    def follows(self, changes: PresenceChanges) -> bool:
        """Whether these changes build on the picture that is held."""
        return self._whole and changes.epoch == self._epoch

    def miss(self) -> bool:
        """Something was missed: only a whole picture can mend it. Whether that is news."""
        was, self._whole = self._whole, False
        return was

    def set_me(self, user_id: int) -> None:
        """This contact is oneself."""
        self._me = user_id
        contact = self._contacts.get(user_id)
        if contact is not None:
            contact.is_me = True

    def clear(self) -> None:
        """Forget everybody, and who oneself is."""
        self._contacts.clear()
        self._epoch = None
        self._version = 0
        self._whole = False
        self._me = None

    def doubt(self) -> None:
        """Nothing is known for sure any more: the link is lost."""
        for contact in self._contacts.values():
            contact.known = False

    def trust(self) -> None:
        """What is held is known again: what had changed meanwhile was told."""
        for contact in self._contacts.values():
            contact.known = True

    def replace(self, picture: OnlineUsers) -> set[int]:
        """The whole picture: whoever is not in it is offline."""
        if picture.epoch != self._epoch:
            self._begin_epoch(picture.epoch)
        seen = picture.version
        self._version = max(self._version, seen or 0)
        self._whole = True
        changed = {entry.user_id for entry in picture.users if self._present(entry)}
        here = {entry.user_id for entry in picture.users}
        for contact in self._contacts.values():
            contact.known = True
            if (
                contact.status is Status.OFFLINE
                or contact.user_id in here
                or (seen and contact.version > seen)
            ):
                continue
            _went(contact)
            changed.add(contact.user_id)
        return changed

    def renewed(self, batch: PresenceChanges) -> set[int]:
        """Who is told anew with nothing in it that is new: their role is another one, which the directory knows."""
        told = ((self._contacts.get(change.user_id), change) for change in batch.changes)
        return {
            change.user_id
            for contact, change in told
            if contact is not None and change.version > contact.version and _shown(contact) == _shown(change)
        }

    def apply(self, batch: PresenceChanges) -> set[int]:
        """Versioned changes; those older than what is known are dropped. Check `follows` first."""
        self._version = max(self._version, batch.version)
        return {change.user_id for change in batch.changes if self._versioned(change)}

    def change(self, plain: UserStatus) -> set[int]:
        """One person's change without a version: the newest word is the last that came."""
        contact = self._known(plain.user_id, plain.username)
        if plain.status is not contact.status:
            _clear_details(contact)
            contact.since = plain.timestamp
        contact.status = plain.status
        contact.last_seen = max(contact.last_seen or 0, plain.timestamp)
        return {plain.user_id}

    def enlist(self, entries: Iterable[DirectoryEntry], *, pictured: bool) -> set[int]:
        """People of the directory. Their status there is not used: the picture (once `pictured`) knows better."""
        changed = set()
        for entry in entries:
            contact = self._contacts.get(entry.user_id)
            if contact is None:
                contact = self._add(entry.user_id, entry.username)
                contact.known = pictured
            contact.rename(entry.username)
            contact.avatar = entry.avatar
            contact.role = entry.role
            if entry.last_seen is not None and entry.last_seen > (contact.last_seen or 0):
                contact.last_seen = entry.last_seen
            changed.add(entry.user_id)
        return changed

    def _begin_epoch(self, epoch: str | None) -> None:
        """Versions of another epoch say nothing about this one's."""
        self._epoch = epoch
        self._version = 0
        for contact in self._contacts.values():
            contact.version = 0

    def _present(self, entry: OnlineUser) -> bool:
        contact = self._known(entry.user_id, entry.username)
        version = entry.version or 0
        if version < contact.version:
            return False
        contact.avatar = entry.avatar
        contact.status = entry.status
        contact.last_seen = max(contact.last_seen or 0, entry.last_seen)
        contact.version = version
        contact.since = entry.since
        contact.reason = known_reason(entry.reason)
        contact.text = entry.text
        contact.emoji = entry.emoji
        return True

    def _versioned(self, change: PresenceChange) -> bool:
        contact = self._known(change.user_id, change.username)
        if change.version <= contact.version:
            return False
        contact.version = change.version
        contact.status = change.status
        contact.since = change.since
        contact.reason = known_reason(change.reason)
        contact.text = change.text
        contact.emoji = change.emoji
        contact.avatar = change.avatar
        if change.last_seen is not None:
            contact.last_seen = change.last_seen
        return True

    def _known(self, user_id: int, username: str) -> Contact:
        contact = self._contacts.get(user_id)
        if contact is None:
            contact = self._add(user_id, username)
        elif contact.username != username:
            contact.rename(username)
        contact.known = True
        return contact

    def _add(self, user_id: int, username: str) -> Contact:
        contact = self._contacts[user_id] = Contact(user_id, username)
        contact.is_me = user_id == self._me
        return contact


def _shown(who: Contact | PresenceChange) -> tuple[object, ...]:
    return who.username, who.avatar, who.status, who.since, who.reason, who.text, who.emoji


def _went(contact: Contact) -> None:
    contact.status = Status.OFFLINE
    contact.since = None
    _clear_details(contact)


def _clear_details(contact: Contact) -> None:
    contact.reason = None
    contact.text = None
    contact.emoji = None
