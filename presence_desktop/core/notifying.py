"""What a person is told of while not looking: messages for them, mentions, and that somebody is back.

Decides what is worth it, and when it is settled again; how it is said is others' business.

- Direct messages, and in rooms what mentions one. Nothing of muted conversations, nothing of what is on the screen and
  looked at, nothing of what came while the app did not run: the numbers in the list tell that.
- Nothing of a message that this app does not understand and that says nothing: nobody knows whether it is worth it.
- While one is busy, and in quiet times, only those who may break through are heard.
- *Tell me when she is back*: once, or each time somebody who was not online comes online. It was asked for by hand, so
  it is told while one is busy too. In quiet times nothing pops up: what is to be told once is told when they end, if
  she is still here then. Losing one's own link is no coming back.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.status import Status


class Watch(StrEnum):
    """How often one wants to be told that somebody is back."""

    ONCE = "once"
    ALWAYS = "always"


class Verdict(Struct, frozen=True):
    """What is to be said now, and what has nothing to say any more."""

    show: tuple[int, ...] = ()
    """Conversations with something new; one shown already is shown anew in its place."""
    close: tuple[int, ...] = ()
    """Conversations of which nothing is new any more."""
    back: tuple[int, ...] = ()
    """People who are back."""


_NOTHING = Verdict()


class Notifying:
    """The rules, for whoever is signed in. Give it every `Changes` after it was taken in."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.on = True
        """Whether messages are told of at all."""
        self.through: frozenset[int] = frozenset()
        """Who may break through while one is busy and in quiet times, by user id."""
        self.is_quiet: Callable[[], bool] = lambda: False
        """Whether these are quiet times."""
        self._known = False
        self._counts: dict[int, tuple[int, int, int]] = {}
        self._shown: set[int] = set()
        self._watches: dict[int, Watch] = {}
        self._seen: dict[int, Status] = {}

    # --- tell me when she is back ---

    @property
    def watches(self) -> Mapping[int, Watch]:
        """Who is waited for, by user id."""
        return dict(self._watches)

    def watched(self, user_id: int) -> Watch | None:
        """How this person is waited for; None: not at all."""
        return self._watches.get(user_id)

    def watch(self, user_id: int, how: Watch | None) -> None:
        """Tell, or do not tell any more, when this person is back. Who is online now must go first."""
        self._watches.pop(user_id, None)
        self._seen.pop(user_id, None)
        contact = self._client.roster.get(user_id)
        if how is not None:
            self._watches[user_id] = how
            self._seen[user_id] = Status.OFFLINE if contact is None else contact.status

    def begin(self, watches: Mapping[int, Watch]) -> None:
        """What was wished for in earlier runs. Who is waited for once and is here by now was not when it was asked."""
        self._watches = dict(watches)
        self._seen = {user_id: Status.OFFLINE for user_id, how in watches.items() if how is Watch.ONCE}

    # --- news ---

    def take(self, changes: Changes, looked_at: int | None) -> Verdict:
        """What follows from this; `looked_at` is the conversation that is in front of the person, to its end."""
        if changes.connection and self._client.connection.state is LinkState.SIGNED_OUT:
            return self._leave()
        show, close = self._talks(changes.talks, looked_at) if changes.talks else ((), ())
        back = self._back(changes) if self._watches and (changes.people or changes.everyone) else ()
        return Verdict(show, close, back) if show or close or back else _NOTHING

    def quiet_ended(self) -> Verdict:
        """Quiet times are over: who came back meanwhile and was to be told of once."""
        return Verdict(back=self._back(Changes(everyone=True)))

    def _leave(self) -> Verdict:
        close = tuple(sorted(self._shown))
        self._known = False
        self._counts.clear()
        self._shown.clear()
        self.begin({})
        return Verdict(close=close)

    def _talks(
        self, changed: frozenset[int], looked_at: int | None
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        was_known, self._known = self._known, self._client.chats.known
        show, close = [], []
        for talk_id in sorted(changed):
            talk = self._client.chats.get(talk_id)
            before = self._counts.pop(talk_id, (0, 0, 0))
            if talk is not None:
                self._counts[talk_id] = (talk.last_seq, talk.unread, talk.mentions)
            if talk is None or not talk.unread or talk_id == looked_at:
                if talk_id in self._shown:
                    close.append(talk_id)
            elif was_known and self._is_news(talk, before):
                show.append(talk_id)
        self._shown = (self._shown | set(show)) - set(close)
        return tuple(show), tuple(close)

    def _is_news(self, talk: Talk, before: tuple[int, int, int]) -> bool:
        last_seq, unread, mentions = before
        if talk.muted or not self.on or talk.last_seq <= last_seq or _is_strange(talk, last_seq):
            return False
        grew = talk.mentions > mentions if talk.kind is Kind.ROOM else talk.unread > unread
        return grew and (self._sender(talk) in self.through or not (self._busy or self.is_quiet()))

    @property
    def _busy(self) -> bool:
        own = self._client.own
        return Status.BUSY in (own.shown, own.choice)

    def _sender(self, talk: Talk) -> int | None:
        return talk.other if talk.last is None or talk.kind is Kind.DIRECT else talk.last.sender_id

    def _back(self, changes: Changes) -> tuple[int, ...]:
        back = []
        for user_id in sorted(self._watches if changes.everyone else self._watches.keys() & changes.people):
            contact = self._client.roster.get(user_id)
            if contact is None or not contact.known:
                continue
            if self._is_back(user_id, contact.status):
                back.append(user_id)
                if self._watches[user_id] is Watch.ONCE:
                    self.watch(user_id, None)
        return tuple(back)

    def _is_back(self, user_id: int, status: Status) -> bool:
        """Whether this is to be told now. In quiet times once is kept for later, and each time goes by."""
        back = status is Status.ONLINE and self._seen.get(user_id, Status.ONLINE) is not Status.ONLINE
        hushed = back and user_id not in self.through and self.is_quiet()
        if not (hushed and self._watches[user_id] is Watch.ONCE):
            self._seen[user_id] = status
        return back and not hushed


def _is_strange(talk: Talk, seen: int) -> bool:
    """Whether all that came since this place is one message without words, of a kind that is not known here."""
    last = talk.last
    return last is not None and last.seq == seen + 1 == talk.last_seq and not (last.is_known or last.text)
