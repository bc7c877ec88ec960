"""What a server contributes to a person, and how another takes it in."""

import pytest

from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain import nodes, presence
from presence_desktop.server.domain.claims import Choices, Claim
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.domain.person import ACTIVE, IDLE, LOCKED, POLLING, Device, Person
from presence_desktop.server.domain.presence import Rules, Versions

NOW = 1_700_000_000_000
SECOND = NOW // 1000
RULES = Rules()


def settled(person: Person, now: int = NOW) -> Person:
    presence.settle(person, 1, now, RULES, Versions())
    return person


def with_devices(*devices: Device) -> Person:
    person = Person()
    for number, device in enumerate(devices):
        person.add(f"s{number}", SECOND - number, device)
    return settled(person)


@pytest.mark.parametrize(
    ("devices", "state"),
    [
        ((ACTIVE,), State.ACTIVE),
        ((IDLE,), State.IDLE),
        ((LOCKED,), State.LOCKED),
        ((IDLE, LOCKED), State.LOCKED),
        ((LOCKED, IDLE, ACTIVE), State.ACTIVE),
    ],
)
def test_the_most_active_device_is_a_servers_word_and_is_shown_alike_elsewhere(
    devices: tuple[Device, ...], state: State
) -> None:
    person = with_devices(*devices)
    word = nodes.contribution(person, NOW, RULES)
    assert word == Contribution(state, SECOND)
    far = Person()
    assert nodes.take(far, "n1", word, NOW, RULES)
    assert (settled(far).shown.status, far.shown.reason) == (person.shown.status, person.shown.reason)


def test_what_is_known_from_elsewhere_is_no_word_of_ours() -> None:
    person = Person()
    nodes.take(person, "n1", Contribution(State.ACTIVE, SECOND), NOW, RULES)
    settled(person)
    assert nodes.near(person) == []
    assert nodes.contribution(person, NOW, RULES) == Contribution(State.SIGNED_OUT, SECOND)


def test_whoever_left_is_told_with_the_reason_and_the_last_sign_of_life() -> None:
    person = with_devices(ACTIVE)
    presence.left(person, "s0")
    settled(person, NOW + 5000)
    assert nodes.contribution(person, NOW + 5000, RULES) == Contribution(State.SIGNED_OUT, SECOND + 5)

    person = with_devices(ACTIVE)
    presence.lost(person, "s0", NOW, SECOND, RULES)
    settled(person, NOW + 6000)
    word = nodes.contribution(person, NOW + 6000, RULES)
    assert word == Contribution(State.LOST, SECOND)

    far = Person()
    nodes.take(far, "n1", Contribution(State.ACTIVE, SECOND - 40), NOW, RULES)
    settled(far)
    assert nodes.take(far, "n1", word, NOW + 6000, RULES)
    settled(far, NOW + 6000)
    assert (far.shown.status, far.shown.reason, far.last_seen) == (Status.OFFLINE, Reason.LOST, NOW)
    assert list(far.sessions()) == []


def test_whoever_was_not_heard_for_the_life_of_an_entry_is_expired_here_and_there() -> None:
    person = with_devices(ACTIVE)
    late = NOW + 1_802_000
    settled(person, late)
    word = nodes.contribution(person, late, RULES)
    assert word == Contribution(State.EXPIRED, SECOND)
    far = Person()
    nodes.take(far, "n1", Contribution(State.ACTIVE, SECOND), NOW, RULES)
    settled(far)
    assert (
        settled(far, late).shown.status is Status.ONLINE
    )  # who is connected elsewhere expires there, not here
    assert nodes.take(far, "n1", word, late, RULES)
    assert (settled(far, late).shown.status, far.shown.reason) == (Status.OFFLINE, Reason.EXPIRED)
    nodes.take(far, "n1", Contribution(State.ACTIVE, late // 1000), late, RULES)
    assert settled(far, late).shown.status is Status.ONLINE


def test_the_same_word_again_is_no_news_but_a_later_sign_of_life_is_kept() -> None:
    far = Person()
    assert nodes.take(far, "n1", Contribution(State.IDLE, SECOND), NOW, RULES)
    assert not nodes.take(far, "n1", Contribution(State.IDLE, SECOND + 60), NOW, RULES)
    assert far.heard == SECOND + 60
    assert nodes.take(far, "n1", Contribution(State.ACTIVE, SECOND + 61), NOW, RULES)
    assert nodes.take(far, "n1", Contribution(State.SIGNED_OUT, SECOND + 62), NOW, RULES)
    assert not nodes.take(far, "n1", Contribution(State.SIGNED_OUT, SECOND + 62), NOW, RULES)


def test_a_lease_over_rest_ends_by_itself_elsewhere_too_and_a_socket_takes_over_from_it() -> None:
    here = Person()
    presence.polled(here, NOW, SECOND, RULES)
    word = nodes.contribution(settled(here), NOW, RULES)
    assert word == Contribution(State.ACTIVE, SECOND, NOW + 75_000)
    there = Person()
    nodes.take(there, "n1", word, NOW, RULES)
    assert settled(there).shown.status is Status.ONLINE
    presence.polled(there, NOW, SECOND, RULES)
    assert there.find(POLLING) is not None  # another lease is no reason to have none
    assert settled(there, NOW + 75_000).shown.reason is Reason.LOST
    nodes.take(here, "n2", Contribution(State.ACTIVE, SECOND), NOW, RULES)
    assert nodes.near(here) == []


def test_a_word_is_read_by_ones_own_clock() -> None:
    word = Contribution(State.ACTIVE, 100, 5000)
    assert word.by_clock(0) is word
    assert word.by_clock(-10) == Contribution(State.ACTIVE, 90, -5000)
    assert Contribution(State.IDLE, 100).by_clock(3) == Contribution(State.IDLE, 103)


def test_of_two_choices_the_newer_holds_and_of_two_at_once_the_same_one_everywhere() -> None:
    busy, away = (Choices((Claim(status, NOW),)) for status in (Status.BUSY, Status.AWAY))
    assert nodes.newer(Chosen(1, 2, None), 1, busy)
    assert not nodes.newer(Chosen(1, 1, busy), 2, None)
    assert not nodes.newer(Chosen(1, 1, busy), 1, busy)
    assert nodes.newer(Chosen(1, 1, busy), 1, away) != nodes.newer(Chosen(1, 1, away), 1, busy)
