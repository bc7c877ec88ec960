"""What the window has of one account: its mind, and its page, made when it is first looked at.

Decides in which order news is taken in, and keeps what is to be said until there is a page to say it on. Which account
is in view is the window's business.
"""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.near import Near
from presence_desktop.gui.account_look import AccountLook
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.rooms.lost_words import lost_sentence
from presence_desktop.gui.server_words import server_name
from presence_desktop.gui.words import ask_sentence, error_sentence

logger = logging.getLogger(__name__)

_ALL = Changes(everyone=True, own=True, connection=True)
_UNSAID = 8
"""No more is kept to be said later."""


class AccountView(QObject):
    """One per account; a fresh one has no account yet (`blank`)."""

    signed_in = Signal(str, str)
    """The server and the account to remember."""
    signed_out = Signal(object)
    """Why (a `Code`); None: by the person's own wish."""
    linked = Signal()
    """The connection is another now; before the page shows it."""
    news = Signal(object)
    """What changed just now (`Changes`), after it is shown."""
    made = Signal(object)
    """The account's `PeoplePage`, which is there from now on."""

    def __init__(
        self, client: Client, look: Look, make: Callable[["AccountView"], PeoplePage], parent: QObject
    ) -> None:
        """`make` makes the page, when somebody wants to look at it."""
        super().__init__(parent)
        self.client = client
        self.look = AccountLook(look, client.avatar_path)
        self.near = Near()
        """What one would go to first; `app` fills it."""
        self.asks = Asks(self)
        self.asks.changed.connect(self.refresh)
        self.server = self.email = ""
        """Where one is signed in, or was; empty: nowhere yet."""
        self.inside = False
        """Whether `signed_in` was told, and `signed_out` not yet."""
        self._make = make
        self._page: PeoplePage | None = None
        self._unsaid: list[tuple[str | Callable[[], str], str]] = []

    @property
    def page(self) -> PeoplePage | None:
        """The page, if anybody looked at it."""
        return self._page

    @property
    def people(self) -> PeoplePage:
        """The page."""
        if self._page is None:
            self._page = self._make(self)
            self.made.emit(self._page)
            self._page.refresh(_ALL)  # it heard nothing of what came before
            for sentence, copy in self._unsaid:
                self._page.notify(sentence, copy)
            self._unsaid.clear()
        return self._page

    @property
    def blank(self) -> bool:
        """Whether nobody is signed in here, nor was."""
        return not self.server and not self.client.connection.signed_in

    @property
    def name(self) -> str:
        """What its server calls itself, else its address."""
        return self.client.connection.server_name or server_name(self.server)

    @property
    def unread(self) -> int:
        """How many messages wait to be read."""
        return self.client.chats.unread_total if self.client.connection.signed_in else 0

    def remember(self, server: str, email: str) -> None:
        """Whose account it is."""
        self.server, self.email = server, email

    def resume(self, server: str, email: str) -> None:
        """Be signed in again, as at the last run."""
        self.remember(server, email)
        self.refresh(self.client.resume(server, email))

    def take(self, batch: object) -> None:
        """News from the bridge. What nobody expected costs that piece of news alone."""
        if not isinstance(batch, tuple):
            return
        try:
            changes = self.client.apply(batch)
        except Exception:
            logger.exception("a piece of news could not be taken in")
            for item in batch if len(batch) > 1 else ():
                self.take((item,))
        else:
            self.refresh(changes)

    def refresh(self, changes: Changes) -> None:
        """Show what changed."""
        if changes.connection:
            self.linked.emit()
        if self._page is not None:
            self._page.refresh(changes)
        for outcome in self.asks.take(changes.outcomes):
            if outcome.code is not None:
                self.notify(partial(ask_sentence, outcome.code))
        for lost in changes.lost:
            self.notify(partial(lost_sentence, self.client, lost), "\n\n".join(lost.texts))
        for notice in changes.notices:
            self.notify(partial(error_sentence, notice.code))
        self.news.emit(changes)

    def notify(self, sentence: str | Callable[[], str], copy: str = "") -> None:
        """Show a sentence until it is put away, as soon as somebody looks; `copy` can be copied from there."""
        if self._page is not None:
            self._page.notify(sentence, copy)
        else:
            self._unsaid = [*self._unsaid, (sentence, copy)][-_UNSAID:]

    def beat(self) -> None:
        """Every 30 s: a sign of life; words like `5 min ago` grow older."""
        self.refresh(self.client.tick())
        if self._page is not None:
            self._page.time_passed()

    def second(self) -> None:
        """Every second: what is typed and shown for a while ends."""
        self.refresh(self.client.chats.tick())

    def clear(self) -> None:
        """Somebody else may come: keep nothing of this one on the screen."""
        self._unsaid.clear()
        self.asks.clear()
        if self._page is not None:
            self._page.clear()
