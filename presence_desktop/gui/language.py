"""The language of the app: Korean or English, the system's or a chosen one, switched while running.

Decides which language is in force and how dates and times are written in it. Texts lie in
`resources/translations`; widgets set theirs again on `QEvent.Type.LanguageChange`.
"""

from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from presence_desktop.gui.fonts import draws_korean

_FOLDER = Path(str(files("presence_desktop") / "resources" / "translations"))


class Language(StrEnum):
    """What somebody asked for; the values of the last two are also the names of the translation files."""

    SYSTEM = "system"
    ENGLISH = "en"
    KOREAN = "ko"


class Languages(QObject):
    """Puts the texts of a language on the application."""

    def __init__(self, app: QCoreApplication, chosen: Language = Language.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self.chosen = chosen
        self.choose(chosen)

    @property
    def current(self) -> Language:
        """The language in force: English or Korean. Nobody is spoken to in boxes who did not choose so."""
        if self.chosen is not Language.SYSTEM:
            return self.chosen
        korean = QLocale.system().language() is QLocale.Language.Korean
        return Language.KOREAN if korean and draws_korean() else Language.ENGLISH

    def choose(self, language: Language) -> None:
        """Speak this language from now on; every widget is told (`LanguageChange`)."""
        self.chosen = language
        QLocale.setDefault(self._locale())
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        name = self.current.value
        qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        found = ((f"qtbase_{name}", qt_texts), (f"presence_{name}", str(_FOLDER)))
        self._installed = [self._install(file, folder) for file, folder in found]

    def _install(self, file: str, folder: str) -> QTranslator:
        translator = QTranslator(self)
        if translator.load(file, folder):
            self._app.installTranslator(translator)
        return translator

    def _locale(self) -> QLocale:
        system = QLocale.system()
        if self.current is Language.KOREAN:
            return QLocale(QLocale.Language.Korean, QLocale.Country.SouthKorea)
        return system if system.language() is QLocale.Language.English else QLocale(QLocale.Language.English)
