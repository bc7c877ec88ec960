"""Dots can be told apart by shape alone, and by colour alone."""

from itertools import combinations

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from presence_desktop.gui import theme
from presence_desktop.gui.avatar import initials
from presence_desktop.gui.dots import BADGE, DOT, dot_pixmap
from presence_desktop.protocol.status import Status

FACES: list[Status | None] = [*Status, None]


def one_ink(palette: theme.Palette) -> theme.Palette:
    """The palette with every colour the same, as nobody's eyes are worse than that."""
    names = [name for name in palette.__struct_fields__ if name != "dark"]
    return replace(palette, **dict.fromkeys(names, "#000000"))


def coverage(one: QImage, other: QImage) -> float:
    """The share of pixels that differ clearly in what they cover."""
    width, height = one.width(), one.height()
    clear = sum(
        abs(one.pixelColor(x, y).alpha() - other.pixelColor(x, y).alpha()) > 128
        for x in range(width)
        for y in range(height)
    )
    return clear / (width * height)


@pytest.mark.parametrize("side", [DOT, BADGE])
def test_shapes_differ_without_colour(qapp: QApplication, side: int) -> None:
    palette = one_ink(theme.LIGHT)
    images = [dot_pixmap(face, palette, side, 2.0).toImage() for face in FACES]
    for one, other in combinations(images, 2):
        assert coverage(one, other) > 0.06


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_differ_where_the_shapes_are_solid(palette: theme.Palette) -> None:
    assert len({palette.online, palette.away, palette.busy, palette.offline}) == 4


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("김민서", "민서"),
        ("남궁민수", "민수"),
        ("이 하늘", "이하"),
        ("Amelia Clarke", "AC"),
        ("ada", "A"),
        ("", "?"),
        ("Agent 007", "A"),
        ("007", "0"),
        ("José María de la Cruz", "JC"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
