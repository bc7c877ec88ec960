"""Both palettes keep WCAG 2 AA."""

import pytest

from presence_desktop.gui import theme


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "back", "least"), theme.PAIRS)
def test_what_stands_on_something_can_be_read(
    palette: theme.Palette, ink: str, back: str, least: float
) -> None:
    colors = theme.colors(palette)
    assert theme.contrast(colors[ink], colors[back]) >= least


@pytest.mark.parametrize("fill", theme.AVATAR_FILLS)
def test_initials_can_be_read_on_every_avatar(fill: str) -> None:
    assert theme.contrast(theme.ON_AVATAR, fill) >= 4.5


def test_contrast_is_the_one_wcag_defines() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#ffffff", "#ffffff") == 1


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK])
def test_what_is_pointed_at_differs_from_what_is_not(palette: theme.Palette) -> None:
    backs = ("side", "page", "raised")
    assert all(theme.contrast(palette.hover, theme.colors(palette)[back]) >= 1.08 for back in backs)
