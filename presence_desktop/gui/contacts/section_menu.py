"""What the menus of the list offer for favourites and sections: of somebody or a room, and of a section's heading."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from presence_desktop.core.favourites import FAVOURITES, Item
from presence_desktop.gui.contacts.heading import section_name
from presence_desktop.gui.contacts.sections import OwnSections
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.gui.look import Look
from presence_desktop.gui.verbatim import in_menu

_tr = QCoreApplication.translate


def add_item_wishes(menu: QMenu, look: Look, own: OwnSections, item: Item) -> None:
    """Favourite or not, and which section; for the menu of somebody or a room."""
    menu.addSeparator()
    favourite = own.is_favourite(item)
    words = _tr("sections", "Remove from favourites") if favourite else _tr("sections", "Add to favourites")
    star = menu.addAction(look.icon("star"), words)
    star.triggered.connect(lambda: own.toggle_favourite(item))
    inner = QMenu(_tr("sections", "Section"), menu)
    inner.setIcon(look.icon("section"))
    menu.addMenu(inner)
    group, held = QActionGroup(inner), own.held.of_item(item)
    for section in own.held.all:
        action = inner.addAction(in_menu(section_name(section)))
        action.setCheckable(True)
        action.setChecked(section is held)
        action.setActionGroup(group)
        action.triggered.connect(lambda _checked=False, key=section.key: own.put(item, key))
    none = inner.addAction(_tr("sections", "In no section"))
    none.setCheckable(True)
    none.setChecked(held is None)
    none.setActionGroup(group)
    none.triggered.connect(lambda: own.put(item, None))
    inner.addSeparator()
    new = inner.addAction(look.icon("plus"), _tr("sections", "New section…"))
    new.setEnabled(not own.held.full)
    new.triggered.connect(lambda: own.ask_new(item))


def heading_menu(look: Look, own: OwnSections, key: int, parent: QWidget) -> QMenu:
    """What can be done with a section; the other headings can be folded, and a section be begun from there."""
    menu, icon = QMenu(parent), look.icon
    menu.aboutToHide.connect(menu.deleteLater)
    section = own.held.get(key)
    word = _tr("sections", "Unfold") if own.held.is_folded(key) else _tr("sections", "Fold")
    menu.addAction(word).triggered.connect(lambda: own.toggle_fold(key))
    if section is not None:
        for by, words in ((-1, _tr("sections", "Move up")), (1, _tr("sections", "Move down"))):
            move = menu.addAction(words)
            move.setEnabled(own.held.step_section(key, by, own.shows) is not own.held)
            move.triggered.connect(lambda _checked=False, by=by: own.step(Head(key), by))
    menu.addSeparator()
    if section is not None and key != FAVOURITES:
        menu.addAction(icon("edit"), _tr("sections", "Rename…")).triggered.connect(
            lambda: own.ask_rename(key)
        )
        menu.addAction(icon("trash"), _tr("sections", "Remove section")).triggered.connect(
            lambda: own.ask_remove(key)
        )
        menu.addSeparator()
    new = menu.addAction(icon("plus"), _tr("sections", "New section…"))
    new.setEnabled(not own.held.full)
    new.triggered.connect(lambda: own.ask_new())
    return menu
