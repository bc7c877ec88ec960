"""Nothing is untranslated, what ships is what was translated, and the language can change while running."""

import ast
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.gui import language as language_module
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.theme import Scheme
from tests.gui.scene import Scene
from tools import translations

TS = translations.FOLDER
PACKAGE = translations.ROOT / "presence_desktop"


def texts_in_code() -> set[str]:
    """Every literal handed to `tr` or `_tr` in the rooms with words."""
    found = set()
    for file in translations.sources():
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= text_of(node)
    return found


def text_of(call: ast.Call) -> set[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = {"tr": 0, "_tr": 1}.get(name)
    if place is None:
        return set()
    argument = call.args[place]
    assert isinstance(argument, ast.Constant), f"a text that cannot be found: line {call.lineno}"
    return {argument.value}


@pytest.mark.parametrize("language", sorted(translations.LANGUAGES))
def test_every_text_is_translated(language: str) -> None:
    assert translations.untranslated(TS / f"presence_{language}.ts") == []


def test_every_text_of_the_code_is_in_the_translation() -> None:
    messages = ElementTree.parse(TS / "presence_ko.ts").getroot().iter("message")
    assert texts_in_code() == {message.findtext("source") for message in messages}


def test_what_ships_is_what_was_translated(tmp_path: Path) -> None:
    translations.compile_into(TS, tmp_path)
    for language in translations.LANGUAGES:
        name = f"presence_{language}.qm"
        assert (tmp_path / name).read_bytes() == (TS / name).read_bytes(), f"{name}: run make translations"


def test_no_words_are_written_past_the_translation() -> None:
    """A literal with a blank in it handed straight to a widget would be one."""
    setters = {
        "setText",
        "setToolTip",
        "setAccessibleName",
        "setPlaceholderText",
        "setWindowTitle",
        "addAction",
    }
    past = []
    for file in translations.sources():
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in setters:
                literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                past += [text for text in literals if isinstance(text, str) and text != "Presence Desktop"]
    assert [text for text in past if text.isascii() and text.strip()] == []


def shown_texts(window: QWidget) -> set[str]:
    labels = {label.text() for label in window.findChildren(QLabel)}
    buttons = {button.text() for button in window.findChildren(QAbstractButton)}
    return {text for text in labels | buttons if text}


def test_the_language_changes_while_running(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in()
    window = scene.window
    assert all(window.all_pages)
    english = shown_texts(window)
    assert "Join your team" in english
    window.choose_language(Language.KOREAN)
    qtbot.waitUntil(lambda: "팀에 참여" in shown_texts(window))
    korean = shown_texts(window)
    assert "서버 주소" in korean  # a text that a page inherits
    constant = {"English", "한국어", "from:", "in:", "before:", "after:"} | {
        text for text in english if not any(letter.isalpha() for letter in text)
    }
    names = {contact.username for contact in scene.client.roster} | {"이하늘"}
    assert (english & korean) - constant - names == set()
    assert window.people.contacts.search.placeholderText() == "사람과 방 찾기"
    assert scene.client.order.filter == ""
    window.choose_language(Language.ENGLISH)
    qtbot.waitUntil(lambda: shown_texts(window) == english)


def test_dates_follow_the_language(qapp: QApplication) -> None:
    languages = Languages(qapp, Language.KOREAN)
    assert QLocale().language() is QLocale.Language.Korean
    languages.choose(Language.ENGLISH)
    assert QLocale().language() is QLocale.Language.English
    languages.deleteLater()


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
@pytest.mark.parametrize("size", [(360, 480), (980, 660)])
def test_no_text_is_cut_off(qapp: QApplication, language: Language, size: tuple[int, int]) -> None:
    scene = Scene(qapp, Scheme.LIGHT, language)
    scene.sign_in()
    scene.lose_link()
    window = scene.window
    window.show()
    window.resize(*size)
    assert all(window.all_pages)
    cut = []
    for number in range(window.pages.count()):
        window.pages.setCurrentIndex(number)
        for _ in range(5):
            qapp.processEvents()
        cut += [describe(label) for label in window.findChildren(QLabel) if is_cut(label)]
        cut += [describe(button) for button in window.findChildren(QPushButton) if is_cut(button)]
    scene.leave()
    assert cut == []


def is_cut(widget: QLabel | QAbstractButton) -> bool:
    if not widget.isVisible() or not widget.text() or type(widget).__name__ == "ElidedLabel":
        return False
    needed = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
    height = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else needed.height()
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    return widget.height() < height or (not wraps and widget.width() < needed.width())


def describe(widget: QLabel | QAbstractButton) -> str:
    return f"{widget.text()!r} in {widget.width()}x{widget.height()}, {widget.sizeHint()}"


def test_line_edits_show_what_is_to_be_typed(scene: Scene) -> None:
    for edit in scene.window.findChildren(QLineEdit):
        assert edit.accessibleName()


def test_a_korean_computer_that_cannot_draw_korean_is_spoken_to_in_english(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("ko_KR"))
    languages = Languages(qapp)
    assert languages.current is Language.KOREAN
    monkeypatch.setattr(language_module, "draws_korean", lambda: False)
    assert languages.current is Language.ENGLISH
    languages.choose(Language.KOREAN)
    assert languages.current is Language.KOREAN
    languages.choose(Language.ENGLISH)
    languages.deleteLater()
