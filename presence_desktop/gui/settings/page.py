"""The settings page: everything that can be set, each explained in a line, found by typing.

Decides what stands where; what was chosen leaves as a signal, and what holds is told by `app`.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.core.search import Search
from presence_desktop.gui import theme
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage, text_label
from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.settings.hours_row import HoursRow
from presence_desktop.gui.settings.row import ButtonRow, ChoiceRow, Row, SwitchRow
from presence_desktop.gui.settings.through_row import ThroughRow
from presence_desktop.gui.shortcuts import Way
from presence_desktop.gui.theme import Scheme


class SettingsPage(ColumnPage):
    """One per window."""

    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    chosen = Signal(str, object)
    """A field of `Held`, and its new value; of `through`, who is to be taken out."""
    way_chosen = Signal(object)
    """A `Way` that lies behind a button."""

    def __init__(self, client: Client, look: Look, languages: Languages) -> None:
        super().__init__(look)
        self._client, self._languages = client, languages
        self._hosting = self._tray = False
        self.search = SearchField()
        self.search.setObjectName("settings-search")
        self._glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.theme, self.language = ChoiceRow("theme"), ChoiceRow("language")
        self.notices, self.texts = SwitchRow("notices"), SwitchRow("texts")
        self.hours, self.through = HoursRow(), ThroughRow()
        self.closing, self.autostart = ChoiceRow("closing"), SwitchRow("autostart")
        self.nearby = SwitchRow("nearby")
        self.picture, self.password, self.devices = (
            ButtonRow("picture"),
            ButtonRow("password"),
            ButtonRow("devices"),
        )
        self.server, self.sign_out = ButtonRow("server"), ButtonRow("sign-out")
        self.keys, self.why = ButtonRow("keys"), ButtonRow("why")
        self._groups: list[tuple[QLabel, QWidget, tuple[Row, ...]]] = []
        self.nothing = text_label(role="muted")
        self.nothing.hide()
        self.column.addWidget(self.search)
        for rows in (
            (self.theme, self.language),
            (self.notices, self.texts),
            (self.hours, self.through),
            (self.autostart, self.closing, self.nearby),
            (self.picture, self.password, self.devices, self.server, self.sign_out),
            (self.keys, self.why),
        ):
            self._add_group(rows)
        self.column.addWidget(self.nothing)
        self.start_at_top()
        self._connect()
        self.retranslate()
        self.repaint_look()

    def show_held(self, held: Held, *, hosting: bool, tray: bool) -> None:
        """What is set now, and what there is to set; `tray`: whether there is a place for an icon now."""
        self._hosting, self._tray = hosting, tray
        self._say_closing()
        self.theme.show_value(self.look.scheme.value)
        self.language.show_value(self._languages.chosen.value)
        self.notices.show_value(held.notices)
        self.texts.show_value(held.texts)
        self.texts.setEnabled(bool(held.notices))
        self.hours.show_hours(held.hours)
        self.through.show_people(held.through)
        self.closing.show_value(held.closing)
        self.autostart.show_value(held.autostart)
        self.nearby.show_value(held.nearby)
        signed_in = self._client.connection.signed_in
        for row in (self.picture, self.password, self.devices):
            row.offered = signed_in and self._client.chats.available
        self.sign_out.offered = self.why.offered = signed_in
        self.server.offered = hosting
        self._say_account()
        self._filter()

    def focus(self) -> None:
        """Put the keyboard where one looks for a setting."""
        self.search.clear()
        self.search.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape first empties the search, then leads back."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("Settings"))
        self.lead.hide()
        self.search.setPlaceholderText(self.tr("Search settings"))
        self.search.setAccessibleName(self.tr("Search settings"))
        self._glass.setText(self.search.accessibleName())
        self._say_titles()
        self._say_looks()
        self._say_notices()
        self._say_quiet()
        self._say_app()
        self._say_account()
        self._say_help()
        self._filter()

    @override
    def repaint_look(self) -> None:
        super().repaint_look()
        self._glass.setIcon(self.look.icon("search"))

    # --- words ---

    def _say_titles(self) -> None:
        titles = (
            self.tr("Appearance"),
            self.tr("Notifications"),
            self.tr("Quiet times"),
            self.tr("The app"),
            self.tr("Account"),
            self.tr("Help"),
        )
        for (label, _group, _rows), title in zip(self._groups, titles, strict=True):
            label.setText(title)

    def _say_looks(self) -> None:
        self.theme.say(self.tr("Theme"), self.tr("Light or dark; as the system, it changes along with it."))
        self.theme.offer(
            {
                Scheme.SYSTEM.value: self.tr("As the system"),
                Scheme.LIGHT.value: self.tr("Light"),
                Scheme.DARK.value: self.tr("Dark"),
            }
        )
        self.language.say(
            self.tr("Language"), self.tr("Of everything the app says; dates and times follow it.")
        )
        self.language.offer(
            {
                Language.SYSTEM.value: self.tr("As the system"),
                Language.ENGLISH.value: "English",
                Language.KOREAN.value: "한국어",
            }
        )

    def _say_notices(self) -> None:
        self.notices.say(
            self.tr("Tell me about messages"),
            self.tr("Direct messages and mentions, while you do not look at them. Not while you are busy."),
        )
        self.texts.say(
            self.tr("Show what was written"),
            self.tr("Off: only the name is shown, for screens that others see."),
        )

    def _say_quiet(self) -> None:
        self.hours.say(
            self.tr("Working hours"),
            self.tr("Outside of them nothing pops up; what is unread is counted all the same."),
        )
        self.through.say(
            self.tr("Who may break through"),
            self.tr("Told in quiet times and while you are busy. Chosen in a person's menu."),
        )

    def _say_app(self) -> None:
        self.autostart.say(
            self.tr("Start with the computer"),
            self.tr("The others see you as soon as you sign in to it."),
        )
        self._say_closing()
        self.nearby.say(
            self.tr("Find servers in my network"),
            self.tr("While you look at the first page, to join one that is near."),
        )

    def _say_closing(self) -> None:
        """What is offered, and what it comes to on a desktop without a tray."""
        if self._tray:
            told = self.tr("Whether the app goes on, so that you stay online and hear of messages.")
            system, keep = self.tr("Go on in the tray"), self.tr("Always go on")
        else:
            told = self.tr("No tray here: the app can go on as a minimised window.")
            system, keep = self.tr("Quit without a tray"), self.tr("Go on minimised")
        if not self._tray and self._hosting:
            told = self.tr("No tray here: the app is minimised while your server runs.")
        self.closing.say(self.tr("When the window is closed"), told)
        self.closing.offer({"system": system, "keep": keep, "quit": self.tr("Quit")})

    def _say_account(self) -> None:
        me = self._client.me
        self.picture.say(self.tr("Your picture"), self.tr("The others see it beside your name."))
        self.picture.offer(self.tr("Change…"))
        self.password.say(
            self.tr("Your password"), self.tr("Changing it signs you out on all other devices.")
        )
        self.password.offer(self.tr("Change…"))
        self.devices.say(self.tr("Your devices"), self.tr("Where you are signed in. Sign out from afar."))
        self.devices.offer(self.tr("Show"))
        self.server.say(self.tr("Your server"), self.tr("Its address and invites, its people, its backups."))
        self.server.offer(self.tr("Open"))
        account = "" if me is None else f"{me.username} · {me.email} · {self._client.server}"
        self.sign_out.say(self.tr("Signed in"), account)
        self.sign_out.offer(self.tr("Sign out"))

    def _say_help(self) -> None:
        self.keys.say(self.tr("Keyboard shortcuts"), self.tr("Everything can be done without a mouse."))
        self.why.say(
            self.tr("Why do I look away?"),
            self.tr("What the others see of you, why, and what this computer tells of you."),
        )
        for row in (self.keys, self.why):
            row.offer(self.tr("Show"))

    # --- parts of the above ---

    def _filter(self) -> None:
        """Show what the search is about."""
        search, shown = Search(self.search.text()), 0
        for label, group, rows in self._groups:
            named = bool(search.text) and search.matches(label.text().casefold())
            found = [row for row in rows if row.offered and (named or row.answers(search))]
            for row in rows:
                row.setVisible(row in found)
            group.setVisible(bool(found))
            shown += len(found)
        self.nothing.setVisible(not shown)
        self.nothing.setText(self.tr("No setting is called “{name}”.").format(name=search.text))

    def _add_group(self, rows: tuple[Row, ...]) -> None:
        label = text_label(role="strong")
        card = QFrame()
        card.setProperty("kind", "card")
        lines = QVBoxLayout(card)
        lines.setContentsMargins(*(4 * theme.UNIT,) * 4)
        lines.setSpacing(4 * theme.UNIT)
        for row in rows:
            lines.addWidget(row)
        group = QWidget()
        both = QVBoxLayout(group)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2 * theme.UNIT)
        both.addWidget(label)
        both.addWidget(card)
        self._groups.append((label, group, rows))
        self.column.addWidget(group)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.theme.chosen.connect(lambda value: self.scheme_chosen.emit(Scheme(value)))
        self.language.chosen.connect(lambda value: self.language_chosen.emit(Language(value)))
        for name in ("notices", "texts", "closing", "autostart", "nearby"):
            getattr(self, name).chosen.connect(lambda value, name=name: self.chosen.emit(name, value))
        self.notices.chosen.connect(self.texts.setEnabled)
        self.hours.set.connect(lambda hours: self.chosen.emit("hours", hours))
        self.through.removed.connect(lambda user_id: self.chosen.emit("through", user_id))
        for row, way in (
            (self.picture, Way.PICTURE),
            (self.password, Way.PASSWORD),
            (self.devices, Way.DEVICES),
            (self.server, Way.SERVER),
            (self.sign_out, Way.SIGN_OUT),
            (self.keys, Way.SHORTCUTS),
            (self.why, Way.WHY_AWAY),
        ):
            row.chosen.connect(lambda way=way: self.way_chosen.emit(way))
