"""Moments in words: how long ago, since when, until when; in the language and the habits of the place.

All moments are milliseconds since the Unix epoch, `now` is told by the caller; what is shown is local time.
"""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_tr = QCoreApplication.translate


def ago(moment: int, now: int) -> str:
    """`just now`, `5 min ago`, `3 h ago`, `yesterday`, or a date."""
    passed = max(0, now - moment)
    if passed < MINUTE:
        return _tr("when", "just now")
    minutes, hours = passed // MINUTE, passed // HOUR
    if passed < HOUR:
        return _tr("when", "%n min ago", "", minutes)
    days = _date(moment).daysTo(_date(now))
    if days == 0 or passed < 6 * HOUR:
        return _tr("when", "%n h ago", "", hours)
    if days == 1:
        return _tr("when", "yesterday")
    if days < 7:
        return _tr("when", "%n days ago", "", days)
    return _tr("when", "on {date}").format(date=_day(moment, now))


def at(moment: int, now: int) -> str:
    """A moment of today as `14:05`, of another day with its date."""
    time = QLocale().toString(_local(moment).time(), QLocale.FormatType.ShortFormat)
    if _date(moment) == _date(now):
        return time
    return _tr("when", "{date}, {time}").format(date=_day(moment, now), time=time)


def end_of_today(now: int) -> int:
    """The last second of the local day."""
    return _date(now).addDays(1).startOfDay().toMSecsSinceEpoch() - 1000


def _local(moment: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(moment)


def _date(moment: int) -> QDate:
    return _local(moment).date()


def _day(moment: int, now: int) -> str:
    date = _date(moment)
    if date.year() == _date(now).year():
        return QLocale().toString(date, _tr("when", "d MMM", "a day of this year, as QLocale formats it"))
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)
