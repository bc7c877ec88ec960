"""Why nothing pops up now, until when, and who may break through: as names and values for the status page.

Names no people: the page is copied to whoever helps.
"""

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from presence_desktop.core.client import Client
from presence_desktop.core.hush import Hush
from presence_desktop.core.quiet import Cause
from presence_desktop.core.working_hours import Span
from presence_desktop.gui.when import at
from presence_desktop.protocol.status import Status

_tr = QCoreApplication.translate


def hush_words(client: Client, hush: Hush, now: int) -> tuple[tuple[str, str], ...]:
    """Each line's name and value."""
    lines = [(_tr("hush", "Now"), _now(client, hush, now))]
    if hush.hours:
        today = _tr("hush", "none today") if hush.today is None else _span(hush.today)
        lines.append((_tr("hush", "Working hours"), today))
    if hush.on:
        count = QLocale().toString(hush.through) if hush.through else _tr("hush", "nobody")
        lines.append((_tr("hush", "May break through"), count))
    talks = map(client.chats.get, client.chats.ids())
    if muted := sum(talk is not None and talk.muted for talk in talks):
        lines.append((_tr("hush", "Muted conversations"), QLocale().toString(muted)))
    return tuple(lines)


def _now(client: Client, hush: Hush, now: int) -> str:
    """The strongest reason alone; the others are in the way then, too, but nobody has to look for them."""
    own, quiet = client.own, hush.quiet
    if not hush.on:
        return _tr("hush", "nothing pops up: turned off in the settings")
    if quiet is not None and quiet.until is None:
        return _tr("hush", "nothing pops up: there are no working hours on any day")
    if quiet is not None and quiet.until is not None:
        time = at(quiet.until, now)
        if quiet.cause is Cause.PAUSE:
            return _tr("hush", "nothing pops up until {time}: you asked for quiet").format(time=time)
        return _tr("hush", "nothing pops up until {time}, when your working hours begin").format(time=time)
    if own.choice is Status.BUSY and own.until is not None:
        time = at(own.until, now)
        return _tr("hush", "nothing pops up until {time}, as long as you are busy").format(time=time)
    if Status.BUSY in (own.shown, own.choice):
        return _tr("hush", "nothing pops up as long as you are busy")
    return _tr("hush", "direct messages and mentions pop up")


def _span(span: Span) -> str:
    short = QLocale.FormatType.ShortFormat
    start, end = (
        QLocale().toString(QTime(minute // 60, minute % 60), short) for minute in (span.start, span.end)
    )
    if span.overnight:
        return _tr("hush", "today {start} until {end} tomorrow").format(start=start, end=end)
    return _tr("hush", "today {start} until {end}").format(start=start, end=end)
