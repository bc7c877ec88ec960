"""The stages of the plays here; everything here runs beside nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import Stage, staged


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage with everything on it."""
    with staged(tmp_path) as made:
        yield made


@pytest.fixture
def hangul_stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage where people can type Korean."""
    with staged(tmp_path, hangul=True) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.alone)
