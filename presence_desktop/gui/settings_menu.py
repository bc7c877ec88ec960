"""The small settings menu: theme, language, hosting, sign out, quit; the same behind every gear.

Decides what stands in it; what is chosen is a signal.
"""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton
from typing_extensions import override

from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.theme import Scheme


class SettingsButton(QToolButton):
    """The gear, with its menu."""

    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    settings_asked = Signal()
    """All that can be set."""
    avatar_asked = Signal()
    hosting_asked = Signal()
    add_asked = Signal()
    """A further server."""
    sign_out_asked = Signal()
    quit_asked = Signal()

    def __init__(self, look: Look, languages: Languages, *, signed_in: bool) -> None:
        super().__init__()
        self._look, self._languages, self._signed_in = look, languages, signed_in
        self.hosting = False
        self.pictures = False
        """Whether the server takes pictures of people."""
        self.setObjectName("settings")
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.setMenu(menu)
        look.changed.connect(self._draw)
        self._draw()
        self._speak()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for child in menu.findChildren(QMenu):
            child.deleteLater()
        schemes = {
            Scheme.SYSTEM: self.tr("As the system"),
            Scheme.LIGHT: self.tr("Light"),
            Scheme.DARK: self.tr("Dark"),
        }
        languages = {
            Language.SYSTEM: self.tr("As the system"),
            Language.ENGLISH: "English",
            Language.KOREAN: "한국어",
        }
        self._choices(menu, self.tr("Theme"), schemes, self._look.scheme, self.scheme_chosen.emit)
        self._choices(menu, self.tr("Language"), languages, self._languages.chosen, self.language_chosen.emit)
        menu.addSeparator()
        icon = self._look.icon
        menu.addAction(icon("settings"), self.tr("All settings…")).triggered.connect(self.settings_asked)
        if self._signed_in and self.pictures:
            menu.addAction(icon("image"), self.tr("Your picture…")).triggered.connect(self.avatar_asked)
        if self.hosting:
            menu.addAction(icon("host"), self.tr("Your server…")).triggered.connect(self.hosting_asked)
        if self._signed_in:
            menu.addAction(icon("plus"), self.tr("Add a server…")).triggered.connect(self.add_asked)
            menu.addAction(icon("sign-out"), self.tr("Sign out")).triggered.connect(self.sign_out_asked)
        menu.addAction(icon("quit"), self.tr("Quit")).triggered.connect(self.quit_asked)

    def _choices(
        self,
        menu: QMenu,
        title: str,
        words: dict[Scheme, str] | dict[Language, str],
        held: StrEnum,
        choose: Callable[[object], None],
    ) -> None:
        inner = QMenu(title, menu)
        menu.addMenu(inner)
        group = QActionGroup(inner)
        for value, word in words.items():
            action = inner.addAction(word)
            action.setCheckable(True)
            action.setChecked(value is held)
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, chosen=value: choose(chosen))

    def _draw(self) -> None:
        self.setIcon(self._look.icon("settings"))

    def _speak(self) -> None:
        self.setToolTip(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
