"""Moments in words, in both languages."""

import pytest
from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QApplication

from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.when import DAY, HOUR, MINUTE, ago, at, end_of_today


def moment(hour: int, minute: int, day: int = 15) -> int:
    return QDateTime(QDate(2026, 6, day), QTime(hour, minute)).toMSecsSinceEpoch()


NOON = moment(12, 0)


@pytest.mark.parametrize(
    ("passed", "english", "korean"),
    [
        (0, "just now", "방금"),
        (-5000, "just now", "방금"),
        (MINUTE - 1, "just now", "방금"),
        (MINUTE, "1 min ago", "1분 전"),
        (5 * MINUTE, "5 min ago", "5분 전"),
        (HOUR, "1 h ago", "1시간 전"),
        (11 * HOUR, "11 h ago", "11시간 전"),
        (13 * HOUR, "yesterday", "어제"),
        (3 * DAY, "3 days ago", "3일 전"),
        (10 * DAY, "on 5 Jun", "6월 5일"),
    ],
)
def test_how_long_ago(languages: Languages, passed: int, english: str, korean: str) -> None:
    assert ago(NOON - passed, NOON) == english
    languages.choose(Language.KOREAN)
    assert ago(NOON - passed, NOON) == korean


def test_shortly_after_midnight_an_hour_ago_is_not_yesterday(qapp: QApplication) -> None:
    assert ago(moment(23, 30, day=14), moment(0, 40)) == "1 h ago"


def test_a_moment_of_another_day_has_its_date(languages: Languages) -> None:
    assert "Jun" not in at(moment(9, 5), NOON)
    assert "14 Jun" in at(moment(9, 5, day=14), NOON)
    languages.choose(Language.KOREAN)
    assert at(moment(9, 5), NOON) == "오전 9:05"


def test_today_ends_before_midnight(qapp: QApplication) -> None:
    assert moment(23, 59) < end_of_today(NOON) < moment(0, 0, day=16)
