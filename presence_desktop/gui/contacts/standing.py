"""What keeps the list still while rows come and go: where one looked stays in view, and each row keeps its height."""

from statistics import median_low

from presence_desktop.core.favourites import Item
from presence_desktop.gui.contacts.delegate import ContactDelegate
from presence_desktop.gui.contacts.model import ContactModel
from presence_desktop.gui.contacts.upper_order import Row
from presence_desktop.gui.contacts.view import PeopleView

Places = dict[Row, int]


def places_in_view(view: PeopleView, model: ContactModel) -> Places:
    """Row by person, conversation or heading of those on the screen, if the list was scrolled."""
    if view.verticalScrollBar().value() == 0:
        return {}
    first = max(0, view.rowAt(0))
    last = view.rowAt(view.viewport().height() - 1)
    rows = range(first, (model.rowCount() - 1 if last < 0 else last) + 1)
    entries = {model.row(row): row for row in rows}
    return {entry: row for entry, row in entries.items() if entry is not None}


def scroll_along(view: PeopleView, model: ContactModel, before: Places, height: int) -> None:
    """Whoever was looked at stays in place, though some of them moved away."""
    places = ((model.row_of_item(entry), old) for entry, old in before.items())
    shifts = [row - old for row, old in places if row is not None]
    if shifts and (shift := median_low(shifts)):
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + shift * height)


def fit_rows(view: PeopleView, model: ContactModel, delegate: ContactDelegate) -> None:
    """Headings are lower than what stands under them."""
    heights = {True: delegate.heading_height(), False: delegate.row_height()}
    for row, entry in enumerate(model.upper):
        height = heights[not isinstance(entry, Item)]
        if view.rowHeight(row) != height:
            view.setRowHeight(row, height)
