"""docs/design.md and the code say the same, and nothing looks different from what it says."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from presence_desktop.gui import theme
from presence_desktop.gui.chat import code
from presence_desktop.gui.look import Look

ROOT = Path(__file__).resolve().parents[2]
DESIGN = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
GUI = ROOT / "presence_desktop" / "gui"
OWN_COLOURS = {
    "theme.py",
    "chat/code.py",
    "chat/viewer.py",
    "chat/file_painter.py",
    "icons.py",
    "hosting/qr_code.py",
}
"""What the document names as exceptions: code, the black behind pictures and what is drawn on it, badge, QR code."""
COLOUR = re.compile(r'"#[0-9a-fA-F]{6}"')


def cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def rows(header: str) -> list[list[str]]:
    lines = DESIGN.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(header)) + 2
    end = next(number for number in range(start, len(lines)) if not lines[number].startswith("|"))
    return [cells(line) for line in lines[start:end]]


def test_the_colours_are_those_of_the_code() -> None:
    told = {name: (light, dark) for name, light, dark, _use in rows("| name | light")}
    light, dark = theme.colors(theme.LIGHT), theme.colors(theme.DARK)
    assert told == {name: (light[name], dark[name]) for name in light}
    assert all(use for _name, _light, _dark, use in rows("| name | light"))


def test_the_type_scale_is_that_of_the_code() -> None:
    told = {role: float(size.split(",")[0]) for role, size, _use in rows("| role |")}
    assert told == theme.TEXT_SCALE


def test_no_colour_is_written_elsewhere() -> None:
    found = {
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if COLOUR.search(path.read_text(encoding="utf-8"))
    }
    assert found <= OWN_COLOURS


def test_every_ink_and_every_back_is_measured() -> None:
    """A colour that is drawn on something, and is in no pair, would escape the contrast test."""
    measured = {name for ink, back, _least in theme.PAIRS for name in (ink, back)}
    only_divide = {"line", "scroll"}
    assert set(theme.colors(theme.LIGHT)) - measured == only_divide


@pytest.mark.parametrize(("palette", "inks"), [(theme.LIGHT, code.LIGHT), (theme.DARK, code.DARK)])
def test_code_can_be_read(palette: theme.Palette, inks: dict[str, str]) -> None:
    for ink in inks.values():
        assert theme.contrast(ink, palette.side) >= 4.5  # the box behind it


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_large_icon_has_a_point_for_every_point_of_the_screen(qapp: QApplication, ratio: float) -> None:
    look = Look(qapp)
    drawn = look.picture("message", theme.EMPTY_ICON, ratio)
    assert (drawn.width(), drawn.devicePixelRatio()) == (round(theme.EMPTY_ICON * ratio), ratio)
    look.deleteLater()


def test_the_icons_are_of_one_hand() -> None:
    for path in (ROOT / "presence_desktop" / "resources" / "icons").glob("*.svg"):
        if path.stem in {"app", "tick", "combo-arrow"}:  # the mark, and two that the style sheet draws small
            continue
        drawing = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing, path.name
        assert "currentColor" in drawing, path.name
        assert 'stroke-linecap="round"' in drawing, path.name
