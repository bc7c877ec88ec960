"""The clock on the wall goes with the zone of the system, also when that is changed while the app runs."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from presence_desktop.desktop.clock import SystemCalendar, SystemClock


@pytest.fixture(autouse=True)
def back() -> Iterator[None]:
    """The zone of before, once the variable is what it was."""
    yield
    time.tzset()


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


def test_local_time_follows_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    calendar, noon = SystemCalendar(), ms(2024, 7, 1, 12)
    for zone, hour in (("Asia/Seoul", 21), ("America/New_York", 8), ("UTC", 12)):
        monkeypatch.setenv("TZ", zone)
        assert calendar.local(noon) == datetime(2024, 7, 1, hour)
        assert calendar.moment(datetime(2024, 7, 1, hour)) == noon


def test_when_the_clock_is_put_forward_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    calendar = SystemCalendar()
    assert calendar.moment(datetime(2024, 3, 31, 2, 30)) == ms(2024, 3, 31, 1, 30)  # left out: as much later
    assert calendar.moment(datetime(2024, 10, 27, 2, 30)) == ms(2024, 10, 27, 0, 30)  # twice: the first
    assert calendar.local(ms(2024, 10, 27, 1, 30)).hour == calendar.local(ms(2024, 10, 27, 0, 30)).hour == 2


def test_the_clock_tells_milliseconds() -> None:
    clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC).timestamp() * 1000) < 60_000  # noqa: TID251 - compared with the system's
    assert clock.monotonic() <= clock.monotonic()
