"""Days, times and sizes as a conversation writes them, in the language and the habits of the place.

Moments are milliseconds since the Unix epoch; what is shown is local time.
"""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

_tr = QCoreApplication.translate


def day(moment: int, now: int) -> str:
    """`Today`, `Yesterday`, or the day with its name; the year where it is another one."""
    date, today = _date(moment), _date(now)
    passed = date.daysTo(today)
    if passed == 0:
        return _tr("days", "Today")
    if passed == 1:
        return _tr("days", "Yesterday")
    if date.year() == today.year():
        pattern = _tr("days", "dddd, d MMMM", "a day of this year, as QLocale formats it")
    else:
        pattern = _tr("days", "d MMMM yyyy", "a day of another year, as QLocale formats it")
    return QLocale().toString(date, pattern)


def clock_time(moment: int) -> str:
    """The time of day, as `14:05` or as the place has it."""
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(moment).time(), QLocale.FormatType.ShortFormat)


def short_time(moment: int) -> str:
    """The time of day without what tells morning from evening, for where there is little room."""
    pattern = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    time = QDateTime.fromMSecsSinceEpoch(moment).time()
    if "a" not in pattern.casefold():
        return clock_time(moment)
    return f"{(time.hour() + 11) % 12 + 1}:{time.minute():02}"


def in_full(moment: int) -> str:
    """Day and time, for a hover."""
    date = QLocale().toString(_date(moment), QLocale.FormatType.LongFormat)
    return f"{date}, {clock_time(moment)}"


def size(count: int) -> str:
    """A number of bytes as people say it."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _date(moment: int) -> QDate:
    return QDateTime.fromMSecsSinceEpoch(moment).date()
