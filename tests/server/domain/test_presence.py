"""The rules of presence, one by one: what is shown, why, since when, and who hears of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.events import DeviceState
from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain import presence, visibility
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.domain.deadlines import Agenda, next_change
from presence_desktop.server.domain.people import People
from presence_desktop.server.domain.person import (
    ACTIVE,
    IDLE,
    LOCKED,
    POLLING,
    Activity,
    Device,
    Person,
    shown,
)
from presence_desktop.server.domain.presence import Change, Rules, Versions

NOW = 1_700_000_000_000
SECOND = NOW // 1000
RULES = Rules()


def here(*devices: Device, choices: Choices | None = None) -> Person:
    person = Person(choices=choices)
    for number, device in enumerate(devices):
        person.add(f"sid{number}", SECOND, device)
    return person


def told(person: Person, now: int = NOW, versions: Versions | None = None) -> Change | None:
    return presence.settle(person, 7, now, RULES, versions or Versions())


@pytest.mark.parametrize(
    ("devices", "status", "reason"),
    [
        ((), Status.OFFLINE, Reason.GONE),
        ((ACTIVE,), Status.ONLINE, Reason.ACTIVE),
        ((IDLE,), Status.AWAY, Reason.IDLE),
        ((LOCKED,), Status.AWAY, Reason.LOCKED),
        ((IDLE, ACTIVE, LOCKED), Status.ONLINE, Reason.ACTIVE),
        ((IDLE, LOCKED), Status.AWAY, Reason.LOCKED),
    ],
)
def test_the_most_active_device_wins(devices: tuple[Device, ...], status: Status, reason: Reason) -> None:
    assert presence.derive(here(*devices), NOW, RULES) == shown(status, reason)


@given(
    st.lists(
        st.sampled_from([ACTIVE, IDLE, LOCKED, Device(Activity.ACTIVE, NOW), Device(Activity.IDLE, NOW + 1)])
    ),
    st.none() | st.sampled_from(Status),
    st.integers(-1, 1),
)
def test_the_status_follows_from_devices_claim_and_time_alone(
    devices: list[Device], claimed: Status | None, ends_in: int
) -> None:
    claims = () if claimed in (None, Status.ONLINE) else (Claim(claimed, 0, NOW + ends_in),)
    found = presence.derive(here(*devices, choices=Choices(claims)), NOW, RULES).status
    live = [device for device in devices if device.ends is None or device.ends > NOW]
    held = claims[0].status if claims and ends_in > 0 else None
    if not live or held is Status.OFFLINE:
        assert found is Status.OFFLINE
    elif held is not None:
        assert found is held
    else:
        assert (found is Status.ONLINE) == any(device.activity is Activity.ACTIVE for device in live)


def test_what_a_device_says_of_itself() -> None:
    assert presence.device_of(None, RULES) is ACTIVE
    assert presence.device_of(DeviceState(), RULES) is ACTIVE
    assert presence.device_of(DeviceState(idle_seconds=299), RULES) is ACTIVE
    assert presence.device_of(DeviceState(idle_seconds=300), RULES) is IDLE
    assert presence.device_of(DeviceState(idle_seconds=300, locked=True), RULES) is LOCKED


def test_others_get_coarse_reasons_only() -> None:
    lunch = CustomText("lunch", "🍜")
    assert visibility.view(shown(Status.AWAY, Reason.LOCKED)).reason is Reason.IDLE
    seen = visibility.view(shown(Status.AWAY, Reason.IDLE, lunch))
    assert (seen.text, seen.emoji) == ("lunch", "🍜")
    gone = {visibility.view(shown(Status.OFFLINE, reason, lunch)) for reason in Reason}
    assert gone == {visibility.view(shown(Status.OFFLINE, Reason.MANUAL))}


def test_why_somebody_is_gone() -> None:
    person = here(ACTIVE)
    told(person)
    presence.left(person, "sid0")
    assert presence.derive(person, NOW, RULES).reason is Reason.SIGNED_OUT

    person = here(ACTIVE)
    told(person)
    presence.lost(person, "sid0", NOW, SECOND, RULES)
    presence.lost(person, "nobody", NOW, SECOND, RULES)
    assert presence.derive(person, NOW + 4999, RULES).status is Status.ONLINE
    assert presence.derive(person, NOW + 5000, RULES).reason is Reason.LOST

    person = here(ACTIVE)
    late = NOW + 1_801_000
    assert presence.derive(person, late, RULES).reason is Reason.EXPIRED


def test_last_seen_is_the_goodbye_or_the_last_sign_of_life_and_stays() -> None:
    person = here(ACTIVE)
    told(person)
    assert visibility.last_seen(person, NOW + 9) == NOW
    presence.left(person, "sid0")
    told(person, NOW + 10)
    assert visibility.last_seen(person, NOW + 99) == NOW + 10

    silent = here(ACTIVE)
    told(silent)
    change = told(silent, NOW + 3_600_000)
    assert change is not None
    assert (change.status, change.last_seen) == (Status.OFFLINE, NOW)


def test_hiding_sends_what_leaving_sends_and_says_nothing_after_that() -> None:
    hiding, leaving = here(ACTIVE), here(ACTIVE)
    told(hiding)
    told(leaving)
    presence.choose(hiding, Choices((Claim(Status.OFFLINE, NOW),), CustomText("secret", None)), NOW)
    presence.left(leaving, "sid0")
    assert told(hiding, NOW + 5) == told(leaving, NOW + 5)
    for device in (IDLE, LOCKED, ACTIVE):
        session = hiding.find("sid0")
        assert session is not None
        presence.beat(session, SECOND + 9, device, RULES)
        assert told(hiding, NOW + 9000) is None
    presence.connect(hiding, "second", SECOND + 9, ACTIVE)
    assert told(hiding, NOW + 9000) is None
    assert visibility.last_seen(hiding, NOW + 9000) == NOW + 5


def test_since_survives_what_is_no_change_of_status() -> None:
    person, versions = here(ACTIVE), Versions()
    told(person, NOW, versions)
    presence.choose(person, Choices((), CustomText("lunch", None)), NOW)
    change = told(person, NOW + 50, versions)
    assert change is not None
    assert (change.since, change.version, change.text) == (NOW, NOW + 50, "lunch")
    presence.choose(person, Choices((Claim(Status.BUSY, NOW),), CustomText("lunch", None)), NOW)
    change = told(person, NOW + 70, versions)
    assert change is not None
    assert change.since == NOW + 70


def test_locked_after_idle_is_news_for_oneself_alone() -> None:
    person = here(IDLE)
    told(person)
    session = person.find("sid0")
    assert session is not None
    assert presence.beat(session, SECOND, LOCKED, RULES)
    assert not presence.beat(session, SECOND, LOCKED, RULES)
    assert told(person, NOW + 50) is None
    assert person.shown.reason is Reason.LOCKED


def test_versions_grow_even_when_the_clock_goes_back() -> None:
    versions = Versions()
    assert [versions.take(now) for now in (NOW, NOW, NOW - 10**6, NOW + 10)] == [
        NOW,
        NOW + 1,
        NOW + 2,
        NOW + 10,
    ]


def test_a_socket_takes_over_from_the_lease_and_from_the_oldest_connection_that_was_lost() -> None:
    person = Person()
    presence.polled(person, NOW, SECOND, RULES)
    assert person.sid == POLLING
    presence.connect(person, "a", SECOND, ACTIVE)
    presence.polled(person, NOW, SECOND, RULES)
    assert [session.sid for session in person.sessions()] == ["a"]
    presence.connect(person, "b", SECOND, ACTIVE)
    for sid in ("a", "b"):
        presence.lost(person, sid, NOW, SECOND, RULES)
    presence.connect(person, "c", SECOND, ACTIVE)
    assert {session.sid for session in person.sessions()} == {"b", "c"}


def test_a_clock_that_is_set_changes_no_wait() -> None:
    person = here(ACTIVE, Device(Activity.ACTIVE, NOW + 5000))
    presence.shift(person, 3600)
    assert [session.heard for session in person.sessions()] == [SECOND + 3600] * 2
    assert next_change(person) == NOW + 3_605_000


def test_the_next_change_is_the_earliest_end_of_anything() -> None:
    assert next_change(Person()) is None
    assert next_change(here(ACTIVE)) is None
    choices = Choices((Claim(Status.AWAY, 0), Claim(Status.BUSY, 0, NOW + 9)), CustomText("x", None, NOW + 7))
    assert next_change(here(ACTIVE, choices=choices)) == NOW + 7
    assert next_change(here(ACTIVE, choices=Choices(choices.claims))) == NOW + 9
    assert next_change(here(Device(Activity.IDLE, NOW + 3), choices=choices)) == NOW + 3


def test_the_agenda_keeps_the_newest_word_of_each() -> None:
    agenda = Agenda()
    assert agenda.first() is None
    assert agenda.set(1, 50)
    assert not agenda.set(1, 50)
    assert not agenda.set(2, 70)
    assert agenda.set(2, 30)
    assert not agenda.set(1, None)
    assert not agenda.set(3, 90)
    assert agenda.first() == 30
    assert agenda.due(29) == []
    assert agenda.due(90) == [2, 3]
    assert agenda.first() is None


@given(st.lists(st.tuples(st.integers(1, 5), st.none() | st.integers(0, 50))), st.integers(0, 50))
def test_the_agenda_is_right_whatever_was_set(steps: list[tuple[int, int | None]], now: int) -> None:
    agenda, plain = Agenda(), dict[int, int]()
    for user_id, when in steps:
        agenda.set(user_id, when)
        plain.pop(user_id, None)
        if when is not None:
            plain[user_id] = when
    assert agenda.first() == min(plain.values(), default=None)
    assert sorted(agenda.due(now)) == sorted(user_id for user_id, when in plain.items() if when <= now)


def test_the_registry_counts_who_is_here_and_forgets_who_is_to_be_forgotten() -> None:
    people, versions = People(), Versions()
    people.add(9, Person(last_seen=5))
    for user_id in (2, 1, 9):
        person = people.obtain(user_id)
        presence.connect(person, "a", SECOND, ACTIVE)
        presence.settle(person, user_id, NOW, RULES, versions)
        people.moved(user_id, person, Status.OFFLINE)
    assert [user_id for user_id, _ in people.visible()] == [1, 2, 9]
    assert people.counts[Status.ONLINE] == 3
    left = people.obtain(2)
    presence.left(left, "a")
    presence.settle(left, 2, NOW, RULES, versions)
    people.moved(2, left, Status.ONLINE)
    people.moved(2, left, Status.OFFLINE)
    people.forget(1)
    people.forget(1)
    assert [user_id for user_id, _ in people.here()] == [9]
    assert people.counts[Status.ONLINE] == 1
    assert people.get(1) is None
    assert {user_id for user_id, _ in people.changed_since(NOW)} == {2, 9}
    assert set(dict(people.changed_since(versions.last))) == set()
