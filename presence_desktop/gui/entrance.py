"""The pages for whoever is not signed in (yet): welcome, sign-in, joining, hosting for the first time, waiting.

Each is made when it is first wanted. Decides how one goes from one to the other; what was filled in leaves as a signal.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.core.ports import Clock
from presence_desktop.gui.look import Look

if TYPE_CHECKING:
    from presence_desktop.gui.form import FormPage
    from presence_desktop.gui.host_form import HostForm
    from presence_desktop.gui.settings_menu import SettingsButton
    from presence_desktop.gui.sign_in import JoinPage, ServerForm, SignInPage
    from presence_desktop.gui.waiting_page import WaitingPage
    from presence_desktop.gui.welcome import WelcomePage

_Page = TypeVar("_Page", bound=QWidget)
_Form = TypeVar("_Form", bound="FormPage")


class Entrance(QObject):
    """One per window."""

    sign_in_asked = Signal(object)
    """A `SignInForm`."""
    join_asked = Signal(object)
    """A `JoinForm`."""
    host_asked = Signal(object)
    """A `HostRequest`."""
    sign_in_chosen = Signal()
    host_chosen = Signal()
    demo_chosen = Signal()
    begin_asked = Signal()
    """From a form, back to the welcome page."""
    made = Signal(str, object)
    """`welcome`, `join` or `host_form`, and the page, which is there from now on."""
    back = Signal()
    """From the welcome page, back to where one is signed in."""

    def __init__(self, look: Look, clock: Clock, gear: "SettingsButton", pages: QStackedWidget) -> None:
        """`gear` stands on the welcome page."""
        super().__init__(pages)
        self._look, self._clock, self._gear, self._pages = look, clock, gear, pages

    @cached_property
    def welcome(self) -> "WelcomePage":
        """Three choices."""
        from presence_desktop.gui.welcome import WelcomePage

        page = self._place(WelcomePage(self._look, self._gear))
        page.host_chosen.connect(self.host_chosen)
        page.join_chosen.connect(lambda: self.open(self.join))
        page.sign_in_chosen.connect(self.sign_in_chosen)
        page.demo_chosen.connect(self.demo_chosen)
        page.back.connect(self.back)
        self.made.emit("welcome", page)
        return page

    @cached_property
    def sign_in(self) -> "SignInPage":
        """For an account that there is."""
        from presence_desktop.gui.sign_in import SignInPage

        page = self._place_form(SignInPage(self._look))
        page.other.connect(lambda: self._turn(page, self.join))
        page.asked.connect(self.sign_in_asked)
        return page

    @cached_property
    def join(self) -> "JoinPage":
        """For a new account, with an invite perhaps."""
        from presence_desktop.gui.sign_in import JoinPage

        page = self._place_form(JoinPage(self._look, self._clock))
        page.other.connect(lambda: self._turn(page, self.sign_in))
        page.asked.connect(self.join_asked)
        self.made.emit("join", page)
        return page

    @cached_property
    def host_form(self) -> "HostForm":
        """For the first account of a server on this computer."""
        from presence_desktop.gui.host_form import HostForm

        page = self._place_form(HostForm(self._look))
        page.asked.connect(self.host_asked)
        self.made.emit("host_form", page)
        return page

    @cached_property
    def waiting(self) -> "WaitingPage":
        """While the demo is prepared."""
        from presence_desktop.gui.waiting_page import WaitingPage

        return self._place(WaitingPage(self._look))

    @property
    def all(self) -> tuple[QWidget, ...]:
        """Every page, made now at the latest."""
        return self.welcome, self.sign_in, self.join, self.host_form, self.waiting

    def has(self, page: QWidget) -> bool:
        """Whether it is one of these."""
        return page in vars(self).values()

    def open(self, form: "FormPage") -> None:
        """Show a form, ready to be filled in."""
        form.set_error("")
        form.set_busy(False)
        self._pages.setCurrentWidget(form)
        form.focus_first()

    def submit(self) -> None:
        """Press the button of the form in view, if one is."""
        from presence_desktop.gui.form import FormPage

        page = self._pages.currentWidget()
        if isinstance(page, FormPage):
            page.submit()

    def show_welcome(self, trouble: Callable[[], str] | None = None, *, way_back: bool = False) -> None:
        """The beginning. `trouble` gives the words for what went wrong; `way_back`: one can go back to somewhere."""
        welcome = self.welcome
        welcome.back_button.setVisible(way_back)
        welcome.say(trouble)
        self._pages.setCurrentWidget(welcome)
        welcome.setFocus()

    def show_hosting(self, report: HostReport) -> None:
        """How the server on this computer stands: its form says why it could not be started."""
        if report.state is HostState.FAILED and "host_form" in vars(self):
            from presence_desktop.gui.host_words import trouble_sentence

            self.host_form.set_error(trouble_sentence(report))

    def done(self) -> None:
        """Somebody is in: the forms wait for the next one, and know nothing of this one any more."""
        made = vars(self)
        for name in ("sign_in", "join"):
            if name in made:
                made[name].clear()
        if "host_form" in made:
            self.host_form.set_busy(False)
            self.host_form.password.edit.clear()

    def _turn(self, before: "ServerForm", after: "ServerForm") -> None:
        """From one form to the other, with where one wants to and who one is; what a link filled in stays."""
        if before.server.text() and not (after is self.join and after.server.text()):
            after.prefill(before.server.text(), before.email.text())
        self.open(after)

    def _place(self, page: _Page) -> _Page:
        self._pages.addWidget(page)
        return page

    def _place_form(self, form: _Form) -> _Form:
        form.back.connect(self.begin_asked)
        return self._place(form)
