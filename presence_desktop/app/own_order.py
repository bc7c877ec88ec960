"""What an account's person arranged for themselves: favourites and sections, and who may break through quiet times;
and what they opened last.

Kept in the settings under the account's name; the page of the account is made later, or never. The rules are
`core.favourites`' and `core.notifying`'s.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from presence_desktop.core.client import Client
from presence_desktop.core.favourites import Item, Sections
from presence_desktop.core.near import Near
from presence_desktop.core.notifying import Notifying
from presence_desktop.disk.settings import Settings, watched_as
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.quiet_menu import add_through


class OwnOrder(QObject):
    """One per account."""

    def __init__(
        self,
        client: Client,
        rules: Notifying,
        near: Near,
        settings: Callable[[], Settings],
        keep: Callable[..., None],
        parent: QObject | None = None,
    ) -> None:
        """`settings` gives those that hold, `keep(**fields)` changes and saves them."""
        super().__init__(parent)
        self._client, self._rules, self._near = client, rules, near
        self._settings, self._keep = settings, keep
        self._page: PeoplePage | None = None
        self._name: str | None = None
        self.sections = Sections()

    def attach(self, page: PeoplePage) -> None:
        """The account's page was made."""
        self._page = page
        page.desk.extras.append(self._add_wish)
        page.contacts.sections.changed.connect(self._sections_changed)
        page.contacts.sections.begin(self.sections)
        page.opened.connect(self._near.opened)

    def begin(self, *, kept: bool = True) -> None:
        """Somebody signed in: what they arranged in earlier runs. Not `kept`: nothing is known, nor will be."""
        me = self._client.me
        self._name = watched_as(self._client.server, me.user_id) if kept and me is not None else None
        now = self._settings()
        name = self._name or ""
        self._hold(Sections.of(now.sections.get(name, ()), now.folded.get(name, ())))
        self._near.begin(now.recent.get(name, ()))
        self._rules.through = now.through.get(name, frozenset())

    def end(self) -> None:
        """They signed out."""
        self.keep_recent()
        self._name = None
        self._hold(Sections())
        self._near.begin(())
        self._rules.through = frozenset()

    def keep_recent(self) -> None:
        """Write down what was opened last: not each time, but when it ends."""
        kept = self._settings().recent
        if self._name is not None and kept.get(self._name, ()) != self._near.recent:
            self._keep(recent={**kept, self._name: self._near.recent})

    def through(self) -> tuple[tuple[int, str], ...]:
        """Who may break through, as ids and names; who has no account any more is left out."""
        people = [self._client.roster.get(user_id) for user_id in self._rules.through]
        return tuple(
            sorted(
                ((person.user_id, person.username) for person in people if person is not None),
                key=lambda one: (one[1].casefold(), one[0]),
            )
        )

    def let_through(self, user_id: int, on: bool) -> None:
        """Somebody may break through, or not any more."""
        held = self._rules.through
        self._rules.through = held | {user_id} if on else held - {user_id}
        if self._name is not None:
            self._keep(through={**self._settings().through, self._name: self._rules.through})

    def _add_wish(self, menu: QMenu, item: Item) -> None:
        contact = self._client.roster.get(item.id) if item.what == "person" else None
        if contact is not None and not contact.is_me:
            held = contact.user_id in self._rules.through
            add_through(menu, held=held, choose=lambda on: self.let_through(contact.user_id, on))

    def _hold(self, sections: Sections) -> None:
        self.sections = sections
        self._near.arrange(sections)
        if self._page is not None:
            self._page.contacts.sections.begin(sections)

    def _sections_changed(self, sections: Sections) -> None:
        self.sections = sections
        self._near.arrange(sections)
        if self._name is not None:
            now = self._settings()
            self._keep(
                sections={**now.sections, self._name: sections.all},
                folded={**now.folded, self._name: sections.shut},
            )
