"""The server's log, as a person reads it on the hosting page."""

import json

from presence_desktop.desktop.server_log import MOST_LINES, ServerLog, read, shown


def test_an_event_is_a_line_with_its_fields_and_what_is_no_event_stays_as_it_is() -> None:
    log = ServerLog()
    event = {
        "time": "2026-11-23T08:00:01.250Z",
        "level": "WARNING",
        "logger": "x",
        "message": "a.b",
        "port": 3001,
    }
    assert log.take(json.dumps(event)) == event
    assert log.take("Traceback (most recent call last):") == {}
    first, second = log.text().split("\n")
    assert first.endswith("WARNING a.b port=3001")
    assert first.startswith("2026-11-23 ")
    assert second == "Traceback (most recent call last):"


def test_a_traceback_stands_below_its_line() -> None:
    event = {"time": "never", "level": "INFO", "message": "a.b", "traceback": "Traceback\nValueError: x"}
    assert shown(event) == "never a.b\nTraceback\nValueError: x"


def test_what_is_json_but_no_event_is_none() -> None:
    assert [dict(read(line)) for line in ("[]", "1", "{}", '{"message": 1}', "{")] == [{}] * 5


def test_only_the_last_lines_are_kept() -> None:
    log = ServerLog()
    for number in range(MOST_LINES + 5):
        log.take(f"line {number}")
    assert log.text().startswith("line 5\n")
