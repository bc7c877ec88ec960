"""How one comes into an account and leaves it: the tries to sign in, and what is in view before and after.

Decides which page follows. What was filled in comes from the entrance; whether it is right the server says.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject

from presence_desktop.core.connection import LinkState
from presence_desktop.core.join_link import JoinLink
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.entrance import Entrance
from presence_desktop.protocol.errors import Code

if TYPE_CHECKING:
    from presence_desktop.gui.form import FormPage
    from presence_desktop.gui.main_window import MainWindow
    from presence_desktop.gui.sign_in import JoinForm, SignInForm


class _Try(Struct, frozen=True):
    """Somebody pressed the button of a form, and the server has not answered."""

    view: AccountView
    form: "FormPage"
    hosting: bool = False


class Coming(QObject):
    """One per window."""

    def __init__(self, accounts: AccountViews, entrance: Entrance, window: "MainWindow") -> None:
        super().__init__(window)
        self._accounts, self._entrance, self._window = accounts, entrance, window
        self._tried: _Try | None = None
        accounts.linked.connect(self._follow)
        entrance.sign_in_chosen.connect(lambda: self._open_sign_in(accounts.here))
        entrance.sign_in_asked.connect(self._sign_in)
        entrance.join_asked.connect(self._join)

    def sign_in_owner(self, url: str, email: str, password: str) -> None:
        """The server on this computer has its owner, who comes in, with the invite in view."""
        self._try(self._entrance.host_form, url, email, password, hosting=True)

    def sign_in_to(self, server: str) -> None:
        """The account that was signed in there, else the page to sign in to it."""
        view = next((one for one in self._accounts.known if one.server == server), None)
        if view is not None:
            self.open(view)
            return
        self._accounts.turn_to(self._accounts.blank())
        self._entrance.sign_in.prefill(server)
        self._entrance.open(self._entrance.sign_in)

    def is_there(self, link: JoinLink) -> bool:
        """Whether somebody here is signed in to the link's server already; that account is shown then, and told so."""
        report = self._window.looking_after.report
        own_key = "" if report is None else report.key
        for view in self._accounts.signed_in:
            hosted = bool(own_key) and link.key == own_key and self._window.looking_after.hosts(view)
            if view.server in link.servers or hosted:
                self.open(view)
                view.notify(lambda: self.tr("You are on this server already."))
                return True
        return False

    def forget_try(self) -> None:
        """Nobody waits for the answer to a form any more."""
        self._tried = None

    def open(self, view: AccountView) -> None:
        """Show an account: its people, or where one signs in to it."""
        self._accounts.turn_to(view)
        if view.client.connection.signed_in:
            self._window.show_people()
            view.people.focus()
        elif view.blank:
            self._window.show_welcome()
        else:
            self._open_sign_in(view)

    def add(self) -> None:
        """Begin with a further server, beside those there are."""
        self.open(self._accounts.blank())

    def back(self) -> None:
        """To the people, of another account where nobody is signed in to the one in view."""
        self.open(self._accounts.shown)

    # --- tries ---

    def _sign_in(self, form: "SignInForm") -> None:
        self._try(self._entrance.sign_in, form.server, form.email, form.password)

    def _try(
        self, form: "FormPage", server: str, email: str, password: str, *, hosting: bool = False
    ) -> None:
        view = self._accounts.whose(server, email)
        self._tried = _Try(view, form, hosting)
        view.refresh(view.client.sign_in(server, email, password))

    def _join(self, form: "JoinForm") -> None:
        view = self._accounts.whose(form.link.server, form.email)
        self._tried = _Try(view, self._entrance.join)
        self._entrance.sign_in.prefill(form.link.server, form.email)
        view.refresh(view.client.register(form.link, form.email, form.username, form.password))

    # --- what came of it ---

    def _follow(self, view: AccountView) -> None:
        connection = view.client.connection
        if connection.signed_in:
            self._enter(view)
        elif connection.state is LinkState.SIGNED_OUT:
            self._leave(view, connection.reason)

    def _enter(self, view: AccountView) -> None:
        tried = self._tried if self._tried is not None and self._tried.view is view else None
        if tried is not None:
            self._tried = None
            self._accounts.turn_to(view)
        self._tell(view)
        window = self._window
        if view is not self._accounts.here or (tried is None and not window.at_the_entrance):
            return
        self._entrance.done()
        if tried is not None and tried.hosting:
            window.show_own_server()
        else:
            window.show_people()
            view.people.focus()

    def _tell(self, view: AccountView) -> None:
        me = view.client.me
        if me is None or view.inside:
            return
        view.inside = True
        view.remember(view.client.server, me.email)
        view.signed_in.emit(view.server, view.email)

    def _leave(self, view: AccountView, reason: Code | None) -> None:
        if self._tried is not None and self._tried.view is view:  # a try to sign in came to nothing
            form, self._tried = self._tried.form, None
            form.set_busy(False)
            if reason is not None:
                form.refuse(reason)
            return
        view.inside = False
        view.clear()
        view.signed_out.emit(reason)
        if view is not self._accounts.here:
            return
        if reason is not None:
            self._open_sign_in(view)
            self._entrance.sign_in.refuse(reason)
        elif others := self._accounts.signed_in:
            self.open(others[0])
        else:
            self._window.show_welcome()

    def _open_sign_in(self, view: AccountView) -> None:
        form = self._entrance.sign_in
        form.clear()
        form.prefill(view.server, view.email)
        self._entrance.open(form)
