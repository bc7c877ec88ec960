"""10,000 and 100,000 contacts at 1,000 changes a second leave the processor alone."""

import pytest

from tests.bench.contacts import run


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_a_thousand_changes_a_second_cost_little_of_a_core(count: int) -> None:
    figures = run(count, seconds=2, settle_every=1)
    assert figures["all"] <= 15, figures
