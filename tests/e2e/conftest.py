"""The stages of the plays here."""

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
