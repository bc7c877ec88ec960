"""Puts the visual language on the application: palette, style sheet, fonts, icons; follows the system's theme.

Decides which palette is in force. One `Look` is made by `app` and handed to whatever paints by hand.
"""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from presence_desktop.gui import icons, theme
from presence_desktop.gui.faces import Faces
from presence_desktop.gui.sheet import sheet

_GENERIC = frozenset({"sans", "sans serif", "sans-serif", "dejavu sans", "helvetica", "ms shell dlg 2"})
"""What a system without a desktop calls its font; then a better one that is installed is taken."""
_BETTER = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Segoe UI", "Noto Sans CJK KR", "Noto Sans KR")
_EMOJI = ("Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Twemoji Mozilla")
_HANGUL = ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic")


class Look(QObject):
    """The look in force."""

    changed = Signal()
    """Colours or fonts are others now: repaint what is painted by hand."""

    def __init__(self, app: QApplication, scheme: theme.Scheme = theme.Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._system_dark = False
        self.calm = False
        """Nothing should move or fade."""
        self._body = _body_font()
        self.palette = theme.LIGHT
        self.faces = Faces()
        app.setStyle("Fusion")
        app.setFont(self._body)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.set_scheme(scheme)

    @property
    def scheme(self) -> theme.Scheme:
        """What was asked for."""
        return self._scheme

    def set_scheme(self, scheme: theme.Scheme) -> None:
        """Light, dark, or whatever the system says from now on."""
        self._scheme = scheme
        wanted = {
            theme.Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            theme.Scheme.LIGHT: Qt.ColorScheme.Light,
            theme.Scheme.DARK: Qt.ColorScheme.Dark,
        }
        self._app.styleHints().setColorScheme(wanted[scheme])
        self._put_on()

    def system_prefers(self, *, dark: bool) -> None:
        """What the desktop says, for where Qt itself cannot tell."""
        self._system_dark = dark
        self._follow_system()

    def set_calm(self, calm: bool) -> None:
        """Whether the person asked for no motion."""
        self.calm = calm
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """A colour of the palette in force, by its name in `theme.Palette`."""
        return QColor(theme.colors(self.palette)[name])

    def font(self, role: str = "body") -> QFont:
        """The font of a role of text."""
        font = QFont(self._body)
        font.setPointSizeF(self._body.pointSizeF() * theme.TEXT_SCALE[role])
        if role in {"strong", "title", "headline"}:
            font.setWeight(QFont.Weight.DemiBold)
        if role == "emoji":
            font.setFamilies([*_EMOJI, *font.families()])
        return font

    def icon(self, name: str, color: str = "muted") -> QIcon:
        """An own icon in a colour of the palette; ask again after `changed`."""
        return icons.icon(name, theme.colors(self.palette)[color])

    def picture(self, name: str, side: int, ratio: float, color: str = "muted") -> QPixmap:
        """An own icon larger than in a line of text: `side` logical pixels, sharp at this ratio of the screen."""
        return icons.picture(name, theme.colors(self.palette)[color], side, ratio)

    def _follow_system(self) -> None:
        if self._scheme is theme.Scheme.SYSTEM:
            self._put_on()

    def _put_on(self) -> None:
        self.palette = theme.DARK if self._is_dark() else theme.LIGHT
        self._app.setPalette(self._qt_palette())
        self._app.setStyleSheet(sheet(self.palette, self._body.pointSizeF()))
        self.changed.emit()

    def _is_dark(self) -> bool:
        if self._scheme is not theme.Scheme.SYSTEM:
            return self._scheme is theme.Scheme.DARK
        told = self._app.styleHints().colorScheme()
        return self._system_dark if told is Qt.ColorScheme.Unknown else told is Qt.ColorScheme.Dark

    def _qt_palette(self) -> QPalette:
        palette, roles = QPalette(), QPalette.ColorRole
        for role, name in {
            roles.Window: "page",
            roles.Base: "raised",
            roles.AlternateBase: "side",
            roles.Button: "raised",
            roles.WindowText: "text",
            roles.Text: "text",
            roles.ButtonText: "text",
            roles.ToolTipBase: "raised",
            roles.ToolTipText: "text",
            roles.PlaceholderText: "muted",
            roles.Highlight: "accent",
            roles.HighlightedText: "on_accent",
            roles.Link: "link",
            roles.Mid: "line",
        }.items():
            palette.setColor(role, self.color(name))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        return palette


def _body_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    families = list(font.families())
    if not families or families[0].casefold() in _GENERIC:
        installed = set(QFontDatabase.families())
        families = [family for family in _BETTER if family in installed][:1] + families
    font.setFamilies([*families, *(family for family in _HANGUL if family not in families)])
    font.setPointSizeF(max(font.pointSizeF(), theme.SMALLEST_BODY_POINT))
    return font
