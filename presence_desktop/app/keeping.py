"""The settings page's values: told from where they hold, and put into force and kept when chosen.

Autostart is kept by the system alone, the others in the settings' file.
"""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject

from presence_desktop.app.accounts import Accounts
from presence_desktop.app.background import Background
from presence_desktop.app.own_orders import OwnOrders
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.desktop.autostart import Autostart
from presence_desktop.disk.settings import Settings
from presence_desktop.gui.settings.held import Held


class Keeping(QObject):
    """Between the page (`gui.settings`) and what it sets."""

    def __init__(
        self,
        accounts: Accounts,
        background: Background,
        orders: OwnOrders,
        settings: Callable[[], Settings],
        keep: Callable[..., None],
        parent: QObject | None = None,
    ) -> None:
        """`settings` gives those that hold, `keep(**fields)` changes and saves them."""
        super().__init__(parent)
        self._accounts, self._background, self._orders = accounts, background, orders
        self._settings, self._keep = settings, keep
        self.autostart = Autostart()
        accounts.made.connect(self.apply)
        self.apply()

    def held(self) -> Held:
        """What is set now."""
        now = self._settings()
        return Held(
            notices=now.notices.on,
            texts=now.notices.texts,
            closing=now.closing,
            autostart=self.autostart.on,
            nearby=now.nearby,
            hours=self._orders.board.times.hours,
            through=self._orders.through(),
        )

    def choose(self, name: str, value: object) -> None:
        """The person chose: `name` is a field of `Held`; of `through`, who is to be taken out."""
        if name == "autostart":
            self.autostart.set(bool(value))
        elif name in ("closing", "nearby"):
            self._keep(**{name: value})
        elif isinstance(value, WorkingHours):
            self._orders.board.set_hours(value)
        elif name == "through" and isinstance(value, int):
            self._orders.shut_out(value)
        elif name in ("notices", "texts"):
            field = "on" if name == "notices" else "texts"
            self._keep(notices=replace(self._settings().notices, **{field: value}))
        self.apply()

    def apply(self) -> None:
        """Put what is kept into force."""
        now = self._settings()
        for account in self._accounts:
            account.alerts.rules.on, account.alerts.texts = now.notices.on, now.notices.texts
        self._background.closing = now.closing
