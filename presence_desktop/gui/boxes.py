"""How a box that says or asks one thing looks: a title, what there is to say, room around both.

Decides that for Qt's own boxes, which come with the system's margins and pictures.
"""

from PySide6.QtWidgets import QLabel, QMessageBox

from presence_desktop.gui import icons, theme

_ICON = 8 * theme.UNIT
_DARK_BELOW = 128
"""The lightness of the window's colour, 0 to 255."""
_ROLES = {"qt_msgbox_label": "title", "qt_msgbox_informativelabel": "body"}


def dress(box: QMessageBox) -> None:
    """Give it its looks, once its words are set and before it is shown."""
    for name, role in _ROLES.items():
        label = box.findChild(QLabel, name)
        if isinstance(label, QLabel):
            label.setProperty("role", role)
            label.style().polish(label)
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(*(6 * theme.UNIT,) * 4)
        layout.setSpacing(3 * theme.UNIT)


def warn(box: QMessageBox) -> None:
    """Put the sign of a warning on it; before `dress`."""
    dark = box.palette().window().color().lightness() < _DARK_BELOW
    color = theme.colors(theme.DARK if dark else theme.LIGHT)["caution"]
    box.setIconPixmap(icons.picture("warning", color, _ICON, box.devicePixelRatioF()))
