"""Quiet times, kept from run to run: one for all accounts. Whether it is quiet now is asked of the `QuietBoard`."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from presence_desktop.core.ports import Clock
from presence_desktop.core.quiet import QuietTimes
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.desktop.clock import SystemCalendar
from presence_desktop.disk.settings import Settings
from presence_desktop.gui.quiet_board import QuietBoard


def quiet_board(
    clock: Clock, settings: Settings, keep: Callable[..., None], parent: QObject | None = None
) -> QuietBoard:
    """The board, as it was set in earlier runs; `keep(**fields)` changes and saves the settings."""
    board = QuietBoard(clock, SystemCalendar(), parent)
    hours = WorkingHours.of(settings.hours.on, settings.hours.days)
    board.set_by_hand.connect(
        lambda times: keep(hours=times.hours, quiet_until=times.pause_until, loud_until=times.loud_until)
    )
    board.begin(QuietTimes(hours, settings.quiet_until, settings.loud_until))
    return board
