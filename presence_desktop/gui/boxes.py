"""How a box that says or asks one thing looks: a title, what there is to say, room around both.

Decides that for Qt's own boxes, which come with the system's margins and pictures.
"""

from PySide6.QtWidgets import QGridLayout, QLabel, QMessageBox

from presence_desktop.gui import icons, theme

_LEAST, _MOST = 80 * theme.UNIT, 120 * theme.UNIT
"""The width of what is said."""
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
            if role == "title":
                _make_room(label)
    layout = box.layout()
    if isinstance(layout, QGridLayout):
        if box.iconPixmap().isNull():
            _close_gap(layout)
        layout.setContentsMargins(*(6 * theme.UNIT,) * 4)
        layout.setVerticalSpacing(3 * theme.UNIT)


def _make_room(title: QLabel) -> None:
    """All of the box is as wide as its title needs, which wraps where it is long."""
    needed = title.sizeHint().width()
    title.setWordWrap(needed > _MOST)
    title.setMinimumWidth(min(max(needed, _LEAST), _MOST))


def _close_gap(layout: QGridLayout) -> None:
    """Qt leaves room for a picture also where there is none."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        spacer = item.spacerItem() if item is not None else None
        if spacer is not None:
            spacer.changeSize(0, 0)
    layout.setHorizontalSpacing(0)
    layout.setColumnStretch(layout.columnCount() - 1, 1)


def warn(box: QMessageBox) -> None:
    """Put the sign of a warning on it; before `dress`."""
    dark = box.palette().window().color().lightness() < _DARK_BELOW
    color = theme.colors(theme.DARK if dark else theme.LIGHT)["caution"]
    box.setIconPixmap(icons.picture("warning", color, _ICON, box.devicePixelRatioF()))
