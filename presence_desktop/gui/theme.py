"""The visual language in one place: grid, type scale, palettes, and the contrast they must keep.

Decides sizes and colours as plain values. How they reach widgets is `gui.look`'s business; how a dot or an
avatar is drawn with them, `gui.dots`' and `gui.avatar`'s.
"""

from enum import StrEnum

from msgspec import Struct

UNIT = 4
"""The grid: every distance is a multiple of this many logical pixels."""
RADIUS = 2 * UNIT
"""Corner radius of fields, buttons and cards."""

EMPTY_ICON = 10 * UNIT
"""Side of the icon over the words of an empty page."""

TEXT_SCALE: dict[str, float] = {
    "small": 0.9,
    "body": 1.0,
    "strong": 1.0,
    "title": 1.2,
    "headline": 1.6,
    "emoji": 1.6,
}
"""Roles of text against the system font's size; `strong`, `title` and `headline` are semi-bold, `emoji` in colour."""
SMALLEST_BODY_POINT = 10.0
"""A bare X server says 9 pt; nobody reads a list of people at that size for a day."""


class Scheme(StrEnum):
    """Which palette somebody asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Palette(Struct, frozen=True):
    """Colours by what they are for, as `#rrggbb`."""

    dark: bool
    side: str
    """Behind lists and one's own card."""
    page: str
    """Behind the content."""
    raised: str
    """Cards, menus, fields."""
    hover: str
    selected: str
    line: str
    """Hairlines that only divide; carries no meaning."""
    outline: str
    """The edge of a control."""
    scroll: str
    """A scroll bar's handle at rest."""
    text: str
    muted: str
    accent: str
    """Filled buttons."""
    accent_hover: str
    on_accent: str
    link: str
    """Accent as text, and the focus ring."""
    danger: str
    caution: str
    """Text on `caution_fill`."""
    caution_fill: str
    notice: str
    notice_fill: str
    online: str
    away: str
    busy: str
    offline: str
    unknown: str


LIGHT = Palette(
    dark=False,
    side="#f4f5f8",
    page="#ffffff",
    raised="#ffffff",
    hover="#e9ebf1",
    selected="#dfe6ff",
    line="#e2e5eb",
    outline="#868e9b",
    scroll="#c6cbd4",
    text="#191c22",
    muted="#5a6270",
    accent="#3556db",
    accent_hover="#2a47bd",
    on_accent="#ffffff",
    link="#2f4fd0",
    danger="#b3261e",
    caution="#6b4300",
    caution_fill="#fdefd2",
    notice="#24408f",
    notice_fill="#e6ecff",
    online="#1a8751",
    away="#a86a00",
    busy="#c93a2b",
    offline="#6c7482",
    unknown="#6c7482",
)

DARK = Palette(
    dark=True,
    side="#17191e",
    page="#1d2026",
    raised="#262a32",
    hover="#343a46",
    selected="#2f3a63",
    line="#2e333c",
    outline="#717a89",
    scroll="#444b57",
    text="#e9ebef",
    muted="#a4acb9",
    accent="#4563e6",
    accent_hover="#3c58d4",
    on_accent="#ffffff",
    link="#9db2ff",
    danger="#ff9a90",
    caution="#ffd694",
    caution_fill="#43341a",
    notice="#c3d0ff",
    notice_fill="#2a335a",
    online="#3ecf85",
    away="#f0b13d",
    busy="#ff7a6b",
    offline="#98a1af",
    unknown="#98a1af",
)

AVATAR_FILLS: tuple[str, ...] = (
    "#3f5bd0",
    "#7a45bd",
    "#a8327d",
    "#b23a3a",
    "#9a5412",
    "#56701a",
    "#1c7a52",
    "#1a7486",
)
"""Behind initials, which are white; picked by user id, the same in both palettes."""
ON_AVATAR = "#ffffff"

_BACKS = ("side", "page", "raised", "hover", "selected")
_DOTS = ("online", "away", "busy", "offline", "unknown")

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, back, 4.5) for ink in ("text", "muted") for back in _BACKS),
    *((ink, back, 4.5) for ink in ("link", "danger") for back in ("side", "page", "raised")),
    *((ink, back, 4.5) for ink in ("link", "danger") for back in ("hover", "selected")),
    *((dot, back, 3.0) for dot in _DOTS for back in _BACKS),
    *(("outline", back, 3.0) for back in ("side", "page", "raised")),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("caution", "caution_fill", 4.5),
    ("notice", "notice_fill", 4.5),
)
"""What stands on what, and the contrast WCAG 2 AA asks for: 4.5 for text, 3 for shapes that carry meaning."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio, 1 to 21, of two `#rrggbb` colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colors(palette: Palette) -> dict[str, str]:
    """The palette's colours by name."""
    return {name: getattr(palette, name) for name in palette.__struct_fields__ if name != "dark"}
