"""The stack of claims, and what a custom status may be."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import CustomStatus, StatusUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import (
    DEEPEST,
    NOTHING,
    Choices,
    Claim,
    CustomText,
    choose,
    describe,
    pruned,
)

NOW = 1_000_000
HAND = (Status.AWAY, Status.BUSY, Status.OFFLINE)


def pick(choices: Choices, status: Status, until: int | None = None, now: int = NOW) -> Choices:
    return choose(choices, StatusUpdate(status=status, until=until), now)


def holding(choices: Choices, now: int) -> Status | None:
    claim = choices.claim(now)
    return None if claim is None else claim.status


@pytest.mark.parametrize("ends", list(permutations((10, 20, 30, 40))))
@pytest.mark.parametrize("statuses", sorted(set(permutations((*HAND, Status.BUSY)))))
def test_four_overlapping_claims_end_right_in_every_order(
    ends: tuple[int, ...], statuses: tuple[Status, ...]
) -> None:
    choices, plain = NOTHING, list[tuple[Status, int]]()
    for status, end in zip(statuses, ends, strict=True):
        choices = pick(choices, status, NOW + end)
        if plain and plain[-1][0] is status:
            plain.pop()
        plain.append((status, NOW + end))
    for moment in range(NOW, NOW + 41):
        left = [status for status, end in plain if end > moment]
        assert holding(choices, moment) is (left[-1] if left else None)


@given(
    st.lists(
        st.tuples(st.sampled_from(HAND), st.integers(1, 30) | st.none(), st.integers(0, 5)), max_size=DEEPEST
    )
)
def test_the_newest_claim_that_has_not_ended_holds(picks: list[tuple[Status, int | None, int]]) -> None:
    choices, plain, now = NOTHING, list[tuple[Status, int | None]](), NOW
    for status, length, pause in picks:
        now += pause
        until = None if length is None else now + length
        choices = pick(choices, status, until, now)
        plain = [(old, end) for old, end in plain if end is None or end > now]
        if plain and plain[-1][0] is status:
            plain.pop()
        plain.append((status, until))
    for moment in range(now, now + 40):
        left = [status for status, end in plain if end is None or end > moment]
        assert holding(choices, moment) is (left[-1] if left else None)


def test_choosing_the_same_status_again_corrects_its_end() -> None:
    choices = pick(pick(NOTHING, Status.BUSY, NOW + 100), Status.BUSY, NOW + 50)
    assert holding(choices, NOW + 50) is None


def test_online_takes_every_claim_back_and_leaves_the_text() -> None:
    text = CustomText("lunch", None)
    choices = pick(pick(Choices((), text), Status.AWAY), Status.BUSY, NOW + 5)
    assert pick(choices, Status.ONLINE) == Choices((), text)


def test_a_stack_is_never_deeper_than_its_bound_however_many_claims_are_made() -> None:
    choices = NOTHING
    for turn in range(3 * DEEPEST):
        choices = pick(choices, HAND[turn % 3], NOW + 1000 - turn)
    assert len(choices.claims) == DEEPEST
    assert holding(choices, NOW) is HAND[(3 * DEEPEST - 1) % 3]


def test_an_end_in_the_past_is_refused_and_of_no_matter_for_online() -> None:
    for until in (0, NOW - 1, NOW):
        with pytest.raises(Refused) as refused:
            pick(NOTHING, Status.BUSY, until)
        assert refused.value.code is Code.INVALID_END_TIME
    assert pick(NOTHING, Status.ONLINE, 0) == NOTHING


def test_a_custom_status_is_text_emoji_or_both() -> None:
    both = describe(NOTHING, CustomStatus(text="  at lunch ", emoji="🍜", until=NOW + 1), NOW)
    assert both.custom == CustomText("at lunch", "🍜", NOW + 1)
    assert describe(NOTHING, CustomStatus(emoji="🍜"), NOW).custom == CustomText(None, "🍜")
    assert describe(NOTHING, CustomStatus(text="점심"), NOW).custom == CustomText("점심", None)


@pytest.mark.parametrize("nothing", [CustomStatus(), CustomStatus(text=""), CustomStatus(text="  \t ")])
def test_an_empty_custom_status_clears_it(nothing: CustomStatus) -> None:
    claimed = Choices((Claim(Status.BUSY, NOW),), CustomText("x", None))
    assert describe(claimed, nothing, NOW) == Choices(claimed.claims, None)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (CustomStatus(text="a\nb"), Code.INVALID_PAYLOAD),
        (CustomStatus(text="a\x00b"), Code.INVALID_PAYLOAD),
        (CustomStatus(text="a\u2028b"), Code.INVALID_PAYLOAD),
        (CustomStatus(text="x", emoji="lol"), Code.INVALID_PAYLOAD),
        (CustomStatus(text="x", until=NOW), Code.INVALID_END_TIME),
    ],
)
def test_what_is_no_custom_status_is_refused(wrong: CustomStatus, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        describe(NOTHING, wrong, NOW)
    assert refused.value.code is code


def test_pruning_drops_what_has_ended_and_nothing_else() -> None:
    assert pruned(None, NOW) is None
    kept = Choices((Claim(Status.BUSY, 0, NOW + 1),), CustomText("x", None, NOW + 1))
    assert pruned(kept, NOW) is kept
    assert pruned(kept, NOW + 1) is None
    mixed = Choices((Claim(Status.AWAY, 0), Claim(Status.BUSY, 0, NOW)), CustomText("x", None, NOW))
    assert pruned(mixed, NOW) == Choices((Claim(Status.AWAY, 0),), None)
