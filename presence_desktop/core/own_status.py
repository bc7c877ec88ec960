"""One's own status: what was asked for against what the server says.

Decides what the selector shows: while an ask is open, the choice asked for (`pending`); else the server's word. The
newest ask wins; an answer to an older one never moves the selector. An ask made without a link waits for the next one.
Nothing here sends: `Client` does, under the numbers that an `Ask` carries.
"""

from msgspec import Struct

from presence_desktop.protocol.events import Connected, CustomStatus, OwnPresence, StatusUpdate, StatusUpdated
from presence_desktop.protocol.status import Reason, Status, known_reason

REPEAT_AFTER_MS = 10_000
"""An ask that was not answered for so long, with the link up, is made once more."""


class Ask(Struct, frozen=True):
    """An open ask: what, under which number, and when (monotonic ms) it was last sent (None: not over this link)."""

    what: StatusUpdate | CustomStatus
    number: int
    sent_at: int | None = None

    @property
    def until(self) -> int | None:
        """When what was asked for ends by itself."""
        return self.what.until


class OwnStatus:
    """The server's word on oneself, and the asks that are open."""

    def __init__(self) -> None:
        self.shown: Status | None = None
        """What everybody sees, by the server's word; None before the first."""
        self.reason: Reason | None = None
        self.since: int | None = None
        self.text: str | None = None
        self.emoji: str | None = None
        self.text_until: int | None = None
        self._claim: Status | None = None
        self._claim_until: int | None = None
        self._version = 0
        self._number = 0
        self._asked: dict[type[StatusUpdate] | type[CustomStatus], Ask] = {}

    @property
    def choice(self) -> Status:
        """What the selector shows: the open ask's status, else what holds by hand, else `ONLINE`."""
        claim = self.pending_claim
        return claim.status if claim is not None else self._claim or Status.ONLINE

    @property
    def until(self) -> int | None:
        """When the choice ends by itself, in milliseconds."""
        claim = self.pending_claim
        return claim.until if claim is not None else self._claim_until

    @property
    def pending(self) -> bool:
        """Whether an ask is still open."""
        return bool(self._asked)

    @property
    def pending_claim(self) -> StatusUpdate | None:
        """The status asked for and not yet answered: it travels with the next connect message."""
        ask = self._asked.get(StatusUpdate)
        return ask.what if ask is not None and isinstance(ask.what, StatusUpdate) else None

    def ask(self, what: StatusUpdate | CustomStatus) -> Ask:
        """Ask for this; it replaces an older open ask of its kind."""
        self._number += 1
        ask = self._asked[type(what)] = Ask(what, self._number)
        return ask

    def sent(self, ask: Ask, monotonic: int) -> None:
        """The ask went out over the link that is up."""
        if self._asked.get(type(ask.what)) == ask:
            self._asked[type(ask.what)] = Ask(ask.what, ask.number, monotonic)

    def unsent(self, monotonic: int) -> tuple[Ask, ...]:
        """The open asks to send now: those not sent over this link, and those unanswered for too long."""
        return tuple(
            ask
            for ask in self._asked.values()
            if ask.sent_at is None or monotonic - ask.sent_at >= REPEAT_AFTER_MS
        )

    def outdated(self, now: int) -> bool:
        """Drop open asks whose end time has passed; whether any was."""
        past = [kind for kind, ask in self._asked.items() if ask.until is not None and ask.until <= now]
        for kind in past:
            del self._asked[kind]
        return bool(past)

    def drop_custom(self) -> bool:
        """Forget an open ask for a custom status: this server knows none. Whether there was one."""
        return self._asked.pop(CustomStatus, None) is not None

    def link_lost(self) -> None:
        """Whatever was on its way may not have arrived."""
        self._asked = {kind: Ask(ask.what, ask.number) for kind, ask in self._asked.items()}

    def connected(self, word: Connected, carried: StatusUpdate | None) -> None:
        """The link is up; `carried` is the claim that travelled with the connect message.

        A server that did not take it says nothing of that: the ask then stays open, to be sent and answered.
        """
        self._version = 0
        if word.own is None:
            self._plain(word.status, word.timestamp)
            return
        self._full(word.own)
        if (
            carried is not None
            and carried == self.pending_claim
            and carried.status is (self._claim or Status.ONLINE)
        ):
            del self._asked[StatusUpdate]

    def confirm(self, word: StatusUpdated, number: int | None) -> None:
        """The server's word: an answer to the ask of this number, or news from another device (None)."""
        if word.own is None:
            self._plain(word.status, word.timestamp)
        else:
            self._full(word.own)
        self._answered(number)

    def refuse(self, number: int | None) -> bool:
        """The ask of this number was refused; whether it was still the one that counts."""
        return self._answered(number)

    def seen(self, status: Status, reason: Reason | None, version: int, since: int | None) -> bool:
        """What everybody is told of oneself; whether it is news. Never touches the choice that holds."""
        if version < self._version or status is self.shown:
            return False
        self._version = version
        self.shown, self.reason, self.since = status, reason, since
        return True

    def clear(self) -> None:
        """Forget everything: nobody is signed in."""
        self.__dict__.update(OwnStatus().__dict__)

    def _answered(self, number: int | None) -> bool:
        for kind, ask in self._asked.items():
            if ask.number == number:
                del self._asked[kind]
                return True
        return False

    def _full(self, own: OwnPresence) -> None:
        if own.version < self._version:
            return
        self._version = own.version
        self.shown, self.reason, self.since = own.status, known_reason(own.reason), own.since
        self._claim, self._claim_until = own.claim, own.claim_until
        self.text, self.emoji, self.text_until = own.text, own.emoji, own.text_until

    def _plain(self, status: Status, timestamp: int) -> None:
        """A plain server says no more than the status: what is not `online` counts as chosen."""
        if status is not self.shown:
            self.since = timestamp
        self.shown, self.reason = status, None
        self._claim, self._claim_until = status, None
