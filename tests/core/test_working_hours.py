"""Working hours: each day of the week, over midnight, and when the clock on the wall is put forward and back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.quiet import MINUTE, Cause, Quiet, QuietTimes
from presence_desktop.core.working_hours import Span, WorkingHours

DAY = Span(9 * 60, 18 * 60)
NIGHT = Span(22 * 60, 6 * 60)
HOUR = 60 * MINUTE


class Place:
    """The clock on the wall of a place."""

    def __init__(self, zone: str = "Asia/Seoul") -> None:
        self.zone = ZoneInfo(zone)

    def local(self, moment: int) -> datetime:
        return datetime.fromtimestamp(moment / 1000, self.zone).replace(tzinfo=None)

    def moment(self, local: datetime) -> int:
        return int(local.replace(tzinfo=self.zone).timestamp() * 1000)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


WEEK = WorkingHours(True)
# 2024-07-01 was a Monday


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2024-07-01T08:59", False),
        ("2024-07-01T09:00", True),
        ("2024-07-01T17:59:59", True),
        ("2024-07-01T18:00", False),
        ("2024-07-06T12:00", False),
        ("2024-07-07T12:00", False),
    ],
)
def test_the_usual_week(moment: str, working: bool) -> None:
    assert WEEK.working(at(moment)) is working
    assert WorkingHours().working(at(moment))  # off: always


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2024-07-01T21:59", False),
        ("2024-07-01T22:00", True),
        ("2024-07-02T05:59", True),
        ("2024-07-02T06:00", False),
        ("2024-07-08T03:00", False),  # Sunday had none
        ("2024-07-06T03:00", True),  # the end of Friday's
    ],
)
def test_a_span_may_end_on_the_next_day(moment: str, working: bool) -> None:
    hours = WorkingHours(True, (*(NIGHT,) * 5, None, None))
    assert hours.working(at(moment)) is working


def test_one_that_ends_as_it_starts_goes_round() -> None:
    hours = WorkingHours(True, (Span(600, 600), *(None,) * 6))
    told = [
        hours.working(at(f"2024-07-0{day}T{hour}"))
        for day, hour in ((1, "09:59"), (1, "10:00"), (2, "09:59"))
    ]
    assert told == [False, True, True]
    assert not hours.working(at("2024-07-02T10:00"))


def test_when_they_begin_next() -> None:
    assert WEEK.next_start(at("2024-07-01T08:00")) == at("2024-07-01T09:00")
    assert WEEK.next_start(at("2024-07-01T09:00")) == at("2024-07-02T09:00")
    assert WEEK.next_start(at("2024-07-05T19:00")) == at("2024-07-08T09:00")
    one_day = WorkingHours(True, (DAY, *(None,) * 6))
    assert one_day.next_start(at("2024-07-01T10:00")) == at("2024-07-08T09:00")
    assert WorkingHours(True, (None,) * 7).next_start(at("2024-07-01T10:00")) is None


def test_a_day_is_set_and_nonsense_is_not_taken() -> None:
    assert WEEK.with_day(5, NIGHT).days[4:] == (DAY, NIGHT, None)
    assert WorkingHours.of(True, (None,) * 7) == WorkingHours(True, (None,) * 7)
    for days in ((None,) * 6, (Span(0, 1440), *(None,) * 6), (Span(-1, 5), *(None,) * 6)):
        assert WorkingHours.of(True, days) == WEEK


# --- quiet ---

SEOUL = Place()


def moment(text: str, place: Place = SEOUL) -> int:
    return place.moment(at(text))


def test_it_is_quiet_outside_working_hours_until_they_begin() -> None:
    times = QuietTimes(WEEK)
    assert times.at(moment("2024-07-01T12:00"), SEOUL) is None
    friday = times.at(moment("2024-07-05T18:00"), SEOUL)
    assert friday == Quiet(Cause.HOURS, moment("2024-07-08T09:00"))
    assert QuietTimes().at(moment("2024-07-06T03:00"), SEOUL) is None
    never = QuietTimes(WorkingHours(True, (None,) * 7)).at(moment("2024-07-01T12:00"), SEOUL)
    assert never == Quiet(Cause.HOURS, None)


def test_a_pause_ends_by_itself_and_the_quiet_goes_on_where_the_hours_are_over() -> None:
    noon, evening = moment("2024-07-01T12:00"), moment("2024-07-01T17:45")
    half, hour, tomorrow = QuietTimes(WEEK).pauses(noon, SEOUL)
    assert (half - noon, hour - noon, tomorrow) == (HOUR // 2, HOUR, moment("2024-07-02T09:00"))
    paused = QuietTimes(WEEK).paused(half)
    assert paused.at(noon, SEOUL) == Quiet(Cause.PAUSE, half)
    assert paused.at(half, SEOUL) is None
    late = QuietTimes(WEEK).paused(evening + HOUR)
    assert late.at(evening, SEOUL) == Quiet(Cause.PAUSE, tomorrow)


def test_tomorrow_without_hours_begins_in_the_morning() -> None:
    assert QuietTimes(WEEK).pauses(moment("2024-07-05T12:00"), SEOUL)[2] == moment("2024-07-06T08:00")
    assert QuietTimes().pauses(moment("2024-07-01T12:00"), SEOUL)[2] == moment("2024-07-02T08:00")


def test_in_the_small_hours_the_day_begins_this_morning() -> None:
    assert QuietTimes().pauses(moment("2024-07-02T01:00"), SEOUL)[2] == moment("2024-07-02T08:00")
    assert QuietTimes().pauses(moment("2024-07-02T04:00"), SEOUL)[2] == moment("2024-07-03T08:00")
    night = QuietTimes(WorkingHours(on=True).with_day(1, Span(2 * 60, 9 * 60)))
    assert night.pauses(moment("2024-07-02T00:30"), SEOUL)[2] == moment("2024-07-02T02:00")
    assert night.pauses(moment("2024-07-02T01:30"), SEOUL)[2] == moment("2024-07-03T09:00")


def test_quiet_is_ended_by_hand_until_the_hours_begin_next() -> None:
    night = moment("2024-07-01T23:00")
    loud = QuietTimes(WEEK).paused(night + HOUR).ended(night, SEOUL)
    assert loud.at(night, SEOUL) is None
    assert loud.at(moment("2024-07-02T08:59"), SEOUL) is None
    assert loud.at(moment("2024-07-02T18:00"), SEOUL) is not None
    assert QuietTimes(WEEK).paused(night).ended(moment("2024-07-01T12:00"), SEOUL) == QuietTimes(WEEK)
    never = QuietTimes(WorkingHours(True, (None,) * 7)).ended(night, SEOUL)
    assert never.at(night + 23 * HOUR, SEOUL) is None
    assert never.at(night + 24 * HOUR, SEOUL) is not None
    assert loud.with_hours(WEEK).at(night, SEOUL) is not None  # set anew: they hold at once


def test_a_pause_that_cannot_be_does_not_count() -> None:
    noon = moment("2024-07-01T12:00")
    assert QuietTimes().paused(noon + 49 * HOUR).at(noon, SEOUL) is None
    assert QuietTimes(WEEK, loud_until=noon + 1000 * HOUR).at(moment("2024-07-01T20:00"), SEOUL) is not None


def test_the_hours_are_those_of_the_wall_when_the_clock_is_put_forward_and_back() -> None:
    berlin = Place("Europe/Berlin")
    times = QuietTimes(WorkingHours(True, (*(Span(9 * 60, 18 * 60),) * 7,)))
    spring = times.at(moment("2024-03-30T20:00", berlin), berlin)
    assert spring is not None
    assert spring.until is not None
    assert datetime.fromtimestamp(spring.until / 1000, UTC) == datetime(
        2024, 3, 31, 7, tzinfo=UTC
    )  # 12 h later, not 13
    autumn = times.at(moment("2024-10-26T20:00", berlin), berlin)
    assert autumn is not None
    assert autumn.until is not None
    assert datetime.fromtimestamp(autumn.until / 1000, UTC) == datetime(2024, 10, 27, 8, tzinfo=UTC)


def test_whoever_travels_takes_the_hours_along() -> None:
    now = moment("2024-07-01T12:00")
    assert QuietTimes(WEEK).at(now, SEOUL) is None
    assert QuietTimes(WEEK).at(now, Place("America/New_York")) is not None


SPANS = st.none() | st.builds(Span, st.integers(0, 1439), st.integers(0, 1439))


@given(st.tuples(*(SPANS,) * 7), st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)))
def test_quiet_ends_when_it_says(days: tuple[Span | None, ...], local: datetime) -> None:
    times, now = QuietTimes(WorkingHours(True, days)), SEOUL.moment(local)
    quiet = times.at(now, SEOUL)
    if quiet is not None and quiet.until is not None:
        assert quiet.until > now
        assert times.at(quiet.until - 1, SEOUL) == quiet
        assert times.at(quiet.until, SEOUL) is None
